package view

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Welcome is the first-start page: four choices of a source.
type Welcome struct {
	Object                               fyne.CanvasObject
	OnServer, OnTake, OnSnapshot, OnDemo func()
	OnRecent                             func(path string)

	demo   *look.Button
	bar    *look.Bar
	saying *look.Paragraph

	recent *fyne.Container // the files that were opened last
	paths  []string        // of these
	page   *fyne.Container
}

// NewWelcome returns the page.
func NewWelcome() *Welcome {
	w := &Welcome{bar: look.NewBar()}
	t := texts.T.Welcome
	call := func(f *func()) func() { return func() { (*f)() } }
	w.demo = look.NewButton(look.Primary, t.DemoButton, "", call(&w.OnDemo))
	w.bar.Hide()
	w.saying = look.NewParagraph(t.Drop, look.SizeCaption, look.ColorMuted).Center()
	cards := look.NewShares(232, 280, 20,
		choice("server", t.ServerTitle, t.ServerText, look.NewButton(look.Outlined, t.ServerButton, "", call(&w.OnServer))),
		choice("take", t.TakeTitle, t.TakeText, look.NewButton(look.Outlined, t.TakeButton, "", call(&w.OnTake))),
		choice("snapshot", t.SnapshotTitle, t.SnapshotText, look.NewButton(look.Outlined, t.SnapshotButton, "", call(&w.OnSnapshot))),
		choice("demo", t.DemoTitle, t.DemoText, w.demo),
	)
	w.recent = look.NewCenteredFlow(8, 8)
	w.page = look.NewColumn(0,
		container.NewCenter(look.NewIcon("logo", 52, look.ColorAccent)),
		look.Space(0, 10),
		look.NewTitle(t.Title, look.SizeStatus).Center(),
		look.NewParagraph(t.Subtitle, look.SizeBody, look.ColorMuted).Center(),
		look.Space(0, 22),
		cards,
		look.Space(0, 20),
		container.NewCenter(look.NewFixed(280, 8, w.bar)),
		look.Space(0, 6),
		w.saying,
		look.Space(0, 10),
		w.recent,
	)
	w.recent.Hide()
	w.Object = look.NewScroll(look.NewMiddle(look.NewInset(24, 16, w.page)))
	return w
}

// Recent offers files that were opened before, the last first.
func (w *Welcome) Recent(paths []string) {
	if slices.Equal(w.paths, paths) {
		return
	}
	w.paths = slices.Clone(paths)
	w.recent.Objects = []fyne.CanvasObject{look.NewCaption(texts.T.Welcome.Recent)}
	for _, path := range w.paths {
		w.recent.Add(look.NewChip(filepath.Base(path), "", func() { w.OnRecent(path) }))
	}
	visible(w.recent, len(paths) > 0)
	w.page.Refresh()
}

func choice(icon, title, text string, button fyne.CanvasObject) fyne.CanvasObject {
	body := container.NewBorder(
		look.NewColumn(0,
			look.NewStretchRow(12, 1, look.NewDisc(icon, tone.Active, 36), look.NewParagraph(title, 16, look.ColorText).Bold()), // the titles of some languages are long
			look.Space(0, 10),
			look.NewParagraph(text, look.SizeTable, look.ColorMuted),
			look.Space(0, 16),
		),
		look.NewRow(0, button), nil, nil,
	)
	return look.NewCard(container.New(look.Inset{Top: 2, Bottom: 2}, body))
}

// Render shows how far the demo is. A share below 0 is none; problem is what
// went wrong, or "".
func (w *Welcome) Render(share float64, saying string, failed bool) {
	w.demo.SetEnabled(share < 0)
	if share >= 0 {
		w.bar.Show()
		w.bar.Set(share, tone.Active)
	} else {
		w.bar.Hide()
	}
	ink := look.ColorMuted
	if saying == "" {
		saying = texts.T.Welcome.Drop
	} else if failed {
		ink = look.ToneColor(tone.Bad)
	}
	w.saying.SetColored(saying, ink)
}
