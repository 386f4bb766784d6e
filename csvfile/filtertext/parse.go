package filtertext

import (
	"fmt"
	"strconv"

	"sluice/csvfile"
	"sluice/figures"
)

const (
	// maxText is how long a filter may be, and maxDepth how deep its parentheses.
	maxText  = 256 << 10
	maxDepth = 100
)

// Parse reads a filter of a file whose columns have these names. Its error is an *[Error],
// whose text is a sentence.
func Parse(text string, header []string) (csvfile.Expr, error) {
	if len(text) > maxText {
		return csvfile.Expr{}, &Error{Text: text, Behind: 0, Reason: fmt.Sprintf("it is longer than %s", figures.Size(maxText))}
	}
	all, err := tokens(text)
	if err != nil {
		return csvfile.Expr{}, err
	}
	p := parser{text: text, header: header, rest: all}
	e, err := p.either()
	if err == nil && p.next().kind != end {
		err = p.wrong("expected and, or, or the end")
	}
	if err != nil {
		return csvfile.Expr{}, err
	}
	return e, nil
}

// parser goes through the tokens of a filter.
type parser struct {
	text   string
	header []string
	rest   []token // the last is the end
	depth  int
}

func (p *parser) next() token { return p.rest[0] }

func (p *parser) take() token {
	t := p.rest[0]
	if t.kind != end {
		p.rest = p.rest[1:]
	}
	return t
}

// takes goes on if the next token is a keyword.
func (p *parser) takes(keyword string) bool {
	if !p.next().is(keyword) {
		return false
	}
	p.take()
	return true
}

// wrong says what is wrong with the next token.
func (p *parser) wrong(reason string) error { return p.wrongAt(p.next(), reason) }

func (p *parser) wrongAt(t token, reason string) error {
	return &Error{Text: p.text, At: t.at, Behind: t.behind, Reason: reason}
}

func (p *parser) either() (csvfile.Expr, error) {
	return p.joined("or", csvfile.JoinOr, p.all)
}

func (p *parser) all() (csvfile.Expr, error) {
	return p.joined("and", csvfile.JoinAnd, p.one)
}

// joined reads parts with a keyword between them.
func (p *parser) joined(keyword string, join csvfile.Join, part func() (csvfile.Expr, error)) (csvfile.Expr, error) {
	var of []csvfile.Expr
	for {
		e, err := part()
		if err != nil {
			return e, err
		}
		if e.Join == join && !e.Not { // in parentheses that change nothing
			of = append(of, e.Of...)
		} else {
			of = append(of, e)
		}
		if !p.takes(keyword) {
			break
		}
	}
	if len(of) == 1 {
		return of[0], nil
	}
	return csvfile.Expr{Join: join, Of: of}, nil
}

func (p *parser) one() (e csvfile.Expr, err error) {
	if p.depth++; p.depth > maxDepth {
		return e, p.wrong(fmt.Sprintf("parentheses and not stand more than %d deep", maxDepth))
	}
	defer func() { p.depth-- }()
	switch {
	case p.takes("not"):
		if e, err = p.one(); err != nil {
			return e, err
		}
		if e.Join == csvfile.JoinNone {
			e.Is.Not = !e.Is.Not
		} else {
			e.Not = !e.Not
		}
		return e, nil
	case p.next().marks("("):
		opened := p.take()
		if e, err = p.either(); err != nil {
			return e, err
		}
		if !p.next().marks(")") {
			if p.next().kind == end {
				return e, p.wrongAt(opened, "this parenthesis is never closed")
			}
			return e, p.wrong("expected and, or, or )")
		}
		p.take()
		return e, nil
	}
	return p.test()
}

// test reads a condition.
func (p *parser) test() (e csvfile.Expr, err error) {
	if e.Is.Column, err = p.column(); err != nil {
		return e, err
	}
	if t := p.next(); t.kind == operator {
		p.take()
		return e, p.compared(&e.Is, t.text)
	}
	if p.takes("is") {
		return e, p.state(&e.Is)
	}
	e.Is.Not = p.takes("not")
	switch {
	case p.takes("contains"):
		return e, p.text1(&e.Is, csvfile.OpContains, "text that is not empty")
	case p.takes("between"):
		return e, p.between(&e.Is)
	case p.takes("in"):
		return e, p.list(&e.Is)
	}
	return e, p.wrong("expected a comparison: =, !=, <, <=, >, >=, ~, !~, contains, in, between, or is empty")
}

// state reads what follows "is".
func (p *parser) state(c *csvfile.Condition) error {
	c.Not = p.takes("not")
	switch {
	case p.takes("empty"):
		c.Op = csvfile.OpEmpty
	case p.takes("number"):
		c.Op = csvfile.OpNumber
	case p.takes("time"):
		c.Op = csvfile.OpTime
	default:
		return p.wrong("expected empty, number or time; to compare with a value, use =")
	}
	return nil
}

// column reads the name or the number of a column.
func (p *parser) column() (int, error) {
	t := p.next()
	switch {
	case t.kind != word && t.kind != quoted:
		return 0, p.wrong("expected the name of a column")
	case reserved(t):
		return 0, p.wrong("expected the name of a column; put it in quotes if it is one")
	}
	p.take()
	if t.kind == word && t.text[0] == '#' {
		if n, err := strconv.Atoi(t.text[1:]); err == nil {
			if n < 1 || n > len(p.header) {
				return 0, p.wrongAt(t, fmt.Sprintf("there are columns #1 to #%d", len(p.header)))
			}
			return n - 1, nil
		}
	}
	i, err := Column(t.text, p.header)
	if err != nil {
		return 0, p.wrongAt(t, err.Error())
	}
	return i, nil
}

// reserved reports whether a token joins tests, and is no name or value without quotes.
func reserved(t token) bool { return t.is("and") || t.is("or") || t.is("not") }
