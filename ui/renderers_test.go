package ui

import (
	"time"
	_ "unsafe" // for the name of a function of the toolkit

	_ "fyne.io/fyne/v2/test"
)

// destroyExpiredRenderers lets go of the renderers that nobody has used until a time. The
// program's driver calls it; that of tests never does, and would hold every widget of
// every window to the end: six gigabytes.
//
//go:linkname destroyExpiredRenderers fyne.io/fyne/v2/internal/cache.destroyExpiredRenderers
func destroyExpiredRenderers(now time.Time)

// forget lets go of what the toolkit keeps of windows that are closed.
func forget() { destroyExpiredRenderers(time.Now().Add(24 * time.Hour)) }
