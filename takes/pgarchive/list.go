package pgarchive

import (
	"archive/tar"
	"bufio"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sluice/intake/unpack"
	"sluice/takes/feed"
	"sluice/wording"
)

// Listing is what the table of contents of an archive says.
type Listing struct {
	Info
	Tables []Listed // those that the archive holds rows of
	Packed bool     // the rows are
	// Direct is true if the rows of a table can be reached without reading
	// those before them.
	Direct bool
}

// Listed is a table that an archive holds the rows of.
type Listed struct {
	Schema, Name string
	Bytes        int64 // of its rows in the archive, packed; -1 if not known
	Cut          bool  // the archive ends before them
}

// ListCustom reads the table of contents of an archive in the custom format of so
// many bytes, or 0 where that is not known.
func ListCustom(r io.Reader, size int64) (Listing, error) {
	c, _, err := readContents(r)
	if err != nil {
		return Listing{}, err
	}
	if c.format != formatCustom {
		return Listing{}, inFolder()
	}
	l := c.listing(func(e *entry) int64 { return c.between(e, size) })
	for i := range l.Tables {
		l.Tables[i].Cut = size > 0 && l.Tables[i].Bytes == beyond
		l.Tables[i].Bytes = max(-1, l.Tables[i].Bytes)
	}
	l.Direct = size > 0 && !slices.ContainsFunc(l.Tables, func(t Listed) bool { return t.Bytes < 0 })
	return l, nil
}

func inFolder() error {
	return feed.Damaged("this is the table of contents (toc.dat) of a dump in a folder: give the folder")
}

// beyond stands for the size of what lies behind the end of the archive.
const beyond = -2

// between is how many bytes lie between the block of an entry and the next one.
func (c *contents) between(e *entry, size int64) int64 {
	switch {
	case e.offset < 0:
		return -1
	case e.offset >= size:
		return beyond
	}
	next := size
	for _, other := range c.entries {
		if other.offset > e.offset {
			next = min(next, other.offset)
		}
	}
	return next - e.offset
}

// ListFolder reads the table of contents of a dump in a folder.
func ListFolder(folder fs.FS) (Listing, error) {
	toc, err := folder.Open(ContentsFile)
	if err != nil {
		return Listing{}, err
	}
	defer toc.Close()
	c, _, err := readContents(bufio.NewReader(toc))
	if err != nil {
		return Listing{}, err
	}
	var lacks []string
	l := c.listing(func(e *entry) int64 {
		for _, ending := range endings {
			info, err := fs.Stat(folder, e.file+ending)
			if err == nil {
				return info.Size()
			}
		}
		lacks = append(lacks, wording.Of("%s with the rows of table %s", e.file, e.tag).String())
		return -1
	})
	if len(lacks) > 0 {
		return l, feed.Damaged("the folder lacks the files %s: it was copied in part", strings.Join(lacks, ", "))
	}
	l.Direct = true
	return l, nil
}

// ListTar reads the table of contents of an archive in the tar format. The sizes of
// tables are known where r is an io.Seeker, which passes over their rows.
func ListTar(r io.Reader) (Listing, error) {
	t := tar.NewReader(r)
	h, err := t.Next()
	if err != nil || path.Base(h.Name) != ContentsFile {
		return Listing{}, feed.Damaged("the tar file does not begin with %s: unpack it and give the folder", ContentsFile)
	}
	c, _, err := readContents(bufio.NewReader(t))
	if err != nil {
		return Listing{}, err
	}
	sizes := map[string]int64{}
	if _, ok := r.(io.Seeker); ok {
		if sizes, err = memberSizes(t); err != nil {
			return Listing{}, err
		}
	}
	return c.listing(func(e *entry) int64 {
		for _, ending := range endings {
			if size, ok := sizes[e.file+ending]; ok {
				return size
			}
		}
		return -1
	}), nil
}

// memberSizes are the sizes of the members of a tar file by name.
func memberSizes(t *tar.Reader) (map[string]int64, error) {
	sizes := map[string]int64{}
	for {
		h, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			return sizes, nil
		case err != nil:
			return nil, wording.Errorf("%w: %w", feed.Damaged("the tar file is damaged or cut"), err)
		}
		sizes[path.Base(h.Name)] = h.Size
	}
}

func (c *contents) listing(bytes func(*entry) int64) Listing {
	l := Listing{Info: Info{Tool: c.tool, Created: c.created}, Packed: c.packing != unpack.None}
	for i := range c.entries {
		if e := &c.entries[i]; e.isRows() && e.hasData {
			l.Tables = append(l.Tables, Listed{Schema: e.schema, Name: e.tag, Bytes: bytes(e)})
		}
	}
	return l
}
