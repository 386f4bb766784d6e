package jobfiles

import (
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"sync/atomic"
	"time"
)

// keeps is what a Writer knows about the states that it keeps.
type keeps struct {
	fresh int64       // bytes taken since the last state; for the producer
	last  time.Time   // when that was
	busy  atomic.Bool // a state is on its way

	saving bool       // one is being brought to disk; for the goroutine of the writer
	saved  chan error // the outcome
}

// From is the state with which the file is gone on with; nil for a new file.
func (w *Writer) From() json.RawMessage { return w.from }

// Due reports whether it is time to keep a state.
func (w *Writer) Due() bool {
	if w.record == nil || w.keeps.busy.Load() || w.keeps.fresh == 0 {
		return false
	}
	return w.keeps.fresh >= w.every.Bytes || time.Since(w.keeps.last) >= w.every.Time
}

// Keep says that what was written up to now is a place to go on from, with this
// state. It is recorded once all that is on disk, which nobody waits for.
func (w *Writer) Keep(state json.RawMessage) {
	if w.record == nil || w.ended || w.keeps.busy.Swap(true) {
		return
	}
	w.keeps.fresh, w.keeps.last = 0, time.Now()
	w.queue <- chunk{buf: w.buffer, state: state}
	w.buffer = nil
}

// Whole gives the state of the file at its end, before Commit.
func (w *Writer) Whole(state json.RawMessage) { w.whole = state }

// kept is how much is written.
func (w *Writer) kept(state json.RawMessage) KeptFile {
	return KeptFile{Name: w.name, File: filepath.Base(w.finalPath()), Bytes: w.bytes,
		SHA256: hex.EncodeToString(w.hash.Sum(nil)), State: state}
}

// save brings what is written to disk and records it, beside the writing of what
// comes next.
func (w *Writer) save(state json.RawMessage) {
	kept := w.kept(state)
	w.keeps.saving = true
	go func() {
		err := w.file.Sync()
		if err == nil {
			w.record(kept)
		}
		w.keeps.saved <- err
	}()
}

// saved takes the outcome of save. A sync that failed ends the file: the system
// tells it once only, and the next sync would succeed although bytes are lost.
func (w *Writer) saved(err error) error {
	w.keeps.saving = false
	w.keeps.busy.Store(false)
	return err
}

// settle waits for a state that is being brought to disk.
func (w *Writer) settle() error {
	if !w.keeps.saving {
		return nil
	}
	return w.saved(<-w.keeps.saved)
}
