package confluence

import (
	"context"
	"fmt"

	"sluice/columns"
	"sluice/localexport/keyfile"
	"sluice/localexport/record"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/wording"
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
		return nil, wording.Errorf("count table %s: %w", names.Name, e.s.Damaged(names.Name, err))
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
		return nil, wording.Errorf("read table %s: %w", names.Name, e.s.Damaged(names.Name, err))
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
