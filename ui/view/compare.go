package view

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Compare is the card in which two jobs are compared.
type Compare struct {
	Object   fyne.CanvasObject
	OnChoose func(earlier, later int) // places in the list of choices; -1: none
	OnFormat func(at int)
	OnStart  func()
	OnVendor func()
	OnStop   func()
	OnClose  func()
	OnShow   func(path string)

	earlier, later     *look.Select
	format             *look.Select
	start, stop, close *look.Button
	vendor             *look.Button
	vendorHint, with   *look.Paragraph
	withBox, hintBox   fyne.CanvasObject
	findingsBox        fyne.CanvasObject
	meaningBox         fyne.CanvasObject
	notesBox           fyne.CanvasObject
	findings           *fyne.Container
	say                *look.Text
	bar                *look.Bar
	barBox             *fyne.Container
	goingBox           fyne.CanvasObject
	columns            columns
	table              *fyne.Container
	rows               []*compareRow
	meaning            *look.Paragraph
	notes              *fyne.Container
	column             *fyne.Container
	filling            bool
	last               *present.CompareCard
}

// NewCompare returns a card with nothing chosen.
func NewCompare() *Compare {
	t := texts.T.Compare
	c := &Compare{bar: look.NewBar(), say: look.NewText("", look.SizeTable, look.ColorMuted).Elide()}
	look.Follow(c.say)
	c.earlier, c.later = look.NewSelect(nil, func(string) { c.chosen() }), look.NewSelect(nil, func(string) { c.chosen() })
	c.earlier.PlaceHolder, c.later.PlaceHolder = t.Choose, t.Choose
	c.format = look.NewSelect(nil, func(string) {
		if !c.filling {
			c.OnFormat(c.format.SelectedIndex())
		}
	})
	c.start = look.NewButton(look.Primary, t.Start, "", func() { c.OnStart() })
	c.vendor = look.NewButton(look.Outlined, t.Vendor, "", func() { c.OnVendor() })
	c.vendorHint = look.NewParagraph(t.VendorHint, look.SizeCaption, look.ColorMuted)
	c.with = look.NewParagraph("", look.SizeTable, look.ColorText)
	c.findings = look.NewColumn(4)
	c.stop = look.NewLink(t.Stop, "stop", func() { c.OnStop() })
	c.close = look.NewLink(texts.T.App.Close, "close", func() { c.OnClose() })
	c.columns = columns{
		{title: t.ColumnFile, width: 140, least: 110, grow: true}, {title: t.ColumnAdded, width: 84, least: 70, right: true}, {title: t.ColumnChanged, width: 84, least: 70, right: true},
		{title: t.ColumnRemoved, width: 84, least: 70, right: true}, {title: t.ColumnUnchanged, width: 96, least: 80, right: true, drop: 2},
		{title: t.ColumnOutside, width: 84, least: 70, right: true, drop: 1}, {width: 96, least: 96},
	}
	titles, heads := c.columns.head(func(int) {})
	for _, h := range heads {
		h.SetEnabled(false)
	}
	c.barBox = look.NewFixed(160, 20, c.bar)
	c.table = look.NewColumn(0, titles, look.NewLine())
	c.meaning = look.NewParagraph(t.Meaning, look.SizeCaption, look.ColorMuted)
	c.notes = look.NewColumn(8)
	head := look.NewStretchRow(12, 0, look.NewTitle(t.Title, look.SizeCard), c.close)
	choose := look.NewFlow(16, 8, labelled(t.Earlier, c.earlier, 340), labelled(t.Later, c.later, 340), labelled(t.Format, c.format, 140))
	going := look.NewStretchRow(12, 1, c.barBox, c.say, c.stop)
	inset := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(look.Inset{Left: columnPadding, Right: columnPadding}, o)
	}
	c.goingBox, c.withBox, c.hintBox, c.findingsBox = inset(going), inset(c.with), inset(c.vendorHint), inset(c.findings)
	c.meaningBox, c.notesBox = inset(c.meaning), inset(c.notes)
	c.column = look.NewColumn(8, inset(head), inset(look.NewParagraph(t.Hint, look.SizeTable, look.ColorMuted)), inset(choose), inset(look.NewRow(8, c.start, c.vendor)), c.hintBox, c.withBox, c.goingBox,
		c.findingsBox, c.table, c.meaningBox, c.notesBox)
	card := look.NewPlainCard(container.New(look.Inset{Top: 10, Bottom: 12}, c.column))
	c.Object = look.NewScroll(container.New(look.Inset{Left: look.Bleed, Top: look.Gap, Right: look.Bleed, Bottom: look.PageMarginY}, look.NewColumn(0, card)))
	return c
}

