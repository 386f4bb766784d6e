package ui

import (
	"os"
	"strconv"

	"sluice/source"
	"sluice/ui/look"
)

// scaleVariable is where the toolkit looks for a scale, whenever it reckons one.
const scaleVariable = "FYNE_SCALE"

// The scales that can be chosen, in percent.
const (
	usualScale = 100
	leastScale = 75
	mostScale  = 250
	scaleStep  = 25
)

// scaleGiven is what the environment said when the program started.
var scaleGiven = os.Getenv(scaleVariable)

// scales are those that are offered.
var scales = []int{75, 100, 125, 150, 200}

// UseScale puts the remembered scale into force. It must run before the first window is
// made. What the environment says comes first, and is what is meant for this start only.
func UseScale(p source.Prefs) {
	if p.Scale != 0 && scaleGiven == "" {
		os.Setenv(scaleVariable, scaleText(p.Scale))
	}
}

func scaleText(percent int) string { return strconv.FormatFloat(float64(percent)/100, 'f', -1, 64) }

// rescale makes everything larger or smaller by a step, or with 0 as the desktop has it.
func (w *Window) rescale(steps int) {
	if steps == 0 {
		w.setScale(0)
		return
	}
	now := w.prefs.Scale
	if now == 0 {
		now = usualScale
	}
	w.setScale(max(leastScale, min(now+steps*scaleStep, mostScale)))
}

// setScale puts a scale into force and remembers it; 0 is that of the desktop.
func (w *Window) setScale(percent int) {
	w.prefs.Scale = percent
	text := scaleGiven
	if percent != 0 {
		text = scaleText(percent)
	}
	os.Setenv(scaleVariable, text)
	w.o.App.Settings().SetTheme(look.NewTheme(look.Mode(w.prefs.Theme))) // tells the toolkit that the settings have changed
	w.save()
}
