package secret

import (
	"fmt"
	"io/fs"
	"runtime"
)

// Exposed returns a warning if others than its owner can read or change the file
// that holds, or may hold, a secret, and "" if not. On Windows, where the mode of
// a file tells nothing of it, it is always "".
func Exposed(path string, info fs.FileInfo) string {
	mode := info.Mode().Perm()
	if runtime.GOOS == "windows" || mode&0o066 == 0 {
		return ""
	}
	format := "others can read %s (mode %04o): chmod 600 takes that away"
	switch {
	case mode&0o044 == 0:
		format = "others can change %s (mode %04o): chmod 600 takes that away"
	case mode&0o022 != 0:
		format = "others can read and change %s (mode %04o): chmod 600 takes that away"
	}
	return fmt.Sprintf(format, path, mode)
}
