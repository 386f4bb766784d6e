package confluence

import (
	"unicode/utf8"

	"sluice/localexport/sqlread"
)

// appendLarge appends the start of a body that is too long to be loaded: as
// much of it as a cell holds. It reports whether there was a body of a type that
// is exported.
func (x *bodyCursor) appendLarge(out *output, id int64) (bool, error) {
	if !x.e.s.UTF8() { // the start would have to be converted
		return false, sqlread.ErrTooBig
	}
	t := x.e.bodies.table
	best, row, any := rank{}, int64(0), false
	// The statement of the cursor without the body itself.
	columns := "SELECT " + t.Rowid + ", " + t.Select("bodytypeid", "bodycontentid") + " FROM " + sqlread.Quote(t.Name) + " WHERE "
	consider := func(r *sqlread.Stmt) error {
		rank, ok, err := x.rankOf(r, id)
		if err == nil && ok && (!any || rank.kind > best.kind || rank.kind == best.kind && rank.id > best.id) {
			best, row, any = rank, r.Int(0), true
		}
		return err
	}
	if x.keys == nil {
		if err := x.conn.Each(columns+t.Select("contentid")+" = ?1", consider, id); err != nil {
			return false, err
		}
	} else {
		at, err := x.keys.Search(id)
		for n := x.e.bodies.keys.Len(); err == nil && at < n; at++ {
			p, readErr := x.keys.At(at)
			if readErr != nil {
				return false, readErr
			}
			if p.Key != id {
				break
			}
			err = x.conn.Each(columns+t.Rowid+" = ?1", consider, p.Row)
		}
		if err != nil {
			return false, err
		}
	}
	if !any {
		return false, nil
	}
	body, _ := t.Column("body")
	b, err := x.conn.Prefix(t.Name, body.Name, row, (x.limit+1)*utf8.UTFMax)
	if err != nil {
		return false, err
	}
	x.text(out, b)
	return true, nil
}
