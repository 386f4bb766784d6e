package takes

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"

	"sluice/intake/unpack"
	"sluice/sqliteformat"
	"sluice/takes/converted"
	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/mydump"
	"sluice/takes/pgarchive"
	"sluice/takes/pgtext"
	"sluice/takes/xmlbackup"
)

// sqliteKind is the kind of what converters make: a snapshot already, which can be
// exported as it is.
const sqliteKind = "SQLite database"

// kinds are the kinds of sources, in the order in which they are tried.
var kinds = []kind{
	{sqliteKind, begins(sqliteformat.Magic), readConverted, surveyConverted},
	{"PostgreSQL dump (custom format)", begins(pgarchive.Magic), readPostgresCustom, surveyPostgresCustom},
	{"PostgreSQL dump (tar)", pgarchive.IsTar, readPostgresTar, surveyPostgresTar},
	{"PostgreSQL dump (text)", contains(pgtext.Magic), readPostgresText, surveyPostgresText},
	{"MySQL dump", mydump.IsDump, readMySQLDump, surveyMySQLDump},
	{"Confluence XML backup", xmlbackup.IsXML, readXML, surveyXML},
}

func begins(magic string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

func contains(text string) func([]byte) bool {
	return func(head []byte) bool { return bytes.Contains(head, []byte(text)) }
}

func readConverted(in *input, sink feed.Sink) (dbfile.Origin, error) {
	o := dbfile.Origin{Kind: in.kind.name}
	if in.file == nil || in.packed != unpack.None {
		return o, packedSQLite()
	}
	before, err := converted.Read(in.ctx, in.path, in.throttle, sink)
	if before != nil { // it lacks what its own source lacks
		o = dbfile.Origin{Kind: "Snapshot of a " + before.Kind, Tool: before.Tool, TimeZone: before.TimeZone, Lacks: before.Partial}
	}
	return o, err
}

func packedSQLite() error {
	return feed.Damaged("a SQLite file cannot be read from a pipe or packed: unpack it, and give its file")
}

func readPostgresText(in *input, sink feed.Sink) (dbfile.Origin, error) {
	d, err := pgtext.Read(in.stream, sink)
	return dbfile.Origin{Kind: in.kind.name, Tool: d.Tool}, err
}

func readMySQLDump(in *input, sink feed.Sink) (dbfile.Origin, error) {
	tool, err := mydump.Read(in.stream, sink)
	return dbfile.Origin{Kind: in.kind.name, Tool: tool}, err
}

func readPostgresCustom(in *input, sink feed.Sink) (dbfile.Origin, error) {
	var file io.ReadSeeker
	if in.file != nil && in.packed == unpack.None {
		file = &countedFile{in.counted(in.file), in.file}
	}
	info, err := pgarchive.ReadCustom(in.stream, file, in.total, sink)
	return archiveOrigin(in, info), err
}

func readPostgresTar(in *input, sink feed.Sink) (dbfile.Origin, error) {
	info, err := pgarchive.ReadTar(in.stream, sink)
	return archiveOrigin(in, info), err
}

func readPostgresFolder(in *input, sink feed.Sink) (dbfile.Origin, error) {
	info, err := pgarchive.ReadFolder(os.DirFS(in.path), in.counted, sink)
	return archiveOrigin(in, info), err
}

func readXML(in *input, sink feed.Sink) (dbfile.Origin, error) {
	b, err := xmlbackup.Read(in.stream, xmlbackup.Descriptor{}, sink)
	return dbfile.Origin{Kind: in.kind.name, Lacks: b.Lacks}, err
}

// recogniseArchive finds the backup in a zip archive, which is read from its end.
func (in *input) recogniseArchive() error {
	if in.file == nil || in.packed != unpack.None {
		return feed.Damaged("a zip archive cannot be read from a pipe or in another packing: give its file, or unpack entities.xml and give that")
	}
	a, err := xmlbackup.OpenArchive(&countedAt{in}, in.total)
	if err != nil {
		return err
	}
	in.total = a.Size()
	in.read.Store(0)
	in.kind = kind{name: "Confluence XML backup (zip)", read: func(in *input, sink feed.Sink) (dbfile.Origin, error) {
		b, err := a.Read(sink)
		return dbfile.Origin{Kind: in.kind.name, Tool: a.Descriptor.Tool, TimeZone: a.Descriptor.TimeZone, Lacks: b.Lacks}, err
	}, survey: func(_ *input, s *Survey) error { return s.backup(a.Descriptor) }}
	return nil
}

func archiveOrigin(in *input, info pgarchive.Info) dbfile.Origin {
	return dbfile.Origin{Kind: in.kind.name, Tool: info.Tool}
}

// countedFile is a file whose reading is counted.
type countedFile struct {
	io.Reader
	io.Seeker
}

// countedAt is the file of an input whose reading is counted.
type countedAt struct{ in *input }

// ReadAt implements io.ReaderAt.
func (c *countedAt) ReadAt(p []byte, at int64) (int, error) {
	if c.in.ctx.Err() != nil {
		return 0, context.Cause(c.in.ctx)
	}
	n, err := c.in.file.ReadAt(p, at)
	if e := c.in.throttle(c.in.ctx, n); e != nil {
		return n, e
	}
	return n, err
}

// recogniseFolder finds the kind of a folder.
func (in *input) recogniseFolder() error {
	if _, err := os.Stat(filepath.Join(in.path, pgarchive.ContentsFile)); err == nil {
		in.kind = kind{name: "PostgreSQL dump (folder)", read: readPostgresFolder, survey: surveyPostgresFolder}
		return nil
	}
	return feed.Damaged("the folder is no dump of pg_dump: it has no %s. Give the folder that pg_dump --format=directory made, whole, or a file", pgarchive.ContentsFile)
}

// unknown says what to do about content of no known kind.
func unknown(head []byte) error {
	return feed.Damaged("this is no dump, backup or database that Sluice can read: give a dump of pg_dump or mysqldump, an XML backup of Confluence, or the address of its database")
}
