package pagefile

import (
	"os"
	"sync"

	"sluice/localexport/disk"
	"sluice/wording"
)

const (
	bufferSize  = 1 << 20
	bufferCount = 4
)

// appender writes pages to a file, those at its end in a goroutine of its own. The
// first page of the file is left out.
type appender struct {
	f    *os.File
	size int
	at   int64  // place of buf in the file
	buf  []byte // pages that are not handed over yet
	todo chan piece
	free chan []byte
	busy sync.WaitGroup // pieces that are not written yet
	gone sync.WaitGroup // the goroutine

	mu     sync.Mutex
	err    error // of the goroutine
	closed bool
}

type piece struct {
	b  []byte
	at int64
}

func newAppender(f *os.File, size int) *appender {
	a := &appender{f: f, size: size, at: int64(size), todo: make(chan piece, bufferCount), free: make(chan []byte, bufferCount+1)}
	for range bufferCount {
		a.free <- make([]byte, 0, bufferSize)
	}
	a.buf = make([]byte, 0, bufferSize)
	a.gone.Go(a.run)
	return a
}

func (a *appender) run() {
	for p := range a.todo {
		if a.failure() == nil {
			_, err := a.f.WriteAt(p.b, p.at)
			if err == nil { // else all of it would wait for the end
				disk.StartWriteback(a.f, p.at, int64(len(p.b)))
			}
			a.fail(err)
		}
		a.free <- p.b[:0]
		a.busy.Done()
	}
}

func (a *appender) failure() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.err
}

func (a *appender) fail(err error) {
	if err == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.err == nil {
		a.err = wording.Errorf("write the snapshot: %w", err)
	}
}

// page returns the next page at the end.
func (a *appender) page() ([]byte, error) {
	if len(a.buf) == cap(a.buf) {
		if err := a.hand(); err != nil {
			return nil, err
		}
	}
	n := len(a.buf)
	a.buf = a.buf[:n+a.size]
	return a.buf[n : n+a.size], nil
}

// hand hands the buffer over to the goroutine.
func (a *appender) hand() error {
	a.busy.Add(1)
	a.todo <- piece{a.buf, a.at}
	a.at += int64(len(a.buf))
	a.buf = <-a.free
	return a.failure()
}

// flush waits until all pages are in the file.
func (a *appender) flush() error {
	if len(a.buf) > 0 {
		if err := a.hand(); err != nil {
			return err
		}
	}
	a.busy.Wait()
	return a.failure()
}

// writeAt writes the page with a number, which was handed over before.
func (a *appender) writeAt(b []byte, number uint32) error {
	if _, err := a.f.WriteAt(b, int64(number-1)*int64(a.size)); err != nil {
		return wording.Errorf("write the snapshot: %w", err)
	}
	return nil
}

// readAt reads the page with a number, which was flushed before.
func (a *appender) readAt(b []byte, number uint32) error {
	if _, err := a.f.ReadAt(b, int64(number-1)*int64(a.size)); err != nil {
		return wording.Errorf("read the snapshot that is being written: %w", err)
	}
	return nil
}

// close writes what is left and ends the goroutine.
func (a *appender) close() error {
	if a.closed {
		return a.failure()
	}
	a.closed = true
	err := a.flush()
	close(a.todo)
	a.gone.Wait()
	return err
}
