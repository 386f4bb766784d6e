package unpack

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip" // gives out what comes before damage, which quicker ones keep
	"errors"
	"io"
)

// gzipMagic begins each member.
var gzipMagic = []byte{0x1f, 0x8b}

// gunzipper reads a file of one member or many, with zeros behind the last, as tapes and
// some tools pad them (RFC 1952 §2.2; gzip itself leaves such zeros out without a word).
// What it has given out before an *[Error] is what could be unpacked.
type gunzipper struct {
	src *source
	z   *gzip.Reader
	err error
}

// newGzip reads the header of the first member. The error is an *[Error] if r does
// not hold one.
func newGzip(r io.Reader) (*gunzipper, error) {
	src := &source{r: bufio.NewReaderSize(r, 256<<10)}
	z, err := gzip.NewReader(src)
	if err != nil {
		return nil, src.explain(err)
	}
	z.Multistream(false)
	return &gunzipper{src: src, z: z}, nil
}

func (r *gunzipper) Read(p []byte) (int, error) {
	if r.err != nil || len(p) == 0 {
		return 0, r.err
	}
	for {
		n, err := r.z.Read(p)
		if err == io.EOF {
			err = r.nextMember()
		} else if err != nil {
			err = r.src.explain(err)
		}
		r.err = err
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// nextMember goes on to the member behind the one that has ended; io.EOF if there
// is none.
func (r *gunzipper) nextMember() error {
	next, err := r.src.r.Peek(len(gzipMagic))
	switch {
	case len(next) == 0:
		return r.src.keep(err)
	case next[0] == 0:
		return r.src.skipZeros()
	case !bytes.HasPrefix(gzipMagic, next):
		return &Error{Form: Gzip, Reason: "something that is not packed follows its text"}
	}
	if err := r.z.Reset(r.src); err != nil {
		return r.src.explain(err)
	}
	r.z.Multistream(false)
	return nil
}

// source is the packed bytes. It remembers why they ended, so that an error of
// reading is not taken for damage.
type source struct {
	r   *bufio.Reader
	err error // of reading; not io.EOF
}

func (s *source) keep(err error) error {
	if err != nil && err != io.EOF {
		s.err = err
	}
	return err
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	return n, s.keep(err)
}

// ReadByte lets gzip stop exactly where a member does.
func (s *source) ReadByte() (byte, error) {
	b, err := s.r.ReadByte()
	return b, s.keep(err)
}

// skipZeros reads the rest, which must be zeros; io.EOF is the good end.
func (s *source) skipZeros() error {
	for {
		b, err := s.ReadByte()
		if err != nil {
			return err
		}
		if b != 0 {
			return &Error{Form: Gzip, Reason: "something that is not packed follows its text"}
		}
	}
}

// explain says what an error of unpacking means.
func (s *source) explain(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case s.err != nil:
		return s.err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Gzip, reasonCut, io.ErrUnexpectedEOF}
	case errors.As(err, &corrupt):
		return &Error{Gzip, reasonNonsense, err}
	}
	return &Error{Gzip, reasonOf(err), err}
}

// Close implements io.Closer.
func (r *gunzipper) Close() error { return r.z.Close() }
