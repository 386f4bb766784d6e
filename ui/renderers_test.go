package ui

import (
	"time"
	_ "unsafe" // for the names of the toolkit

	_ "fyne.io/fyne/v2/test"
)

// destroyExpiredRenderers lets go of the renderers that nobody has used until a time. The
// program's driver calls it; that of tests never does, and would hold every widget of
// every window to the end: six gigabytes.
//
//go:linkname destroyExpiredRenderers fyne.io/fyne/v2/internal/cache.destroyExpiredRenderers
func destroyExpiredRenderers(now time.Time)

// validDuration is how long a renderer is kept that nobody uses. The clock of that goes on with
// each picture that is drawn, and tests draw hardly any: the first one behind a minute let go
// of the renderers of the window that it was to show, whose places nobody knew then.
//
//go:linkname validDuration fyne.io/fyne/v2/internal/cache.ValidDuration
var validDuration time.Duration

// longest is longer than tests run.
const longest = 24 * time.Hour

// keepRenderers lets a picture show the window as it is, however long the tests have run.
func keepRenderers() { validDuration = longest }

// forget lets go of what the toolkit keeps of windows that are closed.
func forget() { destroyExpiredRenderers(time.Now().Add(2 * longest)) }
