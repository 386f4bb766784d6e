package confluence

import (
	"math"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
)

// fastBodies finds bodies without SQLite: the index on their contentid is
// walked along with the content.
type fastBodies struct {
	index *sqlitefile.IndexCursor
	more  bool
	table *sqlitefile.Cursor
	row   *snapshot.FileRow // body, type, id
}

func (e *exporter) openFastBodies(r *sqlitefile.Reader) (*fastBodies, error) {
	b := &fastBodies{}
	var err error
	if b.index, err = e.indexCursor(r, e.bodies.table, "contentid"); err != nil {
		return nil, err
	}
	b.table, b.row, err = snapshot.OpenCursor(r, e.file, e.bodies.table, "body", "bodytypeid", "bodycontentid")
	return b, err
}

func (b *fastBodies) start(after, last int64) error {
	b.index.Range(above(after, last))
	return b.next()
}

// above is the range of keys above after, up to last.
func above(after, last int64) sqlitefile.Range {
	if after < math.MaxInt64 {
		after++
	}
	return sqlitefile.Range{Lo: after, Hi: last}
}

func (b *fastBodies) next() (err error) {
	b.more, err = b.index.Next()
	return err
}

// appendFast is append without SQLite.
func (x *bodyCursor) appendFast(out *output, id int64) error {
	b := x.fast
	mark := out.Mark()
	best, any := rank{}, false
	for b.more {
		key, state := snapshot.ID(keyOf{b.index}, 0)
		if state != snapshot.IDPresent || key > id {
			break
		}
		if key == id {
			found, err := b.table.Find(b.index.Rowid())
			if err != nil {
				return err
			}
			if !found {
				return errLeave // an index entry without its row
			}
			r, ok, err := x.rankOf(b.row, id)
			if err != nil {
				return err
			}
			if ok && (!any || r.kind > best.kind || r.kind == best.kind && r.id > best.id) {
				best, any = r, true
				out.Rewind(mark)
				x.encodeFast(out)
			}
			if err := b.row.Err(); err != nil {
				return err
			}
		}
		if err := b.next(); err != nil {
			return err
		}
	}
	if !any {
		out.Empty()
	}
	return nil
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
