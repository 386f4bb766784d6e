package dbfile

import (
	"errors"

	"sluice/localexport/keyfile"
	"sluice/takes/feed"
	"sluice/takes/pagefile"
	"sluice/wording"
)

// sortedAtOnce is how many entries of an index are sorted in memory: 4 MB.
const sortedAtOnce = 1 << 18

// errNoNumber is the error about a key that is no number.
var errNoNumber = errors.New("the key is no number")

// paged is a table whose pages are written as its rows come.
type paged struct {
	t       *table
	pages   *pagefile.Table
	key     int // place of the key in a row if that is a number, which numbers the rows then; else -1
	text    int // place of a key that is text, or -1
	numbers []int
	indexes []*pagedIndex
}

// pagedIndex collects the entries of an index on a column of whole numbers.
type pagedIndex struct {
	column      string
	at          int
	keys, nulls *keyfile.Builder
	odd         bool // the column holds something else, too: SQLite makes the index
}

func (f *File) paged(t *table) *paged {
	p := &paged{t: t, pages: f.pages.Table(), key: -1, text: -1}
	for i, c := range t.present {
		switch column := t.shape.Columns[c]; {
		case column.Key && column.IsNumber():
			p.key = i
		case column.Key:
			p.text = i
		}
		if t.shape.Columns[c].IsNumber() {
			p.numbers = append(p.numbers, i)
		}
	}
	for _, column := range t.indexed() {
		at := t.place(column)
		x := &pagedIndex{column: column, at: at, keys: keyfile.NewBuilder(f.work(), sortedAtOnce), nulls: keyfile.NewBuilder(f.work(), sortedAtOnce)}
		x.odd = !t.shape.Columns[t.present[at]].IsNumber()
		p.indexes = append(p.indexes, x)
	}
	return p
}

// insert implements inserter.
func (p *paged) insert(row []pagefile.Value) error {
	for _, i := range p.numbers {
		if row[i].Kind == pagefile.Text {
			var err error
			if row[i], err = p.t.f.asNumber(row[i]); err != nil {
				return err
			}
		}
	}
	number := p.t.written + 1
	if p.key >= 0 {
		if row[p.key].Kind != pagefile.Int {
			return errNoNumber
		}
		number = row[p.key].Int
		row[p.key] = pagefile.Value{} // its place is the row's number
	}
	for _, x := range p.indexes {
		if err := x.add(row[x.at], number); err != nil {
			return err
		}
	}
	return p.pages.Add(number, row)
}

func (x *pagedIndex) add(v pagefile.Value, number int64) error {
	switch {
	case x.odd:
		return nil
	case v.Kind == pagefile.Int:
		return x.keys.Add(v.Int, number)
	case v.Kind == pagefile.Null:
		return x.nulls.Add(number, 0)
	}
	x.odd = true
	return nil
}

// end completes the pages of the table and of its indexes, and returns the statements
// that enter them into the schema.
func (p *paged) end() (entries []string, err error) {
	root, err := p.pages.End()
	if errors.As(err, new(*pagefile.TwiceError)) {
		return nil, p.t.rowError(err)
	} else if err != nil {
		return nil, feed.At(err, "table %s", p.t.source)
	}
	name := p.t.shape.Name
	entries = []string{entry("table", name, name, root, literal(p.t.create()))}
	if p.text >= 0 {
		if root, err = p.t.f.pages.EmptyIndex(); err != nil {
			return nil, err
		}
		entries = append(entries, entry("index", "sqlite_autoindex_"+name+"_1", name, root, "NULL"))
	}
	for _, x := range p.indexes {
		if x.odd {
			continue
		}
		if root, err = x.end(p.t.f.pages); err != nil {
			return nil, wording.Errorf("index of table %s: %w", p.t.source, err)
		}
		entries = append(entries, entry("index", indexName(p.t.shape, x.column), name, root, literal(indexSQL(p.t.shape, x.column))))
	}
	return entries, nil
}

func (x *pagedIndex) end(f *pagefile.File) (root uint32, err error) {
	keys, err := x.keys.Finish()
	x.keys = nil
	if err != nil {
		return 0, err
	}
	defer keys.Close()
	nulls, err := x.nulls.Finish()
	x.nulls = nil
	if err != nil {
		return 0, err
	}
	defer nulls.Close()
	return f.Index(nulls, keys)
}

// index implements inserter. Those of numbers are there already.
func (p *paged) index() error {
	if p.text >= 0 { // what SQLite keeps such a key in is empty yet
		if err := p.t.f.c.Exec("REINDEX " + quote(p.t.shape.Name)); isConstraint(err) {
			return p.t.textTwice()
		} else if err != nil {
			return p.t.f.describe(err)
		}
	}
	for _, x := range p.indexes {
		if x.odd {
			if err := p.t.f.createIndex(p.t, x.column); err != nil {
				return err
			}
		}
	}
	return nil
}

// close implements inserter.
func (p *paged) close() error {
	err := p.pages.Close()
	for _, x := range p.indexes {
		for _, b := range []*keyfile.Builder{x.keys, x.nulls} {
			if b != nil {
				err = errors.Join(err, b.Abort())
			}
		}
	}
	return err
}
