package dialect

type state uint8

const (
	startRecord state = iota
	startField
	inPlain
	inQuoted
	afterQuote
	escapedPlain
	escapedQuoted
	inComment
)

// step takes one byte, which stands at a position in the source.
func (d *Reader) step(c byte, at int64) {
	over := d.lfOver
	if d.lfOver = false; over && c == '\n' {
		return
	}
	switch d.state {
	case inQuoted:
		d.quoted(c)
		return
	case escapedQuoted:
		d.data(c)
		d.state = inQuoted
		return
	case escapedPlain:
		d.data(c)
		d.state = inPlain
		return
	}
	if c == '\r' && d.form.Ends != CR && d.form.Ends != Mixed {
		d.crs++
		return
	}
	if d.crs > 0 {
		d.heldBack(c)
	}
	if c == '\n' && d.form.Ends != CR || c == '\r' {
		d.lfOver = c == '\r' && d.form.Ends == Mixed
		d.alone()
		d.endRecord()
		return
	}
	d.outside(c, at)
}

// heldBack decides what the CRs before c are: a part of the record's end, or data.
func (d *Reader) heldBack(c byte) {
	n := d.crs
	d.crs = 0
	if c == '\n' {
		if n--; d.form.Ends == CRCRLF {
			n = 0
		}
	}
	for range n {
		d.outside('\r', 0)
	}
}

// outside takes a byte outside of quotes that does not end the record.
func (d *Reader) outside(c byte, at int64) {
	if d.form.Doubled && d.state != inComment {
		switch {
		case c != d.form.Delimiter:
			d.alone()
		case !d.half:
			d.half = true
			return
		default:
			d.half = false
		}
	}
	switch d.state {
	case inComment:
		return
	case startRecord:
		if c == d.form.Comment && c != 0 {
			d.state = inComment
			d.found.Comments++
			return
		}
		d.open()
	case startField:
		d.open()
	case afterQuote:
		d.behindQuote(c)
		return
	}
	first := d.state != inPlain
	d.state = inPlain
	switch {
	case first && c == d.form.Quote && c != 0:
		d.state, d.found.UnclosedAt = inQuoted, at
	case c == d.form.Escape && c != 0:
		d.state = escapedPlain
	case c == d.form.Delimiter:
		d.endField()
	default:
		d.data(c)
	}
}

// alone takes a delimiter that is to be doubled, and was met once, for data.
func (d *Reader) alone() {
	if !d.half {
		return
	}
	d.half = false
	switch d.state {
	case afterQuote:
		d.stray(d.form.Delimiter)
		return
	case startRecord, startField:
		d.open()
		d.state = inPlain
	}
	d.data(d.form.Delimiter)
}

func (d *Reader) behindQuote(c byte) {
	switch c {
	case d.form.Quote: // a doubled one
		d.data(c)
		d.state = inQuoted
	case d.form.Delimiter:
		d.endField()
	default:
		d.stray(c)
	}
}

// stray takes text behind a closing quote.
func (d *Reader) stray(c byte) {
	if d.found.Strays == 0 {
		d.found.StrayRecord = d.found.Records
	}
	d.found.Strays++
	d.data(c)
	d.state = inPlain
}

func (d *Reader) quoted(c byte) {
	switch {
	case c == d.form.Escape && c != 0:
		d.state = escapedQuoted
	case c == d.form.Quote:
		d.state = afterQuote
	default:
		d.data(c)
	}
}

func (d *Reader) open() { d.buf = append(d.buf, outQuote) }

func (d *Reader) data(c byte) {
	if c == outQuote {
		d.buf = append(d.buf, outQuote)
	}
	d.buf = append(d.buf, c)
}

func (d *Reader) endField() {
	d.buf = append(d.buf, outQuote, d.form.Delimiter)
	d.state = startField
}

// endRecord ends a record, which a line with nothing in it is too, or a comment.
func (d *Reader) endRecord() {
	switch d.state {
	case inComment:
		d.state = startRecord
		return
	case startField:
		d.buf = append(d.buf, outQuote, outQuote)
	case startRecord:
	default:
		d.buf = append(d.buf, outQuote)
	}
	d.buf = append(d.buf, '\n')
	d.found.Records++
	d.state = startRecord
}

// finish ends the last record where nothing in the text does.
func (d *Reader) finish() {
	blank := d.crs > 0 && d.state == startRecord
	d.crs = max(0, d.crs-1)
	d.heldBack(0)
	d.alone()
	switch d.state {
	case inQuoted, escapedQuoted:
		d.found.Unclosed = true
	case escapedPlain:
		d.data(d.form.Escape) // of nothing
	}
	if blank || d.state != startRecord && d.state != inComment {
		d.endRecord()
	}
}
