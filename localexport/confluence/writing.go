package confluence

import (
	"encoding/json"
	"slices"

	"sluice/columns"
	"sluice/localexport/record"
)

// writing is a file that is being written.
type writing struct {
	table   columns.File
	counter *FileCounter
	notes   notes
	ahead   forecast
	out     record.Writer
	to      destinations
	keeps   bool // how far it is

	rejected *rejections
	left     []RejectedRow // those of the file, for its states
}

// begin begins the file, or goes on with it from a state. Nothing is written to a
// file that is whole already.
func (w *writing) begin(to destinations, format record.Format) (from *State, err error) {
	w.to, w.keeps = to, to.keeps()
	from = to.from()
	var at *record.Position
	if from != nil {
		w.counter.Bytes.Store(from.Bytes)
		w.counter.Rows.Store(from.Rows)
		w.notes = notesOf(from)
		if err := w.reject(from.Rejected); err != nil || from.Done {
			return from, err
		}
		at = &record.Position{Bytes: from.Bytes, State: from.Format}
	}
	if w.out, err = format.Writer(to.writer(), w.table, at); err == nil {
		w.counter.Bytes.Store(w.out.Bytes())
	}
	return from, err
}

// put writes a chunk with so many records.
func (w *writing) put(c record.Chunk, rows int64) (again record.Chunk, err error) {
	if again, err = w.out.Append(c); err == nil {
		w.counter.Bytes.Store(w.out.Bytes())
		w.counter.Rows.Add(rows)
	}
	return again, err
}

// end brings the file to its end.
func (w *writing) end() error {
	if err := w.out.End(); err != nil {
		return err
	}
	w.counter.Bytes.Store(w.out.Bytes())
	return nil
}

// reject writes rows to the file of those that were left out.
func (w *writing) reject(rows []RejectedRow) error {
	if w.keeps {
		w.left = append(w.left, rows...)
	}
	if len(w.left) > mostRejected {
		w.keeps, w.left = false, nil
	}
	return w.rejected.write(slices.Clone(rows))
}

// rangeDone is called when a range is written, up to the key last.
func (w *writing) rangeDone(last int64, n notes) error {
	w.notes.merge(n)
	done := w.counter.RangesDone.Add(1)
	w.counter.Forecast.Store(w.ahead.after(done, w.counter.Ranges.Load(), w.counter.Rows.Load()))
	if !w.keeps || !w.to.due() {
		return nil
	}
	at, ok, err := w.out.Keep()
	if err == nil && ok {
		w.keep(last, at.State, false)
	}
	return err
}

// keep says that the file is written up to a key; format is what its format needs to go
// on.
func (w *writing) keep(after int64, format json.RawMessage, done bool) {
	if !w.keeps {
		return
	}
	s := State{Done: done, After: after, Rows: w.counter.Rows.Load()}
	keepNotes(&s, &w.notes)
	s.Rejected = slices.Clone(w.left)
	w.to.keep(s, format)
}
