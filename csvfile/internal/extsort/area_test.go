package extsort

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

// TestArea: what is put is got, in memory and in a file.
func TestArea(t *testing.T) {
	for _, dir := range []string{"", t.TempDir()} {
		a, err := NewArea(dir)
		if err != nil {
			t.Fatal(err)
		}
		var scratch []byte
		for _, size := range []int64{100, 1000, 50} {
			a.Reset(size)
			for at := size - 10; at >= 0; at -= 10 {
				b := a.Room(at, 10, &scratch)
				copy(b, fmt.Sprintf("%010d", at))
				if err := a.Put(b, at); err != nil {
					t.Fatal(err)
				}
			}
			if b, err := a.Get(20, 20, &scratch); err != nil || string(b) != "00000000200000000030" {
				t.Errorf("%q, %v", b, err)
			}
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
	var failed *SpoolError
	if _, err := NewArea(filepath.Join("/dev/null", "below")); !errors.As(err, &failed) {
		t.Errorf("a file where no folder is: %v", err)
	}
}
