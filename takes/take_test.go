package takes

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/sqlread"
)

// dumps are of one small database, which pg_dump 15 wrote in each of its forms.
var dumps = []string{"pg15.sql", "pg15-inserts.sql", "pg15-zlib.dump", "pg15-piped.dump", "pg15-inserts.dump", "pg15.tar", "pg15-folder"}

// take takes a snapshot of a file of testdata.
func take(t *testing.T, name string) (string, Report) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.db")
	r, err := Take(t.Context(), filepath.Join("testdata", name), out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return out, r
}

// contents are all rows of a snapshot but those about itself, as text.
func contents(t *testing.T, path string) string {
	t.Helper()
	c, err := sqlread.Open(t.Context(), path, sqlread.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var names []string
	err = c.Each(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sluice_%' ORDER BY name`, func(s *sqlread.Stmt) error {
		names = append(names, string(s.Bytes(0)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range names {
		b.WriteString(name + "\n")
		columns, _, err := c.Text(`SELECT group_concat('quote("' || name || '")', ' || ''|'' || ') FROM pragma_table_info(?) WHERE name <> 'sluice_mark'`, name)
		if err != nil {
			t.Fatal(err)
		}
		err = c.Each("SELECT "+columns+" FROM "+sqlread.Quote(name)+" ORDER BY 1", func(s *sqlread.Stmt) error {
			b.Write(s.Bytes(0))
			b.WriteByte('\n')
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestEveryFormOfDumpGivesTheSameRows(t *testing.T) {
	path, _ := take(t, dumps[0])
	want := contents(t, path)
	for _, text := range []string{ // cells with everything that COPY and SQL have to escape
		"'line\nbreak\r\nand\ttab, back\\slash, \"quotes\" ''single'' \x01 ünïcödé 漢字 😀 \\N \\. $$ -- /* ;'",
		`'\N'`, `'\.'`, "'COPY public.content FROM stdin;\n\\.\nINSERT INTO content VALUES (1);'", "|''|",
	} {
		if !strings.Contains(want, text) {
			t.Errorf("%s does not hold %q", dumps[0], text)
		}
	}
	for _, name := range dumps[1:] {
		path, r := take(t, name)
		if got := contents(t, path); got != want {
			t.Errorf("%s gives other rows than %s", name, dumps[0])
		}
		if len(r.Doubts) > 0 || !strings.HasPrefix(r.Tool, "PostgreSQL 15.") || !strings.Contains(r.Tool, "pg_dump 15.") {
			t.Errorf("%s: tool %q, doubts %q", name, r.Tool, r.Doubts)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", name, info.Mode(), err)
		}
	}
}

func TestStreamsAreReadAsTheyCome(t *testing.T) {
	path, _ := take(t, "pg15.sql")
	want := contents(t, path)
	for _, name := range []string{"pg15.sql", "pg15-zlib.dump", "pg15-piped.dump", "pg15.tar"} {
		f, err := os.Open(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		out := filepath.Join(t.TempDir(), "out.db")
		// A reader that gives little at a time, like a slow pipe.
		if _, err := Take(t.Context(), "-", out, Options{Stdin: &slow{f}}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if contents(t, out) != want {
			t.Errorf("%s from a pipe gives other rows", name)
		}
	}
}

type slow struct{ r io.Reader }

func (s *slow) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), 61)]) }

func TestSecretsStayBehind(t *testing.T) {
	path, _ := take(t, "pg15.sql")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dump, err := os.ReadFile("testdata/pg15.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"never-export-this", "smtp.mail.servers", "remembermetoken", "plugindata"} {
		if !bytes.Contains(dump, []byte(secret)) {
			t.Fatalf("the dump does not hold %q: the test shows nothing", secret)
		}
		if bytes.Contains(b, []byte(secret)) {
			t.Errorf("the snapshot holds %q", secret)
		}
	}
}
