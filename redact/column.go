package redact

import (
	"math"
	"slices"
	"unicode/utf8"

	"sluice/columns"
)

// Wants reports whether Row looks at cell i: a long body that is dropped need not be
// held.
func (p *Plan) Wants(i int) bool {
	return i < len(p.columns) && (!p.Drops(i) || p.columns[i].holds != columns.HoldsBody)
}

// Drops reports whether column i is not in the file that is written.
func (p *Plan) Drops(i int) bool { return p.columns[i].Verb == Drop }

// Changes reports whether cells of column i may be others than they were.
func (p *Plan) Changes(i int) bool {
	c := p.columns[i]
	return !p.Drops(i) && (c.Verb != Keep || p.partly(c))
}

// Needs reports whether column i tells what is done with cells of others.
func (p *Plan) Needs(i int) bool {
	return i == p.instance || i == p.spaceKey || slices.ContainsFunc(p.columns, func(c planned) bool { return c.person == i })
}

// Places reports whether column i may tell what space a row is of.
func (p *Plan) Places(i int) bool {
	return p.rules.LimitsSpaces() && (i == p.instance || i == p.spaceKey || i == p.link || i == p.page)
}

// Late is a column that tells what is done with one before it; "" if none does, and cells
// can be redacted one after the other.
func (p *Plan) Late() string {
	for i, c := range p.columns {
		if !p.Changes(i) {
			continue
		}
		told := []int{c.person}
		switch c.holds {
		case columns.HoldsAddress:
			told = append(told, p.instance)
		case columns.HoldsSpaceName:
			told = append(told, p.spaceKey)
		}
		for _, at := range told {
			if at > i {
				return p.columns[at].name
			}
		}
	}
	return ""
}

// Cell redacts cell i of a row, of which the cells before it are in cells: at least those
// that Needs tells. What is returned is valid until the next call.
func (p *Plan) Cell(i int, text []byte, cells [][]byte) []byte {
	p.buf = p.buf[:0]
	return p.cell(i, text, cells)
}

// File is a file as it is written: without the columns that are dropped. What was changed
// as a whole is a text.
func (p *Plan) File(f columns.File) columns.File {
	left := columns.File{Name: f.Name}
	for i, c := range f.Columns {
		if p.Drops(i) {
			continue
		}
		if p.columns[i].Verb != Keep && c.Type != columns.TypeText {
			c.Type = columns.TypeText
		}
		left.Columns = append(left.Columns, c)
	}
	return left
}

// Enough is how many bytes of the start of a text of column i tell what its cell becomes;
// not ok if it is for Stream to tell, since texts of the column may be too long for memory.
func (p *Plan) Enough(i int) (n int, ok bool) {
	switch c := p.columns[i]; {
	case c.Verb == Mask || c.Verb == Drop:
		return 1, true
	case c.Verb == Cut:
		return (min(c.Length, math.MaxInt32) + 1) * max(utf8.UTFMax, len(p.Break)), true
	case c.holds != columns.HoldsBody && p.Changes(i):
		return math.MaxInt, true
	}
	return 0, false
}

// Stream redacts the texts of column i piece by piece; nil if they stay as they are.
func (p *Plan) Stream(i int) *Mentions {
	if p.columns[i].holds == columns.HoldsBody && p.mentions.looks() {
		m := &Mentions{mentioning: p.mentions.mentioning}
		m.lineBreak = p.Break
		return m
	}
	return nil
}
