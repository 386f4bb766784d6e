package sqlitefile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sluice/sqliteformat"
)

// parser reads the statements that SQLite keeps in its schema. They are known to
// be right; what is not understood is an error, which declines the table.
type parser struct {
	sql    string
	tokens []token
	at     int
}

// tableColumns are the columns of a CREATE TABLE statement.
type tableColumns struct {
	list  []Column
	alias int // the column that stands for the rowid, or -1

	key        []string // the primary key
	descending bool     // INTEGER PRIMARY KEY DESC, which is no alias
}

func newParser(sql string) (*parser, error) {
	tokens, err := tokenize(sql)
	return &parser{sql: sql, tokens: tokens}, err
}

func (p *parser) peek() token { return p.tokens[p.at] }

// next takes a token; the end is never passed.
func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != end {
		p.at++
	}
	return t
}

// accept takes the next token if it is the keyword.
func (p *parser) accept(keyword string) bool {
	if p.peek().is(keyword) {
		p.at++
		return true
	}
	return false
}

func (p *parser) expect(kind tokenKind) error {
	if t := p.next(); t.kind != kind {
		return fmt.Errorf("its statement has %q where %q was expected", t.text, string(rune(kind)))
	}
	return nil
}

// group skips what stands in parentheses.
func (p *parser) group() error {
	for depth := 0; ; {
		switch p.next().kind {
		case '(':
			depth++
		case ')':
			depth--
		case end:
			return errors.New("its statement ends within parentheses")
		}
		if depth == 0 {
			return nil
		}
	}
}

// parseTable reads the columns of a CREATE TABLE statement.
func parseTable(sql string) (*tableColumns, error) {
	p, err := newParser(sql)
	if err != nil {
		return nil, err
	}
	if !p.accept("CREATE") || !p.accept("TABLE") || !p.next().isName() {
		return nil, errors.New("it is no ordinary table")
	}
	if err := p.expect('('); err != nil {
		return nil, err
	}
	c := &tableColumns{}
	for more := true; more; {
		if p.atTableConstraint() {
			err = p.tableConstraint(c)
		} else {
			err = p.column(c)
		}
		if err != nil {
			return nil, err
		}
		more = p.peek().kind == ','
		p.next()
	}
	if err := p.tableOptions(); err != nil {
		return nil, err
	}
	c.alias = c.findAlias()
	return c, c.checkNames()
}

// checkNames looks for a name that two columns have, which SQLite refuses.
func (c *tableColumns) checkNames() error {
	seen := map[string]bool{}
	for _, column := range c.list {
		name := sqliteformat.Fold(column.Name)
		if seen[name] {
			return fmt.Errorf("it has two columns %s", column.Name)
		}
		seen[name] = true
	}
	return nil
}

// tableOptions reads what follows the columns, from behind the parenthesis.
func (p *parser) tableOptions() error {
	if p.tokens[p.at-1].kind != ')' {
		return errors.New("its statement has no end")
	}
	for {
		switch t := p.next(); {
		case t.kind == end:
			return nil
		case t.is("STRICT"), t.kind == ',':
		case t.is("WITHOUT"):
			return errors.New("it is a table WITHOUT ROWID")
		default:
			return fmt.Errorf("its option %q is not known", t.text)
		}
	}
}

// findAlias returns the column that stands for the rowid, or -1.
func (c *tableColumns) findAlias() int {
	types := make([]string, len(c.list))
	for i, col := range c.list {
		types[i] = col.Type
	}
	var key []int
	for _, name := range c.key {
		at := slices.IndexFunc(c.list, func(col Column) bool { return sqliteformat.SameName(col.Name, name) })
		if at < 0 {
			return -1
		}
		key = append(key, at)
	}
	return sqliteformat.RowNumber(types, key, c.descending)
}

func (p *parser) atTableConstraint() bool {
	t := p.peek()
	return t.is("CONSTRAINT") || t.is("PRIMARY") || t.is("UNIQUE") || t.is("CHECK") || t.is("FOREIGN")
}

// tableConstraint reads constraints up to the comma or the parenthesis after
// them.
func (p *parser) tableConstraint(c *tableColumns) error {
	for {
		switch t := p.peek(); {
		case t.kind == ',' || t.kind == ')':
			return nil
		case t.kind == end:
			return errors.New("its statement ends within a constraint")
		case t.kind == '(':
			if err := p.group(); err != nil {
				return err
			}
		case t.is("PRIMARY"):
			if err := p.primaryKey(c); err != nil {
				return err
			}
		case t.is("CONSTRAINT"):
			p.next()
			p.next() // its name, which may look like a keyword
		default:
			p.next()
		}
	}
}

