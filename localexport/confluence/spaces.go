package confluence

import (
	"bytes"
	"context"
	"math"
	"strconv"

	"sluice/columns"
	"sluice/localexport/record"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/redact"
	"sluice/wording"
)

// space is what the other files need of a space.
type space struct {
	cell     record.Shared // its key
	escaped  string        // key as part of an address
	optedOut bool
	excluded bool // by redaction
}

// spaces are all spaces by id.
type spaces struct {
	byID     map[int64]*space
	optedOut optOuts
	keys     []string // of those that are there and excluded, in the order of their ids
}

// optOuts are the identifiers of spaces that are excluded from exports in the product:
// keys or ids, which of them is not documented.
type optOuts map[string]bool

// has reports whether a space is excluded by its key.
func (x optOuts) has(key []byte) bool { return x[string(key)] }

// take reports whether a space is excluded, by its key or its id, and has the key
// from then on: events name their space by that alone.
func (x optOuts) take(key []byte, id int64) bool {
	if !x.has(key) && !x[strconv.FormatInt(id, 10)] {
		return false
	}
	x[string(key)] = true
	return true
}

// optOuts reads what is excluded.
func (e *exporter) optOuts(c *sqlread.Conn) (optOuts, error) {
	t := e.s.Table("AO_8752F1_DATA_PIPELINE_EOO")
	if t == nil || e.o.IgnoreOptOuts {
		return nil, nil
	}
	out := optOuts{}
	err := c.Each("SELECT "+t.Select("ENTITY_IDENTIFIER")+" FROM "+t.From("t"), func(r *sqlread.Stmt) error {
		if id := string(bytes.TrimSpace(r.Bytes(0))); id != "" {
			out[id] = true
		}
		return nil
	})
	if err != nil {
		return nil, wording.Errorf("read table %s: %w", t.Name, e.s.Damaged(t.Name, err))
	}
	return out, nil
}

var spaceColumns = []string{"spaceid", "spacekey", "spacename", "spacetype", "spacestatus", "creator", "lastmodifier",
	"creationdate", "lastmoddate", "homepage"}

// readSpaces loads what the other files need of the spaces.
func (e *exporter) readSpaces(ctx context.Context, order *snapshot.Order) (*spaces, error) {
	c, err := e.s.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	excluded, err := e.optOuts(c)
	if err != nil {
		return nil, err
	}
	walk, err := order.Walk(c, nil, "spaceid", "spacekey")
	if err != nil {
		return nil, err
	}
	defer walk.Close()
	s := &spaces{byID: map[int64]*space{}, optedOut: excluded}
	var met redact.Met
	if err := walk.Range(math.MinInt64, math.MaxInt64); err != nil {
		return nil, err
	}
	for {
		row, err := walk.Next()
		if err != nil || !row {
			e.tellUnmet(&met)
			return s, err
		}
		id, _ := snapshot.ID(walk.Row, 0)
		key := walk.Row.Bytes(1)
		cell, replaced := e.clean(key)
		if e.redaction != nil {
			met.Look(e.redaction.Rules, string(cell))
		}
		x := &space{cell: e.format.Share(columns.HoldsSpaceKey, cell), escaped: string(appendKey(nil, key)), excluded: e.excludes(cell)}
		if replaced {
			e.notes.add(KeyNULReplaced, "Keys of spaces that held U+0000, for which databases refuse a file, have U+FFFD for it: %d (first: spaceid %d).", id)
		}
		if s.byID[id] == nil {
			if x.optedOut = excluded.take(key, id); x.optedOut {
				s.keys = append(s.keys, string(key))
			}
			s.byID[id] = x
		}
	}
}

// spaceReader encodes the records of spaces.
type spaceReader struct {
	walkReader
	home *homepages
	url  []byte
}

func (e *exporter) openSpaces(order *snapshot.Order) opener {
	return func(src source) (reader, error) {
		r := &spaceReader{walkReader: e.newWalkReader(src, fileSpaces, order.Table, spaceColumns)}
		err := r.openWalk(src, order, nil)
		if err == nil {
			r.home, err = e.openHomepages(src.conn)
		}
		if err != nil {
			r.close()
			return nil, err
		}
		r.parts = append(r.parts, r.home)
		return r, nil
	}
}

func (r *spaceReader) read(after, last int64, out *output) error {
	return r.each(after, last, out, r.space)
}

func (r *spaceReader) space(out *output) error {
	id, fresh, err := r.nextKey("Rows of the table spaces whose spaceid is there already were left out: %d (first: spaceid %d).")
	if err != nil || !fresh {
		return err
	}
	known := r.e.spaces.byID[id]
	if known == nil || known.optedOut {
		return nil
	}
	_, created, hasCreated, err := r.time(7, id)
	if err != nil {
		return err
	}
	_, updated, hasUpdated, err := r.time(8, id)
	if err != nil {
		return err
	}
	changed, _, _ := snapshot.LastChange(8, 7, func(column int) (instant, bool, error) {
		if column == 8 {
			return updated, hasUpdated, nil
		}
		return created, hasCreated, nil
	})
	if r.e.o.LimitSpaces && !r.e.wanted(changed) {
		return nil
	}
	if r.e.leavesOut(r.notes, known, 0, id) {
		return nil
	}
	home, hasHome, err := r.id(9, id)
	if err != nil {
		return err
	}
	out.Shared(known.cell)
	out.Shared(r.e.shared.instance)
	r.url = r.e.address.appendSpace(r.url[:0], known.escaped)
	out.Text(r.url)
	if r.url, err = r.home.address(r.url[:0], home, hasHome, known.escaped); err != nil {
		return err
	}
	out.Text(r.url)
	out.Text(r.row.Bytes(2))
	out.Text(r.row.Bytes(3))
	status := r.row.Bytes(4)
	if !r.e.o.SpaceStatusAsStored {
		status = bytes.ToLower(status)
	}
	out.Text(status)
	out.Text(r.row.Bytes(5))
	out.Text(r.row.Bytes(6))
	r.e.users.check(r.notes, r.row.Bytes(5), id)
	r.e.users.check(r.notes, r.row.Bytes(6), id)
	out.time(created, hasCreated)
	out.time(updated, hasUpdated)
	return out.endRow()
}
