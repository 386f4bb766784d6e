package jobstore

import (
	"io/fs"
	"os"
	"runtime"
	"time"

	"sluice/sqliteformat"
)

// settled is how old the last change of a file must be before its time tells it
// from the next one: clocks of file systems tick up to two seconds apart.
const settled = 2 * time.Second

// State is what the files of a store looked like at a moment. Two that are equal,
// and of which the first was Settled, mean that nobody has written between them:
// looking at files costs a fiftieth of a query.
type State struct {
	files [2]fileState
	taken time.Time
}

type fileState struct {
	there bool
	size  int64
	time  time.Time
	info  fs.FileInfo
}

// State looks at the files. It reports false where their times do not tell of
// writes: Windows brings them up to date only when a file is closed.
func (s *Store) State() (State, bool) {
	if runtime.GOOS == "windows" || s.ReadOnly() != nil {
		return State{}, false
	}
	state := State{taken: time.Now()}
	for i, suffix := range []string{"", sqliteformat.LogSuffix} {
		info, err := os.Stat(s.path + suffix)
		if err != nil {
			if i == 0 || !os.IsNotExist(err) {
				return State{}, false
			}
			continue
		}
		state.files[i] = fileState{true, info.Size(), info.ModTime(), info}
	}
	return state, true
}

// Settled reports whether a later write is sure to change the State.
func (a State) Settled() bool {
	for _, f := range a.files {
		if f.there && a.taken.Sub(f.time) < settled {
			return false
		}
	}
	return true
}

// Equal reports whether nothing was written between two moments.
func (a State) Equal(b State) bool {
	for i, f := range a.files {
		g := b.files[i]
		if f.there != g.there || f.there && (f.size != g.size || !f.time.Equal(g.time) || !os.SameFile(f.info, g.info)) {
			return false
		}
	}
	return true
}
