package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// replaceable reports with an error that a file exists and is not what a command writes:
// a path typed wrong must not cost a snapshot or a dump. begins tells by the first bytes.
func replaceable(path, what string, begins func([]byte) bool) error {
	info, err := os.Stat(path)
	if err != nil {
		return nil // there is none, or writing will tell what is wrong
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no regular file: name another", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 && errors.Is(err, io.EOF) || begins(head[:n]) {
		return nil
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return fmt.Errorf("%s exists and is no %s, which alone may be replaced: name another file", path, what)
}
