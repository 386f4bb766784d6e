package confluence

import (
	"context"
	"fmt"

	"sluice/localexport/keyfile"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
)

// bodySource tells how to find the bodies of content: by an index of the
// snapshot, else by sorted keys.
type bodySource struct {
	table *snapshot.Table
	index string        // on contentid; "" if keys were sorted
	keys  *keyfile.File // contentid and row number
	bad   []*snapshot.ValueError
}

// findBodies chooses how to find bodies.
func (e *exporter) findBodies(ctx context.Context) (bodySource, error) {
	b := bodySource{table: e.s.Table("bodycontent"), index: bodyIndex(e.s.Table("bodycontent"))}
	complete, err := e.onlyNumbers(ctx, b.table, b.index, "contentid")
	if err != nil || complete {
		return b, err
	}
	b.index = ""
	var bad []*snapshot.ValueError
	b.keys, bad, err = e.s.Keys(ctx, b.table, "contentid", e.sorting(), "", []string{"contentid"}, func(r snapshot.Row, k *keyfile.Builder) error {
		switch id, state := snapshot.ID(r, 1); state {
		case snapshot.IDPresent:
			return k.Add(id, r.Int(0))
		case snapshot.IDBad:
			return &snapshot.ValueError{Path: e.s.Path(), Table: b.table.Name, Column: "contentid",
				Row: fmt.Sprintf("row number %d", r.Int(0)), Value: string(r.Bytes(1)), Want: "is no number"}
		}
		return nil // a body of nothing
	})
	b.bad = bad
	return b, err
}

// onlyNumbers reports whether all values of a column are in the order of numbers of
// its index: ids that are stored as texts or blobs come behind them, where nobody
// would look. It is false without an index.
func (e *exporter) onlyNumbers(ctx context.Context, t *snapshot.Table, index, column string) (bool, error) {
	if index == "" {
		return false, nil
	}
	c, err := e.s.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer c.Close()
	_, other, err := c.Int("SELECT 1 FROM " + sqlread.Quote(t.Name) + " INDEXED BY " + sqlread.Quote(index) +
		" WHERE " + snapshot.NotNumber(t.Select(column)) + " LIMIT 1")
	return !other, e.s.Damaged(t.Name, err)
}

// bodyIndex is the index that finds bodies by the id of their content, or "".
func bodyIndex(t *snapshot.Table) string {
	index, ok := t.NumberIndex("contentid")
	if !ok {
		return ""
	}
	return index.Name
}
