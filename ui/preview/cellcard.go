package preview

import (
	"fmt"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/preview/celltext"
	"sluice/ui/preview/grid"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

const (
	// partBytes is how much of a cell the card shows at first, and how much more
	// with each step, up to mostBytes.
	partBytes = 256 << 10
	mostBytes = 8 << 20
)

// cellCard shows the cell in focus in full, or all cells of its row as a form.
type cellCard struct {
	on     cellOn
	layers *layers
	object fyne.CanvasObject
	border *fyne.Container
	title  *look.Text
	flag   *look.Pill
	about  *look.Text
	lines  *grid.Lines
	more   *look.Button
	asCell *look.Chip
	asForm *look.Chip

	record bool
	shown  bool   // the cell or record in focus is what is shown
	asked  uint64 // number of the last question; late answers have another
	limit  int64  // bytes of the cell to show
	row    int64
	col    int
}

// cellOn is what the card needs of the table.
type cellOn interface {
	sight
	selectCell(row int64, col int)
	explain(col int, text string) string // what a cell means
	sayRight(text string)
}

func newCellCard(on cellOn, l *layers, copies *copier) *cellCard {
	c := &cellCard{on: on, layers: l, limit: partBytes}
	c.title = look.NewTitle("", look.SizeCard).Elide()
	c.flag = look.NewPill("", "", tone.Caution)
	c.about = look.NewText("", look.SizeCaption, look.ColorMuted).Elide()
	c.lines = grid.NewLines()
	c.lines.OnTapped = c.tapped
	ring := look.NewRing(4)
	c.lines.OnFocus = ring.Show
	t := texts.T.Preview.Cell
	c.more = look.NewLink(t.More, "", c.showMore)
	c.asCell = look.NewChip(t.Cell, "", func() { c.choose(false) })
	c.asForm = look.NewChip(t.Record, "", func() { c.choose(true) })
	copyIt := look.NewLink(t.Copy, "copy", func() {
		if c.record {
			copies.row()
		} else {
			copies.cell()
		}
	})
	head := look.NewColumn(4, look.NewStretchRow(8, 0, c.title, c.flag), c.about, look.Space(0, 2))
	foot := look.NewInset(0, 4, look.NewEnds(6, look.NewRow(6, c.asCell, c.asForm), look.NewRow(6, c.more, copyIt)))
	c.border = container.New(between{}, ring.Around(c.lines), head, foot)
	card := look.NewCard(c.border)
	card.PaddingX, card.PaddingY = 16, 14
	c.object = card
	c.mode()
	return c
}

// choose shows the cell or the record.
func (c *cellCard) choose(record bool) {
	c.record = record
	c.layers.set(c, record, func() { c.choose(false) })
	c.mode()
	c.cursorMoved()
}

func (c *cellCard) mode() {
	c.asCell.SetChosen(!c.record)
	c.asForm.SetChosen(c.record)
}

func (c *cellCard) reset() {
	c.asked++
	c.shown = false
	c.limit = partBytes
	c.show("", "", "", nil, false, false)
}

// show puts up what there is to see. flag is a warning, empty for none; keep
// leaves the view where it is; more says that there is more of the cell.
func (c *cellCard) show(title, about, flag string, source func(int) []grid.Line, keep, more bool) {
	c.title.Set(title)
	c.about.Set(about)
	moved := c.flag.Visible() || flag != "" || c.more.Visible()
	c.flag.Set(flag, "", tone.Caution)
	shown(c.flag, flag != "")
	shown(c.more, more)
	if moved {
		c.border.Objects[1].Refresh()
		c.border.Objects[2].Refresh()
	}
	c.lines.SetSource(source, keep)
}

// cursorMoved shows what is in focus now.
func (c *cellCard) cursorMoved() {
	s := c.on.current()
	if s == nil || len(s.header) == 0 {
		return
	}
	row, col := c.on.focusCell()
	if row != c.row || col != c.col {
		c.limit = partBytes
	}
	sameRow := row == c.row
	c.row, c.col = row, col
	c.asked++
	r, ok := c.on.record(row)
	c.shown = ok
	if !ok {
		c.show(s.header[col], "", "", nil, false, false)
		return
	}
	text := ""
	if col < len(r.Fields) {
		text = r.Fields[col]
	}
	c.on.sayRight(c.on.explain(col, text))
	switch {
	case c.record:
		c.showRecord(r, sameRow)
	case col < len(r.Fields) && r.Cut(col):
		c.read(r, col, false)
	default:
		c.showCell(r, col, text, int64(len(text)), false)
	}
}

// read gets the cell in full, or as much of it as is shown, in the background.
func (c *cellCard) read(r csvfile.Row, col int, keep bool) {
	asked, s, limit, width := c.asked, c.on.current(), c.limit, c.lines.Places()
	if !keep {
		c.show(s.header[col], fmt.Sprintf(texts.T.Preview.Cell.Reading, size(r.Size(col))), "", nil, false, false)
	}
	go func() {
		text, full, err := s.f.CellString(s.ctx, r, col, limit)
		form := celltext.Plain
		if err == nil && int64(len(text)) == full {
			form = celltext.FormOf(text)
		}
		laid := layOut(celltext.Laid(text, form), width)
		c.on.run(s, func() {
			switch {
			case asked != c.asked:
			case err != nil:
				c.show(s.header[col], said(fmt.Sprintf(texts.T.Preview.Cell.Unreadable, texts.Error(err))), "", nil, false, false)
			default:
				laid.again = func() {
					c.asked++
					c.read(r, col, true)
				}
				c.showText(s.header[col], text, laid, form, full, keep)
			}
		})
	}()
}

// laidText is a text cut into lines for one width.
type laidText struct {
	text  string
	width int
	lines []grid.Line
	again func() // cuts a large text anew, in the background
}

func layOut(text string, width int) *laidText {
	l := &laidText{text: text, width: width}
	for _, line := range celltext.Lines(text, width) {
		l.lines = append(l.lines, grid.Line{Text: line})
	}
	return l
}

// at gives the lines for a width. A large text keeps those of another width until
// it has been cut anew.
func (l *laidText) at(width int) []grid.Line {
	switch {
	case width == l.width:
	case len(l.text) > partBytes && l.again != nil:
		l.again()
	default:
		*l = *layOut(l.text, width)
	}
	return l.lines
}

// showCell shows a text that is at hand.
func (c *cellCard) showCell(r csvfile.Row, col int, text string, full int64, keep bool) {
	title := c.on.current().header[col]
	if col >= len(r.Fields) {
		c.show(title, texts.T.Preview.Cell.NoSuch.Of(int64(len(r.Fields))), "", nil, false, false)
		return
	}
	form := celltext.FormOf(text)
	c.showText(title, text, layOut(celltext.Laid(text, form), c.lines.Places()), form, full, keep)
}

func (c *cellCard) showText(title, text string, laid *laidText, form celltext.Form, full int64, keep bool) {
	whole := int64(len(text)) == full
	flag := ""
	if limit := c.on.current().kind.column(title).Limit; whole && celltext.CutByExport(limit, text) {
		flag = fmt.Sprintf(texts.T.Preview.Cell.CutAt, group(int64(limit)))
	}
	about := aboutText(text, form, full)
	if name := c.on.current().nameOf(c.col, text); name != "" {
		about = name + " · " + about
	}
	c.show(title, about, flag, laid.at, keep, !whole && c.limit < mostBytes)
}

// aboutText says what a text is and how long.
func aboutText(text string, form celltext.Form, full int64) string {
	t := texts.T.Preview.Cell
	switch {
	case full == 0:
		return t.Empty
	case int64(len(text)) < full:
		return fmt.Sprintf(t.Part, size(int64(len(text))), size(full))
	}
	n := t.Characters.Of(int64(utf8.RuneCountInString(text)))
	switch form {
	case celltext.Markup:
		return t.Markup + " · " + n
	case celltext.JSON:
		return t.JSON + " · " + n
	}
	return n
}

func (c *cellCard) showMore() {
	if r, ok := c.on.record(c.row); ok {
		c.limit = min(mostBytes, c.limit*4)
		c.asked++
		c.read(r, c.col, true)
	}
}

// showRecord shows all cells of a row below each other.
func (c *cellCard) showRecord(r csvfile.Row, keep bool) {
	s := c.on.current()
	t := texts.T.Preview.Cell
	title := t.Record
	if r.Number >= 0 {
		title = fmt.Sprintf(t.Row, group(r.Number+1))
	}
	flag := ""
	if s.ragged(r) {
		flag = t.FieldsOf.Of(int64(len(s.header)), group(int64(len(r.Fields))))
	}
	focus := c.col
	c.show(title, t.Fields.Of(int64(len(r.Fields))), flag, func(width int) []grid.Line {
		return recordLines(s, r, focus, width)
	}, keep, false)
	c.lines.Reveal(focus)
}

// recordRunes is how much of a cell the form shows.
const recordRunes = 200

// recordLines is the form of a record: the name of each field, and its value below.
func recordLines(s *session, r csvfile.Row, focus, width int) []grid.Line {
	var out []grid.Line
	for i := range max(len(s.header), len(r.Fields)) {
		name := fmt.Sprintf(texts.T.Preview.Cell.NoColumn, i+1)
		if i < len(s.header) {
			name = celltext.OneLine(s.header[i], 80)
		}
		value, valueTone := noField, grid.ToneFaint
		if i < len(r.Fields) {
			value, valueTone = celltext.OneLine(r.Fields[i], recordRunes), grid.TonePlain
			if value == "" {
				value, valueTone = texts.T.Preview.Cell.Empty, grid.ToneFaint
			} else if len(value) < len(r.Fields[i]) || r.Cut(i) {
				value += "…"
			}
			if n := s.nameOf(i, r.Fields[i]); n != "" {
				value = n + "  " + value
			}
		}
		out = append(out, grid.Line{Text: name, Tone: grid.ToneFaint, Mark: i, Band: i == focus})
		for _, l := range celltext.Lines(value, width-2) {
			out = append(out, grid.Line{Text: "  " + l, Tone: valueTone, Mark: i, Band: i == focus})
		}
	}
	return out
}

// tapped moves the focus to the column of the field that was clicked.
func (c *cellCard) tapped(mark int) {
	if c.record && c.on.current() != nil && mark < len(c.on.current().header) {
		c.on.selectCell(c.row, mark)
	}
}
