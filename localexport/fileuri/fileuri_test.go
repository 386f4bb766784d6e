package fileuri

import (
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	_ "modernc.org/sqlite" // which is to find the files
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		windows           bool
		path, query, want string
	}{
		{true, `C:\exports\jobs.db`, "", "file:///C:/exports/jobs.db"},
		{true, `C:/exports/jobs.db`, "mode=ro", "file:///C:/exports/jobs.db?mode=ro"},
		{true, `c:\a b\50% #1?.db`, "", "file:///c:/a%20b/50%25%20%231%3F.db"},
		{true, `\\server\share\x.db`, "", "file:////server/share/x.db"},
		{true, `\\server\share\a b#.db`, "mode=ro&immutable=1", "file:////server/share/a%20b%23.db?mode=ro&immutable=1"},
		{true, `\\?\C:\long\x.db`, "", "file:///C:/long/x.db"},
		{true, `\\?\UNC\server\share\x.db`, "", "file:////server/share/x.db"},
		{true, `relative\x.db`, "", "file:relative/x.db"},
		{true, `C:\Users\Jürgen\x.db`, "", "file:///C:/Users/J%C3%BCrgen/x.db"},
		{false, "/home/me/a b.db", "", "file:///home/me/a%20b.db"},
		{false, "/a?b#c%41&d=e;f+g.db", "mode=ro", "file:///a%3Fb%23c%2541&d=e;f+g.db?mode=ro"},
		{false, `/back\slash.db`, "", "file:///back%5Cslash.db"},
		{false, "//double/slash.db", "", "file:////double/slash.db"},
		{false, "/home/jörg/x.db", "", "file:///home/j%C3%B6rg/x.db"},
		{false, "C:/no drive here", "", "file:C:/no%20drive%20here"},
		{false, "x.db", "", "file:x.db"},
		{false, "/new\nline", "", "file:///new%0Aline"},
	} {
		if got := of(c.path, c.query, c.windows); got != c.want {
			t.Errorf("of(%q, %q, %t) = %s, want %s", c.path, c.query, c.windows, got, c.want)
		}
	}
}

// TestSQLiteFindsTheFile lets SQLite make the file that the URI names.
func TestSQLiteFindsTheFile(t *testing.T) {
	names := []string{"plain.db", "a b.db", "50%41.db", "a#b.db", "a&b=c;d+e.db", "ünï.db", "a@b.db"}
	if runtime.GOOS != "windows" {
		names = append(names, "a?b.db", `a\b.db`, "a:b.db", "new\nline.db", `"'.db`)
	}
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		conn, err := sql.Open("sqlite", Of(path, "mode=rwc"))
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if _, err := conn.Exec("CREATE TABLE t (a)"); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if err := conn.Close(); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("SQLite made another file than %q: %v", name, err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != len(names) {
		t.Errorf("%d files of %d, %v", len(left), len(names), err)
	}
}
