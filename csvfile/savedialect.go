package csvfile

import (
	"context"
	"strings"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/charset"
	"sluice/csvfile/internal/record"
	"sluice/wording"
)

// choose settles how the file is to be written, or says why it cannot be.
func (s *saver) choose() error {
	own := block.Syntax{Delimiter: ',', Quote: '"', Terminator: '\n'}
	ending := "LF"
	if s.f != nil {
		own, ending = s.f.syn, s.f.info.LineEnding
	}
	s.syn = own
	if d := s.opts.Delimiter; d != 0 {
		s.syn.Delimiter = d
	}
	if q := s.opts.Quote; q != 0 {
		s.syn.Quote = q
	}
	if s.opts.LineEnding != "" {
		ending = s.opts.LineEnding
	}
	if s.syn.Quote == 0 && (s.syn.Delimiter != own.Delimiter || s.opts.QuoteAll) {
		s.syn.Quote = '"'
	}
	if err := s.check(); err != nil {
		return err
	}
	s.lineEnd = lineEnds(ending)
	s.copies = s.f != nil && !s.opts.SpreadsheetSafe && s.opts.Columns == nil && !s.opts.QuoteAll &&
		s.syn == own && s.opts.LineEnding == ""
	if s.opts.Encoding == "" {
		return nil
	}
	var err error
	if s.encoding, err = charset.Lookup(s.opts.Encoding, nil); err != nil {
		return err
	}
	if s.opts.BOM && !strings.HasPrefix(s.encoding.Name, "UTF-") {
		return wording.Errorf("%s has no byte order mark; leave it out, or save as UTF-8 or UTF-16", s.encoding.Name)
	}
	return nil
}

// check refuses what is no way to write, and a dialect that could not be read again.
func (s *saver) check() error {
	if h := s.opts.Header; h != "" && h != "yes" && h != "no" {
		return wording.Errorf("the names of the columns are written or not, yes or no, and not %q", h)
	}
	d, q := s.syn.Delimiter, s.syn.Quote
	for _, c := range []byte{d, q} {
		if c == '\n' || c == '\r' || c >= 0x80 {
			return wording.Errorf("%q cannot stand between or around cells: give one character of ASCII that is no line break", c)
		}
	}
	if d == q {
		return wording.Errorf("%q cannot stand both between and around cells", d)
	}
	return nil
}

func lineEnds(name string) string {
	switch name {
	case "CRLF":
		return "\r\n"
	case "CR":
		return "\r"
	}
	return "\n"
}

// writeHeader writes the byte order mark, if one is wanted, and the names of the columns.
func (s *saver) writeHeader(ctx context.Context) error {
	if s.opts.BOM {
		if _, err := s.out.Write(bom); err != nil {
			return err
		}
	}
	part, err := s.header(ctx)
	if err != nil {
		return err
	}
	return s.writePart(ctx, part)
}

// writeRow writes a row of a source that has no records.
func (s *saver) writeRow(r FullRow) error {
	cells := r.Cells
	if r.Width == 0 {
		cells = nil
	}
	buf := s.appendRow(s.buffer(), cells)
	_, err := s.out.Write(buf)
	s.giveBack(buf)
	s.p.Rows++
	return err
}

func (s *saver) appendRow(dst []byte, cells [][]byte) []byte {
	for i, cell := range cells {
		if i > 0 {
			dst = append(dst, s.syn.Delimiter)
		}
		dst = s.appendCell(dst, cell, len(cells) == 1)
	}
	return append(dst, s.lineEnd...)
}

// appendCell appends a cell as it is to be written; only says that it is the only one of
// its row.
func (s *saver) appendCell(dst, value []byte, only bool) []byte {
	if s.opts.SpreadsheetSafe && formula(value) {
		value = append([]byte{'\''}, value...)
	}
	if s.opts.QuoteAll {
		return record.AppendQuoted(dst, value, s.syn.Quote)
	}
	return record.AppendField(dst, value, s.syn, only)
}
