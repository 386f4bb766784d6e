//go:build !linux && !darwin && !windows

package fileident

import (
	"io/fs"
	"os"
)

// systemFacts tells nothing on this system: the digest must do.
func systemFacts(*os.File, fs.FileInfo) (file uint64, changed int64, err error) { return 0, 0, nil }
