package ui

import (
	"fyne.io/fyne/v2"

	"sluice/ui/view"
)

// The size of a window that was never seen, and the least that one is opened with: what was
// remembered may come from a screen that is gone.
const (
	firstWidth  float32 = 1280
	firstHeight float32 = 800
	leastWidth  float32 = 640
	leastHeight float32 = 420
)

// firstSize is the size that the window opens with: that of the last time.
func (w *Window) firstSize() fyne.Size {
	if w.prefs.Width < leastWidth || w.prefs.Height < leastHeight {
		return fyne.NewSize(firstWidth, firstHeight)
	}
	return fyne.NewSize(w.prefs.Width, w.prefs.Height)
}

// noteSize remembers the size of the window when it is closed.
func (w *Window) noteSize() {
	size := w.window.Content().Size()
	if size.Width < leastWidth || size.Height < leastHeight || size.Width == w.prefs.Width && size.Height == w.prefs.Height {
		return
	}
	w.prefs.Width, w.prefs.Height = size.Width, size.Height
	w.save()
}

// firstTab is the tab that the first source in sight opens on: that of the last time.
func (w *Window) firstTab() view.Tab {
	if t := view.Tab(w.prefs.Tab - 1); t > view.ExportTab && t <= view.SettingsTab {
		return t
	}
	return view.ExportTab
}

// noteTab remembers the tab in sight.
func (w *Window) noteTab(t view.Tab) {
	if n := int(t) + 1; n != w.prefs.Tab {
		w.prefs.Tab = n
		w.save()
	}
}
