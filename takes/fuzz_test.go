package takes

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"sluice/takes/feed"
	"sluice/takes/mydump"
	"sluice/takes/pgarchive"
	"sluice/takes/pgtext"
	"sluice/takes/xmlbackup"
)

// discard takes every table and looks at every value.
type discard struct{ sum int }

func (d *discard) Wants(string, string) bool             { return true }
func (d *discard) Note(feed.Note)                        {}
func (d *discard) Table(t feed.Table) (feed.Rows, error) { return &discardRows{d, len(t.Columns)}, nil }

type discardRows struct {
	d       *discard
	columns int
}

func (r *discardRows) Needs(int) bool  { return true }
func (r *discardRows) End(int64) error { return nil }
func (r *discardRows) Row(values []feed.Value) error {
	if len(values) != r.columns {
		panic("a row of another width than its table")
	}
	for _, v := range values {
		for _, c := range v.Text {
			r.d.sum += int(c)
		}
	}
	return nil
}

// check fails for an error that is not about the source.
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil && !errors.Is(err, feed.ErrDamaged) {
		t.Fatal(err)
	}
}

func seed(f *testing.F, names ...string) {
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

func FuzzPostgresText(f *testing.F) {
	seed(f, "pg15.sql", "pg15-inserts.sql")
	f.Add([]byte("SET standard_conforming_strings = off;\nINSERT INTO a VALUES (E'\\x41', $$b$$, 'c'::text, -1.5e+3, NULL);\nCOPY b (c) FROM stdin;\n\\x41\\101\n\\.\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := pgtext.Read(bytes.NewReader(b), &discard{})
		check(t, err)
	})
}

func FuzzPostgresArchive(f *testing.F) {
	seed(f, "pg15-zlib.dump", "pg15-piped.dump", "pg15-inserts.dump", "pg15.tar")
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := pgarchive.ReadCustom(bytes.NewReader(b), bytes.NewReader(b), int64(len(b)), &discard{})
		check(t, err)
		_, err = pgarchive.ReadCustom(bytes.NewReader(b), nil, 0, &discard{})
		check(t, err)
		_, err = pgarchive.ReadTar(bytes.NewReader(b), &discard{})
		check(t, err)
	})
}

func FuzzMySQLDump(f *testing.F) {
	f.Add([]byte("/*!40101 SET NAMES utf8mb4 */;\nCREATE TABLE `a` (`b` int, KEY (`b`));\nINSERT INTO `a` VALUES (1),('x\\'y'),(_binary 'z'),(0x41),(NULL);\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := mydump.Read(bytes.NewReader(b), &discard{})
		check(t, err)
	})
}

func FuzzXMLBackup(f *testing.F) {
	f.Add([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hibernate-generic><object class=\"Page\" package=\"x\"><id name=\"id\">1</id>" +
		"<property name=\"title\"><![CDATA[a]] >\x08]]></property><property name=\"parent\" class=\"Page\"><id name=\"id\">2</id></property></object>" +
		"<object class=\"BodyContent\"><id name=\"id\">3</id><property name=\"body\">&lt;&#65;&x;<!-- c --></property></object></hibernate-generic>"))
	f.Add([]byte("\xff\xfe<\x00h\x00i\x00b\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := xmlbackup.Read(bytes.NewReader(b), xmlbackup.Descriptor{}, &discard{})
		check(t, err)
		a, err := xmlbackup.OpenArchive(bytes.NewReader(b), int64(len(b)))
		check(t, err)
		if err == nil {
			_, err = a.Read(&discard{})
			check(t, err)
		}
	})
}
