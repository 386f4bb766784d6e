package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sluice/wording"
)

// Nowhere says that the folder of a file that is to be written is missing, and what to
// do about it; nil if it is there.
func Nowhere(path string) error {
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return wording.Errorf("there is no folder %s: make it first, or name another file", folder)
	case err == nil && !info.IsDir():
		return wording.Errorf("%s is no folder: name another file", folder)
	}
	return nil
}
