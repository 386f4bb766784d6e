package dbfile

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/localexport/sqlread"
	"sluice/takes/feed"
)

// source is rows of tables; a null is the text NULL.
type source struct {
	table   string
	columns string
	rows    []string // values separated by |
}

var oddities = []source{
	{"content", "contentid|contenttype|title|version|creator|creationdate|lastmodifier|lastmoddate|prevver|content_status|pageid|spaceid|parentid", []string{
		"7|PAGE|a|1|u|2020-01-01|u|2020-01-01|NULL|current|NULL|1|NULL",
		"5|PAGE||12.0|u|x|u|y|1e3|current| 12|0x10|12abc",
		"-3|PAGE|b|1.5|NULL|NULL|NULL|NULL|9223372036854775808|current|-0|+5|1_000",
		"9|NULL|NULL|9007199254740993.0|u|x|u|y|1e300|current|Infinity|nan|-9223372036854775808",
		"8.0|PAGE|key|007|u|x|u|y|t|f|.5|5.|1e",
	}},
	{"bodycontent", "bodycontentid|body|contentid|bodytypeid", []string{"2|two|7|2", "1|one|5|2", "3|three|NULL|2", "4||-3|0"}},
	{"spaces", "spaceid|spacekey|spacename", []string{"1|K|N"}},
	{"user_mapping", "user_key|username", []string{"b|B", "a|A", "c|NULL"}},
	{"content_label", "id|labelid|contentid", []string{"1|1|odd", "2|1|5", "3|1|NULL"}},
	{"cwd_user", "id|user_name|lower_user_name", []string{"1|B|b", "2|A|a"}},
	{"plugin_setting", "namespace|setting_key|setting_value", []string{"x|y|z"}},
}

// snapshotOf takes a snapshot of tables, of a source that keeps keys or one that does not.
func snapshotOf(t *testing.T, sources []source, loose bool) (string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	f, err := Create(t.Context(), path, "", false)
	if err != nil {
		t.Fatal(err)
	}
	err = fill(f, sources, loose)
	if err == nil {
		_, err = f.Finish(Origin{Taken: time.Unix(0, 0)})
	}
	if err != nil {
		if e := f.Abort(); e != nil {
			t.Fatal(e)
		}
	}
	if left, e := filepath.Glob(path + Partial + "*"); e != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, e)
	}
	return path, err
}

func fill(f *File, sources []source, loose bool) error {
	for _, s := range sources {
		rows, err := f.Table(feed.Table{Name: s.table, Columns: strings.Split(s.columns, "|"), Loose: loose})
		if err != nil {
			return err
		}
		for _, r := range s.rows {
			var values []feed.Value
			for _, v := range strings.Split(r, "|") {
				values = append(values, feed.Value{Text: []byte(v), Valid: v != "NULL"})
			}
			if err := rows.Row(values); err != nil {
				return err
			}
		}
		if err := rows.End(-1); err != nil {
			return err
		}
	}
	return nil
}

// TestPagesAreWhatSQLiteWrites: the same rows, written as pages and by SQLite, give the
// same values of the same types, and indexes in order.
func TestPagesAreWhatSQLiteWrites(t *testing.T) {
	var dumps []string
	for _, loose := range []bool{false, true} {
		path, err := snapshotOf(t, oddities, loose)
		if err != nil {
			t.Fatal(err)
		}
		c, err := sqlread.Open(t.Context(), path, sqlread.OpenOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if verdict, _, err := c.Text("PRAGMA integrity_check"); err != nil || verdict != "ok" {
			t.Errorf("loose %v: SQLite's check: %s, %v", loose, verdict, err)
		}
		var b strings.Builder
		add := func(s *sqlread.Stmt) error { b.Write(append(s.Bytes(0), '\n')); return nil }
		if err := c.Each("SELECT type || name || tbl_name || coalesce(sql, '') FROM sqlite_schema ORDER BY 1", add); err != nil {
			t.Fatal(err)
		}
		for _, s := range oddities {
			for _, column := range strings.Split(s.columns, "|") {
				if err := c.Each(fmt.Sprintf("SELECT '%s.%s ' || typeof(%[2]s) || ' ' || quote(%[2]s) FROM %[1]s ORDER BY rowid", s.table, column), add); err != nil {
					t.Fatal(err)
				}
			}
		}
		dumps = append(dumps, b.String())
	}
	if dumps[0] != dumps[1] {
		a, b := strings.Split(dumps[0], "\n"), strings.Split(dumps[1], "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Errorf("pages: %s\nSQLite: %s", a[i], b[i])
			}
		}
		if len(a) != len(b) {
			t.Errorf("%d lines and %d", len(a), len(b))
		}
	}
	if !strings.Contains(dumps[0], "content.version integer 12\n") || !strings.Contains(dumps[0], "content.version real 1.5\n") {
		t.Errorf("numbers that are none:\n%s", dumps[0])
	}
}

func TestKeysThatAreNone(t *testing.T) {
	for _, c := range []struct{ table, row, want string }{
		{"content_label", "x|1|1", `row 4: its key id "x" is no number`},
		{"content_label", "1.5|1|1", `row 4: its key id "1.5" is no number`},
		{"content_label", "NULL|1|1", "row 4: the key id is empty"},
		{"content_label", "2|1|1", "the key id 2 comes twice: the source holds rows twice"},
		{"user_mapping", "a|x", "a key user_key comes twice: the source holds rows twice"},
	} {
		var with []source
		for _, s := range oddities {
			if s.table == c.table {
				s.rows = append(s.rows[:len(s.rows):len(s.rows)], c.row)
			}
			with = append(with, s)
		}
		if _, err := snapshotOf(t, with, false); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s: %v", c.table, c.row, err)
		}
	}
}

// TestAFullDiskIsTold: whether the disk gets full while rows come or at the end.
func TestAFullDiskIsTold(t *testing.T) {
	for _, n := range []int{1, 8000} {
		f, err := Create(t.Context(), filepath.Join(t.TempDir(), "x.db"), "", false)
		if err != nil {
			t.Fatal(err)
		}
		full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
		if err != nil {
			t.Skip("this system has no disk that is always full")
		}
		partial := f.file
		f.file = full // before the first table, which takes it from there
		many := slices.Clone(oddities)
		for i := range n {
			many[1].rows = append(many[1].rows, fmt.Sprintf("%d|%s|7|2", 10+i, strings.Repeat("x", 1500)))
		}
		if err = fill(f, many, false); err == nil {
			_, err = f.Finish(Origin{Taken: time.Unix(0, 0)})
		}
		if err == nil || !strings.Contains(err.Error(), "the disk is full") {
			t.Errorf("%d rows: %v", n, err)
		}
		f.file = partial
		if err := f.Abort(); err != nil {
			t.Error(err)
		}
		full.Close()
	}
}
