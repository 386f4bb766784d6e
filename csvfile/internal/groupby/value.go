package groupby

import (
	"encoding/binary"
	"hash/maphash"
	"io"
)

const (
	// TextLimit is how much of a longer cell is kept as a key, or as the least or
	// greatest of a group.
	TextLimit = 1 << 10
	// pairLimit is how long a cell is of which a digest stands in for the text where
	// different ones are counted.
	pairLimit  = 32
	digestSize = 16
)

// Kind is what the text of a cell is.
type Kind uint8

const (
	Text Kind = iota
	Number
	Time
	Kinds // how many there are
)

// Value is a cell that is not empty, read once for all that is asked of it.
type Value struct {
	Text  []byte // at most TextLimit bytes
	Kind  Kind
	Sum   Sum   // if Kind is Number
	Sec   int64 // if Kind is Time: seconds since 1970,
	Nanos int32 // and what is left
}

// Digests stand in for long cells. Two cells of one digest, which has 128 bits, are taken
// for the same.
type Digests struct{ a, b maphash.Seed }

// NewDigests returns digests that no other process has.
func NewDigests() Digests { return Digests{maphash.MakeSeed(), maphash.MakeSeed()} }

func (d Digests) append(dst, cell []byte) []byte {
	dst = binary.LittleEndian.AppendUint64(dst, maphash.Bytes(d.a, cell))
	return binary.LittleEndian.AppendUint64(dst, maphash.Bytes(d.b, cell))
}

// OfReader is the digest of a cell that is read in pieces.
func (d Digests) OfReader(r io.Reader) ([]byte, error) {
	var a, b maphash.Hash
	a.SetSeed(d.a)
	b.SetSeed(d.b)
	if _, err := io.Copy(io.MultiWriter(&a, &b), r); err != nil {
		return nil, err
	}
	return binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, a.Sum64()), b.Sum64()), nil
}

// AppendKey appends a cell to a key. A cell of more than TextLimit bytes is cut, with its
// digest behind it; cut says so.
func (d Digests) AppendKey(dst, cell []byte) (key []byte, cut bool) {
	if len(cell) <= TextLimit {
		return append(binary.AppendUvarint(dst, uint64(len(cell))<<1), cell...), false
	}
	return d.append(appendStart(dst, cell), cell), true
}

// AppendLongKey is AppendKey for a cell of which the start and the digest are known.
func (d Digests) AppendLongKey(dst, start, digest []byte) []byte {
	return append(appendStart(dst, start), digest...)
}

func appendStart(dst, cell []byte) []byte {
	return append(binary.AppendUvarint(dst, TextLimit<<1|1), cell[:TextLimit]...)
}

// cutKey cuts the first cell off a key; digest is nil unless the cell was cut.
func cutKey(key []byte) (cell, digest, rest []byte) {
	size, n := binary.Uvarint(key)
	key = key[n:]
	cell, rest = key[:size>>1], key[size>>1:]
	if size&1 != 0 {
		digest, rest = rest[:digestSize], rest[digestSize:]
	}
	return cell, digest, rest
}

// appendPair appends the pair of a group and a value of it.
func (d Digests) appendPair(dst, key, cell []byte) []byte {
	dst = append(binary.AppendUvarint(dst, uint64(len(key))), key...)
	if len(cell) > pairLimit {
		return d.append(append(dst, 1), cell)
	}
	return append(append(dst, 0), cell...)
}

// appendLongPair is appendPair for a cell of which the digest is known.
func appendLongPair(dst, key, digest []byte) []byte {
	dst = append(binary.AppendUvarint(dst, uint64(len(key))), key...)
	return append(append(dst, 1), digest...)
}

// groupOf is the key of the group of a pair.
func groupOf(pair []byte) []byte {
	size, n := binary.Uvarint(pair)
	return pair[n : n+int(size)]
}
