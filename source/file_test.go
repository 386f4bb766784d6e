package source

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// listOf is a file with a text.
func listOf(t *testing.T, text string) *File {
	t.Helper()
	f := NewFile(filepath.Join(t.TempDir(), fileName))
	if err := os.WriteFile(f.Path(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestWhatIsNotUnderstoodIsRefused: neither is passed over in silence, and neither the
// window nor a command writes over it.
func TestWhatIsNotUnderstoodIsRefused(t *testing.T) {
	for text, says := range map[string]string{
		`{"version": 2, "sources": []}`: "written by a newer Sluice (format 2; this one knows up to 1)",
		`{"sorces": []}`:                `"sorces" in the file is no setting that there is; the nearest is "sources"`,
		`{"sources": [{"id": "1", "kind": "server", "name": "Wiki", "server": {"url": "https://w", "caFiel": "/ca"}}]}`: `"caFiel" in server of source "Wiki" is no setting that there is; the nearest is "caFile"`,
		`{"sources": [{"id": "1", "kind": "server", "server": {"url": "https://w"}, "nmae": "x"}]}`:                     `"nmae" in number 1 of sources of the file is no setting that there is; the nearest is "name"`,
	} {
		f := listOf(t, text)
		_, err := f.Load()
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), f.Path()) {
			t.Errorf("%s: the error is %v, want %q", text, err, says)
		}
		if err := f.Update(func(l List) (List, error) { return l, nil }); err == nil {
			t.Errorf("%s was written over", text)
		}
		store := NewStore(filepath.Join(filepath.Dir(f.Path()), windowName))
		if _, err := store.Load(); err == nil {
			t.Errorf("%s: the window says nothing", text)
		}
		if err := store.Save(Prefs{}, nil); err == nil {
			t.Errorf("%s: the window writes over it", text)
		}
		if b, _ := os.ReadFile(f.Path()); string(b) != text {
			t.Errorf("%s became %s", text, b)
		}
	}
}

// TestListOfEarlierWindows: what stood in the file of the window counts until there is a
// list, and stands in that from the first change on.
func TestListOfEarlierWindows(t *testing.T) {
	dir := t.TempDir()
	window := filepath.Join(dir, windowName)
	old := `{"version": 1, "theme": "dark", "sources": [{"id": "1", "kind": "snapshot", "name": "wiki", "snapshot": "/wiki.db"}]}`
	if err := os.WriteFile(window, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	f := NewFile(filepath.Join(dir, fileName))
	added := NewServer("Wiki", Server{URL: "https://wiki.example.com"})
	if err := f.Update(func(l List) (List, error) { return l.With(added), nil }); err != nil {
		t.Fatal(err)
	}
	store := NewStore(window)
	p, err := store.Load()
	if err != nil || p.Theme != "dark" || len(p.Sources) != 2 || p.Sources[0].ID != "1" || p.Sources[1].ID != added.ID {
		t.Fatalf("it holds %+v (%v)", p, err)
	}
	if err := store.Save(Prefs{Theme: "light", Sources: List{added}}, p.Sources); err != nil { // the window removes the first
		t.Fatal(err)
	}
	if p, err := store.Load(); err != nil || p.Theme != "light" || len(p.Sources) != 1 {
		t.Errorf("it holds %+v (%v): what was removed is back", p, err)
	}
}

// TestErrorsOfAChangeChangeNothing: an error of the change, and a list that is none.
func TestErrorsOfAChangeChangeNothing(t *testing.T) {
	f := NewFile(filepath.Join(t.TempDir(), fileName))
	wanted := errors.New("no")
	if err := f.Update(func(List) (List, error) { return nil, wanted }); !errors.Is(err, wanted) {
		t.Errorf("the error is %v", err)
	}
	if err := f.Update(func(List) (List, error) { return List{{ID: "a", Kind: KindServer}}, nil }); err == nil {
		t.Error("a server without an address was written")
	}
	if _, err := os.Stat(f.Path()); err == nil {
		t.Error("the file was written")
	}
}

// perProcess is how many sources each process adds.
const perProcess = 15

// TestProcessesLoseNothing: processes that change the list at the same time lose nothing
// of each other, nor of a window that holds its copy for all that time.
func TestProcessesLoseNothing(t *testing.T) {
	const processes = 4
	if path := os.Getenv("SLUICE_TEST_LIST"); path != "" {
		addSources(t, NewFile(path), os.Getenv("SLUICE_TEST_NAME"))
		return
	}
	dir := t.TempDir()
	store := NewStore(filepath.Join(dir, windowName))
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, processes)
	for p := range processes {
		cmd := exec.CommandContext(t.Context(), program, "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "SLUICE_TEST_LIST="+store.List().Path(), "SLUICE_TEST_NAME=process"+strconv.Itoa(p))
		go func() {
			out, err := cmd.CombinedOutput()
			if err != nil {
				err = fmt.Errorf("%w: %s", err, out)
			}
			ended <- err
		}()
	}
	var base, mine List
	for n := range perProcess {
		mine = mine.With(NewServer("window", Server{URL: fmt.Sprintf("https://window-%d", n)}))
		if err := store.Save(Prefs{Sources: mine}, base); err != nil {
			t.Error(err)
		}
		base = mine.clone()
	}
	for range processes {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	l, err := store.List().Load()
	if err != nil || len(l) != (processes+1)*perProcess {
		t.Errorf("the list has %d sources (%v), want %d", len(l), err, (processes+1)*perProcess)
	}
}

func addSources(t *testing.T, f *File, name string) {
	for n := range perProcess {
		err := f.Update(func(l List) (List, error) {
			return l.With(NewServer(name, Server{URL: fmt.Sprintf("https://%s-%d", name, n)})), nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
