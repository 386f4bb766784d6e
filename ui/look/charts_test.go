package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"sluice/ui/tone"
)

func TestBarShowsItsShare(t *testing.T) {
	lookApp(t, Light)
	b := NewBar()
	b.Resize(fyne.NewSize(102, barHeight))
	r := b.CreateRenderer().(*barRenderer)
	for share, want := range map[float64]float32{0.25: 25, 1: 100, 1.5: 100} {
		b.Set(share, tone.Active)
		r.Refresh()
		if got := r.fill.Size().Width; got != want || !r.fill.Visible() {
			t.Errorf("a share of %v fills %v of 100", share, got)
		}
	}
	b.Set(0, tone.Active)
	if r.Refresh(); r.fill.Visible() {
		t.Error("an empty bar has a fill")
	}
	b.Set(1, tone.Bad)
	if r.Refresh(); r.fill.FillColor != currentColor(ToneColor(tone.Bad)) {
		t.Error("the bar of a failed job is of another colour")
	}
}

// TestTrackLightsThePresentStep: by weight and colour, and its lines shrink in a narrow
// window.
func TestTrackLightsThePresentStep(t *testing.T) {
	lookApp(t, Light)
	track := NewTrack()
	track.Set([]Step{{Text: "Started", State: StepPast}, {Text: "Exporting", State: StepNow, Tone: tone.Active}, {Text: "Completed"}})
	r := track.CreateRenderer().(*trackRenderer)
	if !r.texts[1].style.Bold || r.texts[0].style.Bold || r.texts[2].style.Bold {
		t.Error("the present step does not stand out, or another does")
	}
	if r.texts[1].color != ToneColor(tone.Active) || r.texts[2].color != ColorMuted {
		t.Errorf("the present step is of %s, the next of %s", r.texts[1].color, r.texts[2].color)
	}
	if n := len(r.Objects()); n != 3+3+2 {
		t.Errorf("three steps are %d parts", n)
	}
	r.Layout(fyne.NewSize(2000, 20))
	wide := r.lines[1].Size().Width
	r.Layout(r.MinSize())
	if narrow := r.lines[1].Size().Width; wide != trackLine || narrow != leastTrackLine {
		t.Errorf("the lines are %v wide, and %v in a narrow window", wide, narrow)
	}
	if end := r.texts[2].Position().X + r.texts[2].Size().Width; end > r.MinSize().Width+1 {
		t.Errorf("in its least width the track ends at %v of %v", end, r.MinSize().Width)
	}
	track.Set([]Step{{Text: "Failed", State: StepNow, Tone: tone.Bad}})
	if r.Refresh(); len(r.Objects()) != 2 {
		t.Errorf("one step is %d parts", len(r.Objects()))
	}
}

func TestBarsTellWhichWasHit(t *testing.T) {
	lookApp(t, Light)
	b := NewBars(80)
	b.Tapped(&fyne.PointEvent{}) // nobody listens, and there is nothing
	hit := -1
	b.OnTapped = func(i int) { hit = i }
	b.Tapped(&fyne.PointEvent{})
	if hit != -1 {
		t.Error("an empty chart was hit")
	}
	b.Set([]BarValue{{Value: 1}, {Value: 4}, {Value: 2}}, 1)
	w := test.NewTempWindow(t, container.NewStack(b))
	w.Resize(fyne.NewSize(300, 100))
	for i := range 3 {
		b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(b.slot()*(float32(i)+0.5), 20)})
		if hit != i {
			t.Errorf("a click on bar %d hits %d", i, hit)
		}
	}
	hit = -1
	if b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(b.slot()*3.5, 20)}); hit != -1 {
		t.Errorf("a click beside the bars hits %d", hit)
	}
}

func TestBarsAreAsHighAsTheirValues(t *testing.T) {
	lookApp(t, Light)
	b := NewBars(100)
	b.Set([]BarValue{{Value: 2}, {Value: 4}, {Value: 0}}, -1)
	b.Resize(fyne.NewSize(300, 100))
	r := b.CreateRenderer().(*barsRenderer)
	r.Layout(b.Size())
	if two, four := r.rects[0].Size().Height, r.rects[1].Size().Height; two <= 0 || four < 1.8*two {
		t.Errorf("the bars of 2 and 4 are %v and %v high", two, four)
	}
	if bottom := r.rects[0].Position().Y + r.rects[0].Size().Height; bottom != r.rects[1].Position().Y+r.rects[1].Size().Height {
		t.Error("the bars do not stand on one line")
	}
}

func TestTabsAreChosenOnce(t *testing.T) {
	lookApp(t, Light)
	var chosen []int
	tabs := NewTabs([]string{"Export", "History", "Files"}, func(i int) { chosen = append(chosen, i) })
	w := test.NewTempWindow(t, tabs)
	w.Resize(fyne.NewSize(600, 60))
	tabs.Choose(1)
	tabs.Choose(1)
	test.Tap(tabs.items[2])
	if len(chosen) != 2 || chosen[0] != 1 || chosen[1] != 2 || tabs.Chosen() != 2 {
		t.Errorf("chosen %v", chosen)
	}
	tabs.Focus(w.Canvas())
	if w.Canvas().Focused() != fyne.Focusable(tabs.items[2]) {
		t.Error("the keyboard is not on the chosen tab")
	}
}

func TestTextIsCutAtItsEnd(t *testing.T) {
	lookApp(t, Light)
	long := NewText("pages_job12_2026_11_22T03_32_18Z.csv", SizeBody, ColorText).Elide()
	r := long.CreateRenderer()
	r.Layout(fyne.NewSize(120, 20))
	shown := long.line.Text
	if shown == long.Text() || shown[len(shown)-len("…"):] != "…" || fyne.MeasureText(shown, SizeBody, long.style).Width > 120 {
		t.Errorf("in 120 pixels it shows %q", shown)
	}
	r.Layout(fyne.NewSize(1000, 20))
	if long.line.Text != long.Text() {
		t.Errorf("with room it shows %q", long.line.Text)
	}
	if whole := NewText(long.Text(), SizeBody, ColorText); whole.MinSize().Width <= long.MinSize().Width {
		t.Error("a text that is not cut needs no more room than one that is")
	}
}

func TestParagraphKeepsItsWords(t *testing.T) {
	lookApp(t, Light)
	p := NewParagraph("one two three four five six seven eight nine ten", SizeBody, ColorText)
	p.Resize(fyne.NewSize(1000, 20))
	one := p.MinSize().Height
	p.Resize(fyne.NewSize(100, 20))
	if p.MinSize().Height < 3*one {
		t.Errorf("in 100 pixels the paragraph is %v high, %v in one line", p.MinSize().Height, one)
	}
	p.Set("")
	if p.Text() != "" {
		t.Errorf("the paragraph says %q", p.Text())
	}
}
