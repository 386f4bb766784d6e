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
	can := "read"
	switch {
	case mode&0o044 == 0:
		can = "change"
	case mode&0o022 != 0:
		can = "read and change"
	}
	return fmt.Sprintf("others can %s %s (mode %04o): chmod 600 takes that away", can, path, mode)
}
