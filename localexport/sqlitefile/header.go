package sqlitefile

import (
	"errors"
	"io"

	"sluice/sqliteformat"
	"sluice/wording"
)

// lockByte is where SQLite keeps its locks; the page it falls on holds nothing (file
// format §1.2).
const lockByte = 1 << 30

const headerSize = sqliteformat.HeaderSize

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
		return wording.Errorf("read database file: %w", err)
	}
	f.size, f.modified = info.Size(), info.ModTime()
	if _, err := f.file.ReadAt(f.header[:], 0); errors.Is(err, io.EOF) {
		return unsupported(f.path, "it is too short for a SQLite database")
	} else if err != nil {
		return wording.Errorf("read database file: %w", err)
	}
	h, err := sqliteformat.ParseHeader(f.header[:])
	if err != nil {
		return unsupported(f.path, "%v", err)
	}
	switch {
	case h.WriteVersion < 1 || h.WriteVersion > 2 || h.ReadVersion < 1 || h.ReadVersion > 2:
		return unsupported(f.path, "format versions %d for writing and %d for reading", h.WriteVersion, h.ReadVersion)
	case h.Fractions != [3]uint8{64, 32, 32}:
		return unsupported(f.path, "payload fractions %d, %d and %d", h.Fractions[0], h.Fractions[1], h.Fractions[2])
	case h.SchemaFormat < 1 || h.SchemaFormat > 4:
		return unsupported(f.path, "schema format %d", h.SchemaFormat)
	case !h.UTF8() && !f.keysOnly:
		return unsupported(f.path, "its text is not UTF-8 (encoding %d)", h.Encoding)
	case h.Usable() < 480:
		return unsupported(f.path, "%d reserved bytes on pages of %d", h.Reserved, h.PageSize)
	}
	return f.readShape(h)
}

func (f *File) readShape(h sqliteformat.Header) error {
	inFile, pages := f.size/int64(h.PageSize), h.Pages(f.size)
	switch {
	case inFile > 1<<32-2:
		return unsupported(f.path, "more than 2^32-2 pages")
	case pages > inFile:
		return f.damaged(1, "the header counts %d pages, the file has %d: it was cut", pages, inFile)
	case pages == 0:
		return f.damaged(1, "the file is shorter than one page")
	}
	f.shape = shape{pageSize: h.PageSize, usable: h.Usable(), pages: uint32(pages), lockPage: uint32(lockByte/h.PageSize) + 1}
	return nil
}

// checkSideFiles declines a database whose newest content is not in its own
// file.
func checkSideFiles(path string) error {
	real, err := sqliteformat.Real(path)
	if err != nil {
		return wording.Errorf("open database file: %w", err)
	}
	p, err := sqliteformat.FindPending(real)
	switch {
	case err != nil:
		return wording.Errorf("open database file: %w", err)
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
		return wording.Errorf("read %s: %w", f.path, err)
	}
	var h [headerSize]byte
	if _, err := f.file.ReadAt(h[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return wording.Errorf("read %s: %w", f.path, err)
	}
	if info.Size() != f.size || !info.ModTime().Equal(f.modified) || h != f.header {
		return wording.Errorf("%s: %w", f.path, ErrChanged)
	}
	return nil
}
