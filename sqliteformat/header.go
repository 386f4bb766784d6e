package sqliteformat

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"strings"

	"sluice/wording"
)

// Magic begins every file of SQLite 3 (file format §1.3).
const Magic = "SQLite format 3\x00"

// HeaderSize is the length of the header with which the first page begins.
const HeaderSize = 100

// Pages have a power of two of bytes, between these.
const (
	minPage = 512
	maxPage = 1 << 16
)

// Header is what the first 100 bytes of a file say (file format §1.3). What only one
// reader asks for, it holds against its own limits: a header that was parsed may have
// any numbers in it but the size of pages.
type Header struct {
	PageSize      int // bytes, a power of two from 512 to 65536
	WriteVersion  uint8
	ReadVersion   uint8
	Reserved      uint8    // bytes at the end of each page that extensions keep for themselves
	Fractions     [3]uint8 // shares of a page that a payload may take: 64, 32 and 32
	ChangeCounter uint32   // is raised by who changes the file
	PageCount     uint32   // as it is written: see Pages
	FreeTrunk     uint32   // first page of the list of free ones, 0 if there are none
	FreePages     uint32
	SchemaCookie  uint32
	SchemaFormat  uint32 // 1 to 4; 0 in a file without tables
	Encoding      uint32 // of text: 1 UTF-8, 2 and 3 UTF-16; 0 in a file without tables
	ValidFor      uint32 // the change counter when PageCount and Version were written
	Version       uint32 // of SQLite that wrote last
}

// Errors of ParseHeader.
var (
	ErrNoMagic  = errors.New("it does not begin like a SQLite database")
	ErrShort    = errors.New("it ends within its header")
	ErrPageSize = errors.New("no page size of SQLite")
)

// Begins reports whether these first bytes of a file are those of a SQLite file.
func Begins(b []byte) bool { return strings.HasPrefix(string(b[:min(len(b), len(Magic))]), Magic) }

// IsFile reports whether the file at path begins like one of SQLite. One that cannot
// be read is none, and neither is a pipe, which would be waited for; an error says that it
// cannot be opened.
func IsFile(path string) (bool, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false, err
	}
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	var head [len(Magic)]byte
	n, _ := io.ReadFull(f, head[:])
	return Begins(head[:n]), nil
}

// ParseHeader reads the header from the first bytes of a file. Its errors match
// ErrNoMagic, ErrShort or ErrPageSize.
func ParseHeader(b []byte) (Header, error) {
	switch {
	case !Begins(b):
		return Header{}, ErrNoMagic
	case len(b) < HeaderSize:
		return Header{}, ErrShort
	}
	h := Header{
		PageSize:      int(binary.BigEndian.Uint16(b[16:])),
		WriteVersion:  b[18],
		ReadVersion:   b[19],
		Reserved:      b[20],
		Fractions:     [3]uint8(b[21:24]),
		ChangeCounter: binary.BigEndian.Uint32(b[24:]),
		PageCount:     binary.BigEndian.Uint32(b[28:]),
		FreeTrunk:     binary.BigEndian.Uint32(b[32:]),
		FreePages:     binary.BigEndian.Uint32(b[36:]),
		SchemaCookie:  binary.BigEndian.Uint32(b[40:]),
		SchemaFormat:  binary.BigEndian.Uint32(b[44:]),
		Encoding:      binary.BigEndian.Uint32(b[56:]),
		ValidFor:      binary.BigEndian.Uint32(b[92:]),
		Version:       binary.BigEndian.Uint32(b[96:]),
	}
	if h.PageSize == 1 { // 65536 does not fit
		h.PageSize = maxPage
	}
	if h.PageSize < minPage || h.PageSize&(h.PageSize-1) != 0 {
		return Header{}, wording.Errorf("page size %d: %w", h.PageSize, ErrPageSize)
	}
	return h, nil
}

// Put writes the header into the first HeaderSize bytes of a page. What no field
// stands for is zero.
func (h Header) Put(b []byte) {
	clear(b[:HeaderSize])
	copy(b, Magic)
	binary.BigEndian.PutUint16(b[16:], uint16(h.PageSize%(maxPage-1))) // 1 stands for 65536
	b[18], b[19], b[20] = h.WriteVersion, h.ReadVersion, h.Reserved
	copy(b[21:], h.Fractions[:])
	for at, v := range map[int]uint32{24: h.ChangeCounter, 28: h.PageCount, 32: h.FreeTrunk, 36: h.FreePages, 40: h.SchemaCookie,
		44: h.SchemaFormat, 56: h.Encoding, 92: h.ValidFor, 96: h.Version} {
		binary.BigEndian.PutUint32(b[at:], v)
	}
}

// Usable is how many bytes of a page hold content.
func (h Header) Usable() int { return h.PageSize - int(h.Reserved) }

// Pages is how many pages the database has, in a file of the given size. What the
// header says counts only if its last writer knew of it: old releases of SQLite raise
// the change counter alone.
func (h Header) Pages(size int64) int64 {
	if h.PageCount > 0 && h.ChangeCounter == h.ValidFor {
		return int64(h.PageCount)
	}
	return size / int64(h.PageSize)
}

// UTF8 reports whether text is stored as UTF-8. Of the number SQLite looks at two bits,
// and a file that names no encoding has this one.
func (h Header) UTF8() bool { return h.Encoding&3 <= 1 }
