package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/ui/look"
)

const shownRows = "id,name\r\n1,Ada\r\n2,Grace\r\n"

// shownFile opens a window that shows a file.
func shownFile(t *testing.T) (s *stage, path string) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s = newStage(t)
	path = filepath.Join(s.dir, "shown.csv")
	if err := os.WriteFile(path, []byte(shownRows), 0o600); err != nil {
		t.Fatal(err)
	}
	s.w.openCSV(path)
	s.until("the file is shown", s.sees("rows 1–2 of 2"))
	if title := s.w.window.Title(); title != "shown.csv – Sluice" {
		t.Errorf("the window is titled %q", title)
	}
	return s, path
}

// saveAs goes through the dialog for "Save view…" up to the name, and presses Save.
func (s *stage) saveAs(dir, name string) {
	s.t.Helper()
	s.press("Save view…")
	s.press("Choose file and save")
	s.name(filepath.Join(dir, name))
}

// name puts a path into the dialog for files, and saves.
func (s *stage) name(path string) {
	s.t.Helper()
	s.w.file.Type(path)
	s.pressInDialog("Save")
}

// pressInDialog presses a button of the dialog for files, once it is offered.
func (s *stage) pressInDialog(text string) {
	s.t.Helper()
	pressed := false
	s.until("the dialog offers "+text, func() bool {
		if s.w.file == nil {
			return false
		}
		look.Walk(s.w.file.Object(), func(o fyne.CanvasObject) bool {
			if b, ok := o.(*look.Button); ok && !pressed && b.Text() == text {
				pressed = true
				test.Tap(b)
			}
			return !pressed
		})
		return pressed
	})
}

// dialogs is how many dialogs lie above the window.
func (s *stage) dialogs() int { return len(s.w.window.Canvas().Overlays().List()) }

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// onlyNames checks what is in a folder.
func onlyNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range list {
		got = append(got, e.Name())
	}
	if len(got) != len(want) {
		t.Fatalf("in the folder are %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("in the folder are %q, want %q", got, want)
		}
	}
}

// TestSaveOverAnotherFile replaces a file only after the question, and with a
// complete one; choosing it changes nothing yet.
func TestSaveOverAnotherFile(t *testing.T) {
	s, _ := shownFile(t)
	dir := t.TempDir()
	old := filepath.Join(dir, "old.csv")
	if err := os.WriteFile(old, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.saveAs(dir, "old.csv")
	s.until("it is asked about", s.sees("old.csv is there already"))
	if got := content(t, old); got != "precious" {
		t.Fatalf("before an answer, the file holds %q", got)
	}
	s.pressInDialog("Replace the file")
	s.until("it is saved", s.sees("Saved 2 rows"))
	if got := content(t, old); got != shownRows {
		t.Errorf("saved %q", got)
	}
	onlyNames(t, dir, "old.csv")
	if s.dialogs() != 0 || s.w.file != nil {
		t.Error("the dialog is still there")
	}
}

// TestSaveToANewFile leaves nothing at the name before the file is complete.
func TestSaveToANewFile(t *testing.T) {
	s, _ := shownFile(t)
	dir := t.TempDir()
	s.saveAs(dir, "new.csv")
	s.until("it is saved", s.sees("Saved 2 rows"))
	if got := content(t, filepath.Join(dir, "new.csv")); got != shownRows {
		t.Errorf("saved %q", got)
	}
	onlyNames(t, dir, "new.csv")
}

// TestSaveOverTheShownFile is refused by every name that the file has, and the
// file stays as it is.
func TestSaveOverTheShownFile(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(path, other string) error
	}{
		{"by its name", nil},
		{"through a symbolic link", os.Symlink},
		{"through a hard link", os.Link},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, path := shownFile(t)
			target := path
			if c.make != nil {
				target = filepath.Join(t.TempDir(), "other.csv")
				if err := c.make(path, target); err != nil {
					t.Fatal(err)
				}
			}
			s.saveAs(filepath.Dir(target), filepath.Base(target))
			s.pressInDialog("Replace the file")
			s.until("it is refused", s.sees("choose another name"))
			for _, name := range []string{path, target} {
				if got := content(t, name); got != shownRows {
					t.Errorf("%s holds %q", name, got)
				}
			}
			if !s.sees("rows 1–2 of 2")() {
				t.Errorf("the window says %q", s.says())
			}
		})
	}
}

// TestSaveThatFails leaves the file of before, and an empty one of somebody's too.
func TestSaveThatFails(t *testing.T) {
	s, path := shownFile(t)
	dir := t.TempDir()
	for name, text := range map[string]string{"old.csv": "precious", "empty.csv": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(path, 5); err != nil { // what is shown can't be read any more
		t.Fatal(err)
	}
	for name, text := range map[string]string{"old.csv": "precious", "empty.csv": ""} {
		s.saveAs(dir, name)
		s.pressInDialog("Replace the file")
		// the profile of the column says the same: that saving has ended is said beside it
		s.until("it has failed", func() bool {
			return s.sees("the file has changed since it was opened")() && s.sees("Dismiss")() && !s.sees("Saving "+name)()
		})
		if got := content(t, filepath.Join(dir, name)); got != text {
			t.Errorf("%s holds %q", name, got)
		}
	}
	onlyNames(t, dir, "empty.csv", "old.csv")
}

// TestSaveDialogLeft leaves the dialog by its own button.
func TestSaveDialogLeft(t *testing.T) {
	s, _ := shownFile(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "old.csv"), []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.saveAs(dir, "old.csv")
	s.until("it is asked about", s.sees("old.csv is there already"))
	s.pressInDialog("Back")
	if got := content(t, filepath.Join(dir, "old.csv")); got != "precious" || s.w.file != nil {
		t.Errorf("the file holds %q, the dialog is %v", got, s.w.file)
	}
	onlyNames(t, dir, "old.csv")
}
