// Package feed is what the readers of databases, dumps and backups hand on: rows
// of named tables, as the source writes their values.
//
// A reader tells a Sink of each table that it comes to, and gives the rows to
// the Rows that it gets for it. It skips the tables for which it gets none.
package feed

// Table is a table of a source.
type Table struct {
	Schema  string   // "" if the source has none or does not tell
	Name    string   // as the source spells it
	Columns []string // in the order of the values of a row
	// Check is the column by whose values the ranges of a Versioned source are
	// compared; "" if its rows tell no versions.
	Check string
	// Loose is true for a source that keeps no keys: rows may come twice, of
	// which the first counts.
	Loose bool
}

// String is the table with its schema, for messages.
func (t Table) String() string {
	if t.Schema == "" {
		return t.Name
	}
	return t.Schema + "." + t.Name
}

// Value is a value as text: numbers in decimal digits, times as the source
// writes them. The zero Value is null.
type Value struct {
	Text  []byte // valid until the call that it was given to returns
	Valid bool   // false for null
}

// Rows takes the rows of a table.
type Rows interface {
	// Row takes the values of a row, in the order of Table.Columns.
	Row(values []Value) error
	// Needs reports whether the column, counted from 0, is looked at. A
	// reader may give any value in place of one that is not.
	Needs(column int) bool
	// End says that the table is complete. known is how many rows the source
	// says that it has, or -1.
	End(known int64) error
}

// Sink takes tables.
type Sink interface {
	// Wants reports whether a table is needed, by its schema and name.
	Wants(schema, name string) bool
	// Table begins a table. The Rows are nil if nobody needs it; its rows are
	// then skipped. A table may come in several pieces.
	Table(t Table) (Rows, error)
	// Note takes what is to be told about the source beside its rows.
	Note(n Note)
}

// Note is a fact about a source that people should know.
type Note struct {
	// Doubt is true if something may be missing or wrong.
	Doubt bool
	Text  string // a sentence
}
