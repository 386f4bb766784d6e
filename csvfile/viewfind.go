package csvfile

import (
	"context"
	"errors"
	"iter"

	"sluice/csvfile/internal/match"
	"sluice/wording"
)

// Find returns all matching cells of the view's rows in order. Rows of hits are
// positions in the view. Like the other searches in a view it first waits until
// the view is complete.
func (v *View) Find(ctx context.Context, q Query) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		err := v.search(ctx, q, keep{}, yieldAll(yield))
		if err != nil && !errors.Is(err, errStop) {
			yield(Hit{}, err)
		}
	}
}

// FindNext is [File.FindNext] for the view's rows, by positions in the view.
func (v *View) FindNext(ctx context.Context, q Query, from Position) (hit Hit, ok bool, err error) {
	err = v.search(ctx, q, keep{which: keepFirst, from: from}, takeOne(&hit, &ok))
	return hit, ok, foundErr(err)
}

// FindPrevious is [File.FindPrevious] for the view's rows, by positions in the view.
func (v *View) FindPrevious(ctx context.Context, q Query, from Position) (hit Hit, ok bool, err error) {
	err = v.search(ctx, q, keep{which: keepLast, from: from}, takeOne(&hit, &ok))
	return hit, ok, foundErr(err)
}

// CountHits is [File.CountHits] for the view's rows.
func (v *View) CountHits(ctx context.Context, q Query, progress func(FindProgress)) (int64, error) {
	var p FindProgress
	err := v.search(ctx, q, keep{which: keepCount}, v.f.countInto(&p, progress))
	return p.Hits, err
}

// search hands what is kept of each chunk to deliver: forwards from the chunk
// with the row at k.from on, or backwards when the last hit is wanted.
func (v *View) search(ctx context.Context, q Query, k keep, deliver func(chunk int64, found chunkHits) error) error {
	sample, err := v.f.sampled()
	if err != nil {
		return err
	}
	m, err := q.compile(sample)
	if err != nil {
		return err
	}
	if err := v.wait(ctx); err != nil {
		return err
	}
	s := viewSearcher{v: v, s: searcher{f: v.f, m: m, column: q.Column, keep: k}}
	first := v.chunkOf(k.from.Row)
	c := chunks{first: first, count: v.f.chunkCount() - first}
	if k.which == keepLast {
		c = chunks{first: first, count: min(first+1, v.f.chunkCount()), backward: true}
	}
	return inOrder(ctx, v.f, c, s.chunk, deliver)
}

// wait waits until the view is complete.
func (v *View) wait(ctx context.Context) error {
	select {
	case <-v.Done():
	case <-ctx.Done():
		return ctx.Err()
	}
	if ok, err := v.work.status(); !ok {
		return wording.Errorf("the filter has stopped: %w", err)
	}
	return nil
}

// chunkOf returns the chunk in which the row at a position starts: the last one
// for a position behind the end.
func (v *View) chunkOf(pos int64) int64 {
	total, _ := v.Total()
	switch {
	case pos <= 0 || v.f.chunkCount() == 0:
		return 0
	case pos >= total:
		return v.f.chunkCount() - 1
	}
	b, _ := v.blockOf(pos)
	return b / v.f.cfg.chunkBlocks
}

// viewSearcher finds hits in the view's rows of one chunk at a time.
type viewSearcher struct {
	v *View
	s searcher
}

func (s *viewSearcher) chunk(ctx context.Context, w *window, chunk int64) (found chunkHits, err error) {
	first, last := s.v.f.blocksOf(chunk)
	if s.v.emptyBlocks(first, last) {
		return found, nil
	}
	s.v.mu.RLock()
	pos := s.v.before[chunk]
	s.v.mu.RUnlock()
	var scratch []byte
	var hits []Hit // of a record
	var failed error
	err = s.v.eachMatch(ctx, w, first, last, func(rec *rec) bool {
		rec.cut(s.v.f.syn)
		hits, failed = s.s.record(ctx, rec, hits[:0], &scratch)
		for i := range hits {
			hits[i].Row = pos
		}
		pos++
		return failed == nil && s.s.keep.add(&found, hits)
	})
	return found, errors.Join(err, failed)
}

// compile checks a query.
func (q Query) compile(sample *match.Sample) (*match.Matcher, error) {
	if q.Column < AllColumns {
		return nil, wording.Errorf("there is no column %d to look into", q.Column)
	}
	return match.New(q.Text, q.Mode, sample)
}
