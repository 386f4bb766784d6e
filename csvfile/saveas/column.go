package saveas

import (
	"context"
	"fmt"
	"strings"

	"sluice/csvfile"
)

// Column is a column of a form that has types.
type Column struct {
	Name string
	Type csvfile.ValueType
	// digits is how many the whole numbers have at most, or figures the decimals.
	digits int
}

// measured is which part of the work the reading is that finds out what the columns are.
func (s *saving) measured() float64 {
	if s.reads() {
		return 0.4
	}
	return 0
}

// reads reports whether the source must be read before it is written: for the types of
// its columns, or for how many there are.
func (s *saving) reads() bool {
	return s.types() == TypesAuto || s.o.Columns == nil && s.o.Form != JSONL
}

// types is what the columns are written as.
func (s *saving) types() Types {
	switch {
	case !s.o.Form.typed():
		return TypesText
	case s.o.Types != "":
		return s.o.Types
	case s.o.Form == JSONL:
		return TypesText
	}
	return TypesAuto
}

// measure finds out which columns there are, and of what type.
func (s *saving) measure(ctx context.Context) error {
	header := s.src.Header()
	var names []string
	if s.o.Columns == nil {
		names, s.all = header, true
	}
	for _, col := range s.o.Columns {
		name := ""
		if col < len(header) {
			name = header[col]
		} else {
			name = csvfile.ColumnName(col)
		}
		names = append(names, name)
	}
	for _, name := range names {
		s.columns = append(s.columns, Column{Name: name, Type: csvfile.TypeText})
	}
	if !s.reads() {
		s.rename(len(names))
		return nil
	}
	types := make([]typing, len(names))
	typed := s.types() == TypesAuto
	err := csvfile.EachRow(ctx, csvfile.AnyOrder(s.src), s.o.Columns, func(r csvfile.FullRow) error {
		for len(types) < len(r.Cells) {
			types = append(types, typing{})
		}
		if s.all && len(r.Cells) > len(header) {
			s.notes.add(WiderRows, r.Number)
		}
		for i, cell := range r.Cells {
			if typed {
				types[i].add(cell)
			}
		}
		return nil
	}, s.reading(s.measured(), 0))
	if err != nil {
		return err
	}
	for i := len(s.columns); i < len(types); i++ {
		s.columns = append(s.columns, Column{Name: csvfile.ColumnName(i), Type: csvfile.TypeText})
	}
	for i := range types {
		if typed {
			s.columns[i].Type, s.columns[i].digits = types[i].is(), types[i].digits
		}
	}
	s.rename(len(names))
	return nil
}

// rename gives each column a name of its own, which all forms but CSV need. Those that the
// header does not name come last, and leave its names alone.
func (s *saving) rename(named int) {
	taken := map[string]bool{}
	for _, c := range s.columns {
		taken[s.key(c.Name)] = true
	}
	seen, next := map[string]bool{}, map[string]int{} // next is where the numbers of a name go on
	for i := range s.columns {
		c := &s.columns[i]
		was := c.Name
		n := max(2, next[was])
		if c.Name == "" {
			c.Name = csvfile.ColumnName(i)
		}
		for ; seen[s.key(c.Name)] || c.Name != was && taken[s.key(c.Name)]; n++ {
			c.Name = fmt.Sprintf("%s_%d", was, n)
			if was == "" {
				c.Name = fmt.Sprintf("%s_%d", csvfile.ColumnName(i), n)
			}
		}
		seen[s.key(c.Name)] = true
		if was != "" {
			next[was] = n
		}
		if c.Name != was && i < named {
			s.notes.rename(was, c.Name)
		}
	}
}

// column is column i; in JSON Lines there may be more than are known.
func (s *saving) column(i int) *Column {
	for len(s.columns) <= i {
		s.columns = append(s.columns, Column{Name: csvfile.ColumnName(len(s.columns)), Type: csvfile.TypeText})
		s.rename(0)
	}
	return &s.columns[i]
}

// key is what two names must not have in common.
func (s *saving) key(name string) string {
	if s.o.Form == SQLite {
		return strings.ToLower(name)
	}
	return name
}
