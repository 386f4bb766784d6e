package dialect

import (
	"strconv"
	"strings"
	"time"
)

// votes are columns that speak for a header and against one.
type votes struct{ names, against, years int }

// looksLikeHeader guesses whether the first record names the columns, by the contrast
// of its cells with those below: text over numbers is a name, a number over numbers is
// none, unless it is a year. sure is false where all columns are text.
func looksLikeHeader(rows [][]string) (header, sure bool) {
	rows = filled(rows)
	switch len(rows) {
	case 0:
		return false, true
	case 1:
		return allNames(rows[0]), false
	}
	first, rest := rows[0], rows[1:]
	var v votes
	text := false
	for i, cell := range first {
		if len(cell) > mostOfName {
			return false, true
		}
		kind, below := kindOfCell(cell), kindOfColumn(rest, i)
		text = text || kind == textCell
		v.column(cell, kind, below, rest, i)
		v.shape(cell, kind, below, rest, i)
	}
	if v.years > 1 {
		v.names++
	}
	if counting(first) { // 1, 2, 3 as names
		v.against = 0
	}
	switch {
	case !text && v.names == 0:
		return false, true
	case v.against > 0:
		return v.names > v.against, v.names == 0
	}
	return true, v.names > 0 || identifiers(first) && !identifiers(rest[0])
}

func (v *votes) column(cell string, kind, below cellKind, rest [][]string, i int) {
	switch {
	case below == emptyCell || kind == emptyCell:
	case kind == textCell && below != textCell:
		v.names++
	case kind == textCell:
	case kind == timeCell && below == numberCell:
		v.names++
	case kind != below:
	case year(cell) && !yearsBelow(rest, i):
		v.years++
	default:
		v.against++
	}
}

// filled are the rows that are no empty lines.
func filled(rows [][]string) (out [][]string) {
	for _, r := range rows {
		if len(r) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// kindOfColumn is what most cells of a column are.
func kindOfColumn(rows [][]string, i int) cellKind {
	var n [4]int
	for _, r := range rows {
		if i < len(r) {
			n[kindOfCell(r[i])]++
		}
	}
	best := emptyCell
	for _, k := range []cellKind{textCell, numberCell, timeCell} {
		if n[k] > 0 && (best == emptyCell || n[k] > n[best]) {
			best = k
		}
	}
	return best
}

// year reports whether a cell is one that may name a column.
func year(cell string) bool {
	n, err := strconv.Atoi(strings.TrimSpace(cell))
	return err == nil && n >= 1500 && n <= 2200
}

func yearsBelow(rows [][]string, i int) bool {
	for _, r := range rows {
		if i < len(r) && !year(r[i]) {
			return false
		}
	}
	return true
}

// counting reports whether a row has some text and, beside it, numbers each of which is
// the one before and one more.
func counting(row []string) bool {
	text, numbers, last := 0, 0, 0
	for _, cell := range row {
		n, err := strconv.Atoi(strings.TrimSpace(cell))
		switch {
		case err != nil:
			text++
			continue
		case numbers > 0 && n != last+1:
			return false
		}
		numbers, last = numbers+1, n
	}
	return text > 0 && numbers > 2
}

// allNames reports whether all cells of a row may be names of columns.
func allNames(row []string) bool {
	seen := map[string]bool{}
	for _, cell := range row {
		if kindOfCell(cell) != textCell && !year(cell) || seen[cell] || len(cell) > mostOfName {
			return false
		}
		seen[cell] = true
	}
	return len(row) > 0
}

// identifiers reports whether the cells of a row are words as programs name things.
func identifiers(row []string) bool {
	for _, cell := range row {
		for i, c := range cell {
			if !(c >= 'a' && c <= 'z' || c == '_' || i > 0 && c >= '0' && c <= '9') {
				return false
			}
		}
		if cell == "" {
			return false
		}
	}
	return true
}

type cellKind int

const (
	emptyCell cellKind = iota
	textCell
	numberCell
	timeCell
)

// kindOfCell tells what a cell looks like. A number may have a decimal comma, groups
// and a percent sign.
func kindOfCell(s string) cellKind {
	s = strings.TrimSpace(s[:min(len(s), mostOfCell)])
	if s == "" || null(s) {
		return emptyCell
	}
	if dotted := len(s) == len("02.01.2006") && s[2] == '.' && s[5] == '.'; !dotted && number(s) {
		return numberCell
	}
	if s[0] < '0' || s[0] > '9' {
		return textCell
	}
	for _, layout := range layouts[len(s)] {
		if _, err := time.Parse(layout, s); err == nil {
			return timeCell
		}
	}
	if len(s) > len(time.DateTime) {
		if _, err := time.Parse(time.RFC3339, s); err == nil {
			return timeCell
		}
	}
	return textCell
}

// layouts are the ways in which times of a length are written.
var layouts = map[int][]string{
	5: {"15:04"}, 7: {"2006-01"}, 8: {"15:04:05"}, 10: {time.DateOnly, "2006/01/02", "02.01.2006", "01/02/2006"},
	19: {time.DateTime, "2006-01-02T15:04:05"}, 24: {"2006-01-02T15:04:05Z0700"},
}

// number reports whether s is written like one: digits with what stands among those of
// numbers.
func number(s string) bool {
	digits, signs, e := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; c {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			digits++
		case '.', ',', '\'':
		case '+', '-':
			if i > 0 && s[i-1]|0x20 != 'e' {
				return false
			}
			signs++
		case 'e', 'E':
			if digits == 0 || i == len(s)-1 {
				return false
			}
			e++
		case '%':
			if i != len(s)-1 {
				return false
			}
		default:
			return false
		}
	}
	return digits > 0 && e <= 1 && signs <= 2
}
