package look

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Month is a calendar of one month: it opens on the month of the chosen day,
// marks it, steps by month and year, and offers no day after the last one.
// Days are civil days, as midnight UTC.
type Month struct {
	widget.BaseWidget
	OnChosen func(day time.Time)

	chosen, last time.Time
	first        time.Time // of the month in sight
	at           time.Time // the day that the keyboard is on
	title        *Text
	next, skip   *Button
	days         [42]*dayCell
	grid         *dayGrid
	content      *fyne.Container
	name         func(time.Time) string
	starts       time.Weekday // the first day of a week
}

// NewMonth returns a calendar. weekdays are seven short names from Monday on, and each
// week begins with starts;
// name gives the head of a month.
func NewMonth(chosen, last time.Time, weekdays [7]string, starts time.Weekday, name func(time.Time) string, picked func(day time.Time)) *Month {
	m := &Month{starts: starts, chosen: civil(chosen), last: civil(last), OnChosen: picked, name: name, title: NewTitle("", SizeBody).Center()}
	step := func(months int) func() { return func() { m.goTo(m.monthsOn(months)) } }
	m.next = NewButton(Quiet, "›", "", step(1))
	m.skip = NewButton(Quiet, "»", "", step(12))
	head := NewStretchRow(0, 2, NewButton(Quiet, "«", "", step(-12)), NewButton(Quiet, "‹", "", step(-1)), m.title, m.next, m.skip)
	grid := container.New(sevens{})
	for i := range weekdays {
		name := weekdays[(i+int(starts)+6)%7]
		grid.Add(NewText(name, SizeGroup, ColorMuted).Bold().Center())
	}
	for i := range m.days {
		m.days[i] = newDayCell(m)
		grid.Add(m.days[i])
	}
	m.grid = newDayGrid(m, grid)
	m.content = NewInset(12, 10, NewColumn(6, head, m.grid))
	m.goTo(m.chosen)
	m.ExtendBaseWidget(m)
	return m
}

func civil(t time.Time) time.Time {
	y, mo, d := t.Date()
	return time.Date(y, mo, d, 0, 0, 0, 0, time.UTC)
}

// Shown is the first day of the month in sight.
func (m *Month) Shown() time.Time { return m.first }

// At is the day that the keyboard is on.
func (m *Month) At() time.Time { return m.at }

// Focus gives the days the keyboard.
func (m *Month) Focus(c fyne.Canvas) { c.Focus(m.grid) }

// goTo puts the keyboard on a day, the last one if that lies before it, and shows its
// month.
func (m *Month) goTo(day time.Time) {
	if day.After(m.last) {
		day = m.last
	}
	m.at = day
	m.show(time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC))
}

// monthsOn is the same day some months on; the last of a month that has no such day.
func (m *Month) monthsOn(months int) time.Time {
	first := m.first.AddDate(0, months, 0)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(m.at.Day(), last)-1)
}

func (m *Month) take(day time.Time) {
	if m.OnChosen != nil {
		m.OnChosen(day)
	}
}

func (m *Month) show(first time.Time) {
	m.first = first
	m.title.Set(m.name(first))
	after := first.AddDate(0, 1, 0)
	m.next.SetEnabled(!after.After(m.last))
	m.skip.SetEnabled(!first.AddDate(1, 0, 0).After(m.last))
	lead := (int(first.Weekday()-m.starts) + 7) % 7 // days of the week before the first
	for i, cell := range m.days {
		day := first.AddDate(0, 0, i-lead)
		inMonth := day.Month() == first.Month()
		cell.set(day, inMonth, day.Equal(m.chosen), inMonth && day.Equal(m.at) && m.grid.focused)
		cell.setDisabled(!inMonth || day.After(m.last))
	}
}

// CreateRenderer implements fyne.Widget.
func (m *Month) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(m.content) }

// sevens lays cells out in weeks.
type sevens struct{}

