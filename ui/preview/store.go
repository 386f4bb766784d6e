package preview

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"sluice/csvfile"
	"sluice/wholefile"
)

// Layout is what the user did to the columns of a kind of file, by their names.
type Layout struct {
	Widths map[string]float64 `json:"widths,omitempty"` // pixels
	Hidden []string           `json:"hidden,omitempty"`
	Frozen []string           `json:"frozen,omitempty"`
	// Panel is the width of the panel beside the table, and Folded says that it is not shown,
	// in what is remembered of all files.
	Panel  float64 `json:"panel,omitempty"`
	Folded bool    `json:"folded,omitempty"`
	// Reading is how a file is to be read, in what is remembered of a single file.
	Reading *csvfile.Reading `json:"reading,omitempty"`
}

// Store remembers layouts by the kind of file. Save is called on the UI goroutine
// each time the user lets go of a column, so it must be quick.
type Store interface {
	Load(kind string) (Layout, bool)
	Save(kind string, l Layout) error
}

// MemoryStore remembers layouts for as long as the program runs.
type MemoryStore struct {
	mu      sync.Mutex
	layouts map[string]Layout
}

// Load returns what was saved for kind.
func (m *MemoryStore) Load(kind string) (Layout, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.layouts[kind]
	return l, ok
}

// Save remembers l for kind.
func (m *MemoryStore) Save(kind string, l Layout) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.layouts == nil {
		m.layouts = map[string]Layout{}
	}
	m.layouts[kind] = l
	return nil
}

// FileStore remembers layouts in one small JSON file. A file that is missing or
// can't be read is taken as empty: a lost column width is no reason to stop.
type FileStore struct {
	path string
	MemoryStore
}

// NewFileStore reads the layouts in the file at path, if it is there.
func NewFileStore(path string) (*FileStore, error) {
	s := &FileStore{path: path}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &s.layouts)
	}
	if err != nil {
		s.layouts = nil
		return s, fmt.Errorf("read column widths from %s: %w", path, err)
	}
	return s, nil
}

// Save remembers l for kind and writes the file.
func (s *FileStore) Save(kind string, l Layout) error {
	if err := s.MemoryStore.Save(kind, l); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := json.MarshalIndent(s.layouts, "", " ")
	if err != nil {
		return fmt.Errorf("write column widths: %w", err)
	}
	if err := wholefile.Write(s.path, b); err != nil {
		return fmt.Errorf("write column widths to %s: %w", s.path, err)
	}
	return nil
}
