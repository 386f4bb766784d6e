//go:build !windows

package wholefile

import (
	"errors"
	"os"
	"syscall"
)

// syncDir makes the names in a folder durable, where the file system can do that.
func syncDir(path string) error {
	d, err := os.Open(path)
	if errors.Is(err, os.ErrPermission) {
		return nil // a folder that may be written, but not looked into
	}
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
