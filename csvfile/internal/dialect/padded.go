package dialect

import (
	"strings"

	"sluice/csvfile/internal/record"
)

// padded is how many rows stand before a table of a spreadsheet: a title and what is noted
// below it, filled up with empty cells to the width of the table. What follows them must be a
// header with all its names, for certain or below an empty row, and rows that are filled.
func padded(rows [][]string, width int) int {
	n := 0
	for n < len(rows) && n < mostPreamble && filledCells(rows[n]) <= width/2 {
		n++
	}
	if n == 0 || width < 3 || n+1 >= len(rows) {
		return 0
	}
	table := rows[n:]
	header, sure := looksLikeHeader(table)
	if !header || !sure && filledCells(rows[n-1]) > 0 || len(table[0]) != width || filledCells(table[0]) < width || !allNames(table[0]) {
		return 0
	}
	full := 0
	for _, r := range table[1:] {
		if filledCells(r) > width/2 {
			full++
		}
	}
	if 2*full < len(table)-1 {
		return 0
	}
	return n
}

// filledCells is how many cells of a row have something in them.
func filledCells(row []string) (n int) {
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// startOf is where record n of the text starts, behind which the table begins.
func (s *search) startOf(c candidate, n int) (at int) {
	if !c.form.Plain() { // offsets are those of what is written anew
		return s.offsetOf(n)
	}
	walk(s.text, s.whole, c.form.Syntax(), n, func(_ []record.Field, raw []byte) { at += len(raw) })
	return at
}

// mayDouble reports whether people write two of a delimiter between cells. Of the others two
// are a column that is empty throughout, as spreadsheets have them between others.
func mayDouble(d byte) bool { return strings.IndexByte(",;\t ", d) < 0 }

// doubled reports whether all rows have an odd number of cells, of which every second is empty,
// and the first row has all others.
func doubled(rows [][]string) bool {
	rows = filled(rows)
	for i, r := range rows {
		if len(r) < 3 || len(r)%2 == 0 {
			return false
		}
		for j, cell := range r {
			if odd := j%2 == 1; odd && cell != "" || !odd && i == 0 && cell == "" {
				return false
			}
		}
	}
	return len(rows) > 1
}

// halved are rows without every second cell.
func halved(rows [][]string) (out [][]string) {
	for _, r := range rows {
		var row []string
		for j := 0; j < len(r); j += 2 {
			row = append(row, r[j])
		}
		out = append(out, row)
	}
	return out
}
