package sqltext

import (
	"sluice/takes/feed"
)

// Insert is an INSERT whose rows are being read.
type Insert struct {
	l     *Lexer
	arena []byte
	ends  []int // of the values in arena; -1-n for null
	row   []feed.Value
}

// NewInsert returns a reader of the rows of INSERT statements.
func NewInsert(l *Lexer) *Insert { return &Insert{l: l} }

// Target reads INSERT (whose keyword was read) up to VALUES, and returns the
// table with the columns that it names, if any.
func (x *Insert) Target() (feed.Table, error) {
	l := x.l
	var table feed.Table
	for {
		t, err := l.Next()
		if err != nil {
			return table, err
		}
		if t.Is("INTO") {
			break
		}
		if t.Kind != Word { // IGNORE, LOW_PRIORITY, DELAYED
			return table, l.unexpected(t, "INTO")
		}
	}
	var err error
	if table.Schema, table.Name, err = l.QualifiedName(); err != nil {
		return table, err
	}
	for {
		t, err := l.Next()
		switch {
		case err != nil:
			return table, err
		case t.IsSymbol('('):
			if table.Columns, err = l.Names(); err != nil {
				return table, err
			}
		case t.Is("VALUES") || t.Is("VALUE") && l.MySQL:
			return table, nil
		case t.Kind == Word: // OVERRIDING SYSTEM VALUE, DEFAULT VALUES
		default:
			return table, l.unexpected(t, "VALUES")
		}
	}
}

// Rows reads the rows up to the semicolon. rows may be nil: then they are only
// read.
func (x *Insert) Rows(table feed.Table, rows feed.Rows) (n int64, err error) {
	for {
		t, err := x.l.Next()
		if err != nil {
			return n, err
		}
		if !t.IsSymbol('(') {
			return n, x.l.unexpected(t, "a row in parentheses")
		}
		if err := x.values(rows, len(table.Columns)); err != nil {
			return n, feed.At(err, "table %s, row %d of an INSERT", table, n+1)
		}
		n++
		if t, err = x.l.Next(); err != nil {
			return n, err
		}
		switch {
		case t.IsSymbol(';'):
			return n, nil
		case t.Is("ON"): // CONFLICT DO NOTHING, DUPLICATE KEY
			_, err := x.l.SkipStatement()
			return n, err
		case !t.IsSymbol(','):
			return n, x.l.unexpected(t, "the next row")
		}
	}
}

// values reads the values of a row and hands them on.
func (x *Insert) values(rows feed.Rows, columns int) error {
	x.arena, x.ends = x.arena[:0], x.ends[:0]
	for {
		if err := x.value(rows); err != nil {
			return err
		}
		t, err := x.l.Next()
		if err != nil {
			return err
		}
		if t.IsSymbol(')') {
			break
		}
		if !t.IsSymbol(',') {
			return x.l.unexpected(t, "the next value")
		}
	}
	if len(x.ends) != columns {
		return feed.Damaged("%d values for %d columns", len(x.ends), columns)
	}
	if rows == nil {
		return nil
	}
	x.row = x.row[:0]
	from := 0
	for _, end := range x.ends {
		if end < 0 {
			x.row = append(x.row, feed.Value{})
			continue
		}
		x.row = append(x.row, feed.Value{Text: x.arena[from:end:end], Valid: true})
		from = end
	}
	return rows.Row(x.row)
}

// value reads one value.
func (x *Insert) value(rows feed.Rows) error {
	t, err := x.l.Next()
	if err != nil {
		return err
	}
	inHex := false
	for t.Kind == Word && (t.Text[0] == '_' || t.Is("X") || t.Is("B") || t.Is("N")) { // _binary '…'
		inHex = t.Is("X") && x.l.MySQL
		if t, err = x.l.Next(); err != nil {
			return err
		}
	}
	keep := rows != nil && rows.Needs(len(x.ends))
	switch {
	case t.Is("NULL"):
		x.ends = append(x.ends, -1)
		return nil
	case t.Kind == String && inHex: // X'41' is 0x41
		if t, err = x.l.fromHex(t.Text, x.l.w.Offset()); err != nil {
			return err
		}
	case t.Kind == String, t.Kind == Number, t.Kind == Hex:
	case t.Kind == Word: // true, false, DEFAULT
	default:
		return x.l.unexpected(t, "a value")
	}
	if keep {
		x.arena = append(x.arena, t.Text...)
	}
	x.ends = append(x.ends, len(x.arena))
	return x.cast()
}

// cast skips ::type behind a value.
func (x *Insert) cast() error {
	for !x.l.MySQL {
		t, err := x.l.Next()
		if err != nil {
			return err
		}
		if !t.IsSymbol(':') {
			x.l.PutBack(t)
			return nil
		}
		for t.IsSymbol(':') || t.Kind == Word {
			if t, err = x.l.Next(); err != nil {
				return err
			}
		}
		x.l.PutBack(t)
	}
	return nil
}