// labelled is a choice below its caption.
func labelled(caption string, s *look.Select, width float32) fyne.CanvasObject {
	return look.NewColumn(2, look.NewCaption(caption), look.NewFixed(width, 0, s))
}

// chosen tells what a person has chosen.
func (c *Compare) chosen() {
	if !c.filling {
		c.OnChoose(c.earlier.SelectedIndex(), c.later.SelectedIndex())
	}
}

// Render shows the card.
func (c *Compare) Render(m present.CompareCard) {
	if c.last != nil && reflect.DeepEqual(*c.last, m) {
		return
	}
	c.last = &m
	c.fill(c.earlier, m.Choices, m.Earlier, m.Running)
	c.fill(c.format, m.Formats, m.Format, m.Running)
	c.fill(c.later, m.Choices, m.Later, m.Running)
	c.start.SetEnabled(m.CanStart)
	visible(c.vendor, m.Calibrates)
	visible(c.hintBox, m.Calibrates && !m.Done && !m.Running)
	c.vendor.SetEnabled(m.CanVendor)
	c.with.Set(m.With)
	visible(c.withBox, m.With != "")
	c.findings.Objects = nil
	if len(m.Findings) > 0 {
		c.findings.Add(look.NewTitle(texts.T.Compare.Findings, look.SizeTable))
	}
	for _, f := range m.Findings {
		c.findings.Add(look.NewParagraph(f, look.SizeTable, look.ColorText))
	}
	visible(c.findingsBox, len(m.Findings) > 0)
	c.bar.Set(m.Share, tone.Active)
	c.say.Set(m.Say)
	visible(c.barBox, m.Running)
	visible(c.stop, m.Running)
	visible(c.goingBox, m.Running || m.Say != "")
	for len(c.rows) < len(m.Lines) {
		r := newCompareRow(c.columns)
		c.rows = append(c.rows, r)
		c.table.Add(r.object)
	}
	for i, r := range c.rows {
		visible(r.object, i < len(m.Lines))
		if i < len(m.Lines) {
			r.render(m.Lines[i], func(path string) { c.OnShow(path) })
		}
	}
	visible(c.table, len(m.Lines) > 0)
	visible(c.meaningBox, len(m.Lines) > 0)
	c.notes.Objects = nil
	if m.Problem != "" {
		c.notes.Add(NewNotice(present.Notice{Tone: tone.Bad, Icon: "failed", Text: m.Problem}, nil))
	}
	for _, n := range m.Notes {
		c.notes.Add(NewNotice(present.Notice{Tone: tone.Caution, Icon: "warning", Text: n}, nil))
	}
	visible(c.notesBox, len(c.notes.Objects) > 0)
	c.column.Refresh()
	c.Object.Refresh()
}

// fill sets the options of a choice and what is chosen, without telling.
func (c *Compare) fill(s *look.Select, options []string, chosen string, running bool) {
	c.filling = true
	defer func() { c.filling = false }()
	if !slices.Equal(s.Options, options) {
		s.SetOptions(options)
	}
	switch {
	case s.Selected == chosen:
	case chosen == "":
		s.ClearSelected()
	default:
		s.SetSelected(chosen)
	}
	if running != s.Disabled() {
		if running {
			s.Disable()
		} else {
			s.Enable()
		}
	}
}

// compareRow is a file's line.
type compareRow struct {
	object fyne.CanvasObject
	texts  []*look.Text
	show   *look.Button
	cells  *fyne.Container
}

func newCompareRow(c columns) *compareRow {
	r := &compareRow{show: look.NewLink(texts.T.Compare.Show, "", nil)}
	var cells []fyne.CanvasObject
	for i := range len(c) - 1 {
		text := c.cell(i)
		if i == 0 {
			text.Bold()
		}
		r.texts = append(r.texts, text)
		cells = append(cells, text)
	}
	r.cells = container.New(c, append(cells, look.NewRow(0, r.show))...)
	r.object = look.NewFixed(0, rowHeight, r.cells)
	return r
}

func (r *compareRow) render(l present.CompareLine, show func(path string)) {
	for i, s := range []string{l.Name, l.Added, l.Changed, l.Removed, l.Unchanged, l.Outside} {
		r.texts[i].Set(s)
	}
	r.show.OnTapped = func() { show(l.Path) }
	visible(r.show, l.Path != "")
	r.cells.Refresh()
}
