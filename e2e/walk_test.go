//go:build e2e

package e2e

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// walk is the long way of an administrator through the window: from a computer on which
// nothing of Sluice is, to exports that run by themselves, what they differ in, and those
// that are deleted again.
type walk struct {
	*program
	t       *testing.T
	db      *database
	desktop notified
	base    string    // $HOME
	runs    time.Time // when the schedule does
}

// newTitle is what the one page is called that is edited between the two exports.
const newTitle = "Edited between two exports"

// siteName is what the source is called of itself.
const siteName = "confluence on 127.0.0.1"

// dueSlack is how long it may take from the time that is typed into the form of a schedule
// until the window is out of sight, at least.
const dueSlack = 20 * time.Second

// setOut starts a database, a desktop with a session bus, and the window as at its first start.
func setOut(t *testing.T) *walk {
	t.Helper()
	w := &walk{t: t, db: startDatabase(t, 60), base: t.TempDir()}
	bus, told := newSessionBus(t)
	w.desktop = told
	env := []string{"HOME=" + w.base, "DBUS_SESSION_BUS_ADDRESS=" + bus, "FYNE_SCALE=1", "FYNE_THEME=light", "SLUICE_UI_TRACE=tour", "LANG=C"}
	for _, name := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "SLUICE_HOME"} {
		env = append(env, name+"=")
	}
	w.program = newDesk(t).launch(env, "window")
	return w
}

// sources are the homes of the sources below the place where exports are kept.
func (w *walk) exported(job int) string {
	found, err := filepath.Glob(filepath.Join(w.base, ".local", "share", "sluice", "*", "data-pipeline", "export", fmt.Sprint(job)))
	if err != nil || len(found) != 1 {
		w.t.Fatalf("the folders of job %d: %q, %v", job, found, err)
	}
	return found[0]
}

// data counts the files of a job that hold rows.
func (w *walk) data(job int) int {
	w.t.Helper()
	found, err := filepath.Glob(filepath.Join(w.exported(job), "*.csv"))
	if err != nil {
		w.t.Fatal(err)
	}
	return len(found)
}

// due is when a schedule is to run whose form was opened at a time, as it is typed: what comes
// yet takes no longer than what was done since, on a slow computer, too.
func (w *walk) due(opened time.Time) string {
	w.runs = time.Now().Add(dueSlack + 2*time.Since(opened)).Truncate(time.Minute).Add(time.Minute)
	return w.runs.Format("daily 15:04")
}

// edit changes one page, as somebody does who edits it.
func (w *walk) edit() {
	w.t.Helper()
	w.db.query(fmt.Sprintf(`UPDATE content SET title = '%[1]s', lowertitle = lower('%[1]s'), version = version + 1, lastmoddate = now()
		WHERE contentid = (SELECT min(contentid) FROM content WHERE contenttype = 'PAGE' AND content_status = 'current' AND prevver IS NULL);`, newTitle))
}

// away is what a person does who works elsewhere until the desktop says something.
func (w *walk) away() (title, text string) {
	w.t.Helper()
	place := w.xdo("getwindowgeometry", w.window)
	w.xdo("windowminimize", "--sync", w.window)
	select {
	case note := <-w.desktop:
		title, text = note[0], note[1]
	case <-time.After(time.Until(w.runs) + patience):
		w.t.Fatal("the desktop was told nothing")
	}
	before := w.fronts()
	w.xdo("windowactivate", "--sync", w.window)
	w.until("the window is in front", func() bool { return w.frontsNow() > before })
	for deadline := time.Now().Add(patience); w.xdo("getwindowgeometry", w.window) != place; { // it flies there
		if time.Now().After(deadline) {
			w.t.Fatal("the window does not come back to its place")
		}
	}
	return title, text
}

// frontsNow is how often the window has come to the front; the lock is held.
func (w *walk) frontsNow() (n int) {
	for _, line := range w.log {
		if strings.Contains(line, `msg="in front"`) {
			n++
		}
	}
	return n
}

func (w *walk) fronts() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.frontsNow()
}

