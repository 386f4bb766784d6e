package preview

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/csvfile"
	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/preview/chart"
	"sluice/ui/preview/grid"
	"sluice/ui/preview/pager"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// groupView is the table of groups and their chart.
type groupView struct {
	bar    *groupBar
	ask    func(suggested string, done func(path string))
	draw   func(m chart.Model, title string) image.Image
	table  groupTable
	grid   *grid.Grid
	chart  *chart.Chart
	title  *look.Text
	says   *look.Paragraph // the chart in words
	note   *look.Paragraph // what is to be said of the groups
	rows   *look.Button
	png    *look.Button
	csv    *look.Button
	object *fyne.Container
}

func newGroupView(b *groupBar, ask func(suggested string, done func(path string))) *groupView {
	t := texts.T.Preview.Groups
	v := &groupView{bar: b, ask: ask, draw: chart.Picture}
	v.grid = grid.New(grid.Options{
		Model: &v.table, Dispatch: b.on.dispatch, Coalesce: wheelEvery, OnView: v.viewed,
		OnActivate: func(row int64, _ int) { v.choose(row) },
		OnKey:      v.key, OnShortcut: v.shortcut,
	})
	v.chart = chart.New()
	v.chart.OnTapped = func(row int) { v.choose(int64(row)) }
	v.title = look.NewTitle("", look.SizeCard).Elide()
	v.says = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	v.note = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	v.rows = look.NewButton(look.Outlined, t.ShowRows, "", func() { row, _ := v.grid.FocusCell(); v.choose(row) })
	v.png = look.NewButton(look.Outlined, t.SavePNG, "", v.savePNG)
	v.csv = look.NewButton(look.Outlined, t.SaveCSV, "", v.saveCSV)
	parts := look.NewColumn(12, v.title, v.chart, v.says, look.NewFlow(8, 8, v.rows, v.png, v.csv), v.note)
	beside := look.NewCard(container.New(look.Inset{Right: -12}, look.NewWholeScroll(container.New(look.Inset{Right: 12}, parts))))
	beside.PaddingX, beside.PaddingY = 16, 14
	v.object = container.New(&groupFrame{}, look.NewPlainCard(v.grid), beside)
	v.object.Hide()
	return v
}

// groupFrame puts the table and the chart beside each other, or the chart above where
// there is no room.
type groupFrame struct{}

const (
	leastBeside = 500 // pixels that both need beside each other
	leastGroups = 330 // of the table, where there is so much for both
	tablePart   = 0.42
)

// MinSize is that of the table.
func (*groupFrame) MinSize(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, leastTable) }

// Layout places both.
func (*groupFrame) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if s.Width >= leastBeside {
		w := max(min(leastGroups, s.Width/2), s.Width*tablePart)
		o[0].Move(fyne.Position{})
		o[0].Resize(fyne.NewSize(w, s.Height))
		o[1].Move(fyne.NewPos(w+frameGap, 0))
		o[1].Resize(fyne.NewSize(s.Width-w-frameGap, s.Height))
		return
	}
	h := (s.Height - frameGap) / 2
	o[1].Move(fyne.Position{})
	o[1].Resize(fyne.NewSize(s.Width, h))
	o[0].Move(fyne.NewPos(0, h+frameGap))
	o[0].Resize(fyne.NewSize(s.Width, h))
}

// show shows groups; nil lets go of those that were.
func (v *groupView) show(g *grouped) {
	v.table.g = g
	if g == nil {
		v.grid.SetColumns(nil)
		v.chart.Set(chart.Model{})
		return
	}
	s := v.bar.on.current()
	g.pages = pager.New(pager.Options{Limit: pageBytes, Dispatch: v.bar.on.dispatch, Arrived: v.arrived})
	g.pages.SetSource(s.ctx, g.File)
	g.pages.Seed(g.first[:min(len(g.first), 4*pager.PageRows)])
	v.title.Set(fmt.Sprintf(texts.T.Preview.Groups.Heading, g.header[len(g.Keys)], strings.Join(g.header[:len(g.Keys)], ", ")))
	v.chart.Set(g.model)
	if g.drawn {
		v.title.Set(fmt.Sprintf(texts.T.Preview.Groups.Heading, g.model.Value, g.model.By))
		v.says.Set(g.model.Words())
	} else {
		v.says.Set(texts.T.Preview.Groups.NoChart)
	}
	shown(v.chart, g.drawn)
	v.png.SetEnabled(g.drawn)
	v.note.Set(g.note())
	v.grid.SetColumns(g.columns(v.grid.TextWidth))
	v.grid.ScrollTo(0)
	v.grid.Select(0, 0)
	v.grid.DataChanged()
	v.object.Refresh()
}

// arrived draws groups that have been read, or says why they cannot be.
func (v *groupView) arrived(err error) {
	if err != nil {
		v.note.Set(sentence(err))
	}
	v.grid.DataChanged()
}

func (v *groupView) focus() { v.bar.on.giveKeys(v.grid) }

func (v *groupView) viewed(from, n int64) {
	if v.table.g != nil {
		v.table.g.pages.Want(from, n)
	}
}

// choose shows the rows of a group.
func (v *groupView) choose(row int64) {
	if v.table.g == nil {
		return
	}
	if r, ok := v.table.g.pages.Row(row); ok {
		v.bar.choose(r)
	} else if row >= 0 && row < int64(len(v.table.g.first)) {
		v.bar.choose(v.table.g.first[row])
	}
}

// key takes the keys that the table of groups has no use for.
func (v *groupView) key(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		v.bar.close()
		return
	}
	look.ToWindow(v.grid, e)
}

func (v *groupView) shortcut(s fyne.Shortcut) bool {
	_, ok := keymap.Shortcut(s)
	if ok {
		look.ShortcutToWindow(v.grid, s)
	}
	return ok
}

// suggest is a name for a file of the groups.
func (v *groupView) suggest(ending string) string {
	base := filepath.Base(v.bar.on.current().name)
	return strings.TrimSuffix(strings.TrimSuffix(base, ".gz"), ".csv") + "-groups" + ending
}

// savePNG saves the chart as a picture.
func (v *groupView) savePNG() {
	g := v.table.g
	if g == nil || !g.drawn || v.ask == nil {
		return
	}
	title := v.title.Text()
	v.ask(v.suggest(".png"), func(path string) {
		if path == "" {
			return
		}
		picture := v.draw(g.model, title)
		v.save(path, func(context.Context) error { return chart.WritePNG(path, picture) })
	})
}

// saveCSV saves the groups as a table.
func (v *groupView) saveCSV() {
	g := v.table.g
	if g == nil || v.ask == nil {
		return
	}
	v.ask(v.suggest(".csv"), func(path string) {
		if path == "" {
			return
		}
		v.save(path, func(ctx context.Context) error {
			_, err := csvfile.SaveView(ctx, g.File, path, csvfile.SaveOptions{}, nil)
			return err
		})
	})
}

// save writes a file in the background, and says how it went.
func (v *groupView) save(path string, write func(context.Context) error) {
	s, t := v.bar.on.current(), texts.T.Preview.Groups
	if s == nil {
		return
	}
	go func() {
		err := write(s.ctx)
		v.bar.on.run(s, func() {
			n := v.bar.notices
			n.drop(aboutSave)
			switch {
			case errors.Is(err, context.Canceled):
			case err != nil:
				n.show(aboutSave, tone.Bad, sentence(err), n.dismissal(aboutSave))
			default:
				n.show(aboutSave, tone.Good, fmt.Sprintf(t.Saved, path), n.dismissal(aboutSave))
			}
		})
	}()
}
