//go:build unix

package takes

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestMariaDBTakenAgain: a snapshot that is taken again by what changed holds what a
// full one does, whatever has changed.
func TestMariaDBTakenAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	m := startMariaDB(t)
	s := mariaDBSite(t, m, "wiki")
	t.Run("changes", s.takenAgain)
	t.Run("random", func(t *testing.T) { s.random(t, 2) })
	t.Run("read whole", func(t *testing.T) { mariaDBIsReadWhole(t, m.within(t), s) })
}

func mariaDBIsReadWhole(t *testing.T, m *mariaDB, s site) {
	out := filepath.Join(t.TempDir(), "again.db")
	other := mariaDBSite(t, m, "other")
	for _, c := range []struct {
		name string
		of   site
		sql  string
		want string
	}{
		{"none", s, "", "there was no snapshot yet"},
		{"a table lost", s, "RENAME TABLE content_label TO lost", "the database has no table content_label any more"},
		{"a table back", s, "RENAME TABLE lost TO content_label", "the snapshot has no table content_label"},
		{"a column lost", s, "ALTER TABLE content DROP COLUMN versioncomment", "the snapshot holds other columns of content"},
		{"a column come", s, "ALTER TABLE content ADD COLUMN versioncomment TEXT", "the snapshot holds other columns of content"},
		{"another database", other, "", "it is of another database"},
	} {
		c.of.query(c.sql)
		r, err := Take(t.Context(), c.of.address, out, Options{Refresh: true})
		if err != nil || r.Changes != nil || !strings.Contains(strings.Join(r.Notes, "\n"), "Everything was read: "+c.want) {
			t.Errorf("%s: %v, %q", c.name, err, r.Notes)
		}
	}
	// In other words of the same.
	if r, err := Take(t.Context(), strings.Replace(other.address, "mysql:", "mariadb:", 1), out, Options{Refresh: true}); err != nil || r.Changes == nil {
		t.Errorf("%v, %q", err, r.Notes)
	}
}
