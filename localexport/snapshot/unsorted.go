package snapshot

// Unsorted is a table without the order that an export needs, so that the keys in a
// column of it are sorted first.
type Unsorted struct {
	Table  *Table
	Column Column
}

// Unsorted lists these tables. An export visits content and events in the order of
// their ids, which are their row numbers as a rule, and finds bodies and labels by an
// index on the id of their content.
func (s *Snapshot) Unsorted() []Unsorted {
	var all []Unsorted
	for _, x := range []struct {
		table, column string
		visited       bool // in the order of the column; else rows are found by it
	}{{"content", "contentid", true}, {"bodycontent", "contentid", false}, {"content_label", "contentid", false}, {"AO_7B47A5_EVENT", "ID", true}} {
		t := s.Table(x.table)
		if t == nil {
			continue
		}
		column, _ := t.Column(x.column)
		sorted := t.IsRowid(x.column)
		if !x.visited {
			_, sorted = t.NumberIndex(x.column)
		}
		if !sorted {
			all = append(all, Unsorted{t, column})
		}
	}
	return all
}
