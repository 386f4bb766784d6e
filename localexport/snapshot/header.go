package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"sluice/figures"
	"sluice/sqliteformat"
	"sluice/wording"
)

// FileError says why a file is no snapshot that can be read.
type FileError struct {
	Path    string
	Problem string // what the file is, as the rest of a sentence about it
	Advice  string // what to do
	Err     error  // cause, or nil
}

func (e *FileError) Error() string { return e.Text().String() }

// In implements wording.Sayer.
func (e *FileError) In(say func(english string) string) string { return e.Text().In(say) }

// Text is what it is made of.
func (e *FileError) Text() wording.Text {
	if e.Advice == "" {
		return wording.Of("%s %s", e.Path, e.Problem)
	}
	return wording.Of("%s %s: %s", e.Path, e.Problem, e.Advice)
}

func (e *FileError) Unwrap() error { return e.Err }

// What to do about files of which a snapshot can be taken, about those that may hold
// one packed, and about databases that Sluice does not read. %[1]s stands for the path.
const (
	adviceTake    = `make a snapshot of it with "sluice snapshot %[1]s", or export it at once with "sluice export %[1]s"`
	adviceUnpack  = `if it is a dump, make a snapshot of it with "sluice snapshot %[1]s", which unpacks it; else unpack it first, for example with `
	adviceConvert = "restore it into its database and convert that to SQLite"
)

// foreign are files that people mistake for a snapshot, by their first bytes.
var foreign = []struct{ start, problem, advice string }{
	{"PGDMP", "is a PostgreSQL dump in custom format (pg_dump -Fc), not an SQLite file", adviceTake},
	{"PK\x03\x04", "is a ZIP archive, not an SQLite file", `if it is an XML backup, make a snapshot of it with "sluice snapshot %[1]s"; else unpack it`},
	{"PK\x05\x06", "is an empty ZIP archive, not an SQLite file", "take a snapshot of the database"},
	{"\x1f\x8b", "is compressed with gzip", adviceUnpack + "gunzip"},
	{"BZh", "is compressed with bzip2", adviceUnpack + "bunzip2"},
	{"\xfd7zXZ\x00", "is compressed with xz", "unpack it first, for example with unxz"},
	{"\x28\xb5\x2f\xfd", "is compressed with Zstandard", adviceUnpack + "unzstd"},
	{"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive", "unpack it first"},
	{"H:2,", "is an H2 database, not an SQLite file", "export it from H2 and convert it to SQLite"},
	{"-- H2", "is an old H2 database, not an SQLite file", "export it from H2 and convert it to SQLite"},
	{"-- PostgreSQL database", "is a PostgreSQL dump in text form (pg_dump), not an SQLite file", adviceTake},
	{"-- MySQL dump", "is a MySQL dump, not an SQLite file", adviceTake},
	{"-- MariaDB dump", "is a MariaDB dump, not an SQLite file", adviceTake},
	{"PRAGMA foreign_keys", "is an SQL script of SQLite (.dump), not a database file", "load it with: sqlite3 snapshot.db < script.sql"},
	{"TAPE", "is an SQL Server backup, not an SQLite file", adviceConvert},
	{"<?xml", "is an XML file, not an SQLite file", `if it is entities.xml of an XML backup, make a snapshot of it with "sluice snapshot %[1]s"`},
	{"** This file contains an SQLite 2", "is a database of SQLite 2, which is too old", "convert it with: sqlite OLD .dump | sqlite3 NEW"},
}

// sqlStarts are the first words of SQL scripts.
var sqlStarts = []string{"--", "/*", "SET ", "CREATE ", "INSERT ", "BEGIN", "DROP ", "COPY "}

// header is what the file says of itself, and how long it is.
type header struct {
	sqliteformat.Header
	size int64
}

// openFile opens a file that a person has named and refuses what cannot be a
// database file.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &FileError{path, "does not exist", "check the name", err}
	case err != nil:
		return nil, unreadable(path, err)
	case info.IsDir():
		return nil, &FileError{path, "is a folder", "choose the SQLite file of the snapshot", nil}
	case !info.Mode().IsRegular():
		return nil, &FileError{path, "is no ordinary file", "choose the SQLite file of the snapshot", nil}
	case info.Size() == 0:
		return nil, &FileError{path, "is empty", "convert the database again", nil}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return f, nil
}

// unreadable is the error for a file that the system does not let read: nothing is
// said about what is in it.
func unreadable(path string, err error) error {
	return &FileError{path, "cannot be read", reason(err), err}
}

// readHeader reads the header and refuses what is no whole SQLite file. path is
// for people.
func readHeader(path string, f *os.File) (header, error) {
	info, err := f.Stat()
	if err != nil {
		return header{}, unreadable(path, err)
	}
	b := make([]byte, 512)
	n, err := io.ReadFull(f, b)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return header{}, unreadable(path, err)
	}
	return parseHeader(path, b[:n], info.Size())
}

// parseHeader reads the first bytes of a file of the given size. Of one that is shorter
// than it says the header comes with the error.
func parseHeader(path string, b []byte, size int64) (header, error) {
	parsed, err := sqliteformat.ParseHeader(b)
	switch {
	case errors.Is(err, sqliteformat.ErrNoMagic):
		return header{}, recognise(path, b)
	case errors.Is(err, sqliteformat.ErrShort):
		return header{}, &FileError{path, "is a damaged SQLite file: it ends within its header", "copy the file again", nil}
	case err != nil:
		return header{}, &FileError{path, "is a damaged SQLite file: its header makes no sense", "copy the file again", nil}
	}
	h := header{Header: parsed, size: size}
	if want := h.Pages(size) * int64(h.PageSize); size < want {
		return h, &FileError{path, fmt.Sprintf("is cut off: it has %d bytes of %d", figures.N(size), figures.N(want)), "copy the file again, whole", nil}
	}
	return h, nil
}

// recognise says what a file is that is no SQLite file.
func recognise(path string, b []byte) error {
	text := bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n-")
	for _, f := range foreign {
		if bytes.HasPrefix(b, []byte(f.start)) || strings.HasPrefix(f.start, "-- ") && bytes.HasPrefix(text, []byte(f.start[3:])) {
			return &FileError{path, f.problem, wording.Of(f.advice, path).String(), nil}
		}
	}
	trimmed := strings.ToUpper(string(bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")))
	for _, word := range sqlStarts {
		if strings.HasPrefix(trimmed, word) {
			return &FileError{path, "is an SQL script, not an SQLite file", wording.Of(adviceTake, path).String(), nil}
		}
	}
	return &FileError{path, "is no SQLite file", "choose the SQLite file that the database was converted to", nil}
}

// reason is the cause of an error of the operating system without the
// operation and the path.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