// primaryKey reads PRIMARY KEY (a, b). An order there does not matter.
func (p *parser) primaryKey(c *tableColumns) error {
	p.next()
	if !p.accept("KEY") {
		return errors.New("its primary key is not understood")
	}
	if err := p.expect('('); err != nil {
		return err
	}
	for {
		name := p.next()
		if !name.isName() {
			return errors.New("its primary key is not understood")
		}
		c.key = append(c.key, name.text)
		if p.accept("COLLATE") {
			p.next()
		}
		for p.accept("ASC") || p.accept("DESC") || p.accept("AUTOINCREMENT") {
		}
		switch t := p.next(); t.kind {
		case ',':
		case ')':
			return nil
		default:
			return errors.New("its primary key is not understood")
		}
	}
}

// column reads a column up to the comma or the parenthesis after it.
func (p *parser) column(c *tableColumns) error {
	name := p.next()
	if !name.isName() {
		return fmt.Errorf("its statement has %q where a column was expected", name.text)
	}
	declared, err := p.declaredType()
	if err != nil {
		return err
	}
	c.list = append(c.list, Column{Name: name.text, Type: declared})
	for {
		if t := p.peek(); t.kind == ',' || t.kind == ')' {
			return nil
		}
		if err := p.columnConstraint(c); err != nil {
			return err
		}
	}
}

// notInTypes are the keywords that end a type.
var notInTypes = []string{
	"CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS",
	"DEFERRABLE", "ON",
}

// declaredType reads the type of a column, as SQLite keeps it: as written, but a
// single name without its quotes. Quotes within a longer type, and types that end
// like GENERATED ALWAYS, it keeps in ways of its own: they are declined.
func (p *parser) declaredType() (string, error) {
	first, quotes := p.at, false
	for p.peek().isName() && !slices.ContainsFunc(notInTypes, p.peek().is) {
		quotes = p.next().kind == quoted || quotes
	}
	names := p.at - first
	if names > 0 && p.peek().kind == '(' {
		if err := p.group(); err != nil {
			return "", err
		}
	}
	switch {
	case p.at == first:
		return "", nil
	case quotes && p.at > first+1, strings.HasSuffix(sqliteformat.Fold(p.tokens[p.at-1].text), "always"):
		return "", fmt.Errorf("the type of column %s is not understood", p.tokens[first-1].text)
	case names == 1 && p.at == first+1:
		return p.tokens[first].text, nil
	}
	return p.sql[p.tokens[first].from:p.tokens[p.at-1].to], nil
}

// columnConstraint reads a word or a group of a column's constraints.
func (p *parser) columnConstraint(c *tableColumns) error {
	column := &c.list[len(c.list)-1]
	switch t := p.peek(); {
	case t.kind == '(':
		return p.group()
	case t.kind == end:
		return errors.New("its statement ends within a column")
	case t.is("GENERATED"), t.is("AS"):
		return fmt.Errorf("column %s is generated", column.Name)
	}
	switch t := p.next(); {
	case t.is("PRIMARY"):
		if !p.accept("KEY") {
			return errors.New("its primary key is not understood")
		}
		c.key = append(c.key, column.Name)
		c.descending = p.accept("DESC")
	case t.is("DEFAULT"):
		if !p.accept("NULL") {
			column.hasDefault = true
			if p.peek().isName() {
				p.next()
			}
		}
	case t.is("COLLATE"):
		column.collation = p.next().text
	case t.is("CONSTRAINT"), t.is("REFERENCES"):
		p.next() // its name, which may look like a keyword
	}
	return nil
}

// parseIndex reads the columns of a CREATE INDEX statement. With an error, it
// returns the columns as far as they are known.
func parseIndex(sql string) (key []string, err error) {
	p, err := newParser(sql)
	if err != nil {
		return nil, err
	}
	p.accept("CREATE")
	p.accept("UNIQUE")
	if !p.accept("INDEX") || !p.next().isName() || !p.accept("ON") || !p.next().isName() {
		return nil, errors.New("its statement is not understood")
	}
	if err := p.expect('('); err != nil {
		return nil, err
	}
	for {
		name := p.next()
		if !name.isName() || sql[name.from] == '\'' {
			return nil, errors.New("it is over an expression")
		}
		key = append(key, name.text)
		if p.accept("COLLATE") {
			if collation := p.next(); !sqliteformat.SameName(collation.text, "BINARY") && err == nil {
				err = fmt.Errorf("it is collated by %s", collation.text)
			}
		}
		p.accept("ASC")
		if p.accept("DESC") && err == nil {
			err = errors.New("it is descending")
		}
		switch t := p.next(); t.kind {
		case ',':
			continue
		case ')':
		default:
			return nil, errors.New("it is over an expression")
		}
		if p.peek().kind != end && err == nil {
			err = errors.New("it is partial")
		}
		return key, err
	}
}
