package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/tone"
)

// StepState is where a step of a track is in time.
type StepState int

// The states of a step.
const (
	StepAhead StepState = iota
	StepNow
	StepPast
)

// Step is a station of a track.
type Step struct {
	Text  string
	State StepState
	Tone  tone.Tone // of the present step
}

// Track draws the states that a job passes, the present one lit.
type Track struct {
	widget.BaseWidget
	steps []Step
}

// NewTrack returns an empty track.
func NewTrack() *Track {
	t := &Track{}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes the steps.
func (t *Track) Set(steps []Step) {
	t.steps = steps
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Track) CreateRenderer() fyne.WidgetRenderer {
	r := &trackRenderer{t: t}
	r.Refresh()
	return r
}

type trackRenderer struct {
	t     *Track
	dots  []*canvas.Circle
	lines []*canvas.Rectangle
	texts []*Text
}

const (
	trackDot       float32 = 10
	trackLine      float32 = 64
	leastTrackLine float32 = 12 // in a narrow window
	trackGap       float32 = 7
)

func (r *trackRenderer) Destroy() {}

func (r *trackRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for i := range r.t.steps {
		objects = append(objects, r.dots[i], r.texts[i])
		if i > 0 {
			objects = append(objects, r.lines[i])
		}
	}
	return objects
}

func (r *trackRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(0, 20)
	for i := range r.t.steps {
		if i > 0 {
			size.Width += leastTrackLine + 2*trackGap
		}
		size.Width += trackDot + trackGap + r.texts[i].MinSize().Width
	}
	return size
}

func (r *trackRenderer) Layout(size fyne.Size) {
	x := float32(0)
	line := trackLine
	if n := len(r.t.steps) - 1; n > 0 {
		line = min(line, leastTrackLine+max(0, size.Width-r.MinSize().Width)/float32(n))
	}
	for i := range r.t.steps {
		if i > 0 {
			r.lines[i].Move(fyne.NewPos(x+trackGap, size.Height/2-1))
			r.lines[i].Resize(fyne.NewSize(line, 2))
			x += line + 2*trackGap
		}
		r.dots[i].Move(fyne.NewPos(x, (size.Height-trackDot)/2))
		r.dots[i].Resize(fyne.NewSquareSize(trackDot))
		width := r.texts[i].MinSize().Width
		r.texts[i].Move(fyne.NewPos(x+trackDot+trackGap, 0))
		r.texts[i].Resize(fyne.NewSize(width, size.Height))
		x += trackDot + trackGap + width
	}
}

func (r *trackRenderer) Refresh() {
	for len(r.dots) < len(r.t.steps) {
		r.dots = append(r.dots, canvas.NewCircle(nil))
		r.lines = append(r.lines, canvas.NewRectangle(nil))
		r.texts = append(r.texts, NewText("", SizeCaption, ColorMuted))
	}
	for i, s := range r.t.steps {
		ink := ColorMuted
		if s.State == StepNow {
			ink = ToneColor(s.Tone)
		}
		r.texts[i].style.Bold = s.State == StepNow
		r.texts[i].SetColored(s.Text, ink)
		r.texts[i].Refresh()
		dot := r.dots[i]
		dot.StrokeColor, dot.StrokeWidth, dot.FillColor = currentColor(ink), 2, currentColor(ColorNone)
		switch s.State {
		case StepNow:
			dot.StrokeWidth = 3
		case StepPast:
			dot.FillColor = currentColor(ToneColor(tone.Neutral))
			dot.StrokeColor = dot.FillColor
		}
		dot.Refresh()
		r.lines[i].FillColor = currentColor(ColorLine)
		r.lines[i].Refresh()
	}
	r.Layout(r.t.Size())
}
