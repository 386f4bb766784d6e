package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// block is an object that needs a size.
func block(w, h float32) fyne.CanvasObject { return Space(w, h) }

// laid gives a container a size and returns where its objects are.
func laid(c *fyne.Container, w, h float32) []geometry {
	c.Resize(fyne.NewSize(w, h))
	var out []geometry
	for _, o := range c.Objects {
		out = append(out, geometry{o.Position().X, o.Position().Y, o.Size().Width, o.Size().Height})
	}
	return out
}

type geometry struct{ x, y, w, h float32 }

func sameGeometry(t *testing.T, what string, got, want []geometry) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d objects, want %d", what, len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%s: object %d is at %+v, want %+v", what, i, got[i], want[i])
		}
	}
}

func TestColumnLeavesOutWhatIsHidden(t *testing.T) {
	lookApp(t, Light)
	hidden := block(300, 50)
	hidden.Hide()
	c := NewColumn(10, block(100, 20), hidden, block(80, 30))
	if got := c.MinSize(); got != fyne.NewSize(100, 60) {
		t.Errorf("a column needs %v", got)
	}
	sameGeometry(t, "column", laid(c, 200, 100), []geometry{{0, 0, 200, 20}, {0, 0, hidden.Size().Width, hidden.Size().Height}, {0, 30, 200, 30}})
	filled := NewFilledColumn(10, block(100, 20), block(80, 30))
	sameGeometry(t, "filled column", laid(filled, 200, 100), []geometry{{0, 0, 200, 20}, {0, 30, 200, 70}})
	sameGeometry(t, "a filled column without room", laid(filled, 200, 10), []geometry{{0, 0, 200, 20}, {0, 30, 200, 0}})
}

func TestRowStretchesOne(t *testing.T) {
	lookApp(t, Light)
	r := NewStretchRow(10, 1, block(50, 20), block(30, 20), block(40, 20))
	if got := r.MinSize(); got != fyne.NewSize(140, 20) {
		t.Errorf("a row needs %v", got)
	}
	got := laid(r, 300, 20)
	if got[0].w != 50 || got[1].w != 190 || got[2].x != 260 || got[2].w != 40 {
		t.Errorf("the stretched row is %+v", got)
	}
	r.Objects[2].Hide()
	got = laid(r, 310, 20)
	if got[1].w != 250 {
		t.Errorf("without its last object the stretched one is %v wide", got[1].w)
	}
	plain := laid(NewRow(10, block(50, 20), block(30, 20)), 300, 40)
	if plain[0].w != 50 || plain[1].x != 60 || plain[0].y != plain[1].y {
		t.Errorf("a row without a stretched one is %+v", plain)
	}
}

func TestFixedAndInset(t *testing.T) {
	lookApp(t, Light)
	if got := NewFixed(120, 0, block(50, 20)).MinSize(); got != fyne.NewSize(120, 20) {
		t.Errorf("of a fixed width it needs %v", got)
	}
	if got := NewFixed(0, 40, block(50, 20)).MinSize(); got != fyne.NewSize(50, 40) {
		t.Errorf("of a fixed height it needs %v", got)
	}
	in := NewInset(8, 4, block(50, 20))
	if got := in.MinSize(); got != fyne.NewSize(66, 28) {
		t.Errorf("with a margin it needs %v", got)
	}
	sameGeometry(t, "inset", laid(in, 100, 40), []geometry{{8, 4, 84, 32}})
}

func TestFlowBreaksLines(t *testing.T) {
	lookApp(t, Light)
	f := NewFlow(10, 5, block(60, 20), block(60, 30), block(60, 20))
	sameGeometry(t, "wide", laid(f, 300, 50), []geometry{{0, 0, 60, 20}, {70, 0, 60, 30}, {140, 0, 60, 20}})
	sameGeometry(t, "narrow", laid(f, 140, 80), []geometry{{0, 0, 60, 20}, {70, 0, 60, 30}, {0, 35, 60, 20}})
	if got := f.MinSize(); got != fyne.NewSize(60, 55) {
		t.Errorf("of a narrow window a flow needs %v", got)
	}
	sameGeometry(t, "narrower than one", laid(f, 40, 90), []geometry{{0, 0, 40, 20}, {0, 25, 40, 30}, {0, 60, 40, 20}})
	f.Objects[1].Hide()
	if got := laid(f, 140, 80); got[2].x != 70 || got[2].y != 0 {
		t.Errorf("without the hidden one the last is at %+v", got[2])
	}
}

