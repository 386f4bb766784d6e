package preview

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/csvfile"
	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/preview/grid"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

const (
	sideWidth = 300 // beside a table of some width
	leastSide = 236

	leastMessage = 300                   // in place of rows
	wheelEvery   = 12 * time.Millisecond // between two steps of the mouse wheel
)

// Pane shows one file at a time. Its methods are for the UI goroutine.
type Pane struct {
	o     Options
	s     *session // nil when no file is open
	model table
	asked uint64 // number of the last Open; late answers have another
	// awaited says that the table gets the keyboard once it is there
	awaited bool
	// opening says that a file is on its way; pressed is the key that waits for it
	opening bool
	pressed *keymap.Stroke

	root    *fyne.Container
	head    *fyne.Container // tools, find bar, filter bar, notices
	grid    *grid.Grid
	message *look.Paragraph // in place of rows: opening, an error, no rows
	sign    *look.Disc      // above message
	over    *fyne.Container // holds message
	notices *notices
	find    *findBar
	filter  *filterBar
	sort    *sorter
	side    *side
	divided divided
	goRow   *look.Field
	layers  layers // what is open
	save    *saver
	groups  *groupBar
	copier  *copier
	read    *readPanel
	noted   *noted
	columns *look.Button
	toolbar fyne.CanvasObject // the line of the tools; not there without a file
	leaving bool              // its file: the head is laid out once, at the end

	footLeft, footRight *look.Text
	footPace            pace
	check, order        *look.Button
	foot                *fyne.Container
}

// New makes a pane without a file.
func New(o Options) *Pane {
	o.fill()
	p := &Pane{o: o}
	p.footPace = pace{dispatch: o.Dispatch, do: p.sayFooter}
	p.grid = grid.New(grid.Options{
		Model: &p.model, Dispatch: o.Dispatch, Coalesce: wheelEvery,
		OnView: p.viewed, OnCursor: p.focused, OnRange: func() { p.sayRight(rangeSaid(p.grid.Range())) }, OnMenu: p.openMenu, OnLeap: p.leap,
		OnWidths: p.remember, OnAutoWidth: p.autoWidth,
		OnActivate: func(int64, int) { p.side.showCell() },
		OnKey:      p.key, OnShortcut: p.shortcut, OnStep: o.OnStep,
	})
	look.Announce(p.grid, "table")
	p.build()
	p.offerTools()
	p.say(texts.T.Preview.Pane.Drop)
	return p
}

// build puts the parts together: tools above, the table with its side cards, what
// is shown below.
func (p *Pane) build() {
	t := texts.T.Preview.Pane
	p.notices = newNotices(p.headChanged)
	p.copier = &copier{on: p, of: p, clipboard: p.o.Clipboard, notices: p.notices, said: func(note string) { p.footRight.Set(note) }}
	p.find = newFindBar(p, p.notices, &p.layers)
	p.filter = newFilterBar(p, p.notices, &p.layers)
	p.sort = &sorter{on: p, notices: p.notices}
	p.side = newSide(p, &p.layers, p.copier)
	p.save = newSaver(p, p.notices, &p.layers, p.o.ChooseSave)
	p.groups = newGroupBar(p, p.notices, &p.layers, p.o.ChooseSave)
	p.read = newReadPanel(p, &p.layers, p.o.Store, p.o.OnError)
	p.noted = newNoted(p, &p.layers)
	p.goRow = newField(t.RowPlaceholder, p.goToTyped)
	p.goRow.OnKey = onEscape(p.Focus)
	p.columns = look.NewButton(look.Outlined, t.Columns, "", p.openColumns)
	p.footLeft = look.NewText("", look.SizeCaption, look.ColorMuted).Elide()
	p.footRight = look.NewText("", look.SizeCaption, look.ColorMuted).Right().Elide()

	p.head = look.NewColumn(10, append(p.tools(), p.find.object, p.filter.editor.object, p.filter.text.object, p.save.object, p.groups.object, p.read.object, p.noted.object, p.notices.object, look.Space(0, 2))...)

	p.message = look.NewParagraph("", look.SizeBody, look.ColorMuted).Center()
	p.sign = look.NewDisc("file", tone.Neutral, 44)
	p.over = container.NewStack(container.NewCenter(look.NewColumn(14, container.NewCenter(p.sign), look.NewFixed(leastMessage, 0, p.message))))
	table := look.NewPlainCard(container.NewStack(p.grid, p.over))
	p.check = look.NewLink(t.CheckAll, "", p.startCheck)
	p.check.Hide()
	p.order = look.NewLink(texts.T.Preview.Sort.FileOrder, "", p.unsort)
	p.order.Hide()
	p.foot = look.NewStretchRow(16, 2, p.read.button, p.noted.button, look.NewPair(16, leastFoot, p.footLeft, p.footRight), p.order, p.check)
	foot := look.NewFixed(0, 32, container.New(look.Inset{Top: look.Bleed}, p.foot)) // off the cards above, which scroll as far beyond their place
	p.divide()
	p.root = container.New(&frame{bare: func() bool { return p.s == nil }, divided: &p.divided, details: func() *look.Bounded { return p.save.bounded() }}, p.head, table, p.side.object, foot, p.groups.view.object, p.divided.divider)
}

