package confluence

import (
	"fmt"
	"slices"

	"sluice/localexport/keyfile"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
)

// labelCursor reads the labels of content whose ids ascend.
type labelCursor struct {
	l     *labels
	s     *snapshot.Snapshot
	stmt  *sqlread.Stmt // contentid, labelid; nil without an index
	id    int64         // content that the row of stmt belongs to
	more  bool          // whether there is a row
	keys  *keyfile.Reader
	at    int64
	ranks []int32

	index *sqlitefile.IndexCursor // instead of stmt, without SQLite
	links *sqlitefile.Cursor
	row   *snapshot.FileRow // labelid
}

func (e *exporter) openLabels(src source) (*labelCursor, error) {
	x := &labelCursor{l: e.labels, s: e.s}
	if x.l.table == nil {
		return x, nil
	}
	x.keys = x.l.keys.Reader()
	if x.l.index == "" {
		return x, nil
	}
	var err error
	if src.file != nil {
		if x.index, err = e.indexCursor(src.file, x.l.table, "contentid"); err == nil {
			x.links, x.row, err = snapshot.OpenCursor(src.file, e.file, x.l.table, "labelid")
		}
		return x, err
	}
	x.stmt, err = src.conn.Prepare("SELECT " + x.l.table.Select("contentid", "labelid") + " FROM " + sqlread.Quote(x.l.table.Name) +
		" INDEXED BY " + sqlread.Quote(x.l.index) + " WHERE contentid > ?1 AND contentid <= ?2 ORDER BY contentid")
	return x, err
}

// Close releases the cursor.
func (x *labelCursor) Close() { x.stmt.Close() }

// start goes to the links of a range of content.
func (x *labelCursor) start(after, last int64) error {
	if x.keys == nil {
		return nil
	}
	var err error
	if x.at, err = x.keys.Search(after + 1); err != nil {
		return err
	}
	switch {
	case x.index != nil:
		x.index.Range(above(after, last))
	case x.stmt != nil:
		if err := x.stmt.Bind(after, last); err != nil {
			return err
		}
	default:
		return nil
	}
	return x.step()
}

func (x *labelCursor) step() (err error) {
	if x.index != nil {
		if x.more, err = x.index.Next(); x.more {
			var state snapshot.IDState
			x.id, state = snapshot.ID(keyOf{x.index}, 0)
			if state != snapshot.IDPresent {
				return errLeave // a fraction, which is the id of nothing
			}
		}
		return err
	}
	if x.more, err = x.stmt.Step(); x.more {
		var state snapshot.IDState
		if x.id, state = snapshot.ID(x.stmt, 0); state != snapshot.IDPresent {
			value := string(x.stmt.Bytes(0))
			return badLink(x.s, x.l.table, "contentid "+value, value)
		}
	}
	return x.s.Damaged(x.l.table.Name, err)
}

// add adds a label to those of the content at hand.
func (x *labelCursor) add(label int64) {
	if rank, ok := x.l.names.rankOf(label); ok {
		x.ranks = append(x.ranks, rank)
	}
}

// link is the label of the link at hand; present is false for a link to none.
func (x *labelCursor) link() (label int64, present bool, err error) {
	if x.index == nil {
		label, state := snapshot.ID(x.stmt, 1)
		if state == snapshot.IDBad {
			err = badLink(x.s, x.l.table, fmt.Sprintf("contentid %d", x.id), string(x.stmt.Bytes(1)))
		}
		return label, state == snapshot.IDPresent, err
	}
	found, err := x.links.Find(x.index.Rowid())
	if err == nil && !found {
		err = errLeave // an index entry without its row
	}
	if err != nil {
		return 0, false, err
	}
	label, state := snapshot.ID(x.row, 0)
	if state == snapshot.IDBad {
		return 0, false, errLeave
	}
	return label, state == snapshot.IDPresent, nil
}

// keyOf is the key of an index entry as a row.
type keyOf struct{ *sqlitefile.IndexCursor }

// Kind implements snapshot.Row.
func (k keyOf) Kind(i int) sqlread.Kind { return sqlread.Kind(k.IndexCursor.Kind(i)) }

// Bytes implements snapshot.Row. Ids in an index that is in the order of numbers
// are numbers.
func (k keyOf) Bytes(int) []byte { return nil }

// collect gathers the labels of content.
func (x *labelCursor) collect(id int64) error {
	x.ranks = x.ranks[:0]
	for x.more && x.id <= id {
		if x.id == id {
			label, present, err := x.link()
			if err != nil {
				return err
			}
			if present {
				x.add(label)
			}
		}
		if err := x.step(); err != nil {
			return err
		}
	}
	if x.keys == nil {
		return nil
	}
	for ; x.at < x.l.keys.Len(); x.at++ {
		p, err := x.keys.At(x.at)
		if err != nil || p.Key > id {
			return err
		}
		if p.Key == id {
			x.add(p.Row)
		}
	}
	return nil
}

// manyLabels is how many labels of one page are written before it is looked whether
// the chunk is full.
const manyLabels = 4096

// append gives the cell of the labels that were collected.
func (x *labelCursor) append(out *output) error {
	slices.Sort(x.ranks)
	x.ranks = slices.Compact(x.ranks)
	out.BeginList(x.l.words, len(x.ranks))
	for i, rank := range x.ranks {
		out.Item(rank)
		if (i+1)%manyLabels == 0 {
			if err := out.room(); err != nil {
				return err
			}
		}
	}
	out.EndList()
	return nil
}
