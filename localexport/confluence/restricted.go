package confluence

import (
	"cmp"
	"context"
	"slices"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/wording"
)

// child is content and what it lies below.
type child struct{ parent, id int64 }

// restricted are the pages that only some may view, and all below them: the product asks
// for the right to view each page above one. A set of permissions to view that names
// nobody restricts nothing (spec/confluence-database.md §2.3).
func (e *exporter) restricted(ctx context.Context, sets, holders *snapshot.Table) (map[int64]bool, error) {
	c, err := e.s.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	hidden := map[int64]bool{}
	var open []int64 // whose children are still to be looked at
	add := func(id int64) {
		if !hidden[id] {
			hidden[id] = true
			open = append(open, id)
		}
	}
	err = c.Each("SELECT "+sets.Select("content_id")+" FROM "+sets.From("t")+" WHERE lower("+sets.Select("cont_perm_type")+") = 'view' AND "+
		sets.Select("id")+" IN (SELECT "+holders.Select("cps_id")+" FROM "+sqlread.Quote(holders.Name)+")", func(r *sqlread.Stmt) error {
		if id, state := snapshot.ID(r, 0); state == snapshot.IDPresent {
			add(id)
		}
		return nil
	})
	if err != nil {
		return nil, wording.Errorf("read table %s: %w", sets.Name, e.s.Damaged(sets.Name, err))
	}
	if len(open) == 0 {
		return hidden, nil
	}
	below, err := e.children(c)
	if err != nil {
		return nil, err
	}
	for len(open) > 0 {
		parent := open[len(open)-1]
		open = open[:len(open)-1]
		i, _ := slices.BinarySearchFunc(below, parent, func(c child, parent int64) int { return cmp.Compare(c.parent, parent) })
		for ; i < len(below) && below[i].parent == parent; i++ {
			add(below[i].id)
		}
	}
	return hidden, nil
}

// children are all pages below others, in the order of what they lie below: 16 bytes for
// each.
func (e *exporter) children(c *sqlread.Conn) ([]child, error) {
	var below []child
	t := e.content.Table
	err := c.Each("SELECT "+t.Select("parentid", "contentid")+" FROM "+t.From("t")+" WHERE "+t.Select("parentid")+" IS NOT NULL", func(r *sqlread.Stmt) error {
		parent, has := snapshot.ID(r, 0)
		id, is := snapshot.ID(r, 1)
		if has == snapshot.IDPresent && is == snapshot.IDPresent {
			below = append(below, child{parent, id})
		}
		return nil
	})
	if err != nil {
		return nil, wording.Errorf("read table %s: %w", t.Name, e.s.Damaged(t.Name, err))
	}
	slices.SortFunc(below, func(a, b child) int { return cmp.Or(cmp.Compare(a.parent, b.parent), cmp.Compare(a.id, b.id)) })
	return below, nil
}