// tools are the lines above the table: what leads, then the filter, and beside it, or below
// it where there is no room for both, what else can be done.
func (p *Pane) tools() (lines []fyne.CanvasObject) {
	if p.o.Leading != nil {
		lines = append(lines, p.o.Leading)
	}
	rest := look.NewFlow(8, 8, look.NewFixed(132, 0, p.find.entry), look.NewFixed(120, 0, p.goRow), p.columns, p.groups.button, p.save.button)
	p.toolbar = look.NewBeside(12, 8, p.filter.object, rest)
	return append(lines, p.toolbar)
}

// offerTools shows the tools of a file that is there or on its way: without one they would do
// nothing.
func (p *Pane) offerTools() {
	on := p.s != nil || p.opening
	if p.toolbar.Visible() == on {
		return
	}
	if c := p.canvas(); c != nil && !on {
		look.Walk(p.toolbar, func(o fyne.CanvasObject) bool {
			if f, ok := o.(fyne.Focusable); ok && f == c.Focused() {
				c.Unfocus() // what is out of sight takes no keys
			}
			return true
		})
	}
	shown(p.toolbar, on)
	p.headChanged()
}

// headChanged makes room for what has come above the table, or takes it away.
func (p *Pane) headChanged() {
	if p.root == nil || p.leaving {
		return
	}
	p.head.Refresh()
	p.arrange()
	p.o.Resized()
}

// arrange lays head, table and side out anew.
func (p *Pane) arrange() { p.root.Layout.Layout(p.root.Objects, p.root.Size()) }

// frame places head, table, side and foot: the side beside the table, the foot
// below both. A narrow window leaves the side out, and so does a pane without a file.
type frame struct {
	bare    func() bool
	divided *divided
	details func() *look.Bounded // what of the head scrolls where there is little room; nil: nothing
}

const (
	frameGap   = 12
	leastFoot  = 300 // of what is said about the rows, beside what is said about a cell
	narrowPane = 560
	sidePart   = 0.4 // of the width, where the side does not get all that it wants
)

// leastTable is the height that the table keeps: that of a few rows.
const leastTable = 180

// lowTable is that while a panel asks something in a low window.
const lowTable = 100

func (f *frame) MinSize(o []fyne.CanvasObject) fyne.Size {
	head, table, foot := o[0].MinSize(), o[1].MinSize(), o[3].MinSize()
	least := float32(leastTable)
	if d := f.details(); d != nil {
		head.Height -= d.Slack()
		least = lowTable
	}
	return fyne.NewSize(max(head.Width, table.Width), head.Height+max(least, table.Height)+foot.Height)
}

func (f *frame) Layout(o []fyne.CanvasObject, s fyne.Size) {
	head, table, side, foot := o[0], o[1], o[2], o[3]
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	look.Stretch(head, s.Width)
	if d := f.details(); d != nil { // the table keeps its rows
		rest := head.MinSize().Height - d.MinSize(nil).Height
		d.SetMost(s.Height - foot.MinSize().Height - leastTable - rest)
		head.Resize(fyne.NewSize(s.Width, head.MinSize().Height))
	}
	head.Move(fyne.Position{})
	top, bottom := head.MinSize().Height, s.Height-foot.MinSize().Height
	place(foot, 0, bottom, s.Width, foot.MinSize().Height)
	if groups := o[4]; groups.Visible() { // in place of table and side
		table.Hide()
		side.Hide()
		f.divided.divider.Hide()
		place(groups, 0, top, s.Width, max(0, bottom-top))
		return
	}
	table.Show()
	width := s.Width
	if s.Width >= narrowPane && !f.bare() {
		width = f.divided.placeSide(side, s, top, bottom)
	} else {
		side.Hide()
		f.divided.divider.Hide()
	}
	place(table, 0, top, width, max(0, bottom-top))
}

// Object is what goes into the window.
func (p *Pane) Object() fyne.CanvasObject { return p.root }

// Focus puts the keyboard on the table; while a file is being opened, on that of
// the file, unless something else has the keyboard by then.
func (p *Pane) Focus() {
	p.awaited = p.s == nil
	if c := p.canvas(); c != nil && !p.awaited {
		c.Focus(p.table())
	}
}

