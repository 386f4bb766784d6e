package csvfile

import (
	"bytes"
	"context"
	"os"
	"sync"
	"time"
)

// lookEvery is how often a file that is followed is looked at.
const lookEvery = 250 * time.Millisecond

// follower looks at a file that others write to.
type follower struct {
	path string
	file *os.File
	was  os.FileInfo
	head []byte // how the file began when it was opened

	mu    sync.Mutex
	size  int64
	ended bool
	err   error
	grown chan struct{}
}

// follow begins to look at a file until life ends.
func follow(life context.Context, path string, file *os.File, was os.FileInfo) *follower {
	w := &follower{path: path, file: file, was: was, size: was.Size(), grown: make(chan struct{})}
	w.head = w.start()
	go w.run(life)
	return w
}

func (w *follower) run(life context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-life.Done():
			return
		}
		if w.look() {
			return
		}
	}
}

// look looks at the file, and reports whether it is no longer the one that was opened.
func (w *follower) look() (ended bool) {
	now, err := w.file.Stat()
	there, perr := os.Stat(w.path)
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case err != nil || perr != nil || !os.SameFile(there, w.was) || now.Size() < w.size || !bytes.Equal(w.start(), w.head):
		w.ended, w.err = true, ErrChanged
	case now.Size() > w.size:
		w.size = now.Size()
	default:
		return false
	}
	close(w.grown)
	w.grown = make(chan struct{})
	return w.ended
}

// start is how the file begins, as far as it had been written when it was opened.
func (w *follower) start() []byte {
	b := make([]byte, min(w.was.Size(), 4<<10))
	n, _ := w.file.ReadAt(b, 0)
	return b[:n]
}

// State implements grower.
func (w *follower) State() (int64, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.size, w.ended, w.err
}

// Grown implements grower.
func (w *follower) Grown() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.grown
}

// Followed reports whether the file is read on as it grows: see [WithFollow].
func (f *File) Followed() bool { return f.cfg.follow }