// TestEvenFlowLeavesNothingAlone: of six objects in room for five, three stand in each line, and
// the lines are no more than they have to be.
func TestEvenFlowLeavesNothingAlone(t *testing.T) {
	lookApp(t, Light)
	f := NewEvenFlow(10, 5, block(60, 20), block(60, 20), block(60, 20), block(60, 20), block(60, 20), block(60, 20))
	for i, g := range laid(f, 345, 60) {
		if want := (geometry{float32(i%3) * 70, float32(i/3) * 25, 60, 20}); g != want {
			t.Errorf("object %d is at %+v, want %+v", i, g, want)
		}
	}
	if got := laid(f, 500, 60); got[5] != (geometry{350, 0, 60, 20}) {
		t.Errorf("in one line the last is at %+v", got[5])
	}
	if got := laid(f, 40, 200); got[5] != (geometry{0, 125, 40, 20}) {
		t.Errorf("narrower than one, the last is at %+v", got[5])
	}
}

// TestBoundedScrolls: content that is higher than it may be scrolls, and gives what it has above
// its least.
func TestBoundedScrolls(t *testing.T) {
	lookApp(t, Light)
	b := NewBounded(block(100, 300))
	for most, want := range map[float32]float32{10: LeastBounded, 200: 200, 900: 300} {
		b.SetMost(most)
		if got := b.Object.MinSize().Height; got != want || b.Slack() != want-LeastBounded {
			t.Errorf("with %v it is %v high, %v above its least", most, got, b.Slack())
		}
	}
	if low := NewBounded(block(100, 20)); low.MinSize(nil).Height != 20 || low.Slack() != 0 {
		t.Errorf("what is low takes %v", low.MinSize(nil))
	}
}

// TestSharesFillLinesEvenly: three cards in room for two stand as two and one, all of one
// width and height.
func TestSharesFillLinesEvenly(t *testing.T) {
	lookApp(t, Light)
	s := NewShares(100, 200, 10, block(50, 20), block(50, 40), block(50, 30), block(50, 20))
	got := laid(s, 1000, 100)
	for i, g := range got {
		if g.w != 200 || g.h != 40 || g.y != 0 {
			t.Errorf("wide: card %d is %+v", i, g)
		}
	}
	if got[0].x != (1000-4*200-3*10)/2 {
		t.Errorf("wide: the first card is at %v", got[0].x)
	}
	got = laid(s, 340, 200)
	if got[0].y != got[1].y || got[2].y != got[3].y || got[2].y != 50 {
		t.Errorf("in room for three the four cards stand as %+v: two and two are wanted", got)
	}
	if h := s.MinSize().Height; h != 90 {
		t.Errorf("two lines need %v", h)
	}
}

func TestAsideGoesBelow(t *testing.T) {
	lookApp(t, Light)
	a := NewAside(10, 200, block(50, 20), block(80, 30))
	sameGeometry(t, "wide", laid(a, 400, 30), []geometry{{0, 0, 310, 20}, {320, 0, 80, 30}})
	sameGeometry(t, "narrow", laid(a, 250, 60), []geometry{{0, 0, 250, 20}, {0, 20, 80, 30}})
	if h := a.MinSize().Height; h != 50 {
		t.Errorf("below each other they need %v", h)
	}
}

func TestPairCutsTheSecondFirst(t *testing.T) {
	lookApp(t, Light)
	first, second := NewText("rows 1–40 of 1,000", SizeCaption, ColorText).Elide(), NewText("copied the first part", SizeCaption, ColorText).Elide()
	p := NewPair(16, 100, first, second)
	wide := laid(p, 600, 20)
	if wide[1].w < second.wanted().Width || wide[1].x+wide[1].w != 600 {
		t.Errorf("with room the second text is %+v and wants %v", wide[1], second.wanted().Width)
	}
	narrow := laid(p, 150, 20)
	if narrow[0].w < 100 || narrow[1].x+narrow[1].w > 150.5 {
		t.Errorf("without room the texts are %+v", narrow)
	}
}

func TestEndsStackWhereThereIsNoRoom(t *testing.T) {
	lookApp(t, Light)
	e := NewEnds(10, block(100, 20), block(80, 30))
	wide := laid(e, 400, 30)
	if wide[1].x != 320 || wide[0].y+wide[0].h > 30 {
		t.Errorf("wide: %+v", wide)
	}
	narrow := laid(e, 150, 80)
	if narrow[1].y < 20 || narrow[1].x != 0 {
		t.Errorf("narrow: the second stands at %+v, not below the first", narrow[1])
	}
	if h := e.MinSize().Height; h < 50 {
		t.Errorf("below each other they need %v", h)
	}
}

func TestMiddleAndCentred(t *testing.T) {
	lookApp(t, Light)
	sameGeometry(t, "middle", laid(NewMiddle(block(50, 20)), 200, 100), []geometry{{0, 40, 200, 20}})
	got := laid(NewCentred(300, block(50, 20)), 500, 100)
	if got[0].w != 300 || got[0].x != 100 {
		t.Errorf("centred: %+v", got[0])
	}
	if got = laid(NewCentred(300, block(50, 20)), 200, 100); got[0].w != 200 || got[0].x != 0 {
		t.Errorf("centred in a narrow window: %+v", got[0])
	}
}

