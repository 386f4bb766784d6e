// Package unpack undoes the packing of a stream: gzip, Zstandard, LZ4 and bzip2,
// told by their first bytes.
package unpack

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"

	"sluice/takes/feed"
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
	Zlib  Form = "zlib" // has no magic of its own; Detect never tells it
)

var magics = []struct {
	form  Form
	magic string
}{{Gzip, "\x1f\x8b"}, {Zstd, "\x28\xb5\x2f\xfd"}, {LZ4, "\x04\x22\x4d\x18"}, {Bzip2, "BZh"}}

// Detect tells the form by the first bytes of a stream.
func Detect(head []byte) Form {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.form
		}
	}
	return None
}

// maxWindow bounds the memory of Zstandard's window, which a hostile file could
// make as large as it likes; zstd --long=27 needs this much.
const maxWindow = 128 << 20

// Reader returns the unpacked stream of a form. Its errors say that the file is
// damaged or cut, and wrap feed.ErrDamaged. Close frees what it holds.
func Reader(r io.Reader, form Form) (io.ReadCloser, error) {
	if form == None {
		return io.NopCloser(r), nil
	}
	from := &packed{Reader: r}
	r = from
	var out io.ReadCloser
	var err error
	switch form {
	case Gzip:
		out, err = gzip.NewReader(r)
	case Zstd:
		var d *zstd.Decoder
		if d, err = zstd.NewReader(r, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(1)); err == nil {
			out = d.IOReadCloser()
		}
	case Zlib:
		out, err = zlib.NewReader(r)
	case LZ4:
		out = io.NopCloser(lz4.NewReader(r))
	case Bzip2:
		out = io.NopCloser(bzip2.NewReader(r))
	}
	if err != nil {
		return nil, from.damaged(form, err)
	}
	return &reader{out, from, form}, nil
}

// packed is what is unpacked; it keeps the error that ends its reading.
type packed struct {
	io.Reader
	err error
}

// Read implements io.Reader.
func (p *packed) Read(b []byte) (n int, err error) {
	n, err = p.Reader.Read(b)
	if err != nil && err != io.EOF {
		p.err = err
	}
	return n, err
}

type reader struct {
	io.ReadCloser
	from *packed
	form Form
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = r.from.damaged(r.form, err)
	}
	return n, err
}

// damaged says what an error of unpacking means. Where the reading ended with one of its
// own, that is the cause, and nothing is wrong with what came before.
func (p *packed) damaged(form Form, err error) error {
	if p.err != nil {
		return p.err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return feed.Damaged("the %s data end too early: the file was cut, or copied in part", form)
	}
	return fmt.Errorf("%w: %w", feed.Damaged("the %s data are damaged", form), err)
}

// Auto unpacks r if it is packed, once, and tells the form. The stream that it
// returns can be looked into with Peek.
func Auto(r io.Reader) (*bufio.Reader, Form, io.Closer, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(4)
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
