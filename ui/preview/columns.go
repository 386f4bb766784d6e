package preview

import (
	"strconv"
	"strings"

	"sluice/ui/preview/celltext"
	"sluice/ui/preview/grid"
)

const (
	widestAtOpen = 280 // pixels; a longer text can be widened by hand
	urlWidth     = 130 // pixels; of the addresses in known files, which begin alike
	spaceWidth   = 110 // pixels, for the keys of spaces, of which personal ones are long
	nameWidth    = 150 // pixels, for the names that stand in for the ids of users
	shownRunes   = 240 // of a cell in the table: more than the widest column shows
)

// wide measures a line of text in pixels with the room around it; header says
// that it is a title.
type wide func(s string, header bool) float64

// columnsFor lays the columns of a file out: as wide as title and sample need,
// figures to the right, and then as the user left this kind of file.
func columnsFor(k fileKind, header []string, sample [][]string, w wide, l Layout) []grid.Column {
	out := make([]grid.Column, len(header))
	hidden, frozen := set(l.Hidden), set(l.Frozen)
	for i, title := range header {
		shown := celltext.OneLine(title, shownRunes)
		limit := float64(widestAtOpen)
		switch {
		case k.isURL(title):
			limit = urlWidth
		case k.roleOf(title) == roleSpace:
			limit = spaceWidth
		}
		c := grid.Column{Title: shown, Width: fitWidth(shown, i, sample, w, limit), Hidden: hidden[title], Frozen: frozen[title]}
		if k.roleOf(title) == roleUser {
			c.Width = max(w(shown, true), nameWidth)
		}
		if isFigures(sample, i) {
			c.Align = grid.AlignRight
		}
		if width, ok := l.Widths[title]; ok {
			c.Width = width
		}
		out[i] = c
	}
	if len(out) > 0 && allHidden(out) {
		out[0].Hidden = false
	}
	return out
}

// fitWidth is the width that column i needs for its title and the sample, at most limit.
func fitWidth(title string, i int, sample [][]string, w wide, limit float64) float64 {
	width := w(title, true)
	for _, row := range sample {
		if i < len(row) && width < limit {
			width = max(width, w(celltext.OneLine(row[i], shownRunes), false))
		}
	}
	return min(width, limit)
}

// isFigures reports whether the sample's cells of column i are all numbers, apart
// from empty ones, and there is one.
func isFigures(sample [][]string, i int) bool {
	found := false
	for _, row := range sample {
		if i >= len(row) || row[i] == "" {
			continue
		}
		if !isNumber(row[i]) {
			return false
		}
		found = true
	}
	return found
}

func isNumber(s string) bool {
	if s == "" || len(s) > 40 || strings.ContainsAny(s, "xXpP_iInN") {
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// layoutOf is what there is to remember about the columns: what differs from how
// they would be laid out anew.
func layoutOf(header []string, now, fresh []grid.Column) Layout {
	l := Layout{Widths: map[string]float64{}}
	for i, c := range now {
		if c.Width != fresh[i].Width {
			l.Widths[header[i]] = c.Width
		}
		if c.Hidden {
			l.Hidden = append(l.Hidden, header[i])
		}
		if c.Frozen {
			l.Frozen = append(l.Frozen, header[i])
		}
	}
	return l
}

func allHidden(cols []grid.Column) bool {
	for _, c := range cols {
		if !c.Hidden {
			return false
		}
	}
	return true
}

func set(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, s := range list {
		m[s] = true
	}
	return m
}
