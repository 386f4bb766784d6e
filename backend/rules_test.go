package backend

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport"
	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/rules"
	"sluice/source"
)

// demoSource is a snapshot with a home, and its rules.
func demoSource(t *testing.T, chosen rules.Chosen) source.Source {
	t.Helper()
	dir := t.TempDir()
	s := source.NewSnapshot(source.KindSnapshot, "wiki.db", filepath.Join(dir, "wiki.db"), dir)
	if _, err := demo.Write(t.Context(), s.Snapshot, demo.Options{Pages: 20, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	s.Local.MinFreeSpace, s.Local.Rules = "-1", chosen
	return s
}

func testBackend() *Backend {
	return New(Options{Version: "test", Logger: slog.New(slog.DiscardHandler)})
}

// TestRulesOfASourceShapeItsExports: the manifest has those of the settings.
func TestRulesOfASourceShapeItsExports(t *testing.T) {
	s := demoSource(t, rules.Chosen{"labels": "commas", "include-archived": rules.On})
	engine, _, err := testBackend().OpenLocal(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	opened := engine.(Snapshot)
	if _, err = opened.Start(t.Context(), pipeline.Request{}); err == nil {
		_, err = opened.Exporter.Wait(t.Context())
	}
	if closeErr := opened.Close(t.Context()); err != nil || closeErr != nil {
		t.Fatal(err, closeErr)
	}
	m, err := jobfiles.ReadManifest(localexport.JobFolder(s.Home, 1))
	if want := map[string]any{"Labels": 1.0, "ArchivedContent": true}; err != nil || !cmp.Equal(m.Options.Rules, want) {
		t.Errorf("%v, %v, want %v", m.Options.Rules, err, want)
	}
}

// TestRulesThatThereAreNot stand in a list that was changed by hand: the source says so
// when it is opened.
func TestRulesThatThereAreNot(t *testing.T) {
	for value, says := range map[string]string{"labels": "labels is \"some\": it is one of json, commas", "lables": "there is no rule \"lables\""} {
		_, _, err := testBackend().OpenLocal(t.Context(), demoSource(t, rules.Chosen{value: "some"}))
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", value, err)
		}
	}
	if len(Rules()) < 19 {
		t.Error("rules are missing")
	}
}
