package csvfile

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// spreadPieces of spreadSize are looked at of a file whose start does not tell its encoding.
const (
	spreadPieces = 4
	spreadSize   = 16 << 10
)

// spread is what the encoding of a text is told by: its start, and where that is nothing but
// ASCII, which is the same in most of them, whole lines from further parts of the file, the last
// of them included. What comes in, or is packed, can only be read from its start.
func (f *File) spread(start []byte) []byte {
	size := f.info.Size
	if f.grower != nil || f.stages.packed() || int64(len(start)) >= size || !ascii(start) {
		return start
	}
	all, piece := bytes.Clone(start), make([]byte, spreadSize)
	for i := range int64(spreadPieces) {
		at := max(int64(len(start)), (size-spreadSize)*(i+1)/spreadPieces)
		n, err := f.data().ReadAt(piece, at)
		if err != nil && n == 0 {
			return start // whoever reads on will say so
		}
		lines := piece[:n]
		from, to := bytes.IndexByte(lines, '\n'), bytes.LastIndexByte(lines, '\n')
		if from < to { // a character may be cut at either end
			all = append(all, lines[from+1:to+1]...)
		}
	}
	return all
}

// ascii reports whether a text is nothing but characters of ASCII, without NUL bytes.
func ascii(text []byte) bool {
	if bytes.IndexByte(text, 0) >= 0 {
		return false
	}
	const high = 0x8080808080808080
	for ; len(text) >= 8; text = text[8:] {
		if binary.LittleEndian.Uint64(text)&high != 0 {
			return false
		}
	}
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
