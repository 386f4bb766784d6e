package sqltext

import (
	"bytes"
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

// notColumns begin an item of CREATE TABLE that is no column, and mysqlItems those of MySQL
// besides, where PostgreSQL has columns of these names without quotes.
var (
	notColumns = []string{"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "LIKE"}
	mysqlItems = []string{"KEY", "INDEX", "FULLTEXT", "SPATIAL", "PERIOD"}
)

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
		case begins && (t.Kind == Name || t.Kind == Word):
			name, err := l.column(t)
			if err != nil {
				return nil, err
			}
			if name != "" {
				columns = append(columns, name)
			}
		}
	}
	return columns, nil
}

// column is the column whose definition begins with t; "" if none does.
func (l *Lexer) column(t Token) (string, error) {
	if t.Kind == Word && (slices.ContainsFunc(notColumns, t.Is) || l.MySQL && slices.ContainsFunc(mysqlItems, t.Is)) {
		return "", nil
	}
	excludes := t.Is("EXCLUDE") && !l.MySQL
	l.PutBack(t)
	name, err := l.name()
	if err != nil || !excludes {
		return name, err
	}
	next, err := l.Next()
	l.PutBack(next)
	if next.Is("USING") || next.IsSymbol('(') { // a constraint; behind a column stands its type
		return "", err
	}
	return name, err
}

// Setting reads the rest of SET up to its semicolon: a name and its value in
// lower case, for the forms SET a = b, SET @@a = b, SET a TO b and SET NAMES b. Other
// forms give empty texts.
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
		if len(words) < 16 {
			words = append(words, strings.ToLower(string(t.Text)))
		}
	}
	// MySQL's dumps keep the old value in a variable before they set a new one.
	system := len(words) > 1 && words[0] == "@" && words[1] == "@" // @@a, or @@session.a
	if at := slices.Index(words, ","); at > 0 && words[0] == "@" && !system {
		words = words[at+1:]
	}
	if system {
		words = words[2:]
	}
	for len(words) > 0 && (words[0] == "session" || words[0] == "local" || system && words[0] == ".") {
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
