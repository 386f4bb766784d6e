package sqlitefile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"sluice/localexport/dbpath"
)

// Magic begins every file of SQLite 3 (file format §1.3).
const Magic = "SQLite format 3\x00"

const (
	headerSize = 100
	// lockByte is where SQLite keeps its locks; the page it falls on holds
	// nothing (file format §1.2).
	lockByte = 1 << 30
)

// shape is what the header says about the pages of a file.
type shape struct {
	pageSize int    // bytes
	usable   int    // bytes of a page without those reserved for extensions
	pages    uint32 // number of pages; their numbers count from 1
	lockPage uint32 // the page that is never used
}

// readHeader reads and checks the 100 bytes at the beginning (file format §1.3)
// and notes the file's size and time.
func (f *File) readHeader() error {
	info, err := f.file.Stat()
	if err != nil {
		return fmt.Errorf("read database file: %w", err)
	}
	f.size, f.modified = info.Size(), info.ModTime()
	if _, err := f.file.ReadAt(f.header[:], 0); errors.Is(err, io.EOF) {
		return unsupported(f.path, "it is too short for a SQLite database")
	} else if err != nil {
		return fmt.Errorf("read database file: %w", err)
	}
	h := f.header[:]
	switch {
	case string(h[:16]) != Magic:
		return unsupported(f.path, "it does not begin like a SQLite database")
	case h[18] < 1 || h[18] > 2 || h[19] < 1 || h[19] > 2:
		return unsupported(f.path, "format versions %d for writing and %d for reading", h[18], h[19])
	case h[21] != 64 || h[22] != 32 || h[23] != 32:
		return unsupported(f.path, "payload fractions %d, %d and %d", h[21], h[22], h[23])
	}
	if format := binary.BigEndian.Uint32(h[44:]); format < 1 || format > 4 {
		return unsupported(f.path, "schema format %d", format)
	}
	if encoding := binary.BigEndian.Uint32(h[56:]); encoding != 1 && !f.keysOnly {
		return unsupported(f.path, "its text is not UTF-8 (encoding %d)", encoding)
	}
	return f.readShape()
}

func (f *File) readShape() error {
	h := f.header[:]
	pageSize := int(binary.BigEndian.Uint16(h[16:]))
	if pageSize == 1 {
		pageSize = 1 << 16
	}
	if pageSize < 512 || pageSize&(pageSize-1) != 0 {
		return unsupported(f.path, "page size %d", pageSize)
	}
	usable := pageSize - int(h[20])
	if usable < 480 {
		return unsupported(f.path, "%d reserved bytes on pages of %d", h[20], pageSize)
	}
	inFile := f.size / int64(pageSize)
	if inFile > 1<<32-2 {
		return unsupported(f.path, "more than 2^32-2 pages")
	}
	pages := uint32(inFile)
	// The number in the header counts only if the last writer knew of it.
	written := binary.BigEndian.Uint32(h[28:])
	if written > 0 && binary.BigEndian.Uint32(h[24:]) == binary.BigEndian.Uint32(h[92:]) {
		if written > pages {
			return f.damaged(1, "the header counts %d pages, the file has %d: it was cut", written, pages)
		}
		pages = written
	}
	if pages == 0 {
		return f.damaged(1, "the file is shorter than one page")
	}
	f.shape = shape{pageSize: pageSize, usable: usable, pages: pages, lockPage: uint32(lockByte/pageSize) + 1}
	return nil
}

// checkSideFiles declines a database whose newest content is not in its own
// file.
func checkSideFiles(path string) error {
	real, err := dbpath.Real(path)
	if err != nil {
		return fmt.Errorf("open database file: %w", err)
	}
	p, err := dbpath.Find(real)
	switch {
	case err != nil:
		return fmt.Errorf("open database file: %w", err)
	case p.Log:
		return unsupported(path, "a write-ahead log lies beside it")
	case p.Path != "":
		return unsupported(path, "an unfinished rollback journal lies beside it")
	}
	return nil
}

// unchanged compares the file with what it was when it was opened.
func (f *File) unchanged() error {
	info, err := f.file.Stat()
	if err != nil {
		return fmt.Errorf("read %s: %w", f.path, err)
	}
	var h [headerSize]byte
	if _, err := f.file.ReadAt(h[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read %s: %w", f.path, err)
	}
	if info.Size() != f.size || !info.ModTime().Equal(f.modified) || h != f.header {
		return fmt.Errorf("%s: %w", f.path, ErrChanged)
	}
	return nil
}