// TestTheLongWay is gone with the mouse, but for what is typed into fields.
func TestTheLongWay(t *testing.T) {
	t.Parallel()
	w := setOut(t)
	for _, button := range []string{"Next", "Next", "Done"} { // the tour
		w.click(button)
	}
	w.gone("Done")
	w.export()
	w.sort()
	w.schedule()
	w.waits()
	w.compare()
	w.delete()
}

// export takes a snapshot of the database, and exports it.
func (w *walk) export() {
	w.t.Helper()
	w.click("Take a snapshot")
	w.click("A running database")
	w.fillField("field postgres://db.example.com/confluence", w.db.address())
	w.fillField("field confluence", "admin")
	w.click("Take the snapshot")
	w.says(siteName + ": Not started – Sluice")
	w.keepPicture("walk-taken")
	w.click("Everything")
	w.click("Start export")
	w.says(siteName + ": Completed – Sluice")
}

// sort opens the pages and sorts them by the column in the middle.
func (w *walk) sort() {
	w.t.Helper()
	w.click("Open pages")
	w.pages()
	table := w.await("table")
	w.menu(table.x, table.y)
	w.clickLike("Sort by ", ", descending")
	w.until("they are sorted", func() bool { return strings.Contains(w.rows, "descending") && w.settled() })
	w.backwards()
	w.keepPicture("walk-sorted")
}

// schedule wants to be told of every run, edits a page, and adds a schedule that is due soon.
func (w *walk) schedule() {
	w.t.Helper()
	of := w.lowest("Settings") // of the window
	w.clickAt(of.x, of.y)
	w.await("General")
	w.scrollDown()
	w.click("Off")
	w.keepPicture("walk-settings")
	w.click("Back")
	w.edit()
	w.click("Schedule")
	opened := time.Now()
	w.click("Add a schedule")
	w.fillField("field nightly", "often")
	w.fillField("field the last 365 days", "all")
	w.fillField("field weekdays 02:00", w.due(opened))
	w.click("Add")
	w.await("Run now")
}

// compare compares the two exports.
func (w *walk) compare() {
	w.t.Helper()
	w.click("History")
	w.click("Compare jobs")
	w.click("Compare")
	w.await("1 row differs")
	w.keepPicture("walk-compared")
	w.click("Show rows")
	w.edited()
}

// delete deletes the files of the first export.
func (w *walk) delete() {
	w.t.Helper()
	w.click(siteName)
	w.click("History")
	w.click("Close") // the comparison
	first := w.lowest("Details")
	w.menu(first.x-200, first.y)
	w.click("Delete files…")
	w.await("Delete the files of job 1")
	w.keepPicture("walk-asked")
	if w.data(1) == 0 {
		w.t.Error("the files are gone before anybody has agreed")
	}
	w.click("Delete the files of job 1")
	w.deleted()
}

// pages waits for the preview of the pages, in the order of their file.
func (w *walk) pages() {
	w.t.Helper()
	w.until("the pages are shown", func() bool { return strings.Contains(w.rows, " of 60 ") && w.settled() })
	w.keepPicture("walk-pages")
}

// backwards checks that the rows in sight are sorted downwards by the column that the line
// below the table names: their numbers are those of the file, in which their cells are.
func (w *walk) backwards() {
	w.t.Helper()
	w.mu.Lock()
	_, line, _ := strings.Cut(w.rows, "sorted by ")
	column, _, down := strings.Cut(line, " descending")
	from, to, _ := w.shown()
	cells := strings.Split(w.preview["cells"], "|")
	w.mu.Unlock()
	rows := w.rowsOf("pages", 1)
	at := slices.Index(rows[0], column)
	numbers := slices.IndexFunc(cells, func(s string) bool { _, err := strconv.Atoi(s); return err == nil })
	if !down || at < 0 || numbers < 0 || to-from < 5 {
		w.t.Fatalf("the line below the table is %q, the cells are %q", line, cells)
	}
	before := ""
	for i, number := range cells[numbers : numbers+to-from+1] {
		n, err := strconv.Atoi(number)
		if err != nil || n >= len(rows) {
			w.t.Fatalf("%q is no row: %v", number, err)
		}
		if i > 0 && rows[n][at] > before {
			w.t.Errorf("%q stands below %q", rows[n][at], before)
		}
		before = rows[n][at]
	}
}

