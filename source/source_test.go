package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/formats"
)

func TestStoreKeepsWhatItIsGiven(t *testing.T) {
	store := NewStore(filepath.Join(t.TempDir(), "sluice", "window.json"))
	if p, err := store.Load(); err != nil || len(p.Sources) != 0 {
		t.Fatalf("a missing file gives %+v, %v", p, err)
	}
	wiki := NewSnapshot(KindSnapshot, "wiki 2026.db", "/data/wiki 2026.db", "/home/ana/sluice")
	wiki.Local = Local{TimeZone: "Europe/Berlin", FullContent: true, MinFreeSpace: "-1"}
	wiki.Reached = map[int64]time.Time{12: time.Date(2026, 11, 22, 23, 58, 0, 0, time.UTC)}
	server := NewServer("Wiki", Server{URL: "https://wiki.example.com", User: "ana", Insecure: true})
	want := Prefs{Version: formats.Window.Known, Theme: "dark", Chosen: wiki.ID, Sources: List{wiki, server}}
	if err := store.Save(want, nil); err != nil {
		t.Fatal(err)
	}
	got, err := store.Load()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	info, err := os.Stat(store.Path())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v (%v), want 0600", info.Mode(), err)
	}
	entries, _ := os.ReadDir(filepath.Dir(store.Path()))
	if len(entries) != 3 { // the window's, the list, its lock
		t.Errorf("%d files are there, want 3", len(entries))
	}
}

func TestBrokenFileIsSetAside(t *testing.T) {
	for name, test := range map[string]struct{ file, content string }{
		"no JSON":           {fileName, `{"sources": [`},
		"twice the same":    {fileName, `{"sources": [{"id":"1","kind":"snapshot","snapshot":"a"},{"id":"1","kind":"snapshot","snapshot":"b"}]}`},
		"no file named":     {fileName, `{"sources": [{"id":"1","kind":"snapshot","name":"wiki"}]}`},
		"window, no JSON":   {windowName, `{"theme": `},
		"window, of before": {windowName, `{"version": 1, "sources": [{"id":"1","kind":"snapshot","name":"wiki"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, test.file)
			if err := os.WriteFile(path, []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			p, err := NewStore(filepath.Join(dir, windowName)).Load()
			if err == nil || len(p.Sources) != 0 {
				t.Fatalf("it was read as %+v", p)
			}
			kept, readErr := os.ReadFile(path + ".broken")
			if readErr != nil || string(kept) != test.content || !strings.Contains(err.Error(), path+".broken") {
				t.Errorf("kept %q (%v); the error says %v", kept, readErr, err)
			}
		})
	}
}

func TestSaveWhereNothingCanBeWritten(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := NewStore(filepath.Join(blocked, "window.json")).Save(Prefs{}, nil); err == nil {
		t.Error("no error")
	}
}

func TestHomes(t *testing.T) {
	a := NewSnapshot(KindSnapshot, "wiki.db", "/a/wiki.db", "/homes")
	b := NewSnapshot(KindSnapshot, "wiki.db", "/b/wiki.db", "/homes")
	again := NewSnapshot(KindSnapshot, "other name.db", "/a/wiki.db", "/homes")
	if a.Home == b.Home || a.ID == b.ID {
		t.Error("two snapshots share a home")
	}
	if a.ID != again.ID {
		t.Error("the same file has two ids")
	}
	for _, name := range []string{"Größe & Ωμέγα.db", "../../etc", "", ".db", strings.Repeat("x", 300)} {
		s := NewSnapshot(KindSnapshot, name, "/a", "/homes")
		if filepath.Dir(s.Home) != filepath.FromSlash("/homes") || len(filepath.Base(s.Home)) > 60 {
			t.Errorf("%q has its home in %s", name, s.Home)
		}
	}
}

func TestList(t *testing.T) {
	a, b := Source{ID: "a", Name: "A"}, Source{ID: "b", Name: "B"}
	l := List{a}.With(b).With(Source{ID: "a", Name: "A2"})
	if len(l) != 2 || l[0].Name != "A2" || l.Find("b") != 1 || l.Find("c") != -1 {
		t.Errorf("list is %+v", l)
	}
	if rest := l.Without("a"); len(rest) != 1 || rest[0].ID != "b" || len(l) != 2 {
		t.Errorf("without a it is %+v", rest)
	}
}

func TestOpenedFilesAreRememberedOnceAndNotForEver(t *testing.T) {
	var p Prefs
	for i := range 20 {
		p.Recent = p.Opened(string(rune('a' + i%10)))
	}
	if got := strings.Join(p.Recent, ""); got != "jihgfedc" {
		t.Errorf("the recent files are %q", got)
	}
	if got := strings.Join(p.Opened("f"), ""); got != "fjihgedc" {
		t.Errorf("after one was opened again they are %q", got)
	}
}
