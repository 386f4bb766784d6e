//go:build unix

package takes

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// everyCharacter fills the rows of bodycontent with all characters of an encoding that
// come back from it, but those that everybody may define for himself; each stands
// before what a backslash would change.
const everyCharacter = `CREATE OR REPLACE FUNCTION comes_back(c text, e name) RETURNS boolean LANGUAGE plpgsql AS
	$$ BEGIN RETURN convert_from(convert_to(c, e), e) = c; EXCEPTION WHEN OTHERS THEN RETURN false; END $$;
UPDATE bodycontent SET body = (SELECT string_agg(c || 'n' || c || '\' || c || E'\t' || c || '''' || c || E'.\n' || c || '\.', E'\n')
	FROM (SELECT chr(cp) AS c FROM generate_series(128, 65533) AS cp WHERE cp NOT BETWEEN 55296 AND 63743) x WHERE comes_back(c, 'ENCODING'))
	WHERE bodycontentid = (SELECT min(bodycontentid) FROM bodycontent);
UPDATE bodycontent SET body = '' WHERE bodycontentid <> (SELECT min(bodycontentid) FROM bodycontent);
DO $$ DECLARE x record; BEGIN FOR x IN SELECT table_name AS t, column_name AS c FROM information_schema.columns
	WHERE table_schema = 'public' AND data_type IN ('text', 'character varying') AND table_name <> 'bodycontent'
	LOOP EXECUTE format('UPDATE %I SET %I = regexp_replace(%2$I, ''[^\x01-\x7f]'', ''?'', ''g'')', x.t, x.c); END LOOP; END $$;`

// TestUnknownEncoding: a database of PostgreSQL that does not know its encoding may hold
// any bytes. Read while it runs, it gives the rows of its own dumps, and the same is said
// of texts that are no UTF-8.
func TestUnknownEncoding(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	p := startPostgres(t)
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "dump")
	connect := []string{"-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "admin"}
	p.run("", "pg_dump", slices.Concat(connect, []string{"-f", path, "postgres"})...)
	p.run("", "createdb", slices.Concat(connect, []string{"-E", "SQL_ASCII", "--locale=C", "-T", "template0", "bytes"})...)
	p.run("", "psql", slices.Concat(connect, []string{"-q", "-f", path, "bytes"})...) // some foreign keys find nothing
	p.run(`UPDATE bodycontent SET body = E'caf\xe9 \\ \xff\xfe' WHERE bodycontentid = (SELECT min(bodycontentid) FROM bodycontent);
		UPDATE content SET title = E'caf\xe9' WHERE contentid IN (SELECT contentid FROM content ORDER BY contentid LIMIT 3)`,
		"psql", slices.Concat(connect, []string{"-q", "-v", "ON_ERROR_STOP=1", "bytes"})...)
	taken := func(source string) (string, []string) {
		out := filepath.Join(t.TempDir(), "x.db")
		r, err := Take(t.Context(), source, out, Options{})
		if err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		return contents(t, out), r.Doubts
	}
	want := ""
	said := []string{"Table content: 3 texts are not UTF-8; they were kept as they stand.", "Table bodycontent: one text is not UTF-8; it was kept as it stands."}
	for _, form := range []string{"-Fp", "-Fc"} {
		path := filepath.Join(dir, form)
		p.run("", "pg_dump", slices.Concat(connect, []string{form, "-f", path, "bytes"})...)
		got, doubts := taken(path)
		if want == "" {
			want = got
		}
		if got != want || !slices.Equal(doubts, said) || !strings.Contains(got, "caf\xe9") {
			t.Errorf("%s: doubts %q", form, doubts)
		}
	}
	if got, doubts := taken(strings.Replace(p.address("admin"), "/postgres?", "/bytes?", 1)); got != want || !slices.Equal(doubts, said) {
		t.Errorf("running: doubts %q", doubts)
	}
}

// TestDumpsInEveryEncoding: a dump of PostgreSQL's own in an encoding whose characters
// take several bytes gives the rows of one in UTF-8, for every character that the
// encoding has; or it is refused.
func TestDumpsInEveryEncoding(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	p := startPostgres(t)
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	taken := func(encoding string, more ...string) (string, Report, error) {
		path, out := filepath.Join(dir, encoding), filepath.Join(t.TempDir(), "x.db")
		defer os.Remove(path)
		p.run("", "pg_dump", slices.Concat([]string{"-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "admin", "-E", encoding, "-f", path}, more, []string{"postgres"})...)
		r, err := Take(t.Context(), path, out, Options{})
		if err != nil {
			return "", r, err
		}
		return contents(t, out), r, nil
	}
	for _, encoding := range []string{"EUC_JP", "SJIS", "EUC_KR", "UHC", "EUC_CN", "GBK", "GB18030"} {
		p.sql(strings.ReplaceAll(everyCharacter, "ENCODING", encoding))
		want, _, err := taken("UTF8")
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(want, "\n"); n < 10_000 {
			t.Fatalf("%s: only %d lines of characters: the test shows nothing", encoding, n)
		}
		forms := [][]string{nil}
		if encoding == "SJIS" || encoding == "GB18030" { // the others are cut in the same way
			forms = append(forms, []string{"--inserts"}, []string{"-Fc"})
		}
		for _, form := range forms {
			got, r, err := taken(encoding, form...)
			if err != nil || got != want || len(r.Doubts) > 0 {
				t.Errorf("%s %q: %v, other rows: %v, doubts %q", encoding, form, err, got != want, r.Doubts)
			}
			if !slices.ContainsFunc(r.Notes, func(s string) bool { return strings.Contains(s, "in the encoding "+encoding) }) {
				t.Errorf("%s %q: notes %q", encoding, form, r.Notes)
			}
		}
	}
	p.sql("UPDATE bodycontent SET body = 'x'")
	for _, encoding := range []string{"BIG5", "JOHAB", "EUC_TW", "EUC_JIS_2004", "SHIFT_JIS_2004"} {
		for _, form := range [][]string{nil, {"-Fc"}} {
			if _, _, err := taken(encoding, form...); err == nil || !strings.Contains(err.Error(), "--encoding=UTF8") {
				t.Errorf("%s: %v", encoding, err)
			}
		}
	}
}
