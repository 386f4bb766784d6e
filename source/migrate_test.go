package source

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/rules"
)

// TestRulesOfTheWindow: the list that the window kept had a field for each of four.
func TestRulesOfTheWindow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "window.json")
	text := `{"version": 1, "sources": [
		{"id": "1", "kind": "snapshot", "snapshot": "a.db", "local": {"timeZone": "UTC", "keepNul": true, "archived": true}},
		{"id": "2", "kind": "server", "server": {"url": "https://wiki.example.com"}},
		{"id": "3", "kind": "snapshot", "snapshot": "b.db", "local": {"skipBadRows": true, "statusless": true}},
		{"id": "4", "kind": "snapshot", "snapshot": "c.db"}]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	store := NewStore(path)
	for range 2 { // as it was, and as it is written again
		p, err := store.Load()
		if err != nil {
			t.Fatal(err)
		}
		var got []rules.Chosen
		for _, s := range p.Sources {
			got = append(got, s.Local.Rules)
		}
		want := []rules.Chosen{{"keep-nul": "true", "include-archived": "true"}, nil, {"skip-bad-rows": "true", "statusless-content": "true"}, nil}
		if diff := cmp.Diff(want, got); diff != "" || p.Sources[0].Local.TimeZone != "UTC" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if err := store.Save(p, p.Sources); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEqualSettings are those with the same rules.
func TestEqualSettings(t *testing.T) {
	a, b := Local{Rules: rules.Chosen{"labels": "commas"}}, Local{Rules: rules.Chosen{"labels": "commas"}}
	if !a.Equal(b) || a.Equal(Local{}) {
		t.Error("not by their rules")
	}
}
