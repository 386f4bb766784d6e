package saveas

import (
	"context"
	"strings"

	"sluice/csvfile"
)

// TypesOf finds out of what type columns of src are: the one that all values of a column have,
// without losing a digit or a letter. long are those columns of texts that hold nothing but numbers,
// some of more digits than types of numbers keep. look, which may be nil, is shown each row; both it and
// progress, which may be nil, are called from one goroutine at a time.
func TypesOf(ctx context.Context, src csvfile.Source, columns []int, look func(csvfile.FullRow), progress func(csvfile.Progress)) (types []csvfile.ValueType, long []int, err error) {
	all := make([]typing, len(columns))
	err = csvfile.EachRow(ctx, csvfile.AnyOrder(src), columns, func(r csvfile.FullRow) error {
		for i, cell := range r.Cells {
			all[i].add(cell)
		}
		if look != nil {
			look(r)
		}
		return nil
	}, progress)
	types = make([]csvfile.ValueType, len(columns))
	for i := range all {
		if types[i] = all[i].is(); all[i].long() {
			long = append(long, columns[i])
		}
	}
	return types, long, err
}

// Names are the names of the columns of a header in a form: each has one of its own, and none
// has what the form cannot have in a name. The notes tell of those that were renamed.
func Names(form Form, header []string) ([]string, []Note) {
	s := saving{o: Options{Form: form}, notes: notes{}}
	for _, name := range header {
		s.columns = append(s.columns, Column{Name: s.name(name)})
	}
	s.rename(len(header))
	names := make([]string, len(header))
	for i, c := range s.columns {
		names[i] = c.Name
	}
	return names, s.notes.list()
}

// name is the name of a column with what is no UTF-8, or no character of one, replaced.
func (s *saving) name(name string) string {
	return strings.ReplaceAll(string(s.notes.valid([]byte(name), -1)), "\x00", "\ufffd")
}
