// Package zipped reads the files in a zip archive, one at a time, as streams: also the
// first of an archive that was cut.
package zipped

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"sluice/wording"
)

// Archive is a zip archive.
type Archive struct {
	// Members are its files, in their order; folders and what systems add are left out.
	Members []Member
	// Cut says that the archive has no table of contents, as when it was cut: only its
	// first file is known.
	Cut bool
}

// Member is a file in an archive.
type Member struct {
	Name string
	Size int64 // unpacked; -1 if that is not known
	// Packed is how many bytes it takes in the archive.
	Packed int64

	r         io.ReaderAt
	offset    int64
	method    uint16
	encrypted bool
	sum       uint32
	cut       bool
}

// Is reports whether a file that begins with head is a zip archive, be it an empty one.
func Is(head []byte) bool {
	return len(head) >= 4 && string(head[:2]) == "PK" && slices.Contains([]string{"\x03\x04", "\x05\x06", "\x07\x08"}, string(head[2:4]))
}

// Open reads the table of contents of an archive of so many bytes. Errors are sentences
// without a subject: "it is an Excel workbook: …".
func Open(r io.ReaderAt, size int64) (*Archive, error) {
	z, err := zip.NewReader(r, size)
	switch {
	case err == nil, errors.Is(err, zip.ErrInsecurePath): // nothing is written under its name
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return openCut(r, size)
	default:
		return nil, wording.Errorf("it is a zip archive that cannot be read: %w", err)
	}
	if what := office(z); what != "" {
		return nil, wording.Errorf("it is %s: save the sheet as CSV first", what)
	}
	a := &Archive{}
	for _, f := range z.File {
		if f.FileInfo().IsDir() || isSystems(f.Name) {
			continue
		}
		offset, err := f.DataOffset()
		if err != nil {
			return nil, wording.Errorf("it is a damaged zip archive: where its file %s begins makes no sense; get it again", f.Name)
		}
		a.Members = append(a.Members, Member{
			Name: f.Name, Size: int64(f.UncompressedSize64), Packed: int64(f.CompressedSize64),
			r: r, offset: offset, method: f.Method, encrypted: f.Flags&1 != 0, sum: f.CRC32,
		})
	}
	if len(a.Members) == 0 {
		return nil, wording.New("it is a zip archive without a file in it")
	}
	return a, nil
}

// office tells a document that is a zip archive, too.
func office(z *zip.Reader) string {
	has := func(name string) bool {
		return slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.HasPrefix(f.Name, name) })
	}
	switch {
	case has("[Content_Types].xml") && has("xl/"):
		return "an Excel workbook"
	case has("mimetype") && has("content.xml"):
		return "an OpenDocument file"
	case has("[Content_Types].xml"):
		return "an Office document"
	}
	return ""
}

// isSystems tells what systems put into archives by themselves.
func isSystems(name string) bool {
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".")
}

// tables are the endings of tables of text, and of such that are packed once more.
var tables = []string{".csv", ".tsv", ".tab", ".psv", ".txt", ".gz", ".zst", ".bz2", ".xz", ".lz4"}

// Pick returns the member of a name, which may be without its folders, or, for none, the
// first that looks like a table; others is how many more there are that do.
func (a *Archive) Pick(name string) (m Member, others int, err error) {
	if name == "" {
		found := slices.DeleteFunc(slices.Clone(a.Members), func(m Member) bool {
			return !slices.Contains(tables, strings.ToLower(path.Ext(m.Name)))
		})
		if sure := slices.DeleteFunc(slices.Clone(found), func(m Member) bool { return strings.EqualFold(path.Ext(m.Name), ".txt") }); len(sure) > 0 {
			found = sure // a text beside a table says what is in it
		}
		if len(found) == 0 {
			found = a.Members
		}
		return found[0], len(found) - 1, nil
	}
	for _, same := range []func(string) bool{
		func(s string) bool { return s == name },
		func(s string) bool { return path.Base(s) == name },
		func(s string) bool { return strings.EqualFold(s, name) || strings.EqualFold(path.Base(s), name) },
	} {
		found := slices.DeleteFunc(slices.Clone(a.Members), func(m Member) bool { return !same(m.Name) })
		switch {
		case len(found) == 1:
			return found[0], 0, nil
		case len(found) > 1:
			return m, 0, wording.Errorf("%d files in it are called %s: name one with its folder, as %s", len(found), name, found[0].Name)
		}
	}
	return m, 0, wording.Errorf("it is a zip archive without a file %s in it; it has %s", name, a.list())
}

// mostListed is how many members a sentence names.
const mostListed = 8

// list names the members.
func (a *Archive) list() string {
	var names []string
	for _, m := range a.Members[:min(len(a.Members), mostListed)] {
		names = append(names, m.Name)
	}
	s := strings.Join(names, ", ")
	if more := len(a.Members) - mostListed; more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s
}
