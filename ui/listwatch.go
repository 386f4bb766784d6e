package ui

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"sluice/source"
)

const (
	// settleList is how long a change of the list of sources waits for more.
	settleList = 100 * time.Millisecond
	// lookAtList is how often the list is looked at where the system tells of no changes.
	lookAtList = 5 * time.Second
)

// watchList reads the list of sources again whenever others have changed it, until the
// window is closed: the command line, or another window.
func (w *Window) watchList() {
	list := w.o.Store.List()
	changed := make(chan struct{}, 1)
	watcher, err := watchFolder(filepath.Dir(list.Path()))
	if err != nil {
		w.o.Logger.Debug("the list of sources is looked at from time to time", "error", err)
		go lookOften(w.ctx, list.Path(), changed)
	} else {
		signal(changed) // what was changed since it was read
		go tellChanges(w.ctx, watcher, filepath.Base(list.Path()), changed)
	}
	go func() {
		for {
			select {
			case <-w.ctx.Done():
				return
			case <-changed:
			}
			before := w.keeper.written()
			theirs, err := list.Load()
			w.later(func() {
				switch {
				case before != w.keeper.written(): // it was read as it was before
					signal(changed)
				case err != nil:
					w.listBroken(err)
				default:
					w.unreadable = ""
					w.takeIn(theirs)
				}
			})
		}
	}()
}

// listBroken says once that the list cannot be read any more. What the window shows stays.
func (w *Window) listBroken(err error) {
	if err.Error() != w.unreadable {
		w.unreadable = err.Error()
		w.problem(err)
	}
}

// watchFolder watches the folder of the list, since the file is replaced by each change.
func watchFolder(dir string) (*fsnotify.Watcher, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := watcher.Add(dir); err != nil {
		return nil, errors.Join(err, watcher.Close())
	}
	return watcher, nil
}

// tellChanges tells of changes of a file in the folder that is watched, until ctx ends.
func tellChanges(ctx context.Context, watcher *fsnotify.Watcher, name string, changed chan struct{}) {
	defer watcher.Close()
	settle := time.NewTimer(time.Hour)
	defer settle.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-settle.C:
			signal(changed)
		case e, ok := <-watcher.Events:
			if !ok {
				return
			}
			if filepath.Base(e.Name) == name && !e.Has(fsnotify.Chmod) {
				settle.Reset(settleList)
			}
		case _, ok := <-watcher.Errors: // some were lost, perhaps
			if !ok {
				return
			}
			settle.Reset(settleList)
		}
	}
}

// signal tells of a change, unless that is told already.
func signal(changed chan struct{}) {
	select {
	case changed <- struct{}{}:
	default:
	}
}

// lookOften tells of changes by the time and the size of the file.
func lookOften(ctx context.Context, path string, changed chan struct{}) {
	ticker := time.NewTicker(lookAtList)
	defer ticker.Stop()
	var before string
	for {
		now := ""
		if info, err := os.Stat(path); err == nil {
			now = info.ModTime().String()
		} else if !errors.Is(err, fs.ErrNotExist) {
			now = err.Error()
		}
		if now != before {
			signal(changed)
		}
		before = now
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// mergedWith is what a form has made of a source, where others have changed it since the
// form was filled: each keeps what it has changed itself.
func mergedWith(filled, mine, now source.Source) source.Source {
	all, err := source.Merged(source.List{filled}, source.List{mine}, source.List{now})
	if err != nil || len(all) != 1 {
		return mine
	}
	return all[0]
}
