package csvfile

import (
	"errors"
	"io"
	"os"

	"sluice/wording"
)

// readAhead is how much a window reads at least: a block and a little of the
// next, so that a page of rows mostly needs one read.
const readAhead = 68 << 10

// scanAhead is how much a window reads at least for work on all of a file.
const scanAhead = 256 << 10

// data is the plain bytes of a CSV file: the file itself, or what was unpacked
// of it so far.
type data interface {
	io.ReaderAt
	// Size is the number of bytes there are.
	Size() int64
	// Whole reports whether that is all of the file.
	Whole() bool
}

// fileData is a file of fixed size. A file that was cut since reads as ErrChanged.
type fileData struct {
	f    *os.File
	size int64
}

func (d fileData) Size() int64 { return d.size }

func (d fileData) Whole() bool { return true }

func (d fileData) ReadAt(p []byte, off int64) (int, error) {
	n, err := d.f.ReadAt(p[:min(int64(len(p)), max(d.size-off, 0))], off)
	switch {
	case errors.Is(err, io.EOF) && off+int64(n) < d.size:
		return n, ErrChanged
	case errors.Is(err, os.ErrClosed):
		return n, ErrClosed
	case err != nil && !errors.Is(err, io.EOF):
		return n, wording.Errorf("read at byte %d: %w", off, err)
	case n < len(p):
		return n, io.EOF
	}
	return n, nil
}

// window is a moving view of a file through one reused buffer, or a map.
type window struct {
	src   data
	buf   []byte
	off   int64 // of buf[0]
	ahead int   // read at least so much at once; 0 means readAhead

	file *os.File // to be mapped; nil: read
	mem  []byte   // what is mapped; buf is part of it
}

// at returns the bytes from off on: at least n of them (n > 0), fewer only at
// the end of the file. They are valid until the next call.
func (w *window) at(off int64, n int) ([]byte, error) {
	if end := w.off + int64(len(w.buf)); off >= w.off && off+int64(n) <= end {
		return w.buf[off-w.off:], nil
	}
	return w.load(off, max(n, w.ahead, readAhead))
}

// load makes the window begin at off and hold n bytes, keeping what it has.
func (w *window) load(off int64, n int) ([]byte, error) {
	n = int(min(int64(n), w.src.Size()-off))
	if n <= 0 {
		return nil, nil
	}
	if w.file != nil && w.remap(off, n) {
		return w.buf, nil
	}
	have := 0
	if end := w.off + int64(len(w.buf)); off >= w.off && off < end {
		have = copy(w.buf, w.buf[off-w.off:])
	}
	if cap(w.buf) < n {
		grown := make([]byte, n)
		copy(grown, w.buf[:have])
		w.buf = grown
	}
	w.buf, w.off = w.buf[:n], off
	if have >= n {
		return w.buf, nil
	}
	k, err := w.src.ReadAt(w.buf[have:], off+int64(have))
	w.buf = w.buf[:have+k]
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return w.buf, nil
}

// atEnd reports whether b, which starts at off, reaches the end of the file.
func (w *window) atEnd(off int64, b []byte) bool {
	return off+int64(len(b)) >= w.src.Size()
}
