package preview

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

const (
	// autoProfile is how large a file may be for its columns to be profiled
	// without being asked: a pass over it takes a few tenths of a second.
	autoProfile = 128 << 20
	// settle is how long the focus must rest on a column before that.
	settle      = 250 * time.Millisecond
	topShown    = 5
	binsShown   = 24
	chartHeight = 72
)

// profileCard describes the column in focus.
type profileCard struct {
	on     profileOn
	object fyne.CanvasObject
	head   *fyne.Container
	title  *look.Text
	kind   *look.Pill
	body   *fyne.Container

	col   int
	known map[int]csvfile.Profile // of this file and filter
	asked uint64
	stop  context.CancelFunc
	share int
}

// profileOn is what the card needs of the table.
type profileOn interface {
	sight
	sideChanged() // it needs another height
}

func newProfileCard(on profileOn) *profileCard {
	c := &profileCard{on: on, col: -1, known: map[int]csvfile.Profile{}}
	c.title = look.NewTitle("", look.SizeCard).Elide()
	c.kind = look.NewPill("", "", tone.Neutral)
	c.body = look.NewColumn(6)
	c.head = look.NewStretchRow(8, 0, c.title, c.kind)
	const bar = 12 // the bar of the scroller stands in the margin of the card
	content := container.New(look.Inset{Right: bar}, look.NewColumn(8, c.head, c.body))
	card := look.NewCard(container.New(look.Inset{Right: -bar}, look.NewWholeScroll(content)))
	card.PaddingX, card.PaddingY = 16, 14
	c.object = card
	return c
}

func (c *profileCard) reset() {
	c.cancel()
	c.col = -1
	clear(c.known)
	c.title.Set("")
	c.kind.Hide()
	c.body.RemoveAll()
}

func (c *profileCard) cancel() {
	c.asked++
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
}

// cursorMoved shows the column in focus.
func (c *profileCard) cursorMoved() {
	s := c.on.current()
	if s == nil || len(s.header) == 0 {
		return
	}
	if _, col := c.on.focusCell(); col != c.col {
		c.cancel()
		c.col = col
		c.show()
		c.auto()
	}
}

// filterChanged forgets the profiles: they were of other rows.
func (c *profileCard) filterChanged() {
	c.cancel()
	clear(c.known)
	c.show()
	c.auto()
}

// auto profiles the column of a small file once the focus rests on it.
func (c *profileCard) auto() {
	s, asked, col := c.on.current(), c.asked, c.col
	if _, ok := c.known[col]; ok || s.info.Size > autoProfile || s.info.Size == 0 {
		return
	}
	go func() {
		select {
		case <-s.ctx.Done():
			return
		case <-time.After(settle):
		}
		c.on.run(s, func() {
			if asked == c.asked {
				c.run(col)
			}
		})
	}()
}

// run profiles a column of the rows shown.
func (c *profileCard) run(col int) {
	s := c.on.current()
	c.cancel()
	c.col, c.share = col, 0
	ctx, stop := context.WithCancel(s.ctx)
	c.stop = stop
	asked, view, tell := c.asked, s.view, newThrottle()
	c.show()
	go func() {
		pr, err := s.f.profile(ctx, view, col, func(p csvfile.Progress) {
			if tell.now() {
				c.on.run(s, func() {
					if asked == c.asked {
						c.share = percent(p.Bytes, p.TotalBytes)
						c.show()
					}
				})
			}
		})
		stop()
		c.on.run(s, func() { c.ended(asked, col, pr, err) })
	}()
}

func (c *profileCard) ended(asked uint64, col int, pr csvfile.Profile, err error) {
	if asked != c.asked {
		return
	}
	c.stop = nil
	switch {
	case errors.Is(err, context.Canceled):
		c.show()
	case err != nil:
		c.show()
		c.body.Add(look.NewParagraph(sentence(err), look.SizeCaption, look.ToneColor(tone.Bad)))
		c.relayout()
	default:
		c.known[col] = pr
		c.show()
	}
}

// show draws what is known about the column.
func (c *profileCard) show() {
	s, t := c.on.current(), texts.T.Preview.Profile
	if s == nil || c.col < 0 || c.col >= len(s.header) {
		return
	}
	c.title.Set(s.header[c.col])
	c.kind.Hide()
	var parts []fyne.CanvasObject
	pr, ok := c.known[c.col]
	switch {
	case ok:
		c.kind.Set(kindWord(pr, s.kind.roleOf(s.header[c.col])), "", tone.Neutral)
		c.kind.Show()
		parts = c.profileParts(pr)
	case c.stop != nil:
		bar := look.NewBar()
		bar.Set(float64(c.share)/100, tone.Active)
		parts = []fyne.CanvasObject{
			look.NewStretchRow(8, 0, look.NewCaption(fmt.Sprintf(t.Running, min(99, c.share))), look.NewLink(t.Cancel, "", func() {
				c.cancel()
				c.show()
			})), bar}
	default:
		what := t.WholeFile
		if s.view != nil {
			what = t.MatchingRows
		}
		parts = []fyne.CanvasObject{look.NewStretchRow(8, 1, look.NewLink(t.Start, "", func() { c.run(c.col) }),
			look.NewCaption(what).Elide())}
	}
	c.body.Objects = parts
	c.head.Refresh()
	c.body.Refresh()
	c.relayout()
}

// relayout gives the card the height that it needs now.
func (c *profileCard) relayout() {
	c.on.sideChanged()
}

func (c *profileCard) profileParts(pr csvfile.Profile) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	r := c.on.current().kind.roleOf(pr.Name)
	for _, f := range profileFacts(pr, r) {
		parts = append(parts, look.NewStretchRow(8, 0, look.NewText(f.Caption, look.SizeTable, look.ColorMuted).Elide(),
			look.NewFixed(0, 0, look.NewTitle(f.Value, look.SizeTable).Right())))
	}
	top := profileTop(pr, r, topShown, func(v string) string { return c.on.current().nameOf(c.col, v) })
	if len(top) > 0 && !pr.DistinctExact {
		parts = append(parts, look.NewCaption(texts.T.Preview.Profile.MostFrequent))
	}
	for _, t := range top {
		bar := look.NewBar()
		bar.Set(t.Share, tone.Active)
		name := look.NewFixed(92, 0, look.NewText(t.Name, look.SizeCaption, look.ColorText).Elide())
		parts = append(parts, look.NewStretchRow(8, 1, name, bar, look.NewFixed(40, 0, look.NewText(t.Percent, look.SizeCaption, look.ColorMuted).Right())))
	}
	if bins := profileBins(pr, r, binsShown); len(bins) > 1 {
		from, to := profileEnds(pr)
		parts = append(parts, look.Space(0, 2), newHistogram(bins, chartHeight),
			look.NewStretchRow(8, 0, look.NewCaption(from).Elide(), look.NewCaption(to).Right()))
	}
	return parts
}
