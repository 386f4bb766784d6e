package redact

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"sluice/columns"
)

// mailDomain ends the pseudonym of an address of mail; nothing is ever delivered there.
const mailDomain = "@redacted.invalid"

// cell is cell i of a row after all that is done with it. An empty one stays.
func (p *Plan) cell(i int, text []byte, cells [][]byte) []byte {
	c := &p.columns[i]
	if len(text) == 0 {
		return text
	}
	switch c.Verb {
	case Mask:
		return []byte(Masked)
	case Pseudonymise:
		return p.made(func(dst []byte) []byte { return p.pseudonym(dst, c, text, cells) })
	case Cut:
		text = cut(text, c.Length, p.Break)
	}
	return p.partial(c, text, cells)
}

// made is what make appends to the buffer of the row.
func (p *Plan) made(make func([]byte) []byte) []byte {
	n := len(p.buf)
	p.buf = make(p.buf)
	return p.buf[n:len(p.buf):len(p.buf)]
}

// pseudonym appends that of a cell. Names and addresses of mail have that of the person
// where a column of the row has the id of whom they tell.
func (p *Plan) pseudonym(dst []byte, c *planned, text []byte, cells [][]byte) []byte {
	switch c.holds {
	case columns.HoldsUserID:
		return p.key.append(dst, domainPerson, text)
	case columns.HoldsUserName, columns.HoldsFullName, columns.HoldsEmail:
		if id := at(cells, c.person); len(id) > 0 {
			text = id
		}
		dst = p.key.append(dst, domainPerson, escaped(text, p.Break))
		if c.holds == columns.HoldsEmail {
			dst = append(dst, mailDomain...)
		}
		return dst
	case columns.HoldsSpaceKey:
		return p.key.appendSpace(dst, text)
	}
	return p.key.append(dst, domainText, escaped(text, p.Break))
}

// partial redacts parts of a cell that stays.
func (p *Plan) partial(c *planned, text []byte, cells [][]byte) []byte {
	switch c.holds {
	case columns.HoldsAddress:
		if p.address.changes() || p.rules.LimitsSpaces() {
			return p.redactAddress(text, cells)
		}
	case columns.HoldsBody:
		if p.mentions.looks() && bytes.Contains(text, []byte(prefix)) {
			return p.made(func(dst []byte) []byte {
				p.mentions.lineBreak = p.Break
				p.mentions.reset()
				return p.mentions.End(p.mentions.Append(dst, text))
			})
		}
	case columns.HoldsSpaceKey:
		if p.address.personal && personal(string(text)) {
			return p.made(func(dst []byte) []byte { return p.key.appendSpace(dst, text) })
		}
	case columns.HoldsSpaceName:
		if p.rules.Personal == Pseudonymise && personal(string(at(cells, p.spaceKey))) {
			return []byte(Masked) // it is the name of the person
		}
	case columns.HoldsFact:
		if known := values[c.name]; p.rules.Strict && known != nil && !slices.Contains(known, string(bytes.ToLower(text))) {
			return []byte(Masked)
		}
	}
	return text
}

func (p *Plan) redactAddress(text []byte, cells [][]byte) []byte {
	base := at(cells, p.instance)
	if p.rules.LimitsSpaces() {
		if key, told := keyOf(string(base), string(text)); told && p.rules.Excludes(key) {
			return []byte(Masked) // as that of a home page in another space
		}
		if !p.address.changes() {
			return text
		}
	}
	n := len(p.buf)
	buf, ok := p.address.append(p.buf, base, text)
	p.buf = buf
	if !ok {
		p.buf = p.buf[:n]
		return []byte(Masked)
	}
	return p.buf[n:len(p.buf):len(p.buf)]
}

// cut cuts a text to a number of characters. A line break is one, and so is what stands
// for line breaks, unless that is "": a text is cut at the same place in each form.
func cut(text []byte, length int, lineBreak string) []byte {
	at := 0
	for range length {
		if at >= len(text) {
			break
		}
		at += sizeOf(text[at:], lineBreak)
	}
	return text[:at]
}

// sizeOf is the size of the first character of a text.
func sizeOf(text []byte, lineBreak string) int {
	if n := breakAt(text, lineBreak); n > 0 {
		return n
	}
	_, size := utf8.DecodeRune(text)
	return size
}

// breakAt is the size of the line break that a text begins with, or of what stands for
// one; 0 if it begins with none.
func breakAt(text []byte, lineBreak string) int {
	switch n := len(lineBreak); {
	case n == 0:
		return 0
	case len(text) >= n && string(text[:n]) == lineBreak:
		return n
	case len(text) > 1 && text[0] == '\r' && text[1] == '\n':
		return 2
	case text[0] == '\r' || text[0] == '\n':
		return 1
	}
	return 0
}

// escaped is a text with lineBreak for each of its line breaks, unless that is "".
func escaped(text []byte, lineBreak string) []byte {
	if lineBreak == "" || bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	var out []byte
	for len(text) > 0 {
		if n := breakAt(text, lineBreak); n > 0 {
			out, text = append(out, lineBreak...), text[n:]
			continue
		}
		out, text = append(out, text[0]), text[1:]
	}
	return out
}
