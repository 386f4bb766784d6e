package preview

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/csvfile"
	"sluice/csvfile/filtertext"
	"sluice/csvfile/saveas"
	"sluice/ui/look"
	"sluice/ui/preview/grid"
	"sluice/ui/preview/pager"
)

// fakeTable is what a tool needs of the table, without the pane.
type fakeTable struct {
	mu       sync.Mutex
	s        *session
	row      int64
	col      int
	columns  grid.Columns
	keys     fyne.Focusable // what has the keyboard; nil is the table
	right    string
	chosen   grid.Range
	some     bool
	others   []int64 // where other rows were shown near
	revealed bool
}

func (f *fakeTable) current() *session { return f.s }

func (f *fakeTable) chosenRange() (grid.Range, bool) { return f.chosen, f.some }

func (f *fakeTable) focusCell() (int64, int)    { return f.row, f.col }
func (f *fakeTable) selectCell(r int64, c int)  { f.row, f.col = r, c }
func (f *fakeTable) inSight() (int64, int64)    { return 0, 5 }
func (f *fakeTable) redraw()                    {}
func (f *fakeTable) headChanged()               {}
func (f *fakeTable) sideChanged()               {}
func (f *fakeTable) sortAgain()                 {}
func (f *fakeTable) progressed(bool)            {}
func (f *fakeTable) giveKeys(to fyne.Focusable) { f.keys = to }
func (f *fakeTable) Focus()                     { f.keys = nil }
func (f *fakeTable) layout() *grid.Columns      { return &f.columns }
func (f *fakeTable) showAllColumns()            { f.revealed = true }
func (f *fakeTable) sayRight(text string)       { f.right = text }
func (f *fakeTable) otherRows(near int64)       { f.others = append(f.others, near) }

func (f *fakeTable) explain(_ int, text string) string { return "about " + text }

func (f *fakeTable) record(row int64) (csvfile.Row, bool) {
	if row < 0 || row >= 5 {
		return csvfile.Row{}, false
	}
	return f.s.f.(*fakeFile).record(row), true
}

func (f *fakeTable) dispatch(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
}

func (f *fakeTable) run(s *session, do func()) {
	f.dispatch(func() {
		if f.s == s {
			do()
		}
	})
}

// act does something as the UI goroutine and waits for what comes of it.
func (f *fakeTable) act(do func()) {
	f.dispatch(do)
	synctest.Wait()
}

// onTable runs body with a table of a file of two columns, in a bubble of time.
func onTable(t *testing.T, body func(f *fakeTable, file *fakeFile, n *notices)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		file := newFake(5, "id", "title")
		f := &fakeTable{s: &session{path: "pages.csv", name: "pages.csv", ctx: ctx, f: file, header: file.header, jump: -1, shown: file}}
		f.s.pages = pager.New(pager.Options{Limit: 1 << 20, Dispatch: f.dispatch, Arrived: func(error) {}})
		f.columns.Set([]grid.Column{{Title: "id", Width: 50}, {Title: "title", Width: 50}})
		body(f, file, newNotices(func() {}))
	})
}

func TestFindWithoutAPane(t *testing.T) {
	onTable(t, func(f *fakeTable, file *fakeFile, n *notices) {
		b := newFindBar(f, n, &layers{})
		f.act(func() { b.entry.SetText("x"); b.step(true) })
		if got := b.state.String(); got != "nothing found" {
			t.Errorf("without a hit it says %q", got)
		}
		file.hits = []csvfile.Hit{{Row: 3, Column: 1}}
		f.columns.Hide(1, true)
		f.act(func() { b.entry.SetText("y"); b.step(true) })
		if f.row != 3 || f.col != 1 || b.state.String() != "1 cell in the file" {
			t.Errorf("at row %d, column %d, saying %q", f.row, f.col, b.state.String())
		}
		if got := n.texts()[aboutFind]; !strings.Contains(got, "hidden") {
			t.Errorf("of a hit in a hidden column it says %q", got)
		}
		f.act(func() { b.step(true) })
		if !strings.HasPrefix(b.state.String(), "no more below") {
			t.Errorf("after the last hit it says %q", b.state.String())
		}
		f.act(b.close)
		if b.object.Visible() || len(n.texts()) != 0 {
			t.Error("the closed search is still there")
		}
	})
}

