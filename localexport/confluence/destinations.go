package confluence

import (
	"encoding/json"
	"errors"
	"io"

	"sluice/columns"
	"sluice/localexport/product"
	"sluice/localexport/record/several"
)

// destinations are where a file goes, one for each format.
type destinations []*destination

// destination is a file that counts its bytes.
type destination struct {
	Output
	name  string
	bytes int64
}

// Write implements io.Writer.
func (d *destination) Write(p []byte) (int, error) {
	n, err := d.Output.Write(p)
	d.bytes += int64(n)
	return n, err
}

// openEach opens the destinations of a file. What was opened comes with an error, too.
func openEach(open Sink, file string, formats []product.Format) (list destinations, _ error) {
	for _, f := range formats {
		name := product.FileName(file, f)
		to, err := open(name)
		if err != nil {
			return list, err
		}
		list = append(list, &destination{Output: to, name: name})
	}
	return list, nil
}

// writer is what a format writes to.
func (l destinations) writer() io.Writer {
	if len(l) == 1 {
		return l[0]
	}
	var all several.Destinations
	for _, d := range l {
		all = append(all, d)
	}
	return all
}

// from is where to go on, as all destinations tell; nil means at the beginning. Only a
// file of one format is gone on with before it is whole.
func (l destinations) from() *State {
	var first *State
	for i, d := range l {
		keeper, ok := d.Output.(Keeper)
		if !ok || keeper.From() == nil {
			return nil
		}
		s := *keeper.From()
		d.bytes = s.Bytes
		if i == 0 {
			first = &s
			continue
		}
		first.Bytes += s.Bytes
		first.Done = first.Done && s.Done
	}
	return first
}

// keeps reports whether the destinations remember how far they are.
func (l destinations) keeps() bool {
	_, ok := l[0].Output.(Keeper)
	return ok
}

// due reports whether it is time to keep a state.
func (l destinations) due() bool { return l[0].Output.(Keeper).Due() }

// keep keeps a state, with the bytes of each destination.
func (l destinations) keep(s State, format json.RawMessage) {
	for _, d := range l {
		s.Bytes, s.Format = d.bytes, format
		d.Output.(Keeper).Keep(s)
	}
}

func (l destinations) commit() error {
	for _, d := range l {
		if err := d.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func (l destinations) close() (err error) {
	for _, d := range l {
		err = errors.Join(err, d.Close())
	}
	return err
}

// results are the files of a table with so many records.
func (l destinations) results(table columns.File, rows int64) (list []FileResult) {
	for _, d := range l {
		list = append(list, FileResult{Name: d.name, Rows: rows, Bytes: d.bytes, Columns: table.Columns})
	}
	return list
}
