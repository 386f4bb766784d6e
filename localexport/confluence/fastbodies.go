package confluence

import (
	"math"

	"sluice/localexport/keyfile"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
)

// fastBodies finds bodies without SQLite: the index on their contentid, or the
// keys that were sorted for want of one, are walked along with the content.
type fastBodies struct {
	index *sqlitefile.IndexCursor // nil if there are keys
	more  bool                    // whether index is at an entry
	keys  *keyfile.Reader
	at, n int64 // the next key, and how many there are
	table *sqlitefile.Cursor
	row   *snapshot.FileRow // body, type, id
}

func (e *exporter) openFastBodies(r *sqlitefile.Reader) (*fastBodies, error) {
	b := &fastBodies{}
	var err error
	if e.bodies.index == "" {
		b.keys, b.n = e.bodies.keys.Reader(), e.bodies.keys.Len()
	} else if b.index, err = e.indexCursor(r, e.bodies.table, "contentid"); err != nil {
		return nil, err
	}
	b.table, b.row, err = snapshot.OpenCursor(r, e.file, e.bodies.table, "body", "bodytypeid", "bodycontentid")
	return b, err
}

func (b *fastBodies) start(after, last int64) (err error) {
	if b.index == nil {
		b.at, err = b.keys.Search(above(after, last).Lo)
		return err
	}
	b.index.Range(above(after, last))
	return b.step()
}

// above is the range of keys above after, up to last.
func above(after, last int64) sqlitefile.Range {
	if after < math.MaxInt64 {
		after++
	}
	return sqlitefile.Range{Lo: after, Hi: last}
}

func (b *fastBodies) step() (err error) {
	b.more, err = b.index.Next()
	return err
}

// next is the row number of the next body of content, whose ids ascend; false if
// it has no more.
func (b *fastBodies) next(id int64) (row int64, ok bool, err error) {
	if b.index == nil {
		return b.nextKey(id)
	}
	for b.more {
		key, state := snapshot.ID(keyOf{b.index}, 0)
		if state != snapshot.IDPresent {
			return 0, false, errLeave // a fraction, which is the id of nothing
		}
		if key > id {
			return 0, false, nil
		}
		row := b.index.Rowid()
		if err := b.step(); err != nil {
			return 0, false, err
		}
		if key == id {
			return row, true, nil
		}
	}
	return 0, false, nil
}

func (b *fastBodies) nextKey(id int64) (row int64, ok bool, err error) {
	for b.at < b.n {
		p, err := b.keys.At(b.at)
		if err != nil || p.Key > id {
			return 0, false, err
		}
		b.at++
		if p.Key == id {
			return p.Row, true, nil
		}
	}
	return 0, false, nil
}

// appendFast is append without SQLite.
func (x *bodyCursor) appendFast(out *output, id int64) error {
	b := x.fast
	mark := out.Mark()
	best, any, none, long := rank{}, false, true, int64(-1)
	for {
		row, more, err := b.next(id)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		found, err := b.table.Find(row)
		if err != nil {
			return err
		}
		if !found {
			return errLeave // an index entry without its row
		}
		none = false
		r, ok, err := x.rankOf(b.row, id)
		if err != nil {
			return err
		}
		if ok && (!any || r.over(best)) {
			best, any = r, true
			out.Rewind(mark)
			if long = -1; x.cut == nil && b.row.Size(0) > longBody {
				long = row
			} else {
				x.encodeFast(out)
			}
		}
		if err := b.row.Err(); err != nil {
			return err
		}
	}
	if !any {
		out.Null()
	}
	x.doubt(id, any, none)
	if long < 0 {
		return nil
	}
	err := x.appendLong(out, long)
	if err != nil && !out.torn {
		return errLeave // SQLite says what is wrong
	}
	return err
}

// encodeFast appends the body of the current row, of which it reads no more than
// a cell holds.
func (x *bodyCursor) encodeFast(out *output) {
	row := x.fast.row
	if most := (x.limit + 1) * 4; x.cut != nil && row.Size(0) > most {
		x.text(out, row.Prefix(0, most))
		return
	}
	x.text(out, row.Bytes(0))
}
