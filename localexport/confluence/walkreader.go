package confluence

import (
	"sluice/columns"
	"sluice/localexport/snapshot"
	"sluice/localexport/wallclock"
)

// walkReader is what the readers of spaces, pages, comments and events have in
// common: they visit rows in the order of their keys, which are their column 0.
type walkReader struct {
	closing
	file int  // in FileNames
	fast bool // reads without SQLite
	values
	walk *snapshot.Walk
	last int64 // the key before, to find duplicates
	any  bool
	seen *snapshot.Seen // nil for rows whose changes no from date goes by
}

func (e *exporter) newWalkReader(src source, file int, t *snapshot.Table, columns []string) walkReader {
	return walkReader{
		closing: closing{conn: src.conn}, file: file, fast: src.file != nil,
		values: values{e: e, notes: src.notes, clock: wallclock.NewClock(e.zone), table: t, key: columns[0], names: columns},
		seen:   e.changes.of(e.s, file),
	}
}

// openWalk prepares the walk over the rows that keep reports true for; nil means
// all.
func (r *walkReader) openWalk(src source, order *snapshot.Order, keep func(snapshot.Row) bool) (err error) {
	if src.file == nil {
		r.walk, err = order.Walk(src.conn, keep, r.names...)
	} else {
		r.walk, err = order.FileWalk(src.file, r.e.file, keep, r.names...)
	}
	if err != nil {
		return err
	}
	r.parts = append(r.parts, r.walk)
	r.row = r.walk.Row
	return nil
}

// each calls encode for the rows of a range.
func (r *walkReader) each(after, last int64, out *output, encode func(*output) error) error {
	if err := r.walk.Range(after, last); err != nil {
		return err
	}
	r.last, r.any = after, false // where SQLite would go on from
	out.begin()
	for {
		row, err := r.walk.Next()
		if err == nil && !row {
			out.notes.settle() // what was counted of rows behind the last that is kept
			return nil
		}
		records := out.records
		if err == nil {
			err = encode(out)
		}
		if err == nil && out.doubt && out.records > records {
			out.notes.add(KeyDoubtful, "Records next to damaged places of the file were read by SQLite, which looks less closely: %d (first: the one with id %d). "+
				"Some of their cells may be wrong or empty. Copy the file or convert the database again.", r.last)
		}
		if err == nil {
			err = r.walk.Err() // the row was left out for what could not be read
		}
		if err != nil {
			if err = r.reject(err, out); err != nil {
				return err
			}
		}
		if out.Replaced() {
			r.noteReplaced(out)
		}
		out.key = r.last
		out.notes.settle()
	}
}

// noteReplaced notes the cells in which U+0000 was replaced.
func (r *walkReader) noteReplaced(out *output) {
	for _, column := range out.TakeReplaced() {
		name, file := replacedIn(r.file, column)
		r.notes.add(KeyNULReplaced, replaced+": %[1]d (first: in the row with id %[2]d).", r.last, name, file)
	}
}

// replaced says that U+0000 was replaced in cells of a column, of which the number is to
// follow.
const replaced = "Cells of the column %[3]s of %[4]s that held U+0000, for which databases refuse a file, have U+FFFD for it"

// replacedIn names the column and the file.
func replacedIn(file, column int) (name, of string) {
	return columns.Confluence[file].Columns[column].Name, FileNames[file]
}

// nextKey reads the key of the row. A key that was there already is noted, and
// fresh is false.
func (r *walkReader) nextKey(duplicates string) (id int64, fresh bool, err error) {
	if id, _, err = r.id(0, 0); err != nil {
		return 0, false, err
	}
	if r.any && id == r.last {
		r.notes.add(KeyDuplicate, duplicates, id)
		return id, false, nil
	}
	r.last, r.any = id, true
	return id, true, nil
}

// dates are when content was created and updated.
type dates struct {
	created, updated       instant
	hasCreated, hasUpdated bool
	wall                   wallclock.Reading // of created, as stored
}

// dates reads the two dates of content and reports whether its last change is in
// the time range, which is seen in any case. Content without any date is not, and is
// noted.
func (r *walkReader) dates(created, updated int, id int64, undated string) (d dates, wanted bool, err error) {
	changed, dated, err := snapshot.LastChange(updated, created, func(column int) (t instant, present bool, err error) {
		if column == updated {
			_, t, present, err = r.time(column, id)
			d.updated, d.hasUpdated = t, present
		} else {
			d.wall, t, present, err = r.time(column, id)
			d.created, d.hasCreated = t, present
		}
		return t, present, err
	})
	if err != nil {
		return d, false, err
	}
	if !dated {
		r.notes.add(KeyUndated, undated, id)
		return d, false, nil
	}
	r.seen.Add(changed.unix, changed.nanos, id)
	if !r.e.wanted(changed) {
		return d, false, nil
	}
	if d.hasUpdated {
		d.wall, d.created, d.hasCreated, err = r.time(created, id)
	}
	return d, err == nil, err
}
