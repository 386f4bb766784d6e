package dialect

import (
	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/record"
)

// candidate is a form, and what the text is like when it is read so.
type candidate struct {
	form       Form
	quotingOff bool

	records  int     // whole ones
	first    int     // fields of the first
	modal    int     // fields that most records have
	share    float64 // of the records that have as many
	score    float64
	leading  int  // records before the first of them
	preamble int  // bytes before the table
	stray    bool // quotes stand where none should
	open     bool // the last record ends inside of quotes
}

// among is the best candidate with the quote and escape of a form.
func (s *search) among(form Form) candidate {
	form.Delimiter = ','
	if s.given.Delimiter.Given {
		form.Delimiter = s.given.Delimiter.Value
	}
	var viable []candidate
	for _, d := range s.present() {
		if len(viable) > 0 && viable[0].share == 1 && !viable[0].stray && !common(d) {
			break // none of the others would win
		}
		f := form
		f.Delimiter = d
		c := s.measure(f)
		s.starved = s.starved || c.records == 0 && common(d)
		if c.score > 0 {
			viable = append(viable, c)
		}
	}
	switch len(viable) {
	case 0:
		return s.measure(form)
	case 1:
		return viable[0]
	}
	var best candidate
	for _, c := range viable {
		c.score *= 1 - s.dirty(c)/2
		if c.score > best.score || c.score == best.score && c.modal > best.modal {
			best = c
		}
	}
	return best
}

// dirty is the share of the cells that have another delimiter in them.
func (s *search) dirty(c candidate) float64 {
	dirty, cells := 0, 0
	s.each(c, func(fields []record.Field, raw []byte) {
		cells += len(fields)
		for _, f := range fields {
			if !clean(f, raw, c.form) {
				dirty++
			}
		}
	})
	return float64(dirty) / float64(max(cells, 1))
}

// prepared is the text as the scanner reads it by a form.
func (s *search) prepared(form Form) (text []byte, whole bool) {
	if form.Plain() {
		return s.text, s.whole
	}
	text, _ = Recast(s.text, form, s.whole)
	return text, s.whole
}

// oddities tells also whether quotes stand where none should, and whether one stays open
// to the end.
func (s *search) oddities(form Form) (text []byte, whole, stray, open bool) {
	text, whole = s.text, s.whole
	if !form.Plain() {
		out, odd := Recast(text, form, whole)
		return out, whole, odd.Strays > 0, odd.Unclosed
	}
	syn := form.Syntax()
	if len(text) == 0 || syn.IndexQuote(text) < 0 {
		return text, whole, false, false
	}
	step := block.Scan(text, syn.Terminator, syn)
	stray = step.Stray[block.Outside]
	end := step.End[block.Outside]
	if stray && whole { // the step is that of regular text
		_, _, end = block.Count(text, syn.Terminator, block.Outside, syn)
	}
	return text, whole, stray, end == block.Inside && whole
}

// each walks the records that are looked at.
func (s *search) each(c candidate, fn func(fields []record.Field, text []byte)) (records int) {
	text, whole := s.prepared(c.form)
	return walk(text, whole, c.form.Syntax(), mostRecords, fn)
}

// walk cuts the whole records at the start of a text.
func walk(text []byte, whole bool, syn block.Syntax, most int, fn func([]record.Field, []byte)) (records int) {
	var fields []record.Field
	for len(text) > 0 && records < most {
		var n int
		var ok bool
		if fields, n, ok = record.Split(text, whole, syn, fields[:0]); !ok {
			break
		}
		fn(fields, text[:n])
		text = text[n:]
		records++
	}
	return records
}
