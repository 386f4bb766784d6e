package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sluice/source"
)

func TestKeeperWritesTheLast(t *testing.T) {
	store := source.NewStore(filepath.Join(t.TempDir(), "window.json"))
	k := &keeper{store: store, failed: func(err error) { t.Error(err) }}
	if err := k.wait(t.Context()); err != nil {
		t.Errorf("waiting for nothing: %v", err)
	}
	other := source.NewSnapshot(source.KindSnapshot, "other.db", "/data/other.db", "/home")
	gone := source.NewSnapshot(source.KindSnapshot, "gone.db", "/data/gone.db", "/home")
	if err := store.Save(source.Prefs{Sources: source.List{other, gone}}, nil); err != nil {
		t.Fatal(err)
	}
	k.base = source.List{gone} // this window knows nothing of the other one, and has taken this one out
	p := source.Prefs{Recent: []string{""}}
	for i := range 200 {
		p.Recent[0] = string(rune('a' + i%26))
		p.Chosen = p.Recent[0]
		k.keep(p)
	}
	p.Recent[0] = "changed later" // what was handed over is not shared
	if err := k.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := store.Load()
	if err != nil {
		t.Fatal(err)
	}
	if want := string(rune('a' + 199%26)); got.Chosen != want || got.Recent[0] != want {
		t.Errorf("chosen %q, recent %q, want %q", got.Chosen, got.Recent, want)
	}
	if len(got.Sources) != 1 || got.Sources[0].ID != other.ID {
		t.Errorf("sources are %v, want that of the other window only", got.Sources)
	}
}

func TestKeeperTellsFailures(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	failures := make(chan error, 1)
	k := &keeper{store: source.NewStore(filepath.Join(blocked, "window.json")), failed: func(err error) { failures <- err }}
	k.keep(source.Prefs{})
	if err := <-failures; err == nil {
		t.Error("no failure")
	}
	if err := k.wait(t.Context()); err != nil {
		t.Errorf("waiting after a failure: %v", err)
	}
}

func TestKeeperWaitEndsWithItsContext(t *testing.T) {
	k := &keeper{idle: make(chan struct{})} // a write that hangs
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := k.wait(ctx); err == nil {
		t.Error("waited for ever")
	}
}
