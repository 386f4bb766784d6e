package look

import "fyne.io/fyne/v2"

// Created, if it is not nil, is told about each control when it is drawn first,
// with a function that gives its text. It serves the trace of the window, by
// which a script finds what to click.
var Created func(o fyne.CanvasObject, text func() string)

// Announce tells Created about another kind of control.
func Announce(o fyne.CanvasObject, text string) {
	if Created != nil {
		Created(o, func() string { return text })
	}
}

// Follow tells Created about a text that changes, for scripts that wait for what it says.
func Follow(o interface {
	fyne.CanvasObject
	Text() string
}) {
	created(o)
}

func created(o interface {
	fyne.CanvasObject
	Text() string
}) {
	if Created != nil {
		Created(o, o.Text)
	}
}
