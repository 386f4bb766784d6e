package sqltext

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"sluice/takes/feed"
)

// SkipStatement reads on behind the semicolon that ends the statement. It
// reports false if the text ends before.
func (l *Lexer) SkipStatement() (bool, error) {
	for {
		t, err := l.Next()
		if err != nil || t.Kind == End {
			return false, err
		}
		if t.IsSymbol(';') {
			return true, nil
		}
	}
}

// QualifiedName reads a name, perhaps with its schema and database before it,
// and folds a name without quotes as PostgreSQL does.
func (l *Lexer) QualifiedName() (schema, name string, err error) {
	for {
		part, err := l.name()
		if err != nil {
			return "", "", err
		}
		schema, name = name, part
		t, err := l.Next()
		if err != nil {
			return "", "", err
		}
		if !t.IsSymbol('.') {
			l.PutBack(t)
			return schema, name, nil
		}
	}
}

func (l *Lexer) name() (string, error) {
	t, err := l.Next()
	if err != nil {
		return "", err
	}
	switch {
	case t.Kind == Name || t.Kind == String && l.MySQL: // ANSI quotes
		return string(t.Text), nil
	case t.Kind == Word && l.MySQL:
		return string(t.Text), nil
	case t.Kind == Word:
		return strings.ToLower(string(t.Text)), nil
	}
	return "", l.unexpected(t, "a name")
}

// unexpected is the error about a token where something else should stand.
func (l *Lexer) unexpected(t Token, want string) error {
	if t.Kind == End {
		return l.cut(l.w.Offset(), "a statement")
	}
	text := t.Text
	if len(text) > 40 {
		text = append(bytes.Clone(text[:40]), "…"...)
	}
	return feed.Damaged("near byte %d: %q where %s should stand", l.w.Offset(), text, want)
}

// Names reads a list of names in parentheses whose opening one was read.
func (l *Lexer) Names() ([]string, error) {
	var names []string
	for {
		name, err := l.name()
		if err != nil {
			return nil, err
		}
		names = append(names, name)
		t, err := l.Next()
		switch {
		case err != nil:
			return nil, err
		case t.IsSymbol(')'):
			return names, nil
		case !t.IsSymbol(','):
			return nil, l.unexpected(t, "a comma")
		}
	}
}

// notColumns begin an item of CREATE TABLE that is no column.
var notColumns = []string{"CONSTRAINT", "PRIMARY", "KEY", "UNIQUE", "INDEX", "FULLTEXT", "SPATIAL", "CHECK", "FOREIGN", "EXCLUDE", "LIKE", "PERIOD"}

// CreateTable reads the rest of CREATE TABLE up to its semicolon, and returns the
// table with its columns; it has none if the statement lists none.
func (l *Lexer) CreateTable() (feed.Table, error) {
	var table feed.Table
	t, err := l.Next()
	for ; err == nil && (t.Is("IF") || t.Is("NOT") || t.Is("EXISTS")); t, err = l.Next() {
	}
	if err != nil {
		return table, err
	}
	l.PutBack(t)
	if table.Schema, table.Name, err = l.QualifiedName(); err != nil {
		return table, err
	}
	if t, err = l.Next(); err != nil {
		return table, err
	}
	if !t.IsSymbol('(') {
		l.PutBack(t)
		_, err = l.SkipStatement()
		return table, err
	}
	if table.Columns, err = l.columns(); err != nil {
		return table, err
	}
	ended, err := l.SkipStatement()
	if err == nil && !ended {
		err = l.cut(l.w.Offset(), "CREATE TABLE "+table.Name)
	}
	return table, err
}

// columns reads the items of CREATE TABLE up to the closing parenthesis.
func (l *Lexer) columns() ([]string, error) {
	var columns []string
	depth, first := 1, true
	for depth > 0 {
		t, err := l.Next()
		if err != nil {
			return nil, err
		}
		begins := first && depth == 1
		first = false
		switch {
		case t.Kind == End:
			return nil, l.unexpected(t, "the end of a list of columns")
		case t.IsSymbol('('):
			depth++
		case t.IsSymbol(')'):
			depth--
		case t.IsSymbol(','):
			first = true
		case begins && (t.Kind == Name || t.Kind == Word && !slices.ContainsFunc(notColumns, t.Is)):
			l.PutBack(t)
			name, err := l.name()
			if err != nil {
				return nil, err
			}
			columns = append(columns, name)
		}
	}
	return columns, nil
}

// Setting reads the rest of SET up to its semicolon: a name and its value in
// lower case, for the forms SET a = b, SET a TO b and SET NAMES b. Other forms
// give empty texts.
func (l *Lexer) Setting() (name, value string, err error) {
	var words []string
	for {
		t, err := l.Next()
		if err != nil {
			return "", "", err
		}
		if t.Kind == End || t.IsSymbol(';') {
			break
		}
		if len(words) < 8 {
			words = append(words, strings.ToLower(string(t.Text)))
		}
	}
	for len(words) > 0 && (words[0] == "session" || words[0] == "local") {
		words = words[1:]
	}
	switch {
	case len(words) >= 2 && words[0] == "names":
		return words[0], words[1], nil
	case len(words) >= 3 && (words[1] == "=" || words[1] == "to"):
		return words[0], strings.Join(words[2:], ""), nil
	}
	return "", "", nil
}

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
		case t.Is("VALUES") || t.Is("VALUE"):
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
			return n, fmt.Errorf("table %s, row %d of an INSERT: %w", table, n+1, err)
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
	for t.Kind == Word && (t.Text[0] == '_' || t.Is("X") || t.Is("B") || t.Is("N")) { // _binary '…'
		if t, err = x.l.Next(); err != nil {
			return err
		}
	}
	keep := rows != nil && rows.Needs(len(x.ends))
	switch {
	case t.Is("NULL"):
		x.ends = append(x.ends, -1)
		return nil
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