// table is what the keyboard goes to: the rows, or the groups in their place.
func (p *Pane) table() *grid.Grid {
	if p.groups.view.object.Visible() {
		return p.groups.view.grid
	}
	return p.grid
}

// focusAwaited does what Focus could not do yet.
func (p *Pane) focusAwaited() {
	c := p.canvas()
	if p.awaited && c != nil && c.Focused() == nil {
		p.Focus()
	}
	p.awaited = false
	if p.pressed != nil {
		Keys().Run(p, *p.pressed)
		p.pressed = nil
	}
}

// Unfocus takes the keyboard from the table, if it has it: what is out of sight
// takes no keys.
func (p *Pane) Unfocus() {
	p.awaited = false
	if c := p.canvas(); c != nil && c.Focused() == p.table() {
		c.Unfocus()
	}
}

// canvas is that of the window. The toolkit by itself knows the canvas of what was
// drawn only, and of a part that is just coming into sight none.
func (p *Pane) canvas() fyne.Canvas {
	if p.o.Canvas != nil {
		return p.o.Canvas()
	}
	return fyne.CurrentApp().Driver().CanvasForObject(p.root)
}

// Footer is the line below the table: what is shown, in words.
func (p *Pane) Footer() string { return p.footLeft.Text() }

// Texts are the titles, row numbers and cells that are drawn in the table.
func (p *Pane) Texts() []string { return p.grid.Texts() }

// Message is what stands in place of rows, empty when rows are shown.
func (p *Pane) Message() string {
	if !p.over.Visible() {
		return ""
	}
	return p.message.Text()
}

// say shows a sentence in place of rows; an empty one shows the rows.
func (p *Pane) say(sentence string) { p.sayAs(sentence, "file", tone.Neutral) }

func (p *Pane) sayAs(sentence, icon string, t tone.Tone) {
	if sentence == "" {
		p.over.Hide()
		p.grid.Show()
		return
	}
	shown(p.grid, p.s != nil)
	p.sign.Set(icon, t)
	p.message.Set(sentence)
	p.over.Show()
	p.over.Refresh()
}

// run does something about session s on the UI goroutine, unless another file is
// open by then.
func (p *Pane) run(s *session, fn func()) {
	p.o.Dispatch(func() {
		if p.s == s {
			fn()
		}
	})
}

// refreshFooter says what is shown, at most ten times a second.
func (p *Pane) refreshFooter() { p.footPace.ask() }

func (p *Pane) sayFooter() {
	if p.s == nil {
		p.footLeft.Set("")
		p.check.Hide()
		p.order.Hide()
		p.offer(p.read.button, p.read.path != "" && !p.opening)
		p.note(nil)
		return
	}
	p.offer(p.check, !p.s.checks && !p.s.info.Checked)
	p.offer(p.read.button, p.s.info.Packed != csvfile.Parquet)
	p.offer(p.order, p.s.sorted != nil)
	if g := p.groups.result; g != nil && p.groups.view.object.Visible() {
		p.footLeft.Set(g.found())
		return
	}
	from, n := p.grid.Whole()
	p.footLeft.Set(p.s.footer(from, n, p.grid.Columns().HiddenCount()).String())
	p.note(p.s.info.Findings)
}

// note says in full what was found about the file.
func (p *Pane) note(findings []csvfile.Finding) {
	if p.noted.update(findings) {
		p.foot.Refresh()
	}
}

// offer shows a button in the foot, or takes it away.
func (p *Pane) offer(b *look.Button, on bool) {
	if on != b.Visible() {
		shown(b, on)
		p.foot.Refresh()
	}
}

// sayRight shows what the cell in focus means, at the right end of the footer.
func (p *Pane) sayRight(text string) {
	if text != p.footRight.Text() {
		p.footRight.Set(text)
		p.foot.Refresh()
	}
}

// viewed tells the page cache what is in sight.
func (p *Pane) viewed(from, n int64) {
	if p.s == nil {
		return
	}
	if !p.s.inTail() {
		p.s.pages.Want(from, n)
	}
	p.refreshFooter()
}

// focused shows the cell that has come into focus beside the table.
func (p *Pane) focused(int64, int) { p.side.cursorMoved() }

// newField returns a field that acts on Return; what Escape does in it is leave's.
func newField(placeholder string, onReturn func(string)) *look.Field {
	f := look.NewField(placeholder, nil)
	f.Wrapping = fyne.TextWrapOff
	f.Scroll = fyne.ScrollHorizontalOnly
	f.OnSubmitted = onReturn
	return f
}

// onEscape lets Escape do something in a field.
func onEscape(do func()) func(fyne.KeyName) bool {
	return func(k fyne.KeyName) bool {
		if k == fyne.KeyEscape {
			do()
		}
		return k == fyne.KeyEscape
	}
}
