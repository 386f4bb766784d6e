package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// aligned prints lines of as many cells each in columns, behind an indent. The columns
// in right, counted from 0, hold numbers, which end below each other.
func aligned(w io.Writer, indent string, lines [][]string, right ...int) {
	var widths []int
	for _, line := range lines {
		for i, cell := range line {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	for _, line := range lines {
		cells := make([]string, len(line))
		for i, cell := range line {
			space := strings.Repeat(" ", widths[i]-columnsOf(cell))
			if cells[i] = cell + space; slices.Contains(right, i) {
				cells[i] = space + cell
			}
		}
		fmt.Fprintln(w, strings.TrimRight(indent+strings.Join(cells, cellGap), " "))
	}
}