// rowsOf are the rows of a file of a job, with the header.
func (w *walk) rowsOf(file string, job int) [][]string {
	w.t.Helper()
	found, err := filepath.Glob(filepath.Join(w.exported(job), file+"_*.csv"))
	if err != nil || len(found) != 1 {
		w.t.Fatalf("%q, %v", found, err)
	}
	return readRows(w.t, found[0])
}

func readRows(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// waits is what a person does who works elsewhere until the desktop says that the schedule
// has run.
func (w *walk) waits() {
	w.t.Helper()
	title, text := w.away()
	if title != siteName+": a run was completed" || !strings.HasPrefix(text, "Schedule often. Job 2 · ") {
		w.t.Errorf("the desktop was told %q, %q", title, text)
	}
	b, err := os.ReadFile(filepath.Join(w.base, ".config", "sluice", "schedules-state.json"))
	if err != nil || !strings.Contains(string(b), `"completed"`) {
		w.t.Errorf("the schedule: %v, %s", err, b)
	}
	if w.data(2) != w.data(1) {
		w.t.Errorf("%d files of the first export, %d of the second", w.data(1), w.data(2))
	}
}

// edited checks that what differs is the one page that was edited.
func (w *walk) edited() {
	w.t.Helper()
	w.until("the changed row is shown", func() bool { return strings.HasPrefix(w.rows, "row 1 of 1 ") && w.settled() })
	w.keepPicture("walk-difference")
	found, err := filepath.Glob(filepath.Join(w.exported(1), "..", "..", "changes", "*.csv"))
	if err != nil || len(found) != 5 {
		w.t.Fatalf("what differs: %q, %v", found, err)
	}
	for _, path := range found {
		rows := readRows(w.t, path)
		switch {
		case filepath.Base(path) == "changes_pages_1_2.csv":
			if len(rows) != 2 || rows[1][0] != "changed" || !slices.Contains(rows[1], newTitle) {
				w.t.Errorf("%q", rows)
			}
		case len(rows) > 1:
			w.t.Errorf("%s has %q", path, rows[1:])
		}
	}
}

// deleted checks that the files of the first job are gone, and that the history says so.
func (w *walk) deleted() {
	w.t.Helper()
	w.like("The files of job 1 were removed: ", ".")
	w.keepPicture("walk-deleted")
	if n := w.data(1); n != 0 {
		w.t.Errorf("%d files are left", n)
	}
	if w.data(2) == 0 {
		w.t.Error("those of the second export are gone, too")
	}
}

// lowest waits for the lowest of the controls that say a text.
func (w *walk) lowest(text string) (t target) {
	w.t.Helper()
	w.until(fmt.Sprintf("%q can be used", text), func() bool {
		t = target{}
		for _, other := range w.targets {
			if other.text == text && !other.disabled && other.y > t.y {
				t = other
			}
		}
		return t.y > 0 && w.settled()
	})
	return t
}

// like waits for a control whose text begins and ends in some way, and returns the text.
func (w *walk) like(begin, end string) (text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("something says %s…%s", begin, end), func() bool {
		for _, t := range w.targets {
			if strings.HasPrefix(t.text, begin) && strings.HasSuffix(t.text, end) && !t.disabled {
				text = t.text
			}
		}
		return text != "" && w.settled()
	})
	return text
}

// clickLike clicks it.
func (w *walk) clickLike(begin, end string) {
	w.t.Helper()
	w.click(w.like(begin, end))
}

// menu opens the menu of what is at a place.
func (w *walk) menu(x, y int) {
	w.t.Helper()
	w.xdo("mousemove", "--window", w.window, fmt.Sprint(x), fmt.Sprint(y))
	w.xdo("click", "3")
}
