package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"sluice/visible"
)

// The table of a preview: how wide a cell may get, what stands between cells,
// and how wide the table is where there is no terminal to ask.
const (
	maxCellWidth      = 32
	cellGap           = "  "
	defaultTableWidth = 120
)

// table prints rows in aligned columns that fit into width. Columns that do
// not fit are left out from the right, and the last line says how many.
// rowNumbers labels the rows.
func table(w io.Writer, header []string, rows [][]string, rowNumbers []string, width int) {
	t := layTable(w, header, rows, rowNumbers, width)
	t.line("row", header)
	t.lines(rowNumbers, rows)
	t.tellHidden()
}

// tableLines is a table whose columns have their widths.
type tableLines struct {
	w       io.Writer
	columns []int // how wide each is
	label   int   // width of the row numbers
	fitting int   // columns that are shown
}

// layTable lays out the columns by some rows.
func layTable(w io.Writer, header []string, rows [][]string, rowNumbers []string, width int) *tableLines {
	t := &tableLines{w: w, columns: tableColumns(shown(header), shownRows(rows)), label: len("row")}
	for _, n := range rowNumbers {
		t.label = max(t.label, len(n))
	}
	for left := width - t.label; t.fitting < len(t.columns) && left >= len(cellGap)+min(t.columns[t.fitting], 4); t.fitting++ {
		t.columns[t.fitting] = min(t.columns[t.fitting], left-len(cellGap))
		left -= t.columns[t.fitting] + len(cellGap)
	}
	return t
}

// tellHidden says how many columns are not shown.
func (t *tableLines) tellHidden() {
	if hidden := len(t.columns) - t.fitting; hidden > 0 {
		fmt.Fprintf(t.w, "%d of %d columns shown: the others do not fit\n", t.fitting, len(t.columns))
	}
}

// lines prints rows.
func (t *tableLines) lines(rowNumbers []string, rows [][]string) {
	for i, cells := range rows {
		t.line(rowNumbers[i], cells)
	}
}

func (t *tableLines) line(number string, cells []string) {
	cells = shown(cells)
	var b strings.Builder
	fmt.Fprintf(&b, "%*s", t.label, number)
	for i := range t.fitting {
		cell := ""
		if i < len(cells) {
			cell = fit(cells[i], t.columns[i])
		}
		b.WriteString(cellGap + cell + strings.Repeat(" ", max(0, t.columns[i]-columnsOf(cell))))
	}
	fmt.Fprintln(t.w, strings.TrimRight(b.String(), " "))
}

// mostMarks is how many characters of a cell are looked at: some take no column.
const mostMarks = 8 * maxCellWidth

// shown are cells as a table shows them: each on its line.
func shown(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		out[i] = visible.First(cell, mostMarks)
		if len(cell) > mostMarks && utf8.RuneCountInString(cell) > mostMarks {
			out[i] += "…"
		}
	}
	return out
}

func shownRows(rows [][]string) [][]string {
	out := make([][]string, len(rows))
	for i, cells := range rows {
		out[i] = shown(cells)
	}
	return out
}

// tableColumns measures the columns of header and rows.
func tableColumns(header []string, rows [][]string) []int {
	var columns []int
	measure := func(cells []string) {
		for i, cell := range cells {
			if i == len(columns) {
				columns = append(columns, 1)
			}
			columns[i] = max(columns[i], min(maxCellWidth, columnsOf(cell)))
		}
	}
	measure(header)
	for _, cells := range rows {
		measure(cells)
	}
	return columns
}

// columnsOf is how many columns of a terminal s takes.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		n += columnsOfRune(r)
	}
	return n
}

func columnsOfRune(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// fit cuts s to at most columns columns and marks the cut.
func fit(s string, columns int) string {
	if columnsOf(s) <= columns {
		return s
	}
	used := 0
	for i, r := range s {
		n := columnsOfRune(r)
		if used+n > columns-1 {
			return s[:i] + "…"
		}
		used += n
	}
	return s
}
