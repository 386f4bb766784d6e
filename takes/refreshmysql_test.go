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
	for _, c := range []struct{ name, address, want string }{
		{"none", s.address, "there was no snapshot yet"},
		{"another database", other.address, "it is of another database"},
	} {
		r, err := Take(t.Context(), c.address, out, Options{Refresh: true})
		if err != nil || r.Changes != nil || !strings.Contains(strings.Join(r.Notes, "\n"), "Everything was read: "+c.want) {
			t.Errorf("%s: %v, %q", c.name, err, r.Notes)
		}
	}
	// In other words of the same.
	if r, err := Take(t.Context(), strings.Replace(other.address, "mysql:", "mariadb:", 1), out, Options{Refresh: true}); err != nil || r.Changes == nil {
		t.Errorf("%v, %q", err, r.Notes)
	}
}
