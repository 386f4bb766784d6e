package confluence

import (
	"context"
	"fmt"
	"slices"

	"sluice/columns"
	"sluice/localexport/keyfile"
	"sluice/localexport/record"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
)

// labels are the names of labels, and where the links to them are.
type labels struct {
	names *labelNames
	words record.Words    // the names by their ranks
	table *snapshot.Table // content_label, nil if there are none
	index string          // on its contentid, or ""
	keys  *keyfile.File   // contentid and label id of the links that the index does not find
}

// readLabels loads the names of labels; labels of other namespaces than global
// are private or belong to spaces (spec/confluence-database.md §2.3).
func (e *exporter) readLabels(ctx context.Context) (*labels, error) {
	l := &labels{}
	names, links := e.s.Table("label"), e.s.Table("content_label")
	if names == nil || links == nil {
		e.notes.say(KeyMissingTable, "The snapshot has no table label or content_label: pages are written without labels.")
		l.words = e.format.Words(columns.HoldsLabel, newLabelNames(0, 0))
		return l, nil
	}
	c, err := e.s.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if l.names, err = roomForNames(c, names); err != nil {
		return nil, fmt.Errorf("count table %s: %w", names.Name, e.s.Damaged(names.Name, err))
	}
	err = c.Each("SELECT "+names.Select("labelid", "name", "namespace")+" FROM "+names.From("t"), func(r *sqlread.Stmt) error {
		name := r.Bytes(1)
		if len(name) == 0 || !e.o.AllLabels && string(r.Bytes(2)) != "global" {
			return nil
		}
		id, state := snapshot.ID(r, 0)
		if state != snapshot.IDPresent {
			bad := &snapshot.ValueError{Path: e.s.Path(), Table: names.Name, Column: "labelid", Row: fmt.Sprintf("name %q", name),
				Value: string(r.Bytes(0)), Want: "is no number"}
			if !e.o.SkipBadRows {
				return bad
			}
			e.rejectAll("pages", []*snapshot.ValueError{bad})
			return nil
		}
		name, replaced := e.clean(name)
		if replaced {
			e.notes.add(KeyNULReplaced, "Names of labels that held U+0000, for which databases refuse a file, have U+FFFD for it: %d (first: labelid %d).", id)
		}
		return l.names.add(id, name)
	})
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", names.Name, e.s.Damaged(names.Name, err))
	}
	l.names.sort()
	l.words = e.format.Words(columns.HoldsLabel, l.names)
	l.table = links
	return l, e.linkLabels(ctx, l)
}

// roomForNames makes room for the names of all labels.
func roomForNames(c *sqlread.Conn, t *snapshot.Table) (*labelNames, error) {
	n, _, err := c.Int("SELECT count(*) FROM " + sqlread.Quote(t.Name))
	if err != nil {
		return nil, err
	}
	size, _, err := c.Int("SELECT sum(octet_length(" + t.Select("name") + ")) FROM " + sqlread.Quote(t.Name))
	return newLabelNames(n, size), err
}

// linkLabels finds out how to read the labels of content in the order of its
// ids: by an index on contentid, else by sorting. Links whose contentid is no
// number, in which order the index is, are sorted in any case: those that name
// their content only by labelableid, and ids that are stored as blobs.
func (e *exporter) linkLabels(ctx context.Context, l *labels) error {
	l.index = labelIndex(l.table)
	where := ""
	if l.index != "" {
		column := l.table.Select("contentid")
		where = column + " IS NULL OR " + snapshot.NotNumber(column)
	}
	columns := []string{"contentid", "labelableid", "labelabletype", "labelid"}
	keys, bad, err := e.s.Keys(ctx, l.table, "labels", e.sorting(), where, columns, func(r snapshot.Row, b *keyfile.Builder) error {
		id, state := snapshot.ID(r, 1)
		if state == snapshot.IDNull && string(r.Bytes(3)) == "CONTENT" {
			id, state = snapshot.ID(r, 2)
		}
		if state == snapshot.IDNull {
			return nil
		}
		label, labelState := snapshot.ID(r, 4)
		if state == snapshot.IDBad || labelState == snapshot.IDBad {
			return badLink(e.s, l.table, fmt.Sprintf("row number %d", r.Int(0)), string(r.Bytes(1))+", "+string(r.Bytes(4)))
		}
		if labelState == snapshot.IDNull {
			return nil
		}
		return b.Add(id, label)
	})
	l.keys = keys
	e.rejectAll("pages", bad)
	return err
}

// badLink is the error for a link whose ids are not.
func badLink(s *snapshot.Snapshot, t *snapshot.Table, row, value string) error {
	return &snapshot.ValueError{Path: s.Path(), Table: t.Name, Column: "contentid or labelid", Row: row, Value: value, Want: "is no number"}
}

// labelIndex is the index that finds labels by the id of their content, or "".
func labelIndex(t *snapshot.Table) string {
	if index, ok := t.NumberIndex("contentid"); ok {
		return index.Name
	}
	return ""
}

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
