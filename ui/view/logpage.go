package view

import (
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/logtail"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// LogPage shows the end of the log: its lines by level and text, and the one that is chosen
// in full.
type LogPage struct {
	Object                   fyne.CanvasObject
	OnFilter                 func()
	OnCopy, OnFolder, OnRead func()

	search             *look.Field
	read, copy, folder *look.Button
	level              slog.Level
	list               *look.List
	lines              []logtail.Line
	full               *look.Paragraph
	well               fyne.CanvasObject // around it; hidden while there is nothing in it
	note               *look.Text
	empty              *look.Paragraph
}

// logSearch is how wide the field for a search is.
const logSearch float32 = 280

// NewLogPage returns an empty page.
func NewLogPage() *LogPage {
	t := texts.T.Settings
	p := &LogPage{level: slog.LevelDebug, note: look.NewCaption("").Elide()}
	p.search = look.NewField(t.Search, func(string) { p.OnFilter() })
	levels := []slog.Level{slog.LevelDebug, slog.LevelWarn, slog.LevelError}
	var options []Option
	for i, name := range []string{t.Everything, t.Warnings, t.Errors} {
		options = append(options, Option{name, i == 0, func() { p.level = levels[i]; p.OnFilter() }})
	}
	call := func(f *func()) func() { return func() { (*f)() } }
	p.read = look.NewButton(look.Outlined, t.Reload, "refresh", call(&p.OnRead))
	p.copy = look.NewButton(look.Outlined, texts.T.App.Copy, "copy", call(&p.OnCopy))
	p.folder = look.NewButton(look.Outlined, t.OpenFolder, "folder", call(&p.OnFolder))
	buttons := look.NewRow(8, p.read, p.copy, p.folder)
	p.full = look.NewParagraph("", look.SizeCaption, look.ColorText).Mono().AtMost(6)
	p.empty = look.NewParagraph("", look.SizeTable, look.ColorMuted).Center()
	p.list = look.NewList(func() int { return len(p.lines) }, newLogLine, p.fill, p.choose)
	top := look.NewBeside(12, 8, newOptions(options), look.NewFlow(0, 0, look.NewFixed(logSearch, look.ControlHeight, p.search)))
	p.well = look.NewWell(p.full)
	foot := look.NewColumn(8, p.well, look.NewStretchRow(12, 0, p.note, buttons))
	p.Object = look.NewInset(look.Bleed, look.Bleed, look.NewFooted(look.NewFilledColumn(10, top,
		look.NewPlainCard(container.NewStack(p.list, look.NewInset(24, 24, container.NewVBox(p.empty))))), container.New(look.Inset{Top: 10}, foot)))
	return p
}

// Filter is what is to be shown: the least level, and a text.
func (p *LogPage) Filter() (least slog.Level, text string) { return p.level, p.search.Text }

// Render shows lines, what is said of them, and what stands where there are none. kept tells
// whether there is a log at all: else it cannot be read, and has no folder.
func (p *LogPage) Render(lines []logtail.Line, note, empty string, kept bool) {
	p.lines = lines
	p.read.SetEnabled(kept)
	p.copy.SetEnabled(len(lines) > 0)
	p.folder.SetEnabled(kept)
	p.note.Set(note)
	if p.empty.Set(""); len(lines) == 0 {
		p.empty.Set(empty)
	}
	p.list.UnselectAll()
	p.list.Refresh()
	p.list.ScrollToTop()
	p.show("")
	if len(lines) > 0 {
		p.show(lines[0].Raw)
	}
}

// show shows a line in full.
func (p *LogPage) show(line string) {
	p.full.Set(line)
	visible(p.well, line != "")
	p.Object.Refresh()
}

func (p *LogPage) choose(i int) {
	if i < len(p.lines) {
		p.show(p.lines[i].Raw)
	}
}

func newLogLine() fyne.CanvasObject {
	return look.NewInset(12, 4, look.NewStretchRow(12, 2, look.NewFixed(116, 0, look.NewCaption("").Mono()), look.NewFixed(48, 0, look.NewCaption("").Bold()), look.NewText("", look.SizeTable, look.ColorText).Elide()))
}

// fill shows a line in a row: its level as a word, in its colour.
func (p *LogPage) fill(i int, o fyne.CanvasObject) {
	l := p.lines[i]
	parts := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	when, ink := "", look.ColorMuted
	if !l.Time.IsZero() {
		when = l.Time.Format("01-02 15:04:05")
	}
	switch {
	case l.Level >= slog.LevelError:
		ink = look.ToneColor(tone.Bad)
	case l.Level >= slog.LevelWarn:
		ink = look.ToneColor(tone.Caution)
	}
	text := func(i int) *look.Text { return parts[i].(*fyne.Container).Objects[0].(*look.Text) }
	text(0).Set(when)
	text(1).SetColored(l.Level.String(), ink)
	message := l.Message
	if l.Rest != "" {
		message += "   " + l.Rest
	}
	parts[2].(*look.Text).Set(message)
}
