// Package statusicon puts an icon into the panel of the desktop that tells how the sources
// stand, with a menu of what can be done.
//
// On Linux it is an item of org.kde.StatusNotifierItem on the session bus, with a menu of
// com.canonical.dbusmenu, and tells launchers a count and a progress by
// com.canonical.Unity.LauncherEntry. The toolkit has such an item, too; that one makes each
// menu anew when a word of it changes, so that what somebody points at is gone when they
// click, wakes no window that rests, has to be there before the window is, and knows nothing
// of whether anybody shows it. On other systems it is the toolkit's.
package statusicon

import (
	"log/slog"

	"sluice/ui/present"
)

// Icon is a status icon.
type Icon interface {
	// Show shows how things stand. It is called on the UI goroutine, and does not wait.
	Show(present.Tray)
}

// Options are what a status icon works with. Its functions are called from any goroutine.
type Options struct {
	Name    string // of the program, for people
	Program string // the name of its desktop entry, without the ending
	// Activated is called when somebody clicks the icon itself.
	Activated func()
	// Chosen is called with the item of the menu that somebody has chosen.
	Chosen func(act present.TrayAct, id string)
	// Host tells whether anybody shows the icon, whenever that changes: nobody does at first.
	Host   func(there bool)
	Logger *slog.Logger
}