// TestFilterAsText: the filter is typed as on the command line, what is wrong is said with
// the cursor at its place, and its chips lead back to it.
func TestFilterAsText(t *testing.T) {
	onTable(t, func(f *fakeTable, file *fakeFile, n *notices) {
		b := newFilterBar(f, n, &layers{})
		name := filtertext.Format(csvfile.Is(csvfile.Condition{Column: 1, Op: csvfile.OpEmpty}), f.s.header)
		name = strings.TrimSuffix(name, " is empty")
		typed := func(text string) { f.act(func() { b.editText(); b.text.text.SetText(text); b.text.done() }) }
		typed(name + " = a and nothing = b")
		if !b.text.text.Wrong() || b.text.text.CursorColumn != len(name)+9 || !strings.Contains(b.text.failed.Text(), "no such column") || len(f.s.terms) != 0 {
			t.Errorf("cursor at %d, saying %q", b.text.text.CursorColumn, b.text.failed.Text())
		}
		typed(name + " = a nocase and (" + name + " > b or " + name + " is empty) and " + name + " in (x, \"5\")")
		if len(f.s.terms) != 3 || b.text.object.Visible() || f.s.view == nil {
			t.Fatalf("%d terms", len(f.s.terms))
		}
		var said []string
		for _, o := range b.chips.Objects {
			if c, ok := o.(*token); ok {
				said = append(said, c.text)
			}
		}
		want := []string{f.s.header[1] + " is a", name + " > b or " + name + " is empty", f.s.header[1] + ` is one of x, "5"`}
		if !slices.Equal(said, want) {
			t.Errorf("the chips say %q, want %q", said, want)
		}
		f.act(func() { b.editTerm(1) })
		if !b.text.object.Visible() || b.text.text.Text != filtertext.Format(csvfile.And(f.s.terms), f.s.header) {
			t.Errorf("the chip of an or leads to %q", b.text.text.Text)
		}
		f.act(func() { b.editTerm(2) })
		if b.text.object.Visible() || !b.editor.object.Visible() || b.editor.text.Text != `x, "5"` {
			t.Errorf("the chip of a list leads to %q", b.editor.text.Text)
		}
		f.act(func() { b.editor.text.SetText("x, y"); b.editor.done() })
		if got := f.s.terms[2].Is.In; len(got) != 2 || got[1].Text != "y" {
			t.Errorf("the list is %+v", got)
		}
		typed("")
		if len(f.s.terms) != 0 || f.s.view != nil {
			t.Errorf("no text is %d terms", len(f.s.terms))
		}
	})
}

func TestFilterWithoutAPane(t *testing.T) {
	onTable(t, func(f *fakeTable, file *fakeFile, n *notices) {
		b := newFilterBar(f, n, &layers{})
		f.act(func() { b.edit(-1, 1); b.editor.done() })
		if !b.editor.text.Wrong() || f.keys != fyne.Focusable(b.editor.text) || !strings.Contains(b.editor.failed.Text(), "Type what the cells") {
			t.Errorf("a condition without a text: marked %v, saying %q", b.editor.text.Wrong(), b.editor.failed.Text())
		}
		f.act(func() { b.editor.text.SetText("("); b.editor.done() })
		if len(f.s.terms) != 0 || !strings.Contains(b.editor.failed.Text(), "not complete") {
			t.Errorf("what the engine refuses: %d conditions, saying %q", len(f.s.terms), b.editor.failed.Text())
		}
		f.row = 4
		f.act(func() { b.editor.text.SetText("r1"); b.editor.done() })
		if len(f.s.terms) != 1 || f.s.view == nil || b.count.Text() != "1 of 5 rows" || f.keys != nil {
			t.Errorf("%d conditions, count %q", len(f.s.terms), b.count.Text())
		}
		f.row = 0
		f.act(func() { b.remove(0) })
		if f.s.view != nil || len(f.s.terms) != 0 || b.count.Text() != "" {
			t.Errorf("after the last condition was removed: %d conditions, count %q", len(f.s.terms), b.count.Text())
		}
		if want := []int64{0, 0}; !slices.Equal(f.others, want) {
			t.Errorf("other rows near %v, want %v", f.others, want)
		}
	})
}

