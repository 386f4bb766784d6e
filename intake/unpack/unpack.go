// Package unpack undoes the packing of a stream: gzip, Zstandard, LZ4, bzip2 and xz,
// told by their first bytes. Each may be of several members or frames, one behind the
// other.
package unpack

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"runtime"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// Form is a form of packing.
type Form string

// The forms.
const (
	None  Form = ""
	Gzip  Form = "gzip"
	Zstd  Form = "Zstandard"
	LZ4   Form = "LZ4"
	Bzip2 Form = "bzip2"
	XZ    Form = "xz"
	Zlib  Form = "zlib" // has no magic of its own; Detect never tells it
)

// Name is what the form is called in a few letters, as the endings of files have it.
func (f Form) Name() string {
	switch f {
	case Zstd:
		return "zstd"
	case LZ4:
		return "lz4"
	}
	return string(f)
}

var magics = []struct {
	form  Form
	magic string
}{{Gzip, "\x1f\x8b"}, {Zstd, "\x28\xb5\x2f\xfd"}, {LZ4, "\x04\x22\x4d\x18"}, {XZ, "\xfd7zXZ\x00"}}

// bzip2Magic is followed by a digit, and by what begins a block or ends the file.
var bzip2Blocks = [][]byte{[]byte("\x31\x41\x59\x26\x53\x59"), []byte("\x17\x72\x45\x38\x50\x90")}

// HeadSize is how many bytes Detect needs at most.
const HeadSize = 10

// Detect tells the form by the first bytes of a stream.
func Detect(head []byte) Form {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.form
		}
	}
	if len(head) >= 4 && string(head[:3]) == "BZh" && head[3] >= '1' && head[3] <= '9' {
		for _, b := range bzip2Blocks { // a text may begin with BZh9, too
			if bytes.HasPrefix(b, head[4:min(len(head), HeadSize)]) {
				return Bzip2
			}
		}
	}
	// A frame of Zstandard that is to be skipped, before the first one.
	if len(head) >= 4 && head[0]&0xf0 == 0x50 && string(head[1:4]) == "\x2a\x4d\x18" {
		return Zstd
	}
	return None
}

// maxWindow bounds the memory of Zstandard's window, which a hostile file could
// make as large as it likes; zstd --long=27 needs this much.
const maxWindow = 128 << 20

// Reader returns the unpacked stream of a form. Its errors are of type *[Error] where the
// file is damaged or cut; those of reading r come as they are. Close frees what it holds.
func Reader(r io.Reader, form Form) (io.ReadCloser, error) {
	from := &packed{Reader: r, form: form}
	if form == Gzip {
		z, err := gzip.NewReader(from)
		return from.unpacked(z, err)
	}
	return from.open(1)
}

// Salvage is [Reader] that gives out all that comes before damage, and, where the form
// allows it, unpacks with several cores.
func Salvage(r io.Reader, form Form) (io.ReadCloser, error) {
	if form == Gzip {
		return newGzip(r)
	}
	return (&packed{Reader: r, form: form}).open(max(2, min(runtime.GOMAXPROCS(0), 8)))
}

// open begins to unpack with so many goroutines.
func (p *packed) open(workers int) (io.ReadCloser, error) {
	switch p.form {
	case Zstd:
		z, err := zstd.NewReader(p, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(workers))
		if err != nil {
			return nil, p.damaged(err)
		}
		return p.unpacked(z.IOReadCloser(), nil)
	case Zlib:
		z, err := zlib.NewReader(p)
		return p.unpacked(z, err)
	case LZ4:
		z := lz4.NewReader(p)
		return p.unpacked(io.NopCloser(z), z.Apply(lz4.ConcurrencyOption(workers)))
	case Bzip2: // by its blocks with one, too: damage is then told in the same words
		return newBzip2(p.Reader, workers), nil
	case XZ:
		z, err := newXZ(p)
		return p.unpacked(z, err)
	}
	return io.NopCloser(p.Reader), nil
}

func (p *packed) unpacked(r io.ReadCloser, err error) (io.ReadCloser, error) {
	if err != nil {
		return nil, p.damaged(err)
	}
	return &unpacked{r, p}, nil
}

// packed is what is unpacked; it keeps the error that ends its reading.
type packed struct {
	io.Reader
	form  Form
	err   error
	zeros int // of the last bytes read, those that are all zeros
}

// Read implements io.Reader.
func (p *packed) Read(b []byte) (n int, err error) {
	n, err = p.Reader.Read(b)
	if err != nil && err != io.EOF {
		p.err = err
	}
	if behind := n - len(bytes.TrimRight(b[:n], "\x00")); behind == n {
		p.zeros += n
	} else {
		p.zeros = behind
	}
	return n, err
}

// padded reports whether an error is that zeros follow the last frame, and nothing else, as
// tapes and some tools pad files.
func (p *packed) padded(err error) bool {
	if p.form != LZ4 || !errors.Is(err, lz4.ErrInvalidFrame) || p.zeros < lz4Magic {
		return false
	}
	rest := &packed{Reader: p, form: p.form} // whose zeros go on
	n, err := io.Copy(io.Discard, rest)
	return err == nil && int64(rest.zeros) == n
}

// lz4Magic is how many bytes begin a frame of LZ4.
const lz4Magic = 4

type unpacked struct {
	io.ReadCloser
	from *packed
}

func (r *unpacked) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if err != nil && err != io.EOF && r.from.padded(err) {
		err = io.EOF
	}
	if err != nil && err != io.EOF {
		err = r.from.damaged(err)
	}
	return n, err
}

// damaged says what an error of unpacking means. Where the reading ended with one of its
// own, that is the cause, and nothing is wrong with what came before.
func (p *packed) damaged(err error) error {
	switch {
	case p.err != nil:
		return p.err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &Error{Form: p.form, Reason: reasonCut, Err: io.ErrUnexpectedEOF}
	}
	return &Error{Form: p.form, Reason: reasonOf(err), Err: err}
}

// Auto unpacks r if it is packed, once, and tells the form. The stream that it
// returns can be looked into with Peek.
func Auto(r io.Reader) (*bufio.Reader, Form, io.Closer, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(HeadSize)
	if err != nil && err != io.EOF {
		return nil, None, nil, err
	}
	form := Detect(head)
	if form == None {
		return b, None, io.NopCloser(nil), nil
	}
	u, err := Reader(b, form)
	if err != nil {
		return nil, form, nil, err
	}
	return bufio.NewReaderSize(u, 64<<10), form, u, nil
}
