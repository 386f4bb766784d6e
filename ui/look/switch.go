package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"sluice/ui/texts"
)

// Switch is on or off: a knob at one end of a track or the other, with the word beside it.
type Switch struct {
	Pressable
	OnChanged func(on bool)
	on        bool
}

// The measures of a switch.
const (
	trackWidth  float32 = 40
	trackHeight float32 = 22
	knob        float32 = 16
)

// NewSwitch returns a switch that is off; changed may be nil.
func NewSwitch(changed func(on bool)) *Switch {
	s := &Switch{OnChanged: changed}
	s.OnTapped = func() { s.SetOn(!s.on) }
	s.ExtendBaseWidget(s)
	return s
}

// On reports whether the switch is on.
func (s *Switch) On() bool { return s.on }

// Text is the word beside the switch.
func (s *Switch) Text() string {
	if s.on {
		return texts.T.App.On
	}
	return texts.T.App.Off
}

// SetOn switches, and tells OnChanged if that changes anything.
func (s *Switch) SetOn(on bool) {
	if s.on == on {
		return
	}
	s.on = on
	s.Refresh()
	if s.OnChanged != nil {
		s.OnChanged(on)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	created(s)
	r := &switchRenderer{s: s, track: canvas.NewRectangle(nil), knob: canvas.NewCircle(nil), word: NewText("", SizeBody, ColorText), ring: NewRing(trackHeight / 2)}
	r.Refresh()
	return r
}

type switchRenderer struct {
	s     *Switch
	track *canvas.Rectangle
	knob  *canvas.Circle
	word  *Text
	ring  *Ring
}

func (r *switchRenderer) Destroy() {}

func (r *switchRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.knob, r.word, r.ring.Object}
}

func (r *switchRenderer) MinSize() fyne.Size {
	return fyne.NewSize(trackWidth+10+r.word.MinSize().Width, ControlHeight)
}

func (r *switchRenderer) Layout(size fyne.Size) {
	y := (size.Height - trackHeight) / 2
	r.track.Move(fyne.NewPos(0, y))
	r.track.Resize(fyne.NewSize(trackWidth, trackHeight))
	const edge = (trackHeight - knob) / 2
	x := edge
	if r.s.on {
		x = trackWidth - edge - knob
	}
	r.knob.Move(fyne.NewPos(x, y+edge))
	r.knob.Resize(fyne.NewSquareSize(knob))
	r.word.Move(fyne.NewPos(trackWidth+10, 0))
	r.word.Resize(fyne.NewSize(max(0, size.Width-trackWidth-10), size.Height))
	r.ring.Layout(fyne.NewSize(trackWidth, trackHeight))
	r.ring.Object.Move(r.ring.Object.Position().AddXY(0, y))
}

func (r *switchRenderer) Refresh() {
	fill, stroke, dot, ink := ColorSunken, theme.ColorNameInputBorder, ColorMuted, ColorText
	switch {
	case r.s.disabled:
		dot, ink = ColorFaint, ColorFaint
	case r.s.on:
		fill, stroke, dot = ColorAccent, ColorAccent, ColorOn
	}
	r.track.FillColor, r.track.CornerRadius = currentColor(fill), trackHeight/2
	r.track.StrokeWidth, r.track.StrokeColor = Hairline, currentColor(stroke)
	r.knob.FillColor = currentColor(dot)
	r.word.SetColored(r.s.Text(), ink)
	r.ring.Show(r.s.focused && !r.s.disabled)
	r.Layout(r.s.Size())
	r.track.Refresh()
	r.knob.Refresh()
	r.word.Refresh()
}