func TestSaveWithoutAPane(t *testing.T) {
	onTable(t, func(f *fakeTable, file *fakeFile, n *notices) {
		suggested := ""
		s := newSaver(f, n, &layers{}, func(name string, done func(string)) { suggested = name; done("out.csv") })
		f.columns.Hide(0, true)
		f.act(func() { s.open(); s.only.SetOn(true); s.choose() })
		if suggested != "pages-view.csv" || len(file.saved) != 1 || !slices.Equal(file.saved[0].Columns, []int{1}) {
			t.Fatalf("suggested %q, saved %+v", suggested, file.saved)
		}
		if got := n.texts()[aboutSave]; got != "Saved 12 rows, 3.4 kB, as out.csv." {
			t.Errorf("it says %q", got)
		}
		for i, k := range saveForms {
			f.act(func() { s.open(); s.form.SetSelectedIndex(i); s.choose() })
			o := file.saved[len(file.saved)-1]
			if suggested != "pages-view"+k.o.Form.Ending() || o.Form != k.o.Form || s.means.Text() == "" || s.text.Visible() != k.typed || (o.Types == saveas.TypesAuto) != k.typed {
				t.Errorf("%s: suggested %q, saved %+v, meaning %q", k.o.Form, suggested, o, s.means.Text())
			}
		}
		file.notes = []saveas.Note{{Kind: saveas.CutCells, Count: 2, Row: 6}, {Kind: saveas.Parts, Count: 3, Row: -1}}
		f.act(func() { s.open(); s.choose() })
		if got := n.texts()[aboutSave]; got != "Saved 12 rows, 3.4 kB, as out.csv. 2 cells were cut behind 32,767 characters, first in row 7. The rows stand in 3 sheets." {
			t.Errorf("of what could not stand as it is, it says %q", got)
		}
		file.saving = errors.New("waits for the end")
		f.act(func() { s.open(); s.choose() })
		f.act(s.end)
		if got := n.texts()[aboutSave]; got != "Saving was cancelled; out.csv was not written." {
			t.Errorf("of a cancelled one it says %q", got)
		}
		f.s = nil
		f.act(s.open)
		if s.object.Visible() {
			t.Error("without a file there is something to save")
		}
	})
}

func TestCopyWithoutAPane(t *testing.T) {
	onTable(t, func(f *fakeTable, file *fakeFile, n *notices) {
		file.cell = func(row int64, col int) string { return map[int]string{0: "7", 1: "a\tb"}[col] }
		note := ""
		c := &copier{on: f, clipboard: test.NewClipboard(), notices: n, said: func(s string) { note = s }}
		f.act(c.row)
		if got := c.clipboard.Content(); got != "7\t\"a\tb\"" || note != "copied" {
			t.Errorf("copied %q, saying %q", got, note)
		}
		c.copied("", 0, errors.New("the disk is gone"))
		if got := n.texts()[aboutRead]; got != "Nothing was copied: the disk is gone." || c.clipboard.Content() == "" {
			t.Errorf("of what cannot be read it says %q, and the clipboard holds %q", got, c.clipboard.Content())
		}
		c.copied("abc", maxCopy+1, nil)
		if !strings.HasPrefix(note, "copied the first 3 bytes of 16.8 MB") {
			t.Errorf("of a part it says %q", note)
		}
		c.clipboard = nil
		f.act(c.cell) // without a clipboard nothing happens
	})
}

