package chooser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/ui/chooser/folder"
	"sluice/ui/keymap"
	"sluice/ui/keymap/keytest"
	"sluice/ui/look"
)

// asked is a dialog in a window over a folder with a few files.
type asked struct {
	*Dialog
	t      *testing.T
	dir    string
	queue  chan func()
	answer string
	left   int
	c      fyne.Canvas
}

func ask(t *testing.T, q Question) *asked {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	a := &asked{t: t, dir: t.TempDir(), queue: make(chan func(), 64)}
	for _, name := range []string{"b.csv", "a.csv", "notes.md", ".hidden.csv"} {
		if err := os.WriteFile(filepath.Join(a.dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(a.dir, "exports", "2024"), 0o700); err != nil {
		t.Fatal(err)
	}
	w := test.NewTempWindow(t, look.NewCaption("below"))
	w.Resize(fyne.NewSize(900, 600))
	a.c = w.Canvas()
	q.Folder = a.dir
	a.Dialog = New(Options{Question: q, Home: a.dir, Context: t.Context(), Dispatch: func(f func()) { a.queue <- f }, Canvas: a.c, Now: time.Now,
		Places: []Place{{"Home", a.dir}}, IsAddress: func(s string) bool { return strings.HasPrefix(s, "https://") },
		Done: func(path string) { a.answer = path }, Leave: func() { a.left++ }})
	w.SetContent(a.Object())
	a.Focus()
	a.until("the folder is read", func() bool { return !a.reading })
	return a
}

func (a *asked) until(what string, ok func() bool) {
	a.t.Helper()
	deadline := time.After(time.Minute)
	for !ok() {
		select {
		case f := <-a.queue:
			f()
		case <-deadline:
			a.t.Fatalf("it never came to this: %s; listed are %q, and it says %q", what, a.names(), a.v.message.Text())
		}
	}
}

func (a *asked) names() string {
	var list []string
	for _, e := range a.shown {
		list = append(list, e.Name)
	}
	return strings.Join(list, " ")
}

func (a *asked) key(s keymap.Stroke) {
	a.t.Helper()
	keytest.Send(a.t, a.c.Focused(), s)
}

func (a *asked) enter() {
	a.t.Helper()
	a.v.path.OnSubmitted("")
}

func (a *asked) answers(want string) {
	a.t.Helper()
	a.until("it answers "+want, func() bool { return a.answer == want })
	if a.left != 1 {
		a.t.Errorf("it was closed %d times", a.left)
	}
}

// TestOpen types a path, completes it with Tab, and goes into folders.
func TestOpen(t *testing.T) {
	a := ask(t, Question{Kind: OpenFile, Endings: []string{".csv"}})
	if got := a.names(); got != "exports a.csv b.csv" {
		t.Errorf("listed are %q", got)
	}
	a.Type(a.within(a.dir, "exp"))
	if got := a.names(); got != "exports" {
		t.Errorf("listed are %q", got)
	}
	a.key(keymap.Keys(fyne.KeyTab)[0])
	if want := a.within(filepath.Join(a.dir, "exports"), ""); a.v.path.Text != want {
		t.Errorf("the path is %q, want %q", a.v.path.Text, want)
	}
	a.until("the folder is read", func() bool { return a.names() == "2024" })
	a.up()
	a.until("the folder above is read", func() bool { return a.names() == "exports a.csv b.csv" })
	a.Type("~/b.csv")
	a.enter()
	a.answers(filepath.Join(a.dir, "b.csv"))
}

// TestOpenByTheList: Down leads to the list, Enter goes into a folder and takes a file; a
// click names a file, and the second one takes it.
func TestOpenByTheList(t *testing.T) {
	a := ask(t, Question{Kind: OpenFile})
	a.key(keymap.Keys(fyne.KeyDown)[0])
	if a.c.Focused() != fyne.Focusable(a.v.list) {
		t.Fatalf("%T has the keyboard", a.c.Focused())
	}
	a.key(keymap.Keys(fyne.KeyReturn)[0])
	a.until("it goes into the folder", func() bool { return a.names() == "2024" })
	a.up()
	a.until("and out again", func() bool { return len(a.shown) == 4 })
	a.pick(1)
	if a.answer != "" || a.v.path.Text != filepath.Join(a.dir, "a.csv") || len(a.shown) != 4 {
		t.Errorf("one click: %q, path %q, listed %q", a.answer, a.v.path.Text, a.names())
	}
	a.pick(1)
	a.answers(filepath.Join(a.dir, "a.csv"))
}

// TestWrong: what is no answer is told, and takes nobody away.
func TestWrong(t *testing.T) {
	for name, c := range map[string]struct {
		kind        Kind
		typed, says string
	}{
		"no such file":     {OpenFile, "none.csv", "There is no file"},
		"a file as folder": {OpenFolder, "a.csv", "is a file, and a folder is wanted"},
		"no name":          {SaveFile, "", "Type a name"},
	} {
		a := ask(t, Question{Kind: c.kind})
		a.Type(a.within(a.dir, c.typed))
		a.enter()
		a.until(name+" is told", func() bool { return strings.Contains(a.v.message.Text(), c.says) && a.v.path.Wrong() })
		if a.Type(a.within(a.dir, "exp")); a.v.message.Text() != "" || a.answer != "" || a.left != 0 {
			t.Errorf("%s: still told: %q; answer %q", name, a.v.message.Text(), a.answer)
		}
	}
	a := ask(t, Question{Kind: OpenFile})
	a.Type(a.within(filepath.Join(a.dir, "nowhere"), ""))
	a.until("the folder is not there", func() bool { return strings.Contains(a.v.empty.Text(), "There is no folder") })
}

// TestSave: a new name is an answer at once, one that is there after an agreement, and what
// lies in a folder that is not there yet makes it.
func TestSave(t *testing.T) {
	a := ask(t, Question{Kind: SaveFile, Name: "new.csv"})
	a.enter()
	a.answers(filepath.Join(a.dir, "new.csv"))

	a = ask(t, Question{Kind: SaveFile, Name: "a.csv"})
	a.enter()
	a.until("it asks", func() bool { return a.v.do.Text() == "Replace the file" })
	a.Type(a.within(a.dir, "b.csv")) // another name takes the question back
	if a.v.do.Text() != "Save" || a.answer != "" {
		t.Errorf("the button says %q, the answer is %q", a.v.do.Text(), a.answer)
	}
	a.enter()
	a.until("it asks again", func() bool { return a.asks == toReplace })
	if a.enter(); a.answer != "" || a.c.Focused() != fyne.Focusable(a.v.back) {
		t.Errorf("a second Enter answers %q, and %T has the keyboard", a.answer, a.c.Focused())
	}
	a.accept()
	a.answers(filepath.Join(a.dir, "b.csv"))

	a = ask(t, Question{Kind: SaveFile, Name: "c.csv"})
	a.Type(filepath.Join(a.dir, "fresh", "c.csv"))
	a.enter()
	a.until("it asks about the folder", func() bool { return a.asks == toMake })
	if _, err := os.Stat(filepath.Join(a.dir, "fresh")); err == nil {
		t.Error("the folder was made without an agreement")
	}
	a.accept()
	a.answers(filepath.Join(a.dir, "fresh", "c.csv"))
	if info, err := os.Stat(filepath.Join(a.dir, "fresh")); err != nil || !info.IsDir() {
		t.Errorf("%v, %v", info, err)
	}
}

// TestFolder: the one that is shown is the answer, and one that is not there is made.
func TestFolder(t *testing.T) {
	a := ask(t, Question{Kind: OpenFolder})
	if got := a.names(); got != "exports" {
		t.Errorf("listed are %q", got)
	}
	a.enter()
	a.answers(a.dir)
	a = ask(t, Question{Kind: OpenFolder})
	a.Type(filepath.Join(a.dir, "new"))
	a.enter()
	a.until("it asks", func() bool { return a.v.do.Text() == "Make the folder" })
	a.accept()
	a.answers(filepath.Join(a.dir, "new"))
}

// TestAddress: where addresses are taken, one is an answer as it stands.
func TestAddress(t *testing.T) {
	a := ask(t, Question{Kind: OpenFile})
	a.Type("https://example.org/a.csv")
	a.enter()
	a.answers("https://example.org/a.csv")
}

// TestHiddenAndSorted: hidden files come with the box, and columns sort both ways.
func TestHiddenAndSorted(t *testing.T) {
	a := ask(t, Question{Kind: OpenFile})
	a.hidden = true
	if a.refilter(); a.names() != "exports .hidden.csv a.csv b.csv notes.md" {
		t.Errorf("listed are %q", a.names())
	}
	a.sort(folder.BySize)
	if a.names() != "exports .hidden.csv notes.md a.csv b.csv" {
		t.Errorf("by size: %q", a.names())
	}
	a.sort(folder.BySize)
	if a.names() != "exports a.csv b.csv notes.md .hidden.csv" {
		t.Errorf("and the other way: %q", a.names())
	}
}

// TestEndsWithItsContext: what is read for a dialog that is gone comes to nobody.
func TestEndsWithItsContext(t *testing.T) {
	a := ask(t, Question{Kind: OpenFile})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a.o.Context = ctx
	a.read(filepath.Join(a.dir, "exports"))
	a.until("it has ended", func() bool { return !a.reading })
	if len(a.entries) != 0 || a.failure == nil {
		t.Errorf("%v, %v", a.entries, a.failure)
	}
}
