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
func (p *Plan) cell(i int, cells [][]byte) []byte {
	c, text := &p.columns[i], at(cells, i)
	if len(text) == 0 {
		return text
	}
	switch c.Verb {
	case Mask:
		return []byte(Masked)
	case Pseudonymise:
		return p.made(func(dst []byte) []byte { return p.pseudonym(dst, c, text, cells) })
	case Cut:
		text = cut(text, c.Length)
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
		dst = p.key.append(dst, domainPerson, text)
		if c.holds == columns.HoldsEmail {
			dst = append(dst, mailDomain...)
		}
		return dst
	case columns.HoldsSpaceKey:
		return p.address.appendKey(dst, text)
	}
	return p.key.append(dst, domainText, text)
}

// partial redacts parts of a cell that stays.
func (p *Plan) partial(c *planned, text []byte, cells [][]byte) []byte {
	switch c.holds {
	case columns.HoldsAddress:
		if p.address.changes() {
			return p.redactAddress(text, cells)
		}
	case columns.HoldsBody:
		if p.mentions != Keep && bytes.Contains(text, []byte("ri:")) {
			key := p.key
			if p.mentions != Pseudonymise {
				key = nil
			}
			return p.made(func(dst []byte) []byte { return appendMentions(dst, text, key) })
		}
	case columns.HoldsSpaceKey:
		if p.address.personal && personal(string(text)) {
			return p.made(func(dst []byte) []byte { return p.address.appendKey(dst, text) })
		}
	case columns.HoldsSpaceName:
		if p.personal {
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
	n := len(p.buf)
	buf, ok := p.address.append(p.buf, at(cells, p.instance), text)
	p.buf = buf
	if !ok {
		p.buf = p.buf[:n]
		return []byte(Masked)
	}
	return p.buf[n:len(p.buf):len(p.buf)]
}

// cut cuts a text to a number of characters.
func cut(text []byte, length int) []byte {
	at := 0
	for range length {
		if at >= len(text) {
			break
		}
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return text[:at]
}
