package chooser

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
)

// TestWriters holds that a writer of the toolkit touches its file with the first
// byte only, and then works as before.
func TestWriters(t *testing.T) {
	test.NewTempApp(t)
	for range 2 {
		if err := leaveAlone(); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, write, want string
	}{
		{path, "", "old"},
		{path, "new", "new"},
		{path + ".new", "", ""},
		{path + ".new", "x", "x"},
	} {
		u := storage.NewFileURI(c.path)
		w, err := storage.Writer(u)
		if err != nil {
			t.Fatal(err)
		}
		if w.URI().Path() != c.path {
			t.Errorf("the writer is for %s", w.URI().Path())
		}
		if _, err := w.Write([]byte(c.write)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(c.path)
		if c.want == "" {
			if err == nil {
				t.Errorf("%s was made", c.path)
			}
		} else if string(got) != c.want {
			t.Errorf("%q written to %s: it holds %q, %v", c.write, c.path, got, err)
		}
	}
	if ok, err := storage.CanList(storage.NewFileURI(filepath.Dir(path))); err != nil || !ok {
		t.Errorf("folders cannot be listed any more: %v, %v", ok, err)
	}
}
