package csvfile

import (
	"context"
	"errors"
	"io"
	"iter"

	"sluice/csvfile/internal/match"
)

// MatchMode is how the text of a Query is meant.
type MatchMode = match.Mode

const (
	// Plain text, byte for byte.
	Plain = match.Plain
	// IgnoreCase treats upper and lower case letters alike.
	IgnoreCase = match.IgnoreCase
	// Regexp is a regular expression in Go's syntax, applied to each cell.
	Regexp = match.Regexp
)

// AllColumns as a Query's column looks into every cell.
const AllColumns = -1

// Query is what to find in a file's cells.
type Query struct {
	Text   string
	Mode   MatchMode
	Column int // from 0, or AllColumns
}

// Hit is a cell that matches.
type Hit struct {
	Row    int64 // number of the row
	Column int
	Offset int64 // of the row in the file
}

// Position is a place between cells, from which to look for the next or
// previous hit: that of a cell. Row -1 is before the first cell.
type Position struct {
	Row    int64
	Column int
}

func (p Position) before(h Hit) bool {
	return p.Row < h.Row || p.Row == h.Row && p.Column < h.Column
}

func (p Position) after(h Hit) bool {
	return p.Row > h.Row || p.Row == h.Row && p.Column > h.Column
}

// FindProgress says how far a search has come.
type FindProgress struct {
	Hits              int64
	Bytes, TotalBytes int64
}

// Find returns all matching cells in file order, as they are found. It indexes
// the file first where that has not been done, and ends when ctx does, which it
// yields as the last error.
func (f *File) Find(ctx context.Context, q Query) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		err := f.search(ctx, q, keep{}, f.forward(0), yieldAll(yield))
		if err != nil && !errors.Is(err, errStop) {
			yield(Hit{}, err)
		}
	}
}

// FindNext returns the first matching cell behind a position; ok is false if
// there is none.
func (f *File) FindNext(ctx context.Context, q Query, from Position) (hit Hit, ok bool, err error) {
	err = f.search(ctx, q, keep{which: keepFirst, from: from}, f.forward(from.Row), takeOne(&hit, &ok))
	return hit, ok, foundErr(err)
}

// FindPrevious returns the last matching cell before a position.
func (f *File) FindPrevious(ctx context.Context, q Query, from Position) (hit Hit, ok bool, err error) {
	err = f.search(ctx, q, keep{which: keepLast, from: from}, f.backward(from.Row), takeOne(&hit, &ok))
	return hit, ok, foundErr(err)
}

// CountHits counts the matching cells of the whole file. progress, which may be
// nil, is called often, from one goroutine, with the count so far.
func (f *File) CountHits(ctx context.Context, q Query, progress func(FindProgress)) (int64, error) {
	var p FindProgress
	err := f.search(ctx, q, keep{which: keepCount}, f.forward(0), f.countInto(&p, progress))
	return p.Hits, err
}

// forward are the chunks from the one on in which a row starts.
func (f *File) forward(row int64) func(context.Context) (chunks, error) {
	return func(ctx context.Context) (chunks, error) {
		first, err := f.chunkOfRow(ctx, row)
		return chunks{first: first, count: f.chunkCount() - first}, err
	}
}

// backward are the chunks down from the one in which a row starts.
func (f *File) backward(row int64) func(context.Context) (chunks, error) {
	return func(ctx context.Context) (chunks, error) {
		first, err := f.chunkOfRow(ctx, row)
		return chunks{first: first, count: min(first+1, f.chunkCount()), backward: true}, err
	}
}

// chunkOfRow returns the chunk in which a row starts: the last one for a row
// behind the end.
func (f *File) chunkOfRow(ctx context.Context, row int64) (int64, error) {
	if row <= 0 || f.chunkCount() == 0 {
		return 0, nil
	}
	if err := f.WaitRow(ctx, row); err != nil {
		return 0, err
	}
	w := f.window()
	defer f.release(w)
	off, ok, err := f.locate(ctx, w, row+f.skip)
	if err != nil {
		return 0, err
	}
	if !ok {
		return f.chunkCount() - 1, nil
	}
	return off / (f.cfg.chunkBlocks * blockSize), nil
}

// search hands the hits of each chunk to deliver, in the order of where.
func (f *File) search(ctx context.Context, q Query, k keep, where func(context.Context) (chunks, error), deliver func(chunk int64, found chunkHits) error) error {
	sample, err := f.sampled()
	if err != nil {
		return err
	}
	m, err := q.compile(sample)
	if err != nil {
		return err
	}
	if err := f.prepareSome(ctx); err != nil {
		return err
	}
	c, err := where(ctx)
	if err != nil {
		return err
	}
	s := searcher{f: f, m: m, column: q.Column, keep: k}
	return inOrder(ctx, f, c, s.chunk, deliver)
}

// searcher finds hits in one chunk at a time; it is shared by the workers.
type searcher struct {
	f      *File
	m      *match.Matcher
	column int
	keep   keep
}

func (s *searcher) chunk(ctx context.Context, w *window, chunk int64) (found chunkHits, err error) {
	first, last := s.f.blocksOf(chunk)
	r, err := s.f.recordsIn(w, first, last)
	if err != nil {
		return found, err
	}
	var scratch []byte
	var hits []Hit // of a record
	for r.skipWithout(s.m) && r.next(ctx) {
		if hits, err = s.record(ctx, &r.rec, hits[:0], &scratch); err != nil {
			return found, err
		}
		if !s.keep.add(&found, hits) {
			break
		}
	}
	return found, r.err
}

// record appends the hits in one record.
func (s *searcher) record(ctx context.Context, rec *rec, hits []Hit, scratch *[]byte) ([]Hit, error) {
	from, to := 0, rec.cells()
	if s.column != AllColumns {
		from, to = s.column, min(s.column+1, to)
	}
	for i := from; i < to; i++ {
		value, whole := rec.cell(i, scratch)
		ok := s.m.Match(value)
		if !whole {
			cell, err := s.f.Cell(ctx, *rec.giant, i)
			if err != nil {
				return nil, err
			}
			if ok, err = s.m.MatchReader(cell); err != nil {
				return nil, err
			}
		}
		if ok {
			hits = append(hits, Hit{Row: rec.number - s.f.skip, Column: i, Offset: rec.offset})
		}
	}
	return hits, nil
}

// sampled tells what the start of the file is made of.
func (f *File) sampled() (*match.Sample, error) {
	buf := make([]byte, min(256<<10, f.data().Size()))
	if len(buf) > 0 {
		if _, err := f.data().ReadAt(buf, 0); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
	}
	s := match.Sample{Quote: f.syn.Quote}
	for _, c := range buf {
		s.Count[c]++
	}
	return &s, nil
}
