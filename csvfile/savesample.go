package csvfile

import (
	"context"
	"fmt"
	"strings"

	"sluice/wording"
)

// sampleLine is how many bytes of a line a sample has at most.
const sampleLine = 2 << 10

// SaveSample returns the lines that [SaveView] would begin a file with: that of the names,
// if there is one, and that of a row that was read; the encoding changes nothing in it.
// Lines are cut behind some 2 KB, and have no end.
func (f *File) SaveSample(ctx context.Context, row Row, opts SaveOptions) (lines []string, err error) {
	s := saver{src: f, f: f, opts: opts}
	if err := s.choose(); err != nil {
		return nil, wording.Errorf("a file cannot be written so: %w", err)
	}
	header, err := s.header(ctx)
	if err != nil {
		return nil, err
	}
	part, err := s.recordAt(ctx, row.Offset)
	if err != nil {
		return nil, err
	}
	for _, line := range []saved{header, part} {
		for _, piece := range line.pieces {
			text := string(piece.text)
			if piece.giant != nil {
				text = fmt.Sprintf("%d…", row.Number+1)
			}
			lines = append(lines, strings.TrimRight(text[:min(len(text), sampleLine)], "\r\n"))
		}
	}
	return lines, nil
}

// header is the line of the names of the columns, empty if there is to be none.
func (s *saver) header(ctx context.Context) (part saved, err error) {
	switch has := s.f != nil && s.f.info.HasHeader; {
	case s.opts.Header == "no" || s.f != nil && !has && s.opts.Header == "":
		return saved{}, nil
	case has:
		part, err = s.recordAt(ctx, s.f.start)
	default:
		part.pieces = []savedPiece{{text: s.appendRow(nil, s.names())}}
	}
	part.rows = 0
	return part, err
}

// recordAt is the record that starts somewhere, as it is to be written.
func (s *saver) recordAt(ctx context.Context, off int64) (part saved, err error) {
	r := records{f: s.f, w: &window{src: s.f.data()}, only: -1, off: off, end: off + 1}
	if !r.next(ctx) {
		return saved{}, r.err
	}
	s.encode(&part, &r.rec)
	return part, nil
}

// names are those of the columns that are written.
func (s *saver) names() (cells [][]byte) {
	names := s.src.Header()
	for i := range wanted(s.opts.Columns, len(names)) {
		var name []byte
		if col := columnAt(s.opts.Columns, i); col < len(names) {
			name = []byte(names[col])
		}
		cells = append(cells, name)
	}
	return cells
}
