package dbfile

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	lib "modernc.org/sqlite/lib"

	"sluice/figures"
	"sluice/localexport/sqlread"
	"sluice/takes/feed"
	"sluice/takes/pagefile"
	"sluice/takes/shape"
)

// table is a table of a snapshot that is being filled.
type table struct {
	f      *File
	shape  *shape.Table
	source feed.Table

	columns []string // of the source, as the rows come
	at      []int    // place in columns of each column of shape; -1 if missing
	present []int    // columns of shape that the source has
	rows    inserter
	values  [][]byte         // of a row, in the order of shape; nil is null
	row     []pagefile.Value // the same, in the order of present

	written  int64
	read     int64 // offered by the source
	known    int64 // what the source says that it has; -1
	odd      int64 // numbers that are none
	badText  int64 // texts that are no UTF-8
	twice    int64 // rows of a loose source whose key came before
	renamed  int64 // of these, those that got another key
	complete bool
	sums     kept       // of the rows of ranges, if they tell versions; else nil
	check    int        // column of shape by which ranges are compared, or -1
	counted  int64      // range of the row before
	counting *feed.Sums // its sums
}

// begin creates the table, or goes on with it.
func (t *table) begin(columns []string) error {
	if slices.Equal(columns, t.columns) {
		return nil
	}
	again := t.columns != nil
	t.columns, t.at = columns, t.at[:0]
	var present []int
	for i, c := range t.shape.Columns {
		place := slices.IndexFunc(columns, func(name string) bool { return strings.EqualFold(name, c.Name) })
		t.at = append(t.at, place)
		if place >= 0 {
			present = append(present, i)
		} else if c.Required {
			return feed.Damaged("the table %s has no column %s: it is not one of Confluence's database, or the columns were chosen when the source was made", t.source, c.Name)
		}
	}
	if again {
		if !slices.Equal(present, t.present) {
			return feed.Damaged("the table %s comes in pieces with different columns", t.source)
		}
		return nil
	}
	t.present, t.known = present, -1
	if t.check = t.shape.Index(t.source.Check); t.check >= 0 {
		t.sums = kept{}
	}
	t.values, t.row = make([][]byte, len(t.shape.Columns)), make([]pagefile.Value, len(present))
	var err error
	t.rows, err = t.f.inserter(t)
	return err
}

// create is the statement that makes the table.
func (t *table) create() string {
	var b strings.Builder
	b.WriteString("CREATE TABLE " + quote(t.shape.Name) + " (")
	for i, c := range t.present {
		column := t.shape.Columns[c]
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quote(column.Name) + " " + column.Type.SQL())
		if column.Key {
			b.WriteString(" NOT NULL PRIMARY KEY")
		}
	}
	b.WriteString(")")
	return b.String()
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Needs implements feed.Rows.
func (t *table) Needs(column int) bool { return slices.Contains(t.at, column) }

// Row implements feed.Rows.
func (t *table) Row(values []feed.Value) error {
	t.read++
	size := int64(0)
	for i, place := range t.at {
		t.values[i] = nil
		if place >= 0 && values[place].Valid {
			t.values[i] = values[place].Text
			if t.values[i] == nil {
				t.values[i] = empty
			}
			size += int64(len(t.values[i]))
		}
	}
	if t.f.reads += size; t.f.reads > batch {
		t.f.reads = 0
		if t.f.ctx.Err() != nil {
			return context.Cause(t.f.ctx)
		}
	}
	if t.shape.Reduce != nil && !t.shape.Reduce(t.values) {
		return nil
	}
	err := t.write()
	if err != nil && t.source.Loose && isConstraint(err) {
		return t.again()
	}
	if err != nil {
		return t.rowError(err)
	}
	t.written++
	if t.sums != nil {
		t.count()
	}
	return nil
}

// write inserts the row in values.
func (t *table) write() error {
	for i, c := range t.present {
		var err error
		if t.row[i], err = t.value(t.shape.Columns[c], t.values[c]); err != nil {
			return err
		}
	}
	return t.rows.insert(t.row)
}

// again takes a row whose key came before, from a source that keeps no keys: with
// a key of its own where nothing refers to that, else not at all.
func (t *table) again() error {
	t.twice++
	if !t.shape.Unreferred {
		return nil
	}
	for i, c := range t.present {
		if t.shape.Columns[c].Key {
			t.row[i] = pagefile.Value{} // SQLite chooses one
		}
	}
	if err := t.rows.insert(t.row); err != nil {
		return t.rowError(err)
	}
	t.renamed++
	t.written++
	return nil
}

func isConstraint(err error) bool {
	var e *sqlread.Error
	return errors.As(err, &e) && e.Code&0xff == lib.SQLITE_CONSTRAINT
}

// value is a value of the row. A number that is none is kept as it stands, as
// text: the export says what is wrong with it.
func (t *table) value(c shape.Column, value []byte) (pagefile.Value, error) {
	if value == nil {
		if c.Key {
			return pagefile.Value{}, feed.Damaged("the key %s is empty", c.Name)
		}
		return pagefile.Value{}, nil
	}
	if c.IsNumber() {
		if n, ok := parseInt(value); ok {
			return pagefile.Value{Kind: pagefile.Int, Int: n}, nil
		}
		t.odd++
	} else if !utf8.Valid(value) {
		t.badText++
	}
	return pagefile.Value{Kind: pagefile.Text, Text: value}, nil
}

// parseInt reads a whole number in decimal digits without an allocation.
func parseInt(b []byte) (int64, bool) {
	if len(b) == 0 || len(b) > 20 {
		return 0, false
	}
	n, err := strconv.ParseInt(string(b), 10, 64) // the string does not escape
	return n, err == nil
}

// rowError words what SQLite has against a row.
func (t *table) rowError(err error) error {
	key := t.shape.Columns[t.shape.KeyIndex()].Name
	var e *sqlread.Error
	var twice *pagefile.TwiceError
	const row = "table %s, row %d"
	switch {
	case errors.As(err, &twice):
		return feed.At(feed.Damaged("the key %s %d comes twice: the source holds rows twice", key, twice.Row), "table %s", t.source)
	case errors.Is(err, errNoNumber) || errors.As(err, &e) && e.Code&0xff == lib.SQLITE_MISMATCH:
		return feed.At(feed.Damaged("its key %s %q is no number", key, t.values[t.shape.KeyIndex()]), row, t.source, t.read)
	case errors.As(err, &e) && e.Code&0xff == lib.SQLITE_CONSTRAINT:
		return feed.At(feed.Damaged("its key %s %q came before: the source holds rows twice", key, t.values[t.shape.KeyIndex()]), row, t.source, t.read)
	}
	if err := context.Cause(t.f.ctx); err != nil {
		return err
	}
	return feed.At(t.f.describe(err), row, t.source, t.read)
}

// End implements feed.Rows.
func (t *table) End(known int64) error {
	if known >= 0 {
		t.known = max(t.known, 0) + known
		if t.known != t.read {
			return feed.At(feed.Damaged("%s, but the source has %d: it was cut or changed meanwhile", figures.Some(t.read, "one row came", "%d rows came"), figures.N(t.known)), "table %s", t.source)
		}
	}
	t.complete = true
	return nil
}
