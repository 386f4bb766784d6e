package sqltext

import (
	"slices"

	"sluice/takes/feed"
)

// Inserts hands the rows of a dump's INSERT statements to a sink. Statements for
// one table that follow each other are one piece.
type Inserts struct {
	// Schema is that of names without one; "" if none is said.
	Schema string

	l       *Lexer
	sink    feed.Sink
	created map[string]feed.Table // by schema and name
	order   []string              // of created
	begun   map[string]bool
	any     bool // an INSERT was seen

	open feed.Rows
	at   feed.Table // the table of open
}

// NewInserts returns an Inserts without tables.
func NewInserts(l *Lexer, sink feed.Sink) *Inserts {
	return &Inserts{l: l, sink: sink, created: map[string]feed.Table{}, begun: map[string]bool{}}
}

// note keeps the columns of a table, for statements that do not name them.
func (x *Inserts) note(t feed.Table) {
	if _, known := x.created[t.String()]; !known {
		x.order = append(x.order, t.String())
	}
	x.created[t.String()] = t
	x.sink.Wants(t.Schema, t.Name) // who asks for rows may tell what the dump has without them
}

// Columns are the columns of a table that was created; nil if it was not.
func (x *Inserts) Columns(t feed.Table) []string { return x.created[t.String()].Columns }

// Tables are the tables that were created, in their order.
func (x *Inserts) Tables() []feed.Table {
	var tables []feed.Table
	for _, name := range x.order {
		tables = append(tables, x.created[name])
	}
	return tables
}

// Qualify gives a table without a schema the one in which it would be found.
func (x *Inserts) Qualify(t *feed.Table) {
	if t.Schema == "" {
		t.Schema = x.Schema
	}
}

// beforeTable are the words that may stand between CREATE and TABLE.
var beforeTable = []string{"UNLOGGED", "GLOBAL", "LOCAL", "TEMPORARY", "TEMP", "FOREIGN"}

// Create reads a CREATE whose keyword was read, and notes the columns if it makes a
// table.
func (x *Inserts) Create() error {
	t, err := x.l.Next()
	for err == nil && slices.ContainsFunc(beforeTable, t.Is) {
		t, err = x.l.Next()
	}
	if err != nil {
		return err
	}
	if !t.Is("TABLE") {
		x.l.PutBack(t)
		_, err := x.l.SkipStatement()
		return err
	}
	table, err := x.l.CreateTable()
	x.Qualify(&table)
	if err == nil && table.Columns != nil {
		x.note(table)
	}
	return err
}

// Insert reads an INSERT or REPLACE whose keyword was read.
func (x *Inserts) Insert() error {
	x.any = true
	insert := NewInsert(x.l)
	table, err := insert.Target()
	if err != nil {
		return err
	}
	x.Qualify(&table)
	if !x.sink.Wants(table.Schema, table.Name) {
		return x.skip(table)
	}
	if table.Columns == nil {
		if table.Columns = x.Columns(table); table.Columns == nil {
			return feed.Damaged("INSERT INTO %s names no columns, and no CREATE TABLE tells them: make the dump with the structure, or with the names of columns in each INSERT", table)
		}
	}
	if x.at.String() != table.String() || !slices.Equal(x.at.Columns, table.Columns) {
		if err := x.begin(table); err != nil {
			return err
		}
	}
	_, err = insert.Rows(table, x.open)
	return err
}

// begin ends the piece that is open and begins another one.
func (x *Inserts) begin(table feed.Table) error {
	if err := x.End(); err != nil {
		return err
	}
	var err error
	x.open, err = x.sink.Table(table)
	x.at = table
	x.begun[table.String()] = true
	return err
}

func (x *Inserts) skip(table feed.Table) error {
	if ended, err := x.l.SkipStatement(); err != nil || ended {
		return err
	}
	return feed.Damaged("the dump ends within an INSERT of table %s: it was cut, or copied in part", table)
}

// End ends the piece that is open.
func (x *Inserts) End() error {
	rows := x.open
	x.open, x.at = nil, feed.Table{}
	if rows == nil {
		return nil
	}
	return rows.End(-1)
}

// EmptyTables tells the sink of the tables that were created and got no row. It
// does nothing for a dump without any INSERT, which holds the structure only.
func (x *Inserts) EmptyTables() error {
	if !x.any {
		return nil
	}
	for _, name := range x.order {
		t := x.created[name]
		if x.begun[name] || !x.sink.Wants(t.Schema, t.Name) {
			continue
		}
		if err := x.begin(t); err != nil {
			return err
		}
		if err := x.End(); err != nil {
			return err
		}
	}
	return nil
}
