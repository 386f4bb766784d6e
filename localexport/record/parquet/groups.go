package parquet

import "fmt"

// put writes the pages of giant texts of the row group before.
func (w *writer) put(giants []*giant) error {
	at := w.to.n - w.to.put
	for _, g := range giants {
		p, err := g.writeTo(w.to)
		if err != nil {
			return err
		}
		p.group, p.offset = len(w.ending.bounds)-1, at
		w.ending.moved = append(w.ending.moved, p)
		w.to.put += p.packed
	}
	return nil
}

// commit ends the row group, if it has rows.
func (w *writer) commit() error {
	if w.rows == 0 {
		return nil
	}
	if _, err := w.group.Commit(); err != nil {
		return err
	}
	w.ending.bounds = append(w.ending.bounds, w.bounds)
	w.bounds, w.rows = make([]bounds, len(w.file.Columns)), 0
	return nil
}

// add appends rows of a batch to the row group.
func (w *writer) add(b *batch, from, to int) error {
	for i, column := range w.group.ColumnWriters() {
		if err := w.append(column, i, &b.cells[i], from, to); err != nil {
			return fmt.Errorf("column %s: %w", w.file.Columns[i].Name, err)
		}
	}
	w.rows += to - from
	return nil
}
