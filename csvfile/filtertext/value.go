package filtertext

import (
	"strings"

	"sluice/csvfile"
	"sluice/wording"
)

// value reads a value, and says whether it stands in quotes.
func (p *parser) value() (t token, err error) {
	t = p.next()
	switch {
	case t.kind != word && t.kind != quoted:
		return t, p.wrong("expected a value; put one with blanks, commas, quotes or signs in it in quotes")
	case reserved(t):
		return t, p.wrong("expected a value; put this word in quotes if it is one")
	}
	return p.take(), nil
}

// compared reads the value that follows an operator.
func (p *parser) compared(c *csvfile.Condition, op string) error {
	switch op {
	case "~", "!~":
		c.Not = op == "!~"
		return p.text1(c, csvfile.OpMatches, "a regular expression that is not empty")
	case "=", "!=":
		c.Not = op == "!="
		return p.equal(c)
	}
	t, err := p.value()
	if err != nil {
		return err
	}
	k, text := typed(t.text)
	if text == "" {
		return p.wrongAt(t, "nothing is less or greater than an empty cell; use is empty")
	}
	c.Op = rangeOf(k)
	if op[0] == '<' {
		c.Max, c.MaxOpen = text, op == "<"
	} else {
		c.Min, c.MinOpen = text, op == ">"
	}
	return nil
}

// equal reads the value of = and !=.
func (p *parser) equal(c *csvfile.Condition) error {
	t, err := p.value()
	if err != nil {
		return err
	}
	k, text := typed(t.text)
	switch {
	case t.kind == quoted || k == csvfile.ValueText:
		c.Op, c.Text = csvfile.OpEquals, t.text
		if t.text == "" {
			c.Op = csvfile.OpEmpty
			return nil
		}
		c.IgnoreCase = p.takes("nocase")
	default:
		c.Op, c.Min, c.Max = rangeOf(k), text, text
		return p.noCase()
	}
	return nil
}

// text1 reads the text of a comparison that is of text always.
func (p *parser) text1(c *csvfile.Condition, op csvfile.Op, want string) error {
	t, err := p.value()
	if err != nil {
		return err
	}
	if t.text == "" {
		return p.wrongAt(t, wording.Of("expected %s; to find empty cells, use is empty", want).String())
	}
	c.Op, c.Text = op, t.text
	if op == csvfile.OpMatches {
		if why := csvfile.WrongExpression(t.text); why != "" {
			return p.wrongAt(t, wording.Of("this is no regular expression: %s", why).String())
		}
	}
	c.IgnoreCase = p.takes("nocase")
	return nil
}

// between reads two values.
func (p *parser) between(c *csvfile.Condition) error {
	from, err := p.value()
	if err != nil {
		return err
	}
	if !p.takes("and") {
		return p.wrong("expected and, and the greater value")
	}
	to, err := p.value()
	if err != nil {
		return err
	}
	k, lo := typed(from.text)
	other, hi := typed(to.text)
	switch {
	case lo == "" || hi == "":
		return p.wrongAt(from, "nothing is between empty values")
	case k != other:
		return p.wrongAt(to, "it is not of the kind of the first value: both are numbers, or times, or text")
	}
	c.Op, c.Min, c.Max = rangeOf(k), lo, hi
	return nil
}

// list reads the values of in.
func (p *parser) list(c *csvfile.Condition) error {
	c.Op = csvfile.OpIn
	if !p.next().marks("(") {
		return p.wrong("expected ( and the values, with commas between them")
	}
	opened := p.take()
	texts := false
	for {
		v, err := p.element()
		if err != nil {
			return err
		}
		texts = texts || v.Kind == csvfile.ValueText
		c.In = append(c.In, v)
		if p.next().marks(")") {
			p.take()
			break
		}
		if !p.next().marks(",") {
			if p.next().kind == end {
				return p.wrongAt(opened, "this parenthesis is never closed")
			}
			return p.wrong("expected a comma or )")
		}
		p.take()
	}
	if !texts {
		return p.noCase()
	}
	c.IgnoreCase = p.takes("nocase")
	return nil
}

// element reads one value of a list.
func (p *parser) element() (csvfile.Value, error) {
	t, err := p.value()
	v := csvfile.Value{Text: t.text}
	if t.kind == word {
		v.Kind, v.Text = typed(t.text)
	}
	return v, err
}

// ParseValues reads values with commas between them, as they stand behind "in". The error
// is a sentence.
func ParseValues(text string) (values []csvfile.Value, err error) {
	all, err := tokens(text)
	if err != nil {
		return nil, err
	}
	p := parser{text: text, rest: all}
	for {
		v, err := p.element()
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if p.next().kind == end {
			return values, nil
		}
		if !p.next().marks(",") {
			return nil, p.wrong("expected a comma or the end")
		}
		p.take()
	}
}

// noCase refuses nocase behind what is no text.
func (p *parser) noCase() error {
	if p.next().is("nocase") {
		return p.wrong("nocase is for text; put the value in quotes to compare it as such")
	}
	return nil
}

// typed is what a value is compared as, and how it is written then.
func typed(text string) (csvfile.ValueKind, string) {
	k := csvfile.KindOf(text)
	switch k {
	case csvfile.ValueNumber:
		text = strings.TrimSpace(text)
	case csvfile.ValueTime:
		text = oneWord(text)
	}
	return k, text
}

// oneWord writes a time without a blank.
func oneWord(time string) string { return strings.Replace(strings.TrimSpace(time), " ", "T", 1) }

func rangeOf(k csvfile.ValueKind) csvfile.Op {
	switch k {
	case csvfile.ValueNumber:
		return csvfile.OpNumber
	case csvfile.ValueTime:
		return csvfile.OpTime
	}
	return csvfile.OpText
}
