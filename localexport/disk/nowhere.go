package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Nowhere says that the folder of a file that is to be written is missing, and what to
// do about it; nil if it is there.
func Nowhere(path string) error {
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s: make it first, or name another file", folder)
	case err == nil && !info.IsDir():
		return fmt.Errorf("%s is no folder: name another file", folder)
	}
	return nil
}
