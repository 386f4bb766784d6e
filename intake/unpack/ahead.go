package unpack

import (
	"io"
	"sync"
)

const (
	aheadSize  = 256 << 10
	aheadCount = 4
)

// Ahead reads r in a goroutine of its own, a few buffers ahead, so that
// unpacking and what is done with the result go on at once. Close ends the
// goroutine; it does not close r.
func Ahead(r io.Reader) io.ReadCloser {
	a := &ahead{full: make(chan piece, aheadCount), free: make(chan []byte, aheadCount+1), stop: make(chan struct{}), ended: make(chan struct{})}
	for range aheadCount {
		a.free <- make([]byte, aheadSize)
	}
	go a.run(r)
	return a
}

type piece struct {
	b   []byte
	err error
}

type ahead struct {
	full   chan piece
	free   chan []byte
	stop   chan struct{}
	ended  chan struct{}
	once   sync.Once
	buffer []byte // of the piece that is being read
	rest   []byte
	err    error
}

func (a *ahead) run(r io.Reader) {
	defer close(a.ended)
	for {
		select {
		case <-a.stop:
			return
		case b := <-a.free:
			n, err := fill(r, b)
			a.full <- piece{b[:n], err} // there is room for every buffer
			if err != nil {
				return
			}
		}
	}
}

// fill reads until the buffer is full, or r ends. Unlike io.ReadFull it gives the error of
// r as it is: an io.ErrUnexpectedEOF of r is no end.
func fill(r io.Reader, b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var more int
		more, err = r.Read(b[n:])
		n += more
	}
	return n, err
}

func (a *ahead) Read(p []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.err != nil {
			return 0, a.err
		}
		if a.buffer != nil {
			a.free <- a.buffer
		}
		next := <-a.full
		a.buffer, a.rest, a.err = next.b[:cap(next.b)], next.b, next.err
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// Close waits until nothing reads r any more. What waits for r, such as a pipe,
// is waited for.
func (a *ahead) Close() error {
	a.once.Do(func() { close(a.stop) })
	<-a.ended
	return nil
}
