package view

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"sluice/rules"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// TestScreensFitASmallWindow: nothing forces the window to be wider or higher
// than a small laptop's screen.
func TestScreensFitASmallWindow(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	screens := map[string]fyne.CanvasObject{
		"welcome":  NewWelcome().Object,
		"export":   NewExportTab(NewStatusCard().Object, NewNewExport(nil).Object, NewHoldsCard().Object),
		"history":  NewHistory(NewCompare()).Object,
		"files":    NewFiles().Object,
		"settings": NewSetup(nil, rules.Table{{Name: "switch", Label: "Switch"}, {Name: "text", Label: "Text", Kind: rules.Text}}).Object,
		"server":   NewServerForm().Object,
	}
	for name, o := range screens {
		f := NewFrame(NewRail().Object)
		f.Show(NewPage(o).Object, true)
		if name == "welcome" {
			f.Show(o, true)
		}
		w := test.NewTempWindow(t, f.Object)
		w.Resize(fyne.NewSize(1000, 640))
		if m := f.Object.MinSize(); m.Width > 1000 || m.Height > 640 {
			t.Errorf("%s needs %v", name, m)
		}
	}
}

// TestNewExportWrapsInANarrowWindow: the buttons go below the fields instead of
// over them.
func TestNewExportWrapsInANarrowWindow(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	n := NewNewExport(nil)
	n.OnForm = func(present.FromDate) {}
	w := test.NewTempWindow(t, NewExportTab(n.Object))
	top := func(o fyne.CanvasObject) float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
	}
	w.Resize(fyne.NewSize(1100, 600))
	if top(n.start) > top(n.clock)+4 {
		t.Errorf("in a wide window the buttons are at %v, the fields at %v", top(n.start), top(n.clock))
	}
	w.Resize(fyne.NewSize(700, 600))
	if top(n.start) < top(n.clock)+look.ControlHeight {
		t.Errorf("in a narrow window the buttons are at %v, the fields at %v", top(n.start), top(n.clock))
	}
}

// TestHistoryLeavesColumnsOutInANarrowWindow: rather than cutting dates and titles. What
// is left out comes back with the width, and the columns of the head are those of the rows.
func TestHistoryLeavesColumnsOutInANarrowWindow(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	h := NewHistory(NewCompare())
	row := h.newRow().(*listRow).data.(*historyRow)
	for _, c := range []struct {
		resume int64
		width  float32
		want   string // the titles that are shown
	}{
		{0, 1000, "job status started duration from date written rows size started by"},
		{0, 592, "job status started duration"},
		{1, 592, "job status started duration"},
		{1, 1000, "job status started duration from date written rows size started by"},
	} {
		h.Render(HistoryModel{Rows: []present.HistoryRow{{ID: 1}}, Resume: c.resume, HasFiles: true})
		h.fillRow(0, newListRow(row.Container, row))
		row.Resize(fyne.NewSize(c.width, rowHeight))
		var titles []string
		right := float32(0)
		for i, col := range h.columns {
			cell := row.Objects[i]
			if !cell.Visible() {
				continue
			}
			if cell.Position().X < right {
				t.Errorf("at %v, column %d begins at %v, and the one before ends at %v", c.width, i, cell.Position().X, right)
			}
			right = cell.Position().X + cell.Size().Width
			if col.title != "" {
				titles = append(titles, col.title)
			}
			if cell.Size().Width < col.least {
				t.Errorf("at %v, column %q is %v wide, least is %v", c.width, col.title, cell.Size().Width, col.least)
			}
		}
		if right > c.width-columnPadding+1 {
			t.Errorf("at %v, the columns reach to %v", c.width, right)
		}
		if links := row.Objects[len(h.columns)-1]; links.MinSize().Width > links.Size().Width {
			t.Errorf("the links need %v, and get %v", links.MinSize().Width, links.Size().Width)
		}
		if got := strings.Join(titles, " "); got != c.want {
			t.Errorf("at %v, resume %d: %q, want %q", c.width, c.resume, got, c.want)
		}
		stamp := look.NewText("2026-11-29 23:58", look.SizeTable, look.ColorText)
		if got := row.Objects[2].Size().Width; got < stamp.MinSize().Width {
			t.Errorf("at %v, a date needs %v, and gets %v", c.width, stamp.MinSize().Width, got)
		}
	}
}

// TestPanelPageSaysAllOfItsCaption: what a server needs stands at the end.
func TestPanelPageSaysAllOfItsCaption(t *testing.T) {
	lightApp(t)
	page := NewPanelPage("Connect to a server", texts.T.Welcome.ServerText, func() {}, look.NewText("the form", look.SizeBody, look.ColorText))
	test.NewTempWindow(t, page).Resize(fyne.NewSize(652, 500))
	said := ""
	for _, o := range test.LaidOutObjects(page) {
		if text, ok := o.(*canvas.Text); ok && o.Visible() {
			said += text.Text + " "
		}
	}
	if !strings.Contains(said, texts.T.Welcome.ServerText) {
		t.Errorf("the page says %q", said)
	}
}
