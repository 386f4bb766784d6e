//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package csvfile

import (
	"errors"
	"os"
)

// mapFile is not used on this system: files are read by read calls.
func mapFile(*os.File, int64, int) ([]byte, error) { return nil, errors.ErrUnsupported }

func unmapFile([]byte) error { return nil }

func willNeed([]byte) {}
