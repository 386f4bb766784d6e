package pgarchive

import (
	"archive/tar"
	"bufio"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"sluice/intake/unpack"
	"sluice/takes/feed"
	"sluice/wording"
)

// ContentsFile is the table of contents in a folder or tar file.
const ContentsFile = "toc.dat"

// endings of packed files in a folder.
var endings = []string{"", ".gz", ".lz4", ".zst"}

// ReadFolder hands the tables of a dump in a folder to the sink. count wraps
// each file that is opened.
func ReadFolder(folder fs.FS, count func(io.Reader) io.Reader, sink feed.Sink) (Info, error) {
	toc, err := folder.Open(ContentsFile)
	if err != nil {
		return Info{}, err
	}
	defer toc.Close()
	c, _, err := readContents(bufio.NewReader(count(toc)))
	if err != nil {
		return Info{}, err
	}
	a := newArchive(c, sink)
	entries := slices.SortedFunc(maps.Values(a.wanted), func(x, y *entry) int { return cmp.Compare(x.id, y.id) })
	for _, e := range entries {
		if err := a.readFile(folder, count, e); err != nil {
			return a.info(), err
		}
	}
	return a.info(), nil
}

func (a *archive) readFile(folder fs.FS, count func(io.Reader) io.Reader, e *entry) error {
	for _, ending := range endings {
		f, err := folder.Open(e.file + ending)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return wording.Errorf("rows of table %s: %w", e.tag, err)
		}
		defer f.Close()
		return a.member(e, bufio.NewReaderSize(count(f), 256<<10))
	}
	return feed.Damaged("the folder lacks the file %s with the rows of table %s: it was copied in part", e.file, e.tag)
}

// member reads the rows of an entry from its file, packed or not.
func (a *archive) member(e *entry, r *bufio.Reader) error {
	head, err := r.Peek(4)
	if err != nil && err != io.EOF {
		return err
	}
	if len(head) == 0 && e.copy != "" {
		return feed.Damaged("the file %s with the rows of table %s is empty: it was copied in part", e.file, e.tag)
	}
	err = unpacked(r, unpack.Detect(head), func(r io.Reader) error { return a.rows(e, r) })
	if err != nil {
		return wording.Errorf("file %s: %w", e.file, err)
	}
	delete(a.wanted, e.id)
	return nil
}

// IsTar reports whether a stream is a tar file whose first member is the table
// of contents.
func IsTar(head []byte) bool {
	return len(head) >= 512 && string(head[257:262]) == "ustar" && strings.HasSuffix(strings.TrimRight(string(head[:100]), "\x00"), ContentsFile)
}

// ReadTar hands the tables of an archive in the tar format to the sink.
func ReadTar(r io.Reader, sink feed.Sink) (Info, error) {
	t := &members{tar.NewReader(r)}
	var a *archive
	byFile := map[string]*entry{}
	for {
		h, err := t.Next()
		switch {
		case err == io.EOF && a != nil:
			return a.info(), a.missing()
		case err == io.EOF:
			return Info{}, feed.Damaged("the tar file is empty")
		case err != nil:
			return Info{}, err
		}
		name := path.Base(h.Name)
		if a == nil {
			if name != ContentsFile {
				return Info{}, feed.Damaged("the tar file does not begin with %s: unpack it and give the folder", ContentsFile)
			}
			c, _, err := readContents(bufio.NewReader(t))
			if err != nil {
				return Info{}, err
			}
			a = newArchive(c, sink)
			for _, e := range a.wanted {
				byFile[e.file] = e
			}
			continue
		}
		for _, ending := range endings {
			if e := byFile[strings.TrimSuffix(name, ending)]; e != nil && a.wanted[e.id] != nil {
				if err := a.member(e, bufio.NewReaderSize(t, 256<<10)); err != nil {
					return a.info(), err
				}
				break
			}
		}
	}
}

// members is a tar file that says what is wrong with it.
type members struct{ *tar.Reader }

// Next goes to the next member.
func (m *members) Next() (*tar.Header, error) {
	h, err := m.Reader.Next()
	return h, m.damaged(err)
}

// Read implements io.Reader for the member.
func (m *members) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	return n, m.damaged(err)
}

func (m *members) damaged(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return feed.Damaged("the tar file ends within one of its files: it was cut, or copied in part")
	case errors.Is(err, tar.ErrHeader), errors.Is(err, tar.ErrFieldTooLong):
		return feed.Damaged("the tar file is damaged: what should tell its next file makes no sense")
	}
	return err
}
