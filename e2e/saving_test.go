//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// saveAs asks to save what is shown, by keyboard: the path has the keyboard when the dialog
// comes up, and Return saves. A name is one in the person's own folder.
func (p *program) saveAs(name string) {
	p.t.Helper()
	p.click("Save view…")
	p.click("Choose file and save")
	p.until("the path has the keyboard", func() bool { return strings.HasPrefix(p.focus, "field Path") && p.settled() })
	p.key("ctrl+a")
	p.xdo("type", "--delay", "12", "--", "~/"+name)
	p.key("Return")
}

// overwrite agrees that a file is replaced: the way back has the keyboard, and the button
// that does it is the next.
func (p *program) overwrite() {
	p.t.Helper()
	p.keyboardOn("Back")
	p.key("Tab")
	p.key("space")
}

// TestSaveView saves rows in the real window: as a new file, over another, and over the
// file that is shown by three of its names, which is refused and changes nothing.
func TestSaveView(t *testing.T) {
	beside(t)
	home := t.TempDir()
	shown := filepath.Join(home, "shown.csv")
	const rows = "id,name\r\n1,Ada\r\n2,Grace\r\n"
	for name, text := range map[string]string{"shown.csv": rows, "old.csv": strings.Repeat("precious\n", 1000)} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, link := range map[string]func(string, string) error{"soft.csv": os.Symlink, "hard.csv": os.Link} {
		if err := link(shown, filepath.Join(home, name)); err != nil {
			t.Fatal(err)
		}
	}
	d := newDesk(t)
	d.own = []string{"HOME=" + home}
	p := d.open(t.TempDir(), "--file", shown)
	p.until("the rows are shown", func() bool { return strings.HasPrefix(p.rows, "rows 1–2 of 2 ") && p.settled() })
	holds := func(name, want string) {
		t.Helper()
		if got, err := os.ReadFile(filepath.Join(home, name)); err != nil || string(got) != want {
			t.Errorf("%s holds %.60q, %v", name, got, err)
		}
	}

	p.saveAs("new.csv")
	p.click("Dismiss")
	holds("new.csv", rows)

	p.saveAs("old.csv")
	p.overwrite()
	p.click("Dismiss")
	holds("old.csv", rows)

	for _, name := range []string{"shown.csv", "soft.csv", "hard.csv"} {
		p.saveAs(name)
		p.overwrite()
		p.click("Dismiss")
		for _, name := range []string{"shown.csv", "soft.csv", "hard.csv"} {
			holds(name, rows)
		}
	}
	list, err := os.ReadDir(home)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if strings.HasSuffix(e.Name(), ".partial") {
			t.Errorf("%s is left", e.Name())
		}
	}
}
