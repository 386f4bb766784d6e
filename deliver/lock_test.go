package deliver

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// TestLockOfADelivery: one has it at a time, also while others let go of it and remove it.
func TestLockOfADelivery(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.lock")
	var have, most, took atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 300 {
				held, err := lockOf(path)
				if errors.Is(err, ErrBusy) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				took.Add(1)
				if n := have.Add(1); n > most.Load() {
					most.Store(n)
				}
				have.Add(-1)
				if err := letGo(held); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if most.Load() != 1 || took.Load() == 0 {
		t.Errorf("%d had it at once, and it was taken %d times", most.Load(), took.Load())
	}
	if left, _ := filepath.Glob(path); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

// TestPassphraseOfADelivery: it stands in a file, of which is said that it is not there.
func TestPassphraseOfADelivery(t *testing.T) {
	d := Delivery{Name: "share", Source: "a", To: "sftp://u@127.0.0.1:1/x", SSHPassphrase: filepath.Join(t.TempDir(), "none")}
	if _, err := d.Open(t.Context()); err == nil || !strings.Contains(err.Error(), "the passphrase of the key for SFTP: there is no file") {
		t.Error(err)
	}
}
