package dialect

import (
	"slices"
	"strings"
)

// shape counts a column of texts by what they look like: where those below are all written as
// one kind of value is (an address, an amount, a date of some country), a text that is written
// so, too, is no name, and one that is not is one.
func (v *votes) shape(cell string, kind, below cellKind, rest [][]string, i int) {
	if null(cell) {
		v.against++
		return
	}
	if kind != textCell || below != textCell {
		return
	}
	shape, cells := shapeBelow(rest, i)
	switch {
	case shape == "":
	case shapeOf(cell) == shape:
		v.against++
	case cells > 1 || slices.Contains(kindsOfText, shape): // one amount or number of a house is none to go by
		v.names++
	}
}

// shapeBelow is the shape that all cells of a column have, and how many those are; "" if they
// have none in common.
func shapeBelow(rows [][]string, i int) (shape string, cells int) {
	for _, r := range rows {
		if i >= len(r) || strings.TrimSpace(r[i]) == "" || null(r[i]) {
			continue
		}
		switch s := shapeOf(r[i]); {
		case s == "" || shape != "" && s != shape:
			return "", 0
		default:
			shape, cells = s, cells+1
		}
	}
	return shape, cells
}

// null reports whether a cell is how databases write that there is no value.
func null(cell string) bool { return cell == "NULL" || cell == `\N` || cell == "null" }

// kindsOfText are shapes that are known by name.
var kindsOfText = []string{"truth", "address", "mail", "uuid"}

// mostOfShape is how long a value of a shape is at most.
const mostOfShape = 64

// shapeOf is what a cell looks like, "" where that tells nothing: letters and digits alone, and
// words, may be anything.
func shapeOf(cell string) string {
	cell = strings.TrimSpace(cell)
	at := strings.IndexByte(cell, '@')
	switch {
	case strings.EqualFold(cell, "true"), strings.EqualFold(cell, "false"):
		return "truth"
	case strings.Contains(cell, "://") && !strings.ContainsAny(cell, " \n"):
		return "address"
	case at > 0 && at == strings.LastIndexByte(cell, '@') && strings.IndexByte(cell[at:], '.') > 1 && !strings.ContainsAny(cell, " \n"):
		return "mail"
	case uuid(cell):
		return "uuid"
	case len(cell) > mostOfShape:
		return ""
	}
	return runs(cell)
}

// uuid reports whether a cell is one: hexadecimal digits in five groups.
func uuid(cell string) bool {
	if len(cell) != 36 {
		return false
	}
	for i := range len(cell) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (cell[i] == '-') || !dash && !strings.ContainsRune("0123456789abcdefABCDEF", rune(cell[i])) {
			return false
		}
	}
	return true
}

// runs is a cell with each run of letters as one, and each run of digits as one; "" unless
// there are digits, and signs between the runs.
func runs(cell string) string {
	var b strings.Builder
	digits, signs, last := false, false, byte(0)
	for _, c := range cell {
		run := byte(0)
		switch {
		case c >= '0' && c <= '9':
			run, digits = '0', true
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= 0x80:
			run = 'a'
		case c != ' ' && c != '_':
			signs = true
		}
		switch {
		case run == 0:
			b.WriteRune(c)
		case run != last:
			b.WriteByte(run)
		}
		last = run
	}
	if !digits || !signs {
		return ""
	}
	return b.String()
}
