package dialect

import (
	"bytes"
	"strings"

	"sluice/csvfile/internal/record"
)

// measure tells how regular the text is by a form.
func (s *search) measure(form Form) candidate {
	c := candidate{form: form}
	text, whole, stray, open := s.oddities(form)
	c.stray, c.open = stray, open
	syn := form.Syntax()
	var counts, offsets []int
	at := 0
	c.records = walk(text, whole, syn, mostRecords, func(fields []record.Field, raw []byte) {
		counts, offsets = append(counts, len(fields)), append(offsets, at)
		at += len(raw)
	})
	c.rate(counts)
	for c.leading < len(counts) && counts[c.leading] != c.modal {
		c.leading++
	}
	table := c.tableStart(counts, s)
	if table > 0 {
		c.preamble = offsets[table]
		if !form.Plain() { // offsets are those of what was written anew
			c.preamble = s.offsetOf(table)
		}
		c.first = c.modal
	}
	c.score = c.value(s.given)
	return c
}

// offsetOf is where record n of the text starts, if its records are lines.
func (s *search) offsetOf(n int) (at int) {
	for range n {
		at += line(s.text[at:], s.ends)
	}
	return at
}

// rate counts what most records are like.
func (c *candidate) rate(counts []int) {
	times := map[int]int{}
	filled := 0
	for _, n := range counts {
		if n == 0 {
			continue
		}
		if filled++; filled == 1 {
			c.first = n
		}
		times[n]++
		if t := times[n]; t > times[c.modal] || t == times[c.modal] && n > c.modal {
			c.modal = n
		}
	}
	if filled > 0 {
		c.share = float64(times[c.modal]) / float64(filled)
	}
}

// tableStart is the number of the record with which the table begins, if something
// else stands before it: a title of one cell, or rows of another width and an empty
// line. What follows must look like a header, and for certain where the rows before it are
// only narrower.
func (c *candidate) tableStart(counts []int, s *search) int {
	if s.given.LinesGiven || c.modal < 2 || len(counts) < 3 {
		return 0
	}
	start, titles, narrow, filled, like := 0, true, true, 0, 0
	for ; start < len(counts) && counts[start] != c.modal; start++ {
		titles = titles && counts[start] <= 1
		narrow = narrow && counts[start]+2 <= c.modal // one less is a header that does not name the first column
	}
	for _, n := range counts[start:] {
		if n > 0 {
			filled++
		}
		if n == c.modal {
			like++
		}
	}
	apart := titles || start > 0 && counts[start-1] == 0
	if start == 0 || start > mostPreamble || like < 2 || !apart && !narrow {
		return 0
	}
	rows := s.cells(*c)
	if start >= len(rows) || strings.ContainsAny(strings.Join(rows[start], ""), ",;\t|") {
		return 0 // names cut in the wrong place
	}
	if names, sure := looksLikeHeader(rows[start:]); !names || !apart && !sure || !allNames(rows[start]) {
		return 0
	}
	c.share = float64(like) / float64(filled)
	return start
}

// clean reports whether a cell has no delimiter in it, but in quotes or as the comma of
// a decimal.
func clean(f record.Field, raw []byte, form Form) bool {
	if f.Raw || f.Start > 0 && raw[f.Start-1] != form.Delimiter {
		return true
	}
	cell := raw[f.Start:min(f.End, f.Start+mostOfCell)]
	i := bytes.IndexAny(cell, ",;\t|")
	return i < 0 || kindOfCell(string(cell)) == numberCell
}

const (
	// mostOfCell is how much of a cell is looked at for delimiters.
	mostOfCell = 80
	// mostOfName is how long the name of a column may be.
	mostOfName = 128 << 10
)

// value weighs a candidate; 0 is one that is none.
func (c *candidate) value(g Given) float64 {
	d := c.form.Delimiter
	switch {
	case c.modal < 2 || c.first < 2:
		return 0
	case g.Delimiter.Given || common(d):
	case c.share < 0.9 || c.records < 2:
		return 0
	case d == ':' || d == ' ':
		if c.share < 1 || c.records < 3 || c.stray {
			return 0
		}
	}
	v := c.share * c.share
	if c.stray { // by the right one, quotes stand at the ends of cells
		v *= 0.6
	}
	switch {
	case d == ':' || d == ' ':
		v /= 4
	case !common(d):
		v *= 0.9
	case d == '\t' && (g.Extension == "tsv" || g.Extension == "tab"), d == '|' && g.Extension == "psv":
		v *= 1.3
	}
	return v
}

// cells are the cells of the records behind the preamble, without empty lines.
func (s *search) cells(c candidate) (rows [][]string) {
	text, whole := s.prepared(c.form)
	if c.preamble > 0 && c.form.Plain() {
		text = text[c.preamble:]
	}
	syn, at := c.form.Syntax(), 0
	take := func(fields []record.Field, raw []byte) {
		at += len(raw)
		var row []string
		for _, f := range fields {
			f.End = min(f.End, f.Start+2*mostOfName)
			cell := f.Append(nil, raw)
			row = append(row, string(cell[:min(len(cell), mostOfName+1)]))
		}
		rows = append(rows, row)
	}
	if walk(text, whole, syn, headerRecords+c.leading, take) == 1 && at < len(text) { // the start of the second one tells something
		rest := text[at:min(len(text), at+measured)]
		if fields, n, ok := record.Split(rest, true, syn, nil); ok {
			take(fields, rest[:n])
		}
	}
	return rows
}
