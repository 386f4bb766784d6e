package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// IsPartial reports whether name is one that the file base has until it is complete; see
// [Create].
func IsPartial(base, name string) bool {
	digits, ends := strings.CutSuffix(name, Suffix)
	begin := strings.LastIndexByte(digits, '.')
	if !ends || begin < 0 {
		return false
	}
	of, digits := digits[:begin], digits[begin+1:]
	return (of == base || of == base[:min(len(base), maxBase)]) && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// RemoveStale removes what runs that were killed have left of the file at path: what was
// written last that long ago, or longer. A run that still writes, and whose file that is,
// notices it in Commit: give 0 only where a lock keeps others from writing.
func RemoveStale(path string, age time.Duration) error {
	target, err := Target(path)
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(filepath.Dir(target))
	if err != nil {
		return err
	}
	var all []error
	for _, e := range entries {
		if !IsPartial(filepath.Base(target), e.Name()) {
			continue
		}
		info, err := e.Info()
		if err == nil && (age == 0 || time.Since(info.ModTime()) >= age) {
			err = os.Remove(filepath.Join(filepath.Dir(target), e.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // another was faster
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}
