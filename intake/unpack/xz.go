package unpack

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"

	"github.com/ulikunitz/xz"
)

// xzFooter is the length of what ends a stream of xz.
const xzFooter = 12

// xzReader reads xz. The library takes some files that are cut for whole ones: what was
// read must end as a stream does, but for zeros behind it.
type xzReader struct {
	z   *xz.Reader
	end *ending
}

func newXZ(r io.Reader) (io.ReadCloser, error) {
	end := &ending{r: r}
	z, err := xz.NewReader(bufio.NewReaderSize(end, 256<<10))
	if err != nil {
		return nil, err
	}
	return &xzReader{z, end}, nil
}

// Read implements io.Reader.
func (x *xzReader) Read(p []byte) (int, error) {
	n, err := x.z.Read(p)
	if err == io.EOF && !x.end.whole() {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// Close implements io.Closer.
func (x *xzReader) Close() error { return nil }

// ending keeps the last bytes that were read, without zeros behind them.
type ending struct {
	r     io.Reader
	last  []byte
	zeros int
}

// Read implements io.Reader.
func (e *ending) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	trimmed := bytes.TrimRight(p[:n], "\x00")
	if len(trimmed) == 0 {
		e.zeros += n
		return n, err
	}
	all := append(e.last, make([]byte, min(e.zeros, xzFooter))...)
	all = append(all, trimmed[max(0, len(trimmed)-xzFooter):]...)
	e.last = append(e.last[:0], all[max(0, len(all)-xzFooter):]...)
	e.zeros = n - len(trimmed)
	return n, err
}

// whole reports whether the last bytes are the footer of a stream.
func (e *ending) whole() bool {
	b := e.last
	return len(b) == xzFooter && string(b[10:]) == "YZ" && crc32.ChecksumIEEE(b[4:10]) == binary.LittleEndian.Uint32(b)
}
