package csvfile

import (
	"bytes"
	"context"
	"math"
	"unicode/utf8"

	"sluice/csvfile/internal/block"
	"sluice/wording"
)

// StartCheck starts to look at every row in the background, for ragged rows,
// blank lines, NUL bytes, invalid UTF-8 and stray quotes; what it finds shows in
// [File.Info] as it goes. It indexes the file where that has not been done.
// Like [File.StartIndex] it returns at once, and ends with ctx or Close; after
// that it starts anew.
func (f *File) StartCheck(ctx context.Context) {
	f.checking.start(ctx, f.life, f.check)
}

// CheckProgress says how far checking has come.
func (f *File) CheckProgress() Progress {
	ok, err := f.checking.status()
	rows, _ := f.Total()
	return Progress{Bytes: f.checkPos.Load(), TotalBytes: f.data().Size(), Rows: rows, Done: ok, Err: err}
}

// CheckDone returns a channel that closes when checking ends.
func (f *File) CheckDone() <-chan struct{} { return f.checking.ended() }

func (f *File) check(ctx context.Context) error {
	err := f.prepare(ctx)
	if err == nil {
		err = f.waitBlock(ctx, min(1, f.blockCount()))
	}
	if err != nil {
		return wording.Errorf("check %s: %w", f.path, err)
	}
	if f.checkedBefore.Load() {
		f.checkPos.Store(f.data().Size())
		return nil
	}
	f.found.restart()
	f.checkPos.Store(0)
	err = inOrder(ctx, f, f.allChunks(), f.checkChunk, func(chunk int64, found map[FindingKind]Finding) error {
		f.found.add(found)
		_, last := f.blocksOf(chunk)
		f.checkPos.Store(min(f.blockStart(last), f.data().Size()))
		return nil
	})
	if err == nil {
		err = f.waitIndexed(ctx) // which may still find an unclosed quote
	}
	if err != nil {
		return wording.Errorf("check %s: %w", f.path, err)
	}
	f.keepIndex(true)
	return nil
}

func (f *File) checkChunk(ctx context.Context, w *window, chunk int64) (map[FindingKind]Finding, error) {
	first, last := f.blocksOf(chunk)
	c := checker{f: f, found: map[FindingKind]Finding{}}
	r, err := f.recordsIn(w, first, last)
	if err != nil {
		return nil, err
	}
	for r.next(ctx) {
		if err := c.record(ctx, &r.rec); err != nil {
			return nil, err
		}
	}
	f.noteWidth(c.widest)
	return c.found, r.err
}

// checker collects findings from the records of a chunk.
type checker struct {
	f      *File
	found  map[FindingKind]Finding
	widest int // cells of a row

	scratch []byte
}

// repeats reports whether a record is the header once more, perhaps with the mark that began
// its own file.
func (c *checker) repeats(r *rec) bool {
	if c.f.skip == 0 || r.giant != nil {
		return false
	}
	for i, name := range c.f.header {
		cell, _ := r.cell(i, &c.scratch)
		if marked, ok := bytes.CutPrefix(cell, bom); ok && i == 0 { // where a quote does not open a cell
			cell = bytes.Trim(marked, `"`)
		}
		if string(cell) != name {
			return false
		}
	}
	return true
}

func (c *checker) record(ctx context.Context, r *rec) error {
	switch n := r.cells(); {
	case n == 0:
		c.note(BlankRow, r)
	case n != c.f.info.Columns:
		c.note(RaggedRow, r)
		c.widest = max(c.widest, n)
	case n > 1 && c.repeats(r):
		c.note(RepeatedHeader, r)
	}
	if r.giant != nil {
		return c.giant(ctx, r)
	}
	if bytes.IndexByte(r.raw, 0) >= 0 {
		c.note(NULByte, r)
	}
	if !utf8.Valid(r.raw) {
		c.note(InvalidUTF8, r)
	}
	if i := bytes.IndexByte(r.raw, '\r'); i >= 0 && c.loose(r, i) {
		c.note(OddEnds, r)
	}
	if c.f.foreign.Load() && c.f.syn.IndexQuote(r.raw) >= 0 {
		if at := block.TraceBlock(r.raw, c.f.syn.Terminator, block.Outside, c.f.syn).Stray; at >= 0 {
			c.noteAt(StrayQuote, r, int64(at))
		}
	}
	return nil
}

// loose reports whether a CR, at i of a record, ends no record and stands in no quotes: a
// part of a cell, though it may have been meant as the end of a row.
func (c *checker) loose(r *rec, i int) bool {
	if c.f.syn.Terminator != '\n' || i+1 >= len(r.raw) || r.raw[i+1] == '\n' {
		return false
	}
	for _, f := range r.fields {
		if f.Start <= i && i < f.End {
			return !f.Raw && (f.Start == 0 || r.raw[f.Start-1] == c.f.syn.Delimiter)
		}
	}
	return false
}

// giant checks the bytes of a record too large to be held.
func (c *checker) giant(ctx context.Context, r *rec) error {
	b := byteChecker{}
	w := c.f.window()
	defer c.f.release(w)
	if _, err := c.f.stream(ctx, w, r.offset, math.MaxInt64, &b); err != nil {
		return err
	}
	if b.nul {
		c.note(NULByte, r)
	}
	if b.invalid {
		c.note(InvalidUTF8, r)
	}
	return nil
}

func (c *checker) note(kind FindingKind, r *rec) { c.noteAt(kind, r, 0) }

// noteAt records a finding at a position in a record.
func (c *checker) noteAt(kind FindingKind, r *rec, at int64) {
	fi := c.found[kind]
	fi.Count++
	if len(fi.Places) < maxPlaces {
		fi.Places = append(fi.Places, Place{Row: r.number - c.f.skip, Offset: r.offset + at})
	}
	c.found[kind] = fi
}

// byteChecker is a record.Sink that looks for NUL and invalid UTF-8 in cells
// that come in pieces.
type byteChecker struct {
	nul, invalid bool
	cut          []byte // the start of a rune whose end is in the next piece
}

func (b *byteChecker) Data(p []byte) {
	b.nul = b.nul || bytes.IndexByte(p, 0) >= 0
	if b.invalid {
		return
	}
	for len(b.cut) > 0 && len(p) > 0 && !utf8.FullRune(b.cut) {
		b.cut, p = append(b.cut, p[0]), p[1:]
	}
	if len(b.cut) > 0 && utf8.FullRune(b.cut) {
		b.invalid = !utf8.Valid(b.cut)
		b.cut = b.cut[:0]
	}
	whole := wholeRunes(p)
	b.invalid = b.invalid || !utf8.Valid(p[:whole])
	b.cut = append(b.cut, p[whole:]...)
}

func (b *byteChecker) EndField() {
	b.invalid = b.invalid || len(b.cut) > 0
	b.cut = b.cut[:0]
}
