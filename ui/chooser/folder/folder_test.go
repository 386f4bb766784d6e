package folder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func path(parts ...string) string { return filepath.Join(append([]string{root()}, parts...)...) }

func root() string {
	abs, _ := filepath.Abs(string(filepath.Separator))
	return abs
}

// TestExpand reads paths as people type and paste them.
func TestExpand(t *testing.T) {
	home, at := path("home", "me"), path("data")
	for typed, want := range map[string]string{
		"":                             at,
		"~":                            home,
		"~/a b.csv":                    path("home", "me", "a b.csv"),
		"x.csv":                        path("data", "x.csv"),
		"../x.csv":                     path("x.csv"),
		"  " + path("a", "b") + "  ":   path("a", "b"),
		"'" + path("a", "b c") + "'":   path("a", "b c"),
		`"` + path("a", "b c") + `"`:   path("a", "b c"),
		path("a") + "/":                path("a"),
		path("a", "..", "c"):           path("c"),
		"~nobody":                      path("data", "~nobody"),
		"a+b%20c.csv":                  path("data", "a+b%20c.csv"),
		"http://a/b":                   filepath.Join(at, "http:", "a", "b"), // where addresses are none
		path("data") + "/~/x":          path("home", "me", "x"),
		path("data") + "/~":            home,
		path("data") + "/~x":           path("data", "~x"),
		path("data") + "//tmp/x":       path("tmp", "x"),
		"/data/file:///tmp/x":          path("tmp", "x"),
		"file://localhost/tmp/a%20b+c": path("tmp", "a b+c"),
		"file:///tmp/gr%C3%BC%C3%9Fe":  path("tmp", "grüße"),
	} {
		if strings.Contains(typed, "/") && root() != "/" {
			continue
		}
		if got := Expand(typed, at, home); got != want {
			t.Errorf("%q is %s, want %s", typed, got, want)
		}
	}
}

// TestComplete goes on as far as there is no choice.
func TestComplete(t *testing.T) {
	at, home := path("data"), path("home", "me")
	entries := []Entry{{Name: "exports", Folder: true}, {Name: "export.csv"}, {Name: "Report 2024.csv"}, {Name: "größer.csv"}, {Name: "größte.csv"}, {Name: "Dump", Folder: true}}
	sep := string(filepath.Separator)
	for _, c := range []struct {
		typed, want string
		choices     int
	}{
		{"ex", path("data", "export"), 2},
		{"exports", path("data", "exports") + sep, 1},
		{"re", path("data", "Report 2024.csv"), 1},
		{"gr", path("data", "größ"), 2},
		{"du", path("data", "Dump") + sep, 1},
		{"none", "none", 0},
		{"", "", len(entries)},
		{at + sep, at + sep, len(entries)},
		{path("data", "expo"), path("data", "export"), 2},
	} {
		if got, n := Complete(c.typed, at, home, entries); got != c.want || n != c.choices {
			t.Errorf("%q: %q, %d, want %q, %d", c.typed, got, n, c.want, c.choices)
		}
	}
}

// TestSplit tells the folder from the name in it.
func TestSplit(t *testing.T) {
	at, home := path("data"), path("home", "me")
	for typed, want := range map[string][2]string{
		"": {at, ""}, "ab": {at, "ab"}, "~": {home, ""}, "~/ab": {home, "ab"}, path("x") + "/": {path("x"), ""}, path("x", "y"): {path("x"), "y"},
	} {
		if dir, part := Split(typed, at, home); dir != want[0] || part != want[1] {
			t.Errorf("%q: %s, %q", typed, dir, part)
		}
	}
}

// TestSort: folders first, numbers by their value, and both ways.
func TestSort(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2024, 1, n, 0, 0, 0, 0, time.UTC) }
	entries := []Entry{{Name: "job10.csv", Bytes: 1, Changed: day(3)}, {Name: "Job2.csv", Bytes: 3, Changed: day(1)}, {Name: "b", Folder: true}, {Name: "job02.csv", Bytes: 2, Changed: day(2)}, {Name: "A", Folder: true}}
	for order, want := range map[Order]string{
		{ByName, true}:     "A b Job2.csv job02.csv job10.csv",
		{ByName, false}:    "b A job10.csv job02.csv Job2.csv",
		{BySize, false}:    "A b Job2.csv job02.csv job10.csv",
		{ByChanged, false}: "A b job10.csv job02.csv Job2.csv",
		{ByChanged, true}:  "A b Job2.csv job02.csv job10.csv",
	} {
		sorted := slices.Clone(entries)
		Sort(sorted, order)
		if got := names(sorted); got != want {
			t.Errorf("%+v: %s, want %s", order, got, want)
		}
	}
}

func names(entries []Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Name)
	}
	return strings.Join(list, " ")
}

// TestFilter shows what is asked for: a dot that is typed shows hidden files by itself.
func TestFilter(t *testing.T) {
	entries := []Entry{{Name: ".git", Folder: true}, {Name: ".env"}, {Name: "src", Folder: true}, {Name: "A.CSV"}, {Name: "b.txt"}}
	for _, c := range []struct {
		f    Filter
		want string
	}{
		{Filter{}, "src A.CSV b.txt"}, {Filter{Hidden: true}, ".git .env src A.CSV b.txt"}, {Filter{Endings: []string{".csv"}}, "src A.CSV"},
		{Filter{Folders: true}, "src"}, {Filter{Part: "B"}, "b.txt"}, {Filter{Part: ".e"}, ".env"},
	} {
		if got := names(c.f.Of(entries)); got != c.want {
			t.Errorf("%+v: %s, want %s", c.f, got, c.want)
		}
	}
}

// TestRead lists a real folder: links are what they lead to, a long one is cut and says so,
// and who gives up gets nothing.
func TestRead(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "folder"), 0o700), os.WriteFile(filepath.Join(dir, "a.csv"), []byte("abc"), 0o600)); err != nil {
		t.Fatal(err)
	}
	want := "folder a.csv"
	if os.Symlink(filepath.Join(dir, "folder"), filepath.Join(dir, "link")) == nil && os.Symlink(filepath.Join(dir, "gone"), filepath.Join(dir, "dead")) == nil {
		want = "folder link a.csv dead"
	}
	entries, more, err := Read(t.Context(), dir)
	if err != nil || more {
		t.Fatalf("%v, %v", more, err)
	}
	Sort(entries, Order{ByName, true})
	if got := names(entries); got != want || !entries[0].Folder {
		t.Errorf("%+v", entries)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if entries, _, err := Read(ended, dir); !errors.Is(err, context.Canceled) || entries != nil {
		t.Errorf("given up: %v, %v", entries, err)
	}
	if _, _, err := Read(t.Context(), filepath.Join(dir, "none")); err == nil {
		t.Error("no folder is no error")
	}
	if len(Roots()) == 0 || !isFolder(Roots()[0]) {
		t.Errorf("roots: %v", Roots())
	}
}

// TestLongFolder: what is listed is bounded, and it is told that there is more.
func TestLongFolder(t *testing.T) {
	dir := t.TempDir()
	const most = batch + 7
	for i := range most {
		if err := os.Mkdir(filepath.Join(dir, fmt.Sprint(i)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if entries, more, err := read(t.Context(), dir, most-1); err != nil || !more || len(entries) != most-1 {
		t.Errorf("%d entries, more %v, %v", len(entries), more, err)
	}
}
