package ui

import (
	"reflect"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// An app of the toolkit's for tests forgets all fonts and how wide every text is when it is
// made, and whenever a theme is set: to read the fonts anew takes a tenth of a second, at each
// of hundreds of windows. So the windows of all tests are of one app, and that a window opens
// with the theme that is in force changes nothing.

var onlyApp = sync.OnceValue(test.NewApp)

// stageApp is the app of a window.
type stageApp struct {
	fyne.App
	themed bool // the window has set its theme once
}

func newStageApp() *stageApp {
	app := onlyApp()
	fyne.SetCurrentApp(app) // other tests make their own
	app.Clipboard().SetContent("")
	return &stageApp{App: app}
}

// Settings are those of the app.
func (a *stageApp) Settings() fyne.Settings { return stageSettings{a.App.Settings(), a} }

type stageSettings struct {
	fyne.Settings
	app *stageApp
}

// SetTheme sets another theme, or the same once more.
func (s stageSettings) SetTheme(t fyne.Theme) {
	if s.app.themed || !reflect.DeepEqual(s.Theme(), t) {
		s.Settings.SetTheme(t)
	}
	s.app.themed = true
}
