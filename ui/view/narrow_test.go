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
		"export":   NewExportTab(NewNewExport(nil).Foot, nil, NewStatusCard().Object, NewNewExport(nil).Object, NewHoldsCard().Object),
		"history":  NewHistory(NewCompare()).Object,
		"files":    NewFiles().Object,
		"settings": NewSetup(nil, rules.Table{{Name: "switch", Label: "Switch"}, {Name: "text", Label: "Text", Kind: rules.Text}}).Object,
		"server":   NewServerForm().Object,
		"board":    NewBoard().Object,
		"all jobs": NewAllHistory().Object,
		"kept":     NewRetention().Object,
	}
	for name, o := range screens {
		f := NewFrame(NewRail().Object)
		f.Show(NewPage(o).Object, true)
		if name == "welcome" {
			f.Show(o, true)
		}
		w := test.NewTempWindow(t, f.Object)
		for _, size := range []fyne.Size{{Width: 1000, Height: 640}, {Width: 600, Height: 640}} { // the narrow one on a screen of 900 at the scale 1.5
			w.Resize(size)
			if m := f.Object.MinSize(); m.Width > size.Width || m.Height > size.Height {
				if name == "welcome" && size.Width < 1000 { // its title is one line
					continue
				}
				t.Errorf("%s needs %v of %v", name, m, size)
			}
		}
	}
}

// TestStartNeverScrollsAway: however much the cards have to say, the buttons are in sight.
// In a wide window what is asked stands beside what is told, and not below it.
func TestStartNeverScrollsAway(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	n := NewNewExport(nil)
	n.OnForm = func(present.FromDate) {}
	told := look.NewCard(look.Space(100, 700))
	w := test.NewTempWindow(t, NewExportTab(n.Foot, []fyne.CanvasObject{n.Object}, told, n.Object))
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject
	for _, c := range []struct {
		width, height float32
		beside        bool
	}{{600, 500, false}, {1000, 500, false}, {1240, 500, true}, {900, 500, false}} {
		w.Resize(fyne.NewSize(c.width, c.height))
		for _, b := range []fyne.CanvasObject{n.start, n.cancel, n.force} {
			if y := at(b).Y; y < 0 || y+b.Size().Height > c.height {
				t.Errorf("%v wide: a button is at %v", c.width, y)
			}
		}
		if at(n.cancel).X < at(n.force).X+n.force.Size().Width || at(n.start).X < at(n.cancel).X {
			t.Errorf("%v wide: the buttons are at %v, %v, %v", c.width, at(n.force).X, at(n.cancel).X, at(n.start).X)
		}
		if beside := at(n.Object).Y == at(told).Y && at(n.Object).X > at(told).X+told.Size().Width; beside != c.beside {
			t.Errorf("%v wide: side by side: %v", c.width, beside)
		}
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
		fetch  map[int64]FetchLink // of a server whose files can be opened where they lie
		width  float32
		want   string // the titles that are shown
	}{
		{0, nil, 1000, "job status started duration from date written rows size started by"},
		{0, nil, 592, "job status started duration"},
		{1, nil, 592, "job status started duration"},
		{1, nil, 1000, "job status started duration from date written rows size started by"},
		{0, map[int64]FetchLink{1: FetchOffer}, 1000, "job status started duration from date written rows size started by"},
		{0, map[int64]FetchLink{1: FetchStop}, 592, "job status started duration"},
	} {
		h.Render(HistoryModel{Rows: []present.HistoryRow{{ID: 1}}, Resume: c.resume, HasFiles: true, Fetch: c.fetch, Mounted: true})
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

// TestCaptionStandsClear of what scrolls below it.
func TestCaptionStandsClear(t *testing.T) {
	lightApp(t)
	body := look.NewScroll(look.Space(10, 900))
	page := NewPanelPage("Connect to a server", texts.T.Welcome.ServerText, func() {}, body)
	test.NewTempWindow(t, page).Resize(fyne.NewSize(652, 500))
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject
	below := float32(0)
	for _, o := range test.LaidOutObjects(page) {
		if text, ok := o.(*canvas.Text); ok && text.Text != "" {
			below = max(below, at(text).Y+text.Size().Height)
		}
	}
	if got := at(body).Y - below; below == 0 || got < 6 {
		t.Errorf("%v between the caption and what scrolls", got)
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
