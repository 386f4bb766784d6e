package csvfile

import (
	"bytes"
	"context"
	"math"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/record"
)

// Walk goes through the rows of a file one after the other, by their bytes: the
// quickest way to compare two files. Rows that are too large to be held whole are
// streamed. A Walk belongs to one goroutine; what it returns is valid until it moves.
type Walk struct {
	f       *File
	w       *window
	off     int64
	end     int64
	raw     []byte // of the current row, with its terminator; nil for a large one
	regular bool   // quotes stand where RFC 4180 has them: counting them is enough
	unseen  bool   // whether they do is not known yet

	fields  []record.Field
	cut     bool // fields are those of the current row
	scratch []byte
}

// NewWalk returns a walk that has no range yet. The caller must call Close.
func (f *File) NewWalk() *Walk { return &Walk{f: f, w: f.scanWindow()} }

// Close gives back what the walk has mapped.
func (w *Walk) Close() { w.w.close() }

// Do runs work, within which alone the walk may be used: a file that is cut
// meanwhile, or a disk that fails, becomes an error.
func (w *Walk) Do(work func() error) error {
	if src := w.f.data(); w.w.src != src { // a packed file was unpacked since
		w.w.close()
		w.w = w.f.scanWindow()
	}
	return w.w.guard(work)
}

// Range sets the part of the text to go through: rows that start from offset from on
// and before to, both of which must be where rows start, or the end of the text. The
// index must have come so far.
func (w *Walk) Range(from, to int64) error {
	w.off, w.end, w.raw, w.cut = from, to, nil, false
	w.regular, w.unseen = !w.f.foreign.Load() && w.f.syn.Quote == '"', false
	if w.w.file == nil || from >= to {
		return nil
	}
	_, err := w.w.at(from, int(min(to-from, block.Size*chunkBlocks))) // one map for all of it
	return err
}

// Jump goes to the row at an offset, up to the end of the text, without preparing to
// read what follows it. The index need not have come so far.
func (w *Walk) Jump(off int64) {
	w.off, w.end, w.raw, w.cut = off, w.w.src.Size(), nil, false
	w.regular, w.unseen = false, false // what the index has not seen may be anything
}

// Offset is where the current row starts.
func (w *Walk) Offset() int64 { return w.off }

// Load makes the row at the current place the current one; ok is false at the end of
// the range. Blank lines are passed over, and counted in blank.
func (w *Walk) Load(ctx context.Context) (ok bool, blank int64, err error) {
	w.cut = false
	for need := 1; w.off < w.end; {
		b, err := w.w.at(w.off, need)
		if err != nil {
			return false, blank, err
		}
		if len(b) == 0 {
			return false, blank, ErrChanged
		}
		b = b[:min(len(b), maxWhole)]
		n, err := w.length(b)
		switch {
		case err != nil:
			return false, blank, err
		case n > 0 && w.isBlank(b[:n]):
			w.off += int64(n)
			blank++
			need = 1
		case n > 0:
			w.raw = b[:n]
			return true, blank, nil
		case len(b) >= maxWhole:
			w.raw = nil
			return true, blank, ctx.Err()
		default:
			need = 2 * len(b)
		}
	}
	return false, blank, nil
}

// isBlank reports whether a record is a blank line. Where CR ends records, LF is data.
func (w *Walk) isBlank(rec []byte) bool {
	if rec[0] == w.f.syn.Terminator {
		return true
	}
	return w.f.syn.Terminator == '\n' && rec[0] == '\r' && (len(rec) == 1 || len(rec) == 2 && rec[1] == '\n')
}

// length is that of the record at the start of b, 0 if b ends before it does.
func (w *Walk) length(b []byte) (int, error) {
	switch {
	case w.unseen:
		return w.unseenLength(b)
	case w.regular:
		return w.regularLength(b), nil
	}
	fields, n, ok := record.Split(b, w.w.atEnd(w.off, b), w.f.syn, w.fields[:0])
	w.fields = fields
	if !ok {
		return 0, nil
	}
	w.cut = true
	return n, nil
}

// regularLength is length where quotes stand in pairs.
func (w *Walk) regularLength(b []byte) int {
	quotes, at := 0, 0
	for {
		j := bytes.IndexByte(b[at:], w.f.syn.Terminator)
		if j < 0 {
			break
		}
		quotes += bytes.Count(b[at:at+j], quoteByte)
		at += j + 1
		if quotes&1 == 0 {
			return at
		}
	}
	if w.w.atEnd(w.off, b) {
		return len(b)
	}
	return 0
}

var quoteByte = []byte{'"'}

// Large reports whether the current row is too large to be held whole: only Stream
// reads it.
func (w *Walk) Large() bool { return w.raw == nil }

// Raw is the current row as it stands in the file, with its terminator; nil if it is
// large.
func (w *Walk) Raw() []byte { return w.raw }

// Ended reports whether the current row, which is not large, has a terminator: a row
// without one is the last of the file, and may be cut.
func (w *Walk) Ended() bool {
	return len(w.raw) > 0 && w.raw[len(w.raw)-1] == w.f.syn.Terminator
}

// Begins reports whether the text at the current place begins with b, whatever row is
// loaded.
func (w *Walk) Begins(b []byte) (bool, error) {
	if w.off+int64(len(b)) > w.end {
		return false, nil
	}
	have, err := w.w.at(w.off, len(b))
	return err == nil && bytes.HasPrefix(have, b), err
}

// Skip moves n bytes on, to where a row starts.
func (w *Walk) Skip(n int64) {
	w.off += n
	w.raw, w.cut = nil, false
}

// Next moves behind the current row, which must not be large.
func (w *Walk) Next() { w.Skip(int64(len(w.raw))) }

// Cells is the number of cells of the current row, which must not be large.
func (w *Walk) Cells() int {
	if !w.cut {
		w.fields, _, _ = record.Split(w.raw, true, w.f.syn, w.fields[:0])
		w.cut = true
	}
	w.scratch = w.scratch[:0]
	return len(w.fields)
}

// Cell is the value of cell i, nil if the current row has no such cell. It is valid
// until the next call of Cells. Cells must have been called for the row.
func (w *Walk) Cell(i int) []byte {
	if i >= len(w.fields) {
		return nil
	}
	return w.fields[i].Value(w.raw, &w.scratch)
}

// Lead is the value of cell i and whether there is one, without cutting the rest of
// the row into cells where that can be: for columns near the start. As that of Cell, it
// is valid until the next call of Cells.
func (w *Walk) Lead(i int) ([]byte, bool) {
	if !w.cut {
		if f, ok := record.Lead(w.raw, w.f.syn, i); ok {
			return w.raw[f.Start:f.End], true
		}
	}
	n := w.Cells()
	return w.Cell(i), i < n
}

// Stream feeds the current row to sink, whatever its size, and returns its length: all
// of it if limit is negative, else about so many bytes. It does not call EndRow and does
// not move.
func (w *Walk) Stream(ctx context.Context, limit int64, sink RowSink) (int64, error) {
	end := int64(math.MaxInt64)
	if limit >= 0 {
		end = w.off + limit
	}
	return w.f.stream(ctx, w.w, w.off, end, sink)
}
