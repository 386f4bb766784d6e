package source

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sluice/formats"
	"sluice/places"
	"sluice/wholefile"
	"sluice/wording"
)

// Prefs is everything that the window remembers between two starts. The sources stand in
// a file of their own, which the command line shares.
type Prefs struct {
	Version int    `json:"version"`
	Theme   string `json:"theme,omitempty"` // "light", "dark" or "" for as the desktop is
	Chosen  string `json:"chosen,omitempty"`
	Silent  bool   `json:"silent,omitempty"` // the desktop is told nothing
	Runs    bool   `json:"runs,omitempty"`   // it is told of runs of schedules that were completed, too
	Sources List   `json:"-"`
	// Recent are the paths of the files that were opened last, the last first.
	Recent []string `json:"recent,omitempty"`
	// Folders are those in which files were chosen last, the last first; OwnDialogs says that
	// the system's dialog for files is not wanted, ShowHidden that ours shows hidden files.
	Folders    []string `json:"folders,omitempty"`
	OwnDialogs bool     `json:"ownDialogs,omitempty"`
	ShowHidden bool     `json:"showHidden,omitempty"`
	// Folded are the groups of the rail of which only the heading is shown.
	Folded []string `json:"folded,omitempty"`
	// Rail is how wide the rail is wanted: "narrow", "wide" or "" for as the window has room.
	Rail string `json:"rail,omitempty"`
	// Used are the ids of what was chosen in the palette, the last first.
	Used []string `json:"used,omitempty"`
	// Scale is the size of letters and all else, in percent; 0: as the desktop is.
	Scale int `json:"scale,omitempty"`
	// Language is the tag of the language of the window; "": as the system says.
	Language string `json:"language,omitempty"`
	// LogLevel is what the log keeps: "WARN", "INFO", "DEBUG"; "": the usual.
	LogLevel string `json:"logLevel,omitempty"`
	// Width and Height are those of the window, as large as the desktop's scale makes them,
	// and Tab the tab that was in sight, counted from 1; 0: never noted.
	Width  float32 `json:"width,omitempty"`
	Height float32 `json:"height,omitempty"`
	Tab    int     `json:"tab,omitempty"`
	// Tray is what closing the window does where a panel shows the icon: "always" has the
	// program run on, "never" ends it, and "" has it run on while it runs schedules. TrayTold
	// says that somebody was told of a program that runs on.
	Tray     string `json:"tray,omitempty"`
	TrayTold bool   `json:"trayTold,omitempty"`
	// Toured says that the first steps were shown, or skipped.
	Toured bool `json:"toured,omitempty"`
}

// Clone returns a copy that shares nothing with p.
func (p Prefs) Clone() Prefs {
	p.Sources = p.Sources.clone()
	p.Recent = slices.Clone(p.Recent)
	p.Folders, p.Folded = slices.Clone(p.Folders), slices.Clone(p.Folded)
	p.Used = slices.Clone(p.Used)
	return p
}

func (l List) clone() List {
	l = slices.Clone(l)
	for i := range l {
		l[i] = l[i].clone()
	}
	return l
}

// mostRecent is how many files are remembered.
const mostRecent = 8

// Opened returns the recent files after one more was opened.
func (p Prefs) Opened(path string) []string {
	list := append([]string{path}, slices.DeleteFunc(slices.Clone(p.Recent), func(s string) bool { return s == path })...)
	return list[:min(len(list), mostRecent)]
}

const (
	// lastWithSources is the last version that held the sources, too.
	lastWithSources = 1
	// windowName is the file of the window, beside that with the sources.
	windowName = "window.json"
)

// Store is the file in which the window remembers what it does, with the list of sources
// beside it. Both are readable by their owner only, and replaced in one step.
type Store struct {
	path string
	list *File
}

// NewStore returns the store in a file; folders are created when it is written.
func NewStore(path string) *Store {
	return &Store{path: path, list: NewFile(filepath.Join(filepath.Dir(path), fileName))}
}

// DefaultPath is the file of the window in the user's configuration folder.
func DefaultPath() (string, error) {
	dir, err := places.Config()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, windowName), nil
}

// Path is where the file of the window lies.
func (s *Store) Path() string { return s.path }

// List is the file with the sources.
func (s *Store) List() *File { return s.list }

// Load reads both files. What does not exist is empty. A file that cannot be understood
// is set aside under a name that ends in .broken, so that nothing is lost, and the error
// says so; what a newer Sluice wrote, and a list with an unknown key, stay as they are.
func (s *Store) Load() (Prefs, error) {
	sources, err := s.list.Load() // first: it may stand in the file of the window
	if errors.Is(err, ErrBroken) {
		broken := s.list.Path()
		if _, statErr := os.Stat(broken); statErr != nil {
			broken = s.path
		}
		err = aside(broken, err)
	}
	p, prefsErr := s.loadWindow()
	p.Sources = sources
	return p, errors.Join(err, prefsErr)
}

// Window reads what the window remembers, without the sources, and changes nothing.
func (s *Store) Window() (p Prefs, err error) {
	b, err := os.ReadFile(s.path)
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(b, &p)
}

func (s *Store) loadWindow() (Prefs, error) {
	none := Prefs{Version: formats.Window.Known}
	b, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	if err != nil {
		return none, wording.Errorf("read what the window remembers: %w", err)
	}
	if err := formats.Window.CheckJSON(b); err != nil {
		return none, wording.Errorf("read what the window remembers: %s: %w", s.path, err)
	}
	var p Prefs
	if err = json.Unmarshal(b, &p); err != nil {
		return none, aside(s.path, wording.Errorf("read what the window remembers: %w", err))
	}
	p.Version = formats.Window.Known
	return p, nil
}

// aside sets a file aside, and says so behind why.
func aside(path string, why error) error {
	as, err := setAside(path)
	if err != nil {
		return errors.Join(why, err)
	}
	return wording.Errorf("%w; the file was kept as %s, and the list starts empty", why, as)
}

// Save replaces both files in one step each: a crash leaves the old ones or the new ones.
// Of the sources it writes what has changed since base; what others have changed
// meanwhile stays.
func (s *Store) Save(p Prefs, base List) error {
	err := s.list.Update(func(theirs List) (List, error) { return Merged(base, p.Sources, theirs) })
	if err != nil {
		return err // the file of the window may hold the sources still
	}
	if theirs, err := os.ReadFile(s.path); err == nil {
		if err := formats.Window.CheckJSON(theirs); err != nil {
			return wording.Errorf("write what the window remembers: %s: %w", s.path, err)
		}
	}
	p.Version = formats.Window.Known
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return wording.Errorf("write what the window remembers: %w", err)
	}
	if err := wholefile.Write(s.path, append(b, '\n')); err != nil {
		return wording.Errorf("write what the window remembers: %w", err)
	}
	return nil
}
