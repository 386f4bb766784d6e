package dialect

import (
	"bytes"

	"sluice/csvfile/internal/record"
)

const (
	// mostRecords is how many records are looked at, and measured how much text is for
	// what may occur in it.
	mostRecords = 100
	// headerRecords is how many tell whether the first of them is a header.
	headerRecords = 25
	measured      = 256 << 10
	// manyRecords are enough to be a table without the header above them.
	manyRecords = 20
	// mostPreamble is how many records may stand before the table.
	mostPreamble = 50
)

// search looks for the form in which a text has the most regular table.
type search struct {
	text  []byte
	whole bool
	given Given
	ends  Ends
	// starved says that by some delimiter not one record ends in the text.
	starved bool
}

// best is the form to read the text by.
func (s *search) best() candidate {
	quote := byte('"')
	if s.given.Quote.Given {
		quote = s.given.Quote.Value
	}
	best := s.among(Form{Quote: quote, Escape: s.given.Escape.Value, Ends: s.ends})
	if s.ends == Mixed {
		lf := s.among(Form{Quote: quote, Escape: s.given.Escape.Value, Ends: LF})
		if lf.share >= best.share {
			best = lf
		}
	}
	if !s.given.Quote.Given {
		best = s.otherQuote(best)
	}
	if !s.given.Escape.Given {
		best = s.escaped(best)
	}
	best.form.Comment = s.comment(best)
	return best
}

// otherQuote is a better candidate with single quotes, or without any where one stays
// open through all that can be seen.
func (s *search) otherQuote(best candidate) candidate {
	form := best.form
	if hidden, header := s.hidden(best); hidden {
		form.Quote = 0
		off := s.among(form)
		regular := off.share >= 0.9 && off.records > 1
		if header { // what the quote holds must be its table, and no text of some lines
			regular = regular && off.records >= manyRecords && off.modal == best.first
		}
		if regular {
			off.quotingOff = true
			return off
		}
	}
	form.Quote = '\''
	if !s.opens(form) {
		return best
	}
	single := s.among(form)
	if !s.given.Escape.Given && (single.stray || single.open) && bytes.Contains(s.text, []byte(`\'`)) {
		form.Escape = '\\'
		single = s.among(form)
	}
	// A comma within single quotes makes records ragged; an apostrophe that begins a
	// cell leaves them ragged.
	if single.stray || single.open || single.modal < 2 || s.opens(best.form) {
		return best
	}
	if best.modal < 2 || single.share > best.share || single.share == best.share && single.modal == best.modal && single.form.Delimiter == best.form.Delimiter {
		return single
	}
	return best
}

// hidden reports whether a quote stays open from the first record on through all that
// can be seen, or from the record below it: that is whole then, perhaps the header.
func (s *search) hidden(best candidate) (hidden, header bool) {
	switch {
	case s.whole:
		return best.open && best.records <= 2, best.records == 2
	case s.given.Last:
		return best.records <= 1 || best.modal < 2 && s.starved, best.records == 1 && best.modal > 1
	}
	return false, false
}

// opens reports whether the quote of a form opens a field somewhere.
func (s *search) opens(f Form) bool {
	head := s.text[:min(len(s.text), measured)]
	if bytes.IndexByte(head, f.Quote) < 0 { // a quote is rarer than a pair with an end of line
		return false
	}
	for _, before := range []byte{'\n', '\r', f.Delimiter} {
		if bytes.Contains(head, []byte{before, f.Quote}) {
			return true
		}
	}
	return len(head) > 0 && head[0] == f.Quote
}

// escaped is a better candidate with backslashes as escapes: quotes that make no sense
// without them do with them.
func (s *search) escaped(best candidate) candidate {
	q := best.form.Quote
	escapes := q != 0 && bytes.Contains(s.text, []byte{'\\', q}) && (best.stray || best.open)
	escapes = escapes || best.share < 1 && bytes.Contains(s.text, []byte{'\\', best.form.Delimiter})
	if !escapes {
		return best
	}
	form := best.form
	form.Escape = '\\'
	esc := s.among(form)
	if esc.stray || esc.open || esc.modal < 2 || esc.share < best.share || esc.share == best.share && !best.stray && !best.open {
		return best
	}
	return esc
}

// comment is what begins comments among the rows: what is given, or "#" where such
// lines make no rows.
func (s *search) comment(best candidate) byte {
	if s.given.Comment.Given {
		return s.given.Comment.Value
	}
	if bytes.IndexByte(s.text, '#') < 0 || !bytes.Contains(s.text, []byte("\n#")) && !bytes.Contains(s.text, []byte("\r#")) || best.modal < 2 {
		return 0
	}
	odd, all := 0, 0
	s.each(best, func(fields []record.Field, text []byte) {
		if len(fields) > 0 && text[fields[0].Start] == '#' && fields[0].Start < len(text) {
			all++
			if len(fields) != best.modal {
				odd++
			}
		}
	})
	if all > 0 && odd == all {
		return '#'
	}
	return 0
}
