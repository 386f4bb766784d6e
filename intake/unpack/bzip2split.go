package unpack

import (
	"bufio"
	"compress/bzip2"
	"io"
)

// What begins a block of bzip2 and what ends a stream, at any bit; a checksum of 32 bits is
// behind either.
const (
	bzipBlock  = 0x314159265359
	bzipEnd    = 0x177245385090
	bzipMagic  = 48 // bits of either
	bzipBefore = bzipMagic + 32
)

// mostBlock is more than a block takes, as it has 900,000 bytes unpacked.
const mostBlock = 4 << 20

// bits are bits of a stream, from the first of the first byte, or one behind it.
type bits struct {
	bytes []byte
	from  int // 0 to 7
	n     int // how many
}

// at are up to 56 bits.
func (b bits) at(i, n int) (v uint64) {
	i += b.from
	for k := i / 8; k <= (i+n-1)/8; k++ {
		v = v<<8 | uint64(b.bytes[k])
	}
	return v >> (7 - (i+n-1)%8) & (1<<n - 1)
}

// appendBits appends n bits, the lowest of v, to dst, whose last byte has filled of its bits.
func appendBits(dst []byte, filled int, v uint64, n int) ([]byte, int) {
	for n > 0 {
		if filled == 8 {
			dst, filled = append(dst, 0), 0
		}
		k := min(8-filled, n)
		n -= k
		dst[len(dst)-1] |= byte(v>>n&(1<<k-1)) << (8 - filled - k)
		filled += k
	}
	return dst, filled
}

// stream is one of bzip2 that has one block: that of the pieces, one behind the other. A block
// that is cut lacks the end of the stream, too.
func bzipStream(level byte, cut bool, pieces ...bits) []byte {
	total := 16
	for _, p := range pieces {
		total += p.n/8 + 2
	}
	out, filled := append(make([]byte, 0, total), "BZh"...), 8
	out = append(out, level)
	for _, p := range pieces {
		i := 0
		for ; i+48 <= p.n; i += 48 {
			out, filled = appendBits(out, filled, p.at(i, 48), 48)
		}
		if i < p.n {
			out, filled = appendBits(out, filled, p.at(i, p.n-i), p.n-i)
		}
	}
	if !cut {
		out, filled = appendBits(out, filled, bzipEnd, bzipMagic)
		out, _ = appendBits(out, filled, pieces[0].at(bzipMagic, 32), 32) // the checksum of one block is that of all
	}
	return out
}

// bzipPiece is what lies between two places of a stream that look as if a block began there,
// or ends it.
type bzipPiece struct {
	bits
	level byte
	cut   bool   // the stream ends in it
	end   bool   // no block, but the end of a stream, which is right with
	sum   uint32 // this checksum
	err   error  // no piece, but why there is no further one
}

// bzipSplitter cuts streams into pieces.
type bzipSplitter struct {
	r    *bufio.Reader
	emit func(bzipPiece) bool // false: nobody wants more
}

// errBehind says that what follows the last stream is none.
var errBehind = bzip2.StructuralError("something that is not packed follows its text")

// errNoBlock says that there is no block where one must be.
var errNoBlock = bzip2.StructuralError("bad magic value found")

// split cuts all streams, up to the end.
func (s *bzipSplitter) split() error {
	for first := true; ; first = false {
		head, err := s.r.Peek(4)
		switch {
		case len(head) == 0 && !first:
			return err
		case len(head) > 0 && head[0] == 0 && !first:
			return s.zeros()
		case len(head) < 4 && err == io.EOF:
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		case string(head[:3]) != "BZh" || head[3] < '1' || head[3] > '9':
			return errBehind
		}
		level := head[3]
		if _, err := s.r.Discard(4); err != nil {
			return err
		}
		if more, err := s.stream(level); err != nil || !more {
			return err
		}
	}
}

// zeros reads the rest, which must be zeros.
func (s *bzipSplitter) zeros() error {
	for {
		if b, err := s.r.ReadByte(); err != nil {
			return err
		} else if b != 0 {
			return errBehind
		}
	}
}

// stream cuts one stream; more is false if there is no use in going on.
func (s *bzipSplitter) stream(level byte) (more bool, err error) {
	piece, window := bits{}, uint64(0)
	for {
		b, err := s.r.ReadByte()
		if err == io.EOF {
			piece.n = 8*len(piece.bytes) - piece.from
			s.emit(bzipPiece{bits: piece, level: level, cut: true})
			return false, io.EOF
		} else if err != nil {
			return false, err
		}
		piece.bytes, window = append(piece.bytes, b), window<<8|uint64(b)
		have := 8*len(piece.bytes) - piece.from
		for shift := min(7, have-bzipMagic); shift >= 0; shift-- {
			magic := window >> shift & (1<<bzipMagic - 1)
			if magic != bzipBlock && magic != bzipEnd {
				continue
			}
			at := have - shift - bzipMagic // in the piece
			if at > 0 && at < bzipBefore {
				continue
			}
			if at > 0 && !s.cut(piece, level, at) {
				return false, nil
			}
			if magic == bzipEnd {
				return s.end(level, piece, at)
			}
			from := piece.from + at
			piece = bits{bytes: append([]byte(nil), piece.bytes[from/8:]...), from: from % 8}
			have = 8*len(piece.bytes) - piece.from
		}
		switch {
		case have >= bzipMagic+7 && have < bzipMagic+15 && piece.at(0, bzipMagic) != bzipBlock:
			return false, errNoBlock
		case len(piece.bytes) > mostBlock:
			piece.n = have
			s.emit(bzipPiece{bits: piece, level: level, cut: true})
			return false, errNoBlock
		}
	}
}

// cut emits the start of a piece.
func (s *bzipSplitter) cut(p bits, level byte, at int) bool {
	p.n = at
	return s.emit(bzipPiece{bits: p, level: level})
}

// end emits the end of a stream, which is at some bit of a piece.
func (s *bzipSplitter) end(level byte, p bits, at int) (more bool, err error) {
	for 8*len(p.bytes)-p.from < at+bzipBefore {
		b, err := s.r.ReadByte()
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return false, err
		}
		p.bytes = append(p.bytes, b)
	}
	return s.emit(bzipPiece{end: true, level: level, sum: uint32(p.at(at+bzipMagic, 32))}), nil
}
