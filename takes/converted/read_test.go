package converted

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"sluice/takes/feed"
)

// lines takes rows as lines of text.
type lines struct{ all, tables []string }

func (l *lines) Wants(string, string) bool { return true }
func (l *lines) Note(n feed.Note)          { l.all = append(l.all, "note: "+n.Text) }
func (l *lines) Needs(int) bool            { return true }
func (l *lines) End(int64) error           { return nil }
func (l *lines) Table(t feed.Table) (feed.Rows, error) {
	if !t.Loose {
		return nil, errors.New("the keys of a converted file are not kept")
	}
	l.tables = append(l.tables, t.Name+"("+strings.Join(t.Columns, ",")+")")
	return l, nil
}
func (l *lines) Row(values []feed.Value) error {
	var row []string
	for _, v := range values {
		if !v.Valid {
			v.Text = []byte("-")
		}
		row = append(row, string(v.Text))
	}
	l.all = append(l.all, strings.Join(row, "|"))
	return nil
}

// file makes a SQLite file as a converter would.
func file(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range append([]string{
		"CREATE TABLE bodycontent (bodycontentid, body, contentid, bodytypeid)", "CREATE TABLE Public_Spaces (spaceid, spacekey, spacename)", "CREATE TABLE user_mapping (user_key, username)",
		"CREATE TABLE CONTENT (CONTENTID, contenttype, TITLE, version, creator, creationdate, lastmodifier, lastmoddate, prevver, content_status, pageid, spaceid, parentid, secret)",
	}, statements...) {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path
}

func free(context.Context, int) error { return nil }

// TestValuesOfConverters: ids and times come in whatever type a converter gave them, and
// leave in that of a snapshot; what is neither stays as it stands.
func TestValuesOfConverters(t *testing.T) {
	path := file(t,
		"INSERT INTO content VALUES ('1', 'PAGE', 'a', 1.0, 'k', 1669149764, NULL, 1669149764083, '', 'current', ' 7 ', x'41', 2.5, 'geheim')",
		"INSERT INTO content VALUES (2, 'PAGE', 5, 'x', NULL, 1669149764.25, NULL, '2022-11-22 20:42:44', NULL, NULL, NULL, 7, 1e300, 'geheim')")
	l := &lines{}
	sent := 0
	if _, err := Read(t.Context(), path, func(_ context.Context, n int) error { sent += n; return nil }, l); err != nil {
		t.Fatal(err)
	}
	want := []string{"1|PAGE|a|1|k|1669149764|-|1669149764083|-|current|7|A|2.5", "2|PAGE|5|x|-|1669149764250|-|2022-11-22 20:42:44|-|-|-|7|1.0e+300"}
	if got := strings.Join(l.all, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if want := len("1PAGEa1k16691497641669149764083current7A2.5") + len("2PAGE5x16691497642502022-11-22 20:42:4471.0e+300"); sent != want {
		t.Errorf("the throttle was told of %d bytes of %d", sent, want)
	}
	if tables := strings.Join(l.tables, " "); !strings.HasPrefix(tables, "content(") || !strings.Contains(tables, "spaces(spaceid,spacekey,spacename)") || strings.Contains(tables, "secret") {
		t.Errorf("tables %s", tables)
	}
}

// TestReadingEnds: with the error of the throttle, and with one sentence about a file
// that is cut or none.
func TestReadingEnds(t *testing.T) {
	path := file(t, "INSERT INTO content (contentid) VALUES (1), (2)")
	enough := errors.New("enough")
	if _, err := Read(t.Context(), path, func(context.Context, int) error { return enough }, &lines{}); !errors.Is(err, enough) {
		t.Errorf("the throttle ended it: %v", err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{"cut": b[:len(b)/2], "cut in the header": b[:50], "empty": nil, "no SQLite": []byte(strings.Repeat("x", 5000))} {
		other := filepath.Join(t.TempDir(), "damaged.db")
		if err := os.WriteFile(other, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(t.Context(), other, free, &lines{}); !errors.Is(err, feed.ErrDamaged) || strings.Contains(err.Error(), other) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