const (
	dayWidth, dayHeight float32 = 34, 30
	weekdayHeight       float32 = 22
)

func (sevens) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(7*dayWidth, weekdayHeight+6*dayHeight)
}

func (sevens) Layout(cells []fyne.CanvasObject, _ fyne.Size) {
	for i, c := range cells {
		x, row := float32(i%7)*dayWidth, i/7
		if row == 0 {
			c.Move(fyne.NewPos(x, 0))
			c.Resize(fyne.NewSize(dayWidth, weekdayHeight))
			continue
		}
		c.Move(fyne.NewPos(x, weekdayHeight+float32(row-1)*dayHeight))
		c.Resize(fyne.NewSize(dayWidth, dayHeight))
	}
}

// dayCell is a day that can be chosen. The keyboard is on all days at once: see
// dayGrid.
type dayCell struct {
	widget.BaseWidget
	m                   *Month
	day                 time.Time
	inMonth, chosen, at bool
	hovered, disabled   bool
}

var (
	_ fyne.Tappable     = (*dayCell)(nil)
	_ desktop.Hoverable = (*dayCell)(nil)
)

func newDayCell(m *Month) *dayCell {
	c := &dayCell{m: m}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped takes the day.
func (c *dayCell) Tapped(*fyne.PointEvent) {
	if !c.disabled {
		c.m.take(c.day)
	}
}

// MouseIn implements desktop.Hoverable.
func (c *dayCell) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (c *dayCell) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *dayCell) MouseOut() { c.hovered = false; c.Refresh() }

// Disabled reports whether the day cannot be taken.
func (c *dayCell) Disabled() bool { return c.disabled }

func (c *dayCell) setDisabled(d bool) {
	if c.disabled != d {
		c.disabled = d
		c.Refresh()
	}
}

func (c *dayCell) set(day time.Time, inMonth, chosen, at bool) {
	c.day, c.inMonth, c.chosen, c.at = day, inMonth, chosen, at
	c.Refresh()
}

// Text is the day of the month.
func (c *dayCell) Text() string { return strconv.Itoa(c.day.Day()) }

// CreateRenderer implements fyne.Widget.
func (c *dayCell) CreateRenderer() fyne.WidgetRenderer {
	created(c)
	r := &dayRenderer{c: c, rect: canvas.NewRectangle(nil), label: NewText("", SizeTable, ColorText).Center(), ring: NewInnerRing(6)}
	r.Refresh()
	return r
}

type dayRenderer struct {
	c     *dayCell
	rect  *canvas.Rectangle
	label *Text
	ring  *Ring
}

func (r *dayRenderer) Destroy()           {}
func (r *dayRenderer) MinSize() fyne.Size { return fyne.NewSize(dayWidth, dayHeight) }

func (r *dayRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.rect, r.label, r.ring.Object}
}

func (r *dayRenderer) Layout(size fyne.Size) {
	inset := fyne.NewPos(2, 1)
	if r.c.at {
		inset = fyne.NewPos(4, 4) // within the ring
	}
	r.rect.Move(inset)
	r.rect.Resize(size.SubtractWidthHeight(2*inset.X, 2*inset.Y))
	r.label.Resize(size)
	r.ring.Layout(size)
}

func (r *dayRenderer) Refresh() {
	fill, ink := ColorNone, ColorText
	switch {
	case !r.c.inMonth:
		r.label.Hide()
	case r.c.chosen:
		fill, ink = ColorAccent, ColorOn
	case r.c.hovered && !r.c.disabled:
		fill = ColorHover
	case r.c.disabled:
		ink = ColorFaint
	}
	if r.c.inMonth {
		r.label.Show()
	}
	r.rect.FillColor, r.rect.CornerRadius = currentColor(fill), 6
	r.label.SetColored(r.c.Text(), ink)
	r.label.Refresh()
	r.ring.Show(r.c.at)
	r.Layout(r.c.Size())
	r.rect.Refresh()
}
