package statusicon

import "fyne.io/systray"

// onTapped has a click on the icon itself do something; else it opens the menu.
func onTapped(do func()) { systray.SetOnTapped(do) }