func TestAtMostScrolls(t *testing.T) {
	lookApp(t, Light)
	short, long := NewAtMost(100, block(50, 30)), NewAtMost(100, block(50, 400))
	if h := short.MinSize().Height; h > 40 {
		t.Errorf("what is short takes %v", h)
	}
	if h := long.MinSize().Height; h > 101 {
		t.Errorf("what is long takes %v", h)
	}
}

// TestRevealScrollsToTheKeyboard: a control that the keyboard reaches comes into sight,
// with the ring around it.
func TestRevealScrollsToTheKeyboard(t *testing.T) {
	lookApp(t, Light)
	low, high := block(50, 20), block(50, 20)
	scroll := container.NewScroll(NewColumn(0, block(50, 10), high, block(50, 600), low, block(50, 300)))
	page := container.NewStack(scroll)
	page.Resize(fyne.NewSize(200, 200))
	RevealIn(page, low)
	if top := low.Position().Y - scroll.Offset.Y; top < revealRoom || top+20 > 200-revealRoom {
		t.Errorf("after it was revealed the control is %v below the top", top)
	}
	at := scroll.Offset
	RevealIn(page, low)
	if scroll.Offset != at {
		t.Error("what is in sight was scrolled")
	}
	RevealIn(page, high)
	if scroll.Offset.Y != 0 {
		t.Errorf("the page stands at %v: the first control is near its top", scroll.Offset.Y)
	}
	RevealIn(page, block(1, 1)) // it lies nowhere: nothing happens
	if scroll.Offset.Y != 0 {
		t.Error("a control of elsewhere scrolled the page")
	}
}

func TestScrollPageStaysWithinIt(t *testing.T) {
	lookApp(t, Light)
	scroll := container.NewScroll(block(50, 500))
	page := container.NewStack(scroll)
	page.Resize(fyne.NewSize(200, 200))
	ScrollPage(page, true)
	if scroll.Offset.Y != 180 {
		t.Errorf("a page down goes to %v", scroll.Offset.Y)
	}
	ScrollPage(page, true)
	ScrollPage(page, true)
	if scroll.Offset.Y != 300 {
		t.Errorf("beyond the end it stands at %v", scroll.Offset.Y)
	}
	ScrollPage(page, false)
	ScrollPage(page, false)
	if scroll.Offset.Y != 0 {
		t.Errorf("back at the top it stands at %v", scroll.Offset.Y)
	}
}

func TestWalkLeavesOutWhatIsHidden(t *testing.T) {
	lookApp(t, Light)
	hidden := container.NewStack(block(1, 1))
	hidden.Hide()
	seen := 0
	Walk(container.NewStack(block(1, 1), hidden, NewCard(block(2, 2))), func(o fyne.CanvasObject) bool {
		if o == hidden.Objects[0] {
			t.Error("a part of what is hidden was visited")
		}
		seen++
		return true
	})
	if seen < 4 {
		t.Errorf("only %d objects were visited", seen)
	}
	first := 0
	Walk(container.NewStack(block(1, 1), block(1, 1)), func(fyne.CanvasObject) bool { first++; return false })
	if first != 1 {
		t.Errorf("after it was told to stop it visited %d", first)
	}
}

func TestBoxesHaveTheirGround(t *testing.T) {
	lookApp(t, Dark)
	for name, c := range map[string]struct {
		box  *Box
		fill fyne.ThemeColorName
	}{
		"card": {NewCard(block(50, 20)), ColorSurface}, "well": {NewWell(block(50, 20)), ColorSunken},
		"tinted": {NewTinted(ToneTint(3), block(50, 20)), ToneTint(3)},
	} {
		renderer := c.box.CreateRenderer()
		found := false
		for _, o := range renderer.Objects() {
			if r, ok := o.(*canvas.Rectangle); ok && r.FillColor == currentColor(c.fill) {
				found = true
			}
		}
		if !found {
			t.Errorf("a %s does not lie on %s", name, c.fill)
		}
		if m := renderer.MinSize(); m.Width <= 50 || m.Height <= 20 {
			t.Errorf("a %s leaves no room around: %v", name, m)
		}
	}
	b := NewCard(block(50, 20))
	r := b.CreateRenderer()
	b.SetFill(ColorHover)
	r.Refresh()
	if rect, ok := r.Objects()[0].(*canvas.Rectangle); ok && rect.FillColor != currentColor(ColorHover) {
		t.Error("a box keeps its old ground")
	}
}
