//go:build !windows

package localexport

import (
	"io/fs"
	"os"
	"syscall"
)

// writers tells who else can write a folder, "" if nobody can. Where others can
// only add to a folder, as to /tmp, they can do no harm to what is in it; and a group
// with the number of the owner is the owner's own.
func writers(path string) string {
	info, err := os.Stat(path)
	if err != nil || info.Mode()&fs.ModeSticky != 0 {
		return ""
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	switch mode := info.Mode().Perm(); {
	case mode&0o002 != 0:
		return "everybody on this computer"
	case mode&0o020 != 0 && ok && s.Gid != s.Uid:
		return "others of its group"
	}
	return ""
}
