package takes

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"sluice/intake/unpack"
	"sluice/localexport/snapshot"
	"sluice/takes/feed"
	"sluice/takes/mydump"
	"sluice/takes/pgarchive"
	"sluice/takes/pgtext"
	"sluice/takes/shape"
	"sluice/takes/xmlbackup"
)

// rates are how many bytes a second are read of the kinds of files, unpacked, and
// written to the snapshot, on two cores (make bench-takes measures some of them).
var rates = map[string]int64{
	sqliteKind:                        120_000_000,
	"PostgreSQL dump (custom format)": 250_000_000,
	"PostgreSQL dump (tar)":           250_000_000,
	"PostgreSQL dump (folder)":        250_000_000,
	"PostgreSQL dump (text)":          250_000_000,
	"MySQL dump":                      120_000_000,
	"Confluence XML backup":           40_000_000,
	"Confluence XML backup (zip)":     40_000_000,
}

// archive notes the table of contents of an archive. reach is nil where the rows of
// one table cannot be reached by themselves.
func (s *Survey) archive(l pgarchive.Listing, reach func(sink feed.Sink) error) error {
	s.Tool, s.Made, s.packed = l.Tool, l.Created, l.Packed
	var cut []string
	whole := s.Bytes
	s.Bytes = -1
	for _, t := range l.Tables {
		s.listed(feed.Table{Schema: t.Schema, Name: t.Name}, t.Bytes)
		if t.Cut && shape.Find(t.Name) != nil {
			cut = append(cut, t.Name)
		}
	}
	if len(cut) > 0 {
		return feed.Damaged("the archive ends before the rows of %s: it was cut, or copied in part", strings.Join(cut, ", "))
	}
	if !l.Direct { // all of it has to be read
		s.Bytes = whole
	}
	s.missing(s.has, func(string) bool { return false })
	if reach == nil {
		return nil
	}
	b := &buildSink{}
	if err := reach(b); err != nil {
		return err
	}
	s.build(b.found)
	return nil
}

// listed notes a table of a dump, if it is needed.
func (s *Survey) listed(t feed.Table, bytes int64) {
	if shape.Find(t.Name) == nil {
		return
	}
	s.schemas = append(s.schemas, t.Schema)
	s.table(SurveyTable{Table: t.Name, Rows: -1, Bytes: bytes})
}

func surveyPostgresCustom(in *input, s *Survey) error {
	size := int64(0)
	if in.file != nil && in.packed == unpack.None {
		size = in.total
	}
	l, err := pgarchive.ListCustom(in.stream, size)
	if err != nil {
		return err
	}
	if !l.Direct {
		return s.archive(l, nil)
	}
	return s.archive(l, func(sink feed.Sink) error {
		if _, err := in.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := pgarchive.ReadCustom(in.counted(in.file), in.file, size, sink)
		return err
	})
}

func surveyPostgresFolder(in *input, s *Survey) error {
	folder := os.DirFS(in.path)
	l, err := pgarchive.ListFolder(folder)
	if err != nil {
		return err
	}
	return s.archive(l, func(sink feed.Sink) error {
		_, err := pgarchive.ReadFolder(folder, in.counted, sink)
		return err
	})
}

func surveyPostgresTar(in *input, s *Survey) error {
	if in.file == nil || in.packed != unpack.None {
		l, err := pgarchive.ListTar(in.stream)
		if err != nil {
			return err
		}
		return s.archive(l, nil)
	}
	if _, err := in.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	l, err := pgarchive.ListTar(in.file)
	if err != nil {
		return err
	}
	return s.archive(l, func(sink feed.Sink) error {
		if _, err := in.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := pgarchive.ReadTar(in.file, sink)
		return err
	})
}

func surveyPostgresText(in *input, s *Survey) error {
	tool, tables, all, err := pgtext.Look(in.stream)
	s.texts(tool, tables, all)
	return err
}

func surveyMySQLDump(in *input, s *Survey) error {
	tool, tables, all, err := mydump.Look(in.stream)
	s.texts(tool, tables, all)
	return err
}

// texts notes what the head of a text dump tells.
func (s *Survey) texts(tool string, tables []feed.Table, all bool) {
	s.Tool = tool
	for _, t := range tables {
		s.listed(t, -1)
	}
	if all {
		s.missing(s.has, func(string) bool { return false })
		return
	}
	s.Notes = append(s.Notes, "Only the beginning of the dump was looked at: there may be more tables behind it.")
}

func surveyXML(_ *input, s *Survey) error { return s.backup(xmlbackup.Descriptor{}) }

// backup notes what the descriptor of an XML backup tells.
func (s *Survey) backup(d xmlbackup.Descriptor) error {
	s.Tool, s.TimeZone, s.packed = d.Tool, d.TimeZone, s.Kind == "Confluence XML backup (zip)"
	if n, err := strconv.ParseInt(d.Build, 10, 64); err == nil {
		s.build([]int64{n})
	}
	s.Partial = d.Limits()
	return nil
}

// surveyConverted looks at the catalogue of a SQLite file.
func surveyConverted(in *input, s *Survey) error {
	if in.file == nil || in.packed != unpack.None {
		return packedSQLite()
	}
	f, err := snapshot.Open(in.ctx, in.path)
	if err != nil {
		return feed.Damaged("%w", err)
	}
	defer f.Close()
	for _, t := range shape.Tables {
		if found := f.Table(t.Name); found != nil {
			s.listed(feed.Table{Name: found.Name}, -1)
		}
	}
	s.missing(s.has, func(string) bool { return false })
	p, err := f.Product(in.ctx)
	if err != nil {
		return err
	}
	s.build([]int64{p.Build})
	o, err := f.Origin(in.ctx)
	if err != nil || o == nil {
		return err
	}
	s.Tool, s.Made, s.TimeZone, s.Partial = o.Tool, o.Taken, o.TimeZone, o.Partial
	s.Notes = append(s.Notes, fmt.Sprintf("It is a snapshot already, of %s (%s), and can be exported as it is.", o.Place, o.Kind))
	return nil
}
