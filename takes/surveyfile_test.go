package takes

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/localexport/demo"
	demodumps "sluice/localexport/demo/dumps"
	"sluice/takes/feed"
)

// TestSurveysOfFiles: what is told before is what is taken then.
func TestSurveysOfFiles(t *testing.T) {
	files := map[string]string{}
	for _, name := range dumps {
		files[name] = filepath.Join("testdata", name)
	}
	dir := t.TempDir()
	for _, form := range []demodumps.Form{demodumps.PgSQL, demodumps.PgDump, demodumps.MySQLDump, demodumps.XML, demodumps.SQLite} {
		path := filepath.Join(dir, "demo."+string(form))
		if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 30, Seed: 5, As: form}); err != nil {
			t.Fatal(err)
		}
		files["demo."+string(form)] = path
	}
	// Where the rows of the build cannot be reached without reading all, or the
	// kind has no list of tables.
	noBuild := []string{"pg15.sql", "pg15-inserts.sql", "pg15-piped.dump", "demo.pgsql", "demo.mysqldump"}
	noTables := []string{"demo.xml"}
	for name, path := range files {
		s, err := Plan(t.Context(), path, Options{})
		if err != nil || !s.Ready || s.Bytes <= 0 || s.Seconds < 0 {
			t.Errorf("%s: %v, %+v", name, err, s)
			continue
		}
		r, err := Take(t.Context(), path, filepath.Join(t.TempDir(), "x.db"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]int64{false: 9012}[slices.Contains(noBuild, name)]; s.Build != want {
			t.Errorf("%s: build %d, want %d", name, s.Build, want)
		}
		if s.Kind != r.Kind || s.Tool != r.Tool || s.Place != r.Place {
			t.Errorf("%s: %q %q %q before, %q %q %q then", name, s.Kind, s.Tool, s.Place, r.Kind, r.Tool, r.Place)
		}
		if s.Listed == slices.Contains(noTables, name) {
			t.Errorf("%s: listed %v", name, s.Listed)
		}
		var before, then []string
		for _, x := range s.Tables {
			before = append(before, strings.ToLower(x.Table))
		}
		for _, x := range r.Tables {
			then = append(then, strings.ToLower(x.Table))
		}
		slices.Sort(before)
		slices.Sort(then)
		if s.Listed && !slices.Equal(before, then) {
			t.Errorf("%s: the tables %v before, %v then", name, before, then)
		}
	}
}

// TestSurveysReadLittle: of an archive with offsets, its table of contents and the
// few rows of the build.
func TestSurveysReadLittle(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.pgdump")
	if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 2000, Seed: 5, As: demodumps.PgDump}); err != nil {
		t.Fatal(err)
	}
	in, err := open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.close()
	s := &Survey{Kind: in.kind.name}
	if err := in.kind.survey(in, s); err != nil || s.Build != 9012 {
		t.Fatalf("%v, %+v", err, s)
	}
	if n := in.read.Load(); n > in.total/2 {
		t.Errorf("%d of %d bytes were read", n, in.total)
	}
}

// TestSurveysRefuse says before what Take would say later.
func TestSurveysRefuse(t *testing.T) {
	zlib, err := os.ReadFile("testdata/pg15-zlib.dump")
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut.dump")
	if err := os.WriteFile(cut, zlib[:len(zlib)*3/4], 0o600); err != nil {
		t.Fatal(err)
	}
	const head = "-- PostgreSQL database dump\n"
	create := func(schema string, names ...string) string {
		text := ""
		for _, name := range names {
			text += "CREATE TABLE " + schema + "." + name + " (a int);\n"
		}
		return text
	}
	all := []string{"content", "bodycontent", "spaces", "user_mapping"}
	for name, c := range map[string]struct {
		source, text string
		o            Options
		want         string // "" if it is fine
	}{
		"no file":            {source: "testdata/gone", want: "no such file"},
		"a cut archive":      {source: cut, want: "the archive ends before the rows of "},
		"cut in contents":    {text: string(zlib[:900]), want: "within its table of contents"},
		"a part":             {text: head + create("public", "content", "spaces") + "COPY public.content (a) FROM stdin;\n", want: "no table bodycontent, user_mapping"},
		"an encoding":        {text: head + "SET client_encoding = 'BIG5';\n", want: "--encoding=UTF8"},
		"twice":              {text: head + create("a", all...) + create("b", all...), want: "in several schemas: name one of a, b with --schema"},
		"twice, one named":   {text: head + create("a", all...) + create("b", all...), o: Options{Schema: "b"}},
		"another schema":     {text: head + create("a", all...), o: Options{Schema: "b"}, want: "no table content"},
		"cut in the head":    {text: head + "CREATE TABLE public.content (a", want: "the dump was cut"},
		"rows only":          {text: head + "COPY public.content (contentid) FROM stdin;\n1\n"},
		"a long head":        {text: head + strings.Repeat("-- nothing of interest\n", 500_000)},
		"packed SQLite":      {text: "SQLite format 3\x00", want: "from a pipe or packed"},
		"a zip, from a pipe": {text: "PK\x03\x04", want: "from a pipe"},
		"no dump":            {text: "hello", want: "no dump, backup or database"},
	} {
		source := c.source
		if source == "" {
			source, c.o.Stdin = "-", strings.NewReader(c.text)
		}
		s, err := Plan(t.Context(), source, c.o)
		if c.want == "" {
			if err != nil || !s.Ready || c.o.Schema != "" && (s.Schema != c.o.Schema || len(s.Tables) != len(all)) {
				t.Errorf("%s: %v, %+v", name, err, s)
			}
			continue
		}
		if err == nil || s.Ready || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
		}
	}
}

// FuzzSurveys: no file whatever makes a survey panic, or fail in a way that is not
// about the source.
func FuzzSurveys(f *testing.F) {
	seed(f, "pg15.sql", "pg15-zlib.dump", "pg15-piped.dump", "pg15.tar", "pg15-inserts.sql")
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := Plan(t.Context(), "-", Options{Stdin: io.MultiReader(bytes.NewReader(b))})
		if err != nil && !errors.Is(err, feed.ErrDamaged) {
			t.Fatal(err)
		}
	})
}
