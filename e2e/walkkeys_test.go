//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"
)

// mostTabs is how far away a control may be by the Tab key.
const mostTabs = 60

// TestTheLongWayByKeyboard is gone without the mouse.
func TestTheLongWayByKeyboard(t *testing.T) {
	t.Parallel()
	w := setOut(t)
	w.tabTo("Skip the tour", "Tab")
	w.key("Return")
	w.gone("Skip the tour")
	w.exportByKeys()
	w.sortByKeys()
	w.scheduleByKeys()
	w.waits()
	w.compareByKeys()
	w.deleteByKeys()
}

func (w *walk) exportByKeys() {
	w.t.Helper()
	w.do("take a snapshot of")
	w.keyboardOn("field /backups/confluence.dump=")
	w.tabTo("A running database", "shift+Tab")
	w.key("Return")
	w.tabTo("field postgres://db.example.com/confluence=", "Tab")
	w.write(w.db.address())
	w.tabTo("field confluence=", "Tab")
	w.write("admin")
	w.key("Return")
	w.says(siteName + ": Not started – Sluice")
	w.await("Everything")
	w.tabTo("Everything", "Tab")
	w.key("Return")
	w.key("ctrl+Return")
	w.says(siteName + ": Completed – Sluice")
}

func (w *walk) sortByKeys() {
	w.t.Helper()
	w.await("Open pages")
	w.tabTo("Open pages", "Tab")
	w.key("Return")
	w.pages()
	w.keyboardOn("*grid.Grid")
	for _, key := range []string{"Right", "Right", "alt+s", "alt+s"} {
		w.key(key)
	}
	w.until("they are sorted", func() bool { return strings.Contains(w.rows, "descending") && w.settled() })
	w.backwards()
}

func (w *walk) scheduleByKeys() {
	w.t.Helper()
	w.key("ctrl+comma")
	w.await("General")
	w.tabTo("Off", "shift+Tab")
	w.key("space")
	w.do(siteName)
	w.edit()
	w.key("ctrl+4")
	w.await("Add a schedule")
	opened := time.Now()
	w.tabTo("Add a schedule", "Tab")
	w.key("Return")
	w.keyboardOn("field nightly=")
	w.write("often")
	w.tabTo("field the last 365 days=", "Tab")
	w.write("all")
	w.tabTo("field weekdays 02:00=weekdays 02:00", "shift+Tab")
	w.write(w.due(opened))
	w.key("Return")
	w.await("Run now")
}

func (w *walk) compareByKeys() {
	w.t.Helper()
	w.key("ctrl+2")
	w.await("Compare jobs")
	w.do("compare jobs")
	w.tabTo("Compare", "Tab")
	w.key("Return")
	w.await("1 row differs")
	w.tabTo("Show rows", "Tab")
	w.key("Return")
	w.edited()
}

func (w *walk) deleteByKeys() {
	w.t.Helper()
	w.do(siteName)
	w.key("ctrl+2")
	w.await("Close")
	w.key("Escape") // the comparison
	w.await("Details")
	w.tabTo("*look.List", "Tab")
	for _, key := range []string{"End", "alt+Down"} { // the first job, and its menu
		w.key(key)
	}
	w.keyboardOn("*widget.PopUpMenu")
	w.xdo("key", "--window", w.window, "--repeat", "9", "Down") // to its last line
	w.key("Return")
	w.keyboardOn("Back")
	w.key("Tab")
	w.keyboardOn("Delete the files of job 1")
	w.key("Return")
	w.deleted()
}

// do does what the palette finds first by some words.
func (w *walk) do(words string) {
	w.t.Helper()
	w.key("ctrl+k")
	w.until("the palette is open", func() bool { return strings.HasPrefix(w.focus, "field What do you want") && w.settled() })
	w.xdo("type", "--delay", "12", "--", words)
	w.until("the words are typed", func() bool { return strings.HasSuffix(w.focus, "="+words) && w.settled() })
	w.key("Return")
	w.until("the palette is closed", func() bool { return !strings.HasPrefix(w.focus, "field What do you want") && w.settled() })
}

// write types over what the field holds that has the keyboard.
func (w *walk) write(text string) {
	w.t.Helper()
	w.key("ctrl+a")
	w.xdo("type", "--delay", "12", "--", text)
}

// tabTo goes from control to control until one has the keyboard.
func (w *walk) tabTo(what, key string) {
	w.t.Helper()
	var way []string
	for range mostTabs {
		w.mu.Lock()
		at, moves := w.focus, w.moves
		w.mu.Unlock()
		if at == what {
			return
		}
		w.key(key)
		w.until("the keyboard goes on from "+at, func() bool { return w.settled() && w.moves > moves })
		w.mu.Lock()
		way = append(way, w.focus)
		w.mu.Unlock()
	}
	w.t.Fatalf("the keyboard does not come to %s by %s: it was on %q", what, key, way)
}
