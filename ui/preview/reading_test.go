package preview

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/csvfile"
)

// chooses takes a value in the choice of the panel for a part of a reading.
func (b *bench) chooses(part func(*csvfile.Reading) *string, value string) {
	b.t.Helper()
	var r csvfile.Reading
	b.do(func() {
		for _, c := range b.p.read.choose {
			if c.part(&r) == part(&r) {
				for i, v := range c.values {
					if v == value {
						c.box.SetSelectedIndex(i)
						return
					}
				}
			}
		}
		b.t.Errorf("%q is not offered", value)
	})
	b.settle()
}

func theQuote(r *csvfile.Reading) *string     { return &r.Quote }
func theHeader(r *csvfile.Reading) *string    { return &r.Header }
func theDelimiter(r *csvfile.Reading) *string { return &r.Delimiter }

// TestReadAs: the panel tells how a file is read; each choice reads it anew at once, and
// is remembered until all is guessed again.
func TestReadAs(t *testing.T) {
	withFile(t, "some.csv", "id;city\n1;K\xf6ln\n2;\"open, \n3;x\n", func(b *bench) {
		b.later(watchEvery)
		b.do(func() { b.p.read.open() })
		b.sees("Read as Windows-1252, guessed; delimiter semicolon; quote \"; the first row names the columns.")
		b.sees("In row 2, at byte")
		b.chooses(theQuote, csvfile.None)
		b.later(watchEvery)
		b.sees("of 3")
		b.sees("quotes are text")
		if _, got := b.cell(1, 1); got != `"open, ` {
			t.Errorf("row 2 shows %q", got)
		}
		b.chooses(theHeader, "no")
		b.chooses(theDelimiter, ",")
		b.later(watchEvery)
		b.sees("delimiter comma")
		if _, got := b.cell(0, 0); got != "id;city" {
			t.Errorf("row 1 shows %q", got)
		}
		b.do(func() {
			l, ok := b.p.o.Store.Load(b.p.read.key())
			if want := (csvfile.Reading{Quote: csvfile.None, Header: "no", Delimiter: ","}); !ok || l.Reading == nil || *l.Reading != want {
				t.Errorf("remembered is %+v", l.Reading)
			}
			if !b.p.read.object.Visible() {
				t.Error("the panel is closed by a choice")
			}
			b.p.read.apply(csvfile.Reading{})
		})
		b.later(watchEvery)
		b.sees("delimiter semicolon; quote \"")
		b.do(func() {
			if l, _ := b.p.o.Store.Load(b.p.read.key()); l.Reading != nil {
				t.Errorf("still remembered is %+v", l.Reading)
			}
			if !b.p.layers.leave() || b.p.read.object.Visible() {
				t.Error("Escape does not close the panel")
			}
		})
	})
}

// TestReadAsLines: lines are typed; what is no number is refused.
func TestReadAsLines(t *testing.T) {
	withFile(t, "some.csv", "id,city\n1,a\nname,place\n2,b\n", func(b *bench) {
		b.do(func() {
			b.p.read.open()
			b.p.read.header.SetText("three")
			b.p.read.header.OnSubmitted("three")
		})
		b.sees("“three” is no number of a line")
		b.do(func() {
			b.p.read.header.SetText("3")
			b.p.read.header.OnSubmitted("3")
		})
		b.later(watchEvery)
		b.sees("2 lines skipped")
		if _, got := b.cell(0, 0); got != "2" {
			t.Errorf("row 1 shows %q", got)
		}
	})
}

// TestReadingIsRemembered: a file is opened as it was read last, also by another run.
func TestReadingIsRemembered(t *testing.T) {
	dir := t.TempDir()
	path, columns := filepath.Join(dir, "a.csv"), filepath.Join(dir, "columns.json")
	if err := os.WriteFile(path, []byte("id,city\n1,'a, b'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	store, err := NewFileStore(columns)
	if err != nil {
		t.Fatal(err)
	}
	r := readPanel{store: store, path: path}
	if err := store.Save(r.key(), Layout{Reading: &csvfile.Reading{Quote: csvfile.None}}); err != nil {
		t.Fatal(err)
	}
	again, err := NewFileStore(columns)
	if err != nil {
		t.Fatal(err)
	}
	if l, ok := again.Load(r.key()); !ok || l.Reading == nil || l.Reading.Quote != csvfile.None {
		t.Errorf("remembered is %+v", l.Reading)
	}
}

// TestWiderRowsShowTheirColumns: what stands behind the last column of the header is seen.
func TestWiderRowsShowTheirColumns(t *testing.T) {
	withFile(t, "some.csv", "id,name\n1,x\n2,y,extra\n"+strings.Repeat("3,z\n", 5000)+"4,w,more,last\n", func(b *bench) {
		b.later(4 * watchEvery)
		if _, got := b.cell(1, 2); got != "extra" {
			t.Errorf("row 2 shows %q", got)
		}
		b.do(func() {
			if n := b.p.grid.Columns().All(); n != 4 {
				t.Errorf("%d columns", n)
			}
		})
		if label, _ := b.cell(0, 0); strings.HasPrefix(label, "!") {
			t.Errorf("row 1 is labelled %q", label)
		}
	})
}

// TestAPageIsToldApart: what is no table is said.
func TestAPageIsToldApart(t *testing.T) {
	withFile(t, "some.csv", "<!DOCTYPE html>\n<html><body>Login required</body></html>\n", func(b *bench) {
		b.sees("This is an HTML page, perhaps a login page")
	})
}
