package localexport

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sluice/formats"
	"sluice/localexport/jobstore"
	"sluice/wording"
)

// formatFile tells in which form a home is kept. Homes that were made before there
// was one have none, and are of the first.
const formatFile = "home.json"

// format is what stands in it.
type format struct {
	Version int `json:"version"`
}

// checkFormat refuses the home of a newer Sluice, before anything in it is touched.
func (h home) checkFormat() error {
	if err := jobstore.CheckFile(h.jobs); err != nil {
		return wording.Errorf("home %s: %w", filepath.Dir(h.root), err)
	}
	b, err := os.ReadFile(filepath.Join(h.root, formatFile))
	if err != nil {
		return nil // there is none; a folder that cannot be read is told of by who needs it
	}
	if err := formats.Home.CheckJSON(b); err != nil {
		return wording.Errorf("home %s: %w", filepath.Dir(h.root), err)
	}
	return nil
}

// putFormat writes the form of a home that was made just now.
func (h home) putFormat() error {
	b, err := json.Marshal(format{formats.Home.Known})
	if err != nil {
		return err
	}
	f, err := h.disk.Create(filepath.Join(h.root, formatFile))
	if errors.Is(err, fs.ErrExist) { // another process was as quick
		return nil
	}
	if err != nil {
		return err
	}
	return writeAll(f, append(b, '\n'))
}