// TestCopyRange: rows are lines and cells stand between tabs, as spreadsheets take them;
// columns come as they are shown, and what is more than the clipboard gets is said.
func TestCopyRange(t *testing.T) {
	onTable(t, func(f *fakeTable, file *fakeFile, n *notices) {
		file.cell = func(row int64, col int) string {
			return []string{fmt.Sprint(row), []string{"=1+1", "a\tb", "line\nbreak", "say \"hi\"", ""}[row]}[col]
		}
		note := ""
		c := &copier{on: f, of: f, clipboard: test.NewClipboard(), notices: n, said: func(s string) { note = s }}
		f.chosen, f.some = grid.Range{From: 0, To: 5, First: 0, Last: 2}, true
		f.act(c.chosen)
		if got, want := c.clipboard.Content(), "0\t=1+1\n1\t\"a\tb\"\n2\t\"line\nbreak\"\n3\t\"say \"\"hi\"\"\"\n4\t\n"; got != want || note != "copied 10 cells" {
			t.Errorf("copied %q, want %q, saying %q", got, want, note)
		}
		f.columns.Hide(0, true)
		f.chosen = grid.Range{From: 0, To: 2, First: 0, Last: 1}
		f.act(func() { c.cells(copyWay{names: true, safe: true}) })
		if got, want := c.clipboard.Content(), f.s.header[1]+"\n'=1+1\n\"a\tb\"\n"; got != want {
			t.Errorf("copied %q, want %q", got, want)
		}
		file.cell = func(row int64, _ int) string { return []string{"a|b", "<i>\nc\td"}[row] }
		f.act(func() { c.cells(copyWay{names: true, markdown: true}) })
		if got, want := c.clipboard.Content(), "| "+f.s.header[1]+" |\n| --- |\n| a\\|b |\n| &lt;i\\><br>c\td |\n"; got != want {
			t.Errorf("copied %q, want %q", got, want)
		}
		long := strings.Repeat("x", maxCopy/2)
		file.cell = func(int64, int) string { return long }
		f.act(c.chosen)
		if got := c.clipboard.Content(); len(got) != maxCopy/2+1 || !strings.HasPrefix(note, "copied the first 1 row of 2: the clipboard gets 16.8 MB") {
			t.Errorf("copied %d bytes, saying %q", len(got), note)
		}
		f.some = false
		f.act(c.chosen)
		if note != "copied" {
			t.Errorf("of the cell in focus alone it says %q", note)
		}
	})
}

func TestCellWithoutAPane(t *testing.T) {
	onTable(t, func(f *fakeTable, file *fakeFile, n *notices) {
		c := newCellCard(f, &layers{}, &copier{})
		f.row, f.col = 2, 1
		f.act(c.cursorMoved)
		if c.title.Text() != "title" || c.about.Text() != "5 characters" || f.right != "about r2 c1" {
			t.Errorf("cell: title %q, about %q, right %q", c.title.Text(), c.about.Text(), f.right)
		}
		f.act(func() { c.choose(true) })
		if c.title.Text() != "Row 3" || c.about.Text() != "2 fields" {
			t.Errorf("record: title %q, about %q", c.title.Text(), c.about.Text())
		}
		f.act(func() { c.tapped(0) })
		if f.col != 0 {
			t.Error("a click on a field does not lead to its column")
		}
		f.row = 99
		f.act(c.cursorMoved)
		if c.shown {
			t.Error("a row that is not in memory is shown")
		}
	})
}

func TestProfileWithoutAPane(t *testing.T) {
	onTable(t, func(f *fakeTable, file *fakeFile, n *notices) {
		c := newProfileCard(f)
		f.col = 1
		f.act(c.cursorMoved) // a file of a known size: not by itself
		f.act(func() { c.run(1) })
		if _, ok := c.known[1]; !ok || c.kind.Hidden || c.title.Text() != "title" {
			t.Errorf("profiles %v, title %q", c.known, c.title.Text())
		}
		f.act(c.filterChanged)
		if len(c.known) != 0 {
			t.Error("after the conditions changed the profile of other rows is known")
		}
		f.act(c.reset)
	})
}

// TestNoToolHoldsThePane: what a tool needs of the table it names itself.
func TestNoToolHoldsThePane(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, name := range files {
		f, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			typed, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			fields, ok := typed.Type.(*ast.StructType)
			if !ok || strings.HasSuffix(name, "_test.go") {
				return true
			}
			for _, field := range fields.Fields.List {
				if star, ok := field.Type.(*ast.StarExpr); ok {
					if id, ok := star.X.(*ast.Ident); ok && id.Name == "Pane" {
						t.Errorf("%s: %s holds the pane", name, typed.Name.Name)
					}
				}
			}
			return true
		})
	}
}
