package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sluice/source"
	"sluice/ui/texts"
)

// add puts a source into the list, or finds it there, and shows it.
func (w *Window) add(s source.Source) *entry {
	for _, e := range w.entries {
		if e.source.ID == s.ID {
			if e.failure != nil {
				e.start()
			}
			w.choose(e)
			return e
		}
	}
	e := &entry{w: w, source: s, fresh: s.Kind.Local(), before: w.chosen}
	w.entries = append(w.entries, e)
	e.start()
	e.remember()
	w.choose(e)
	return e
}

// accept remembers a snapshot that could be opened.
func (e *entry) accept() {
	e.fresh, e.before = false, nil
	if e.source.Kind == source.KindSnapshot {
		e.w.prefs.Recent = e.w.prefs.Opened(e.source.Snapshot)
	}
	e.remember()
}

// refuse says why a file that was never open cannot be, and leaves it: what is no
// snapshot becomes no source.
func (w *Window) refuse(e *entry, err error) {
	w.leaveOut(e)
	switch back := slices.Contains(w.entries, e.before); {
	case w.chosen != e:
		w.render()
	case back:
		w.choose(e.before)
	default:
		w.chosen = nil
		w.showWelcome()
	}
	w.tell(fmt.Sprintf(texts.T.App.NotOpened, e.source.Name), texts.Error(err))
}

// leaveOut takes an entry that was never open out of the rail.
func (w *Window) leaveOut(e *entry) {
	e.endTaking()
	w.entries = slices.DeleteFunc(w.entries, func(other *entry) bool { return other == e })
	if e.page != nil {
		e.page.close()
	}
}

// openFile opens a file or folder by what it is.
func (w *Window) openFile(path string) { w.openFiles([]string{path}) }

// openFiles opens files and folders by what they are, one after the other: of a dump or
// backup a snapshot is taken first. To look at them may take a while, on a disk far away.
func (w *Window) openFiles(paths []string) {
	go func() {
		for _, path := range paths {
			what, err := contentOf(w.ctx, w.o.Backend, path)
			w.later(func() { w.openAs(path, what, err) })
		}
	}()
}

// openAs opens what was looked at.
func (w *Window) openAs(path string, what openable, err error) {
	switch {
	case err != nil:
		w.tell(texts.T.Advice.ActionFailed, texts.Error(err))
	case what.table:
		w.openCSV(path)
	case what.dump:
		w.takeFile(path, what.kind)
	default:
		w.addSnapshot(path)
	}
}

// addSnapshot adds a snapshot file.
func (w *Window) addSnapshot(path string) {
	path = absolute(path)
	w.add(source.NewSnapshot(source.KindSnapshot, filepath.Base(path), path, w.o.Homes))
}

// given is the snapshot that the window was started with. One that is not known yet
// gets the home in which a headless export works.
func (w *Window) given() source.Source {
	path := absolute(w.o.Snapshot)
	s := source.NewSnapshot(source.KindSnapshot, filepath.Base(path), path, w.o.Homes)
	s.Home = w.o.Homes
	return s
}

// openKnown opens a source that is remembered: in the home that was named for it
// when the window was started, if it was, else in its own.
func (w *Window) openKnown(s source.Source) {
	e := &entry{w: w, source: s}
	if w.o.Snapshot != "" && w.o.Home != "" && s.ID == w.given().ID {
		e.at = w.o.Home
		e.source = s.Knowing(e.at)
	}
	w.entries = append(w.entries, e)
	e.start()
	if e.at != "" {
		e.remember()
	}
}

// recent are the files that were opened before and are not in the rail.
func (w *Window) recent() (paths []string) {
	for _, path := range w.prefs.Recent {
		inRail := slices.ContainsFunc(w.entries, func(e *entry) bool { return e.source.Snapshot == path })
		if !inRail && (w.csv == nil || w.csv.path != path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// openRecent opens a file that was opened before, or takes it off the list if it
// is gone. Whether it is may take a while to find out, on a disk far away.
func (w *Window) openRecent(path string) {
	go func() {
		_, err := os.Stat(path)
		w.later(func() {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				w.prefs.Recent = slices.DeleteFunc(w.prefs.Recent, func(s string) bool { return s == path })
				w.save()
				w.welcome.Render(-1, fmt.Sprintf(texts.T.Welcome.RecentGone, filepath.Base(path)), true)
				w.welcome.Recent(w.recent())
			default:
				w.openFile(path)
			}
		})
	}()
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// makeDemo writes the demo in the background and opens it.
func (w *Window) makeDemo() {
	if w.making {
		return
	}
	w.making = true
	w.welcome.Render(0, fmt.Sprintf(texts.T.Welcome.DemoProgress, 0), false)
	shown := int64(-1)
	go func() {
		path, err := w.o.Backend.MakeDemo(w.ctx, func(done, total int64) {
			percent := done * 100 / max(1, total)
			if percent == shown {
				return
			}
			shown = percent
			w.later(func() {
				if w.making {
					w.welcome.Render(float64(percent)/100, fmt.Sprintf(texts.T.Welcome.DemoProgress, percent), false)
				}
			})
		})
		w.later(func() { w.madeDemo(path, err) })
	}()
}

func (w *Window) madeDemo(path string, err error) {
	w.making = false
	if err != nil {
		w.welcome.Render(-1, texts.Error(err), true)
		return
	}
	w.welcome.Render(-1, "", false)
	w.add(source.NewSnapshot(source.KindDemo, texts.T.Rail.Demo, path, w.o.Homes))
}
