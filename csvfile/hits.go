package csvfile

import (
	"errors"

	"sluice/wording"
)

// which of a chunk's hits are kept.
const (
	keepAll = iota
	keepFirst
	keepLast
	keepCount
)

// keep says which hits of a chunk a search is for: all, only their number, or
// the first behind, or the last before, a position. A chunk may hold millions.
type keep struct {
	which int
	from  Position
}

// chunkHits are the hits of a chunk that are kept.
type chunkHits struct {
	hits  []Hit
	count int64 // with keepCount
}

// add takes the hits of a further record. It returns false when the rest of the
// chunk does not matter.
func (k keep) add(c *chunkHits, hits []Hit) (more bool) {
	switch k.which {
	case keepAll:
		c.hits = append(c.hits, hits...)
	case keepCount:
		c.count += int64(len(hits))
	case keepFirst:
		for _, h := range hits {
			if k.from.before(h) {
				c.hits = append(c.hits, h)
				return false
			}
		}
	case keepLast:
		for _, h := range hits {
			if !k.from.after(h) {
				return false
			}
			c.hits = append(c.hits[:0], h)
		}
	}
	return true
}

// errStop ends a search that has found enough.
var errStop = wording.New("stop")

// foundErr is what a search's error means to the one who asked.
func foundErr(err error) error {
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

// yieldAll hands hits on one by one.
func yieldAll(yield func(Hit, error) bool) func(int64, chunkHits) error {
	return func(_ int64, found chunkHits) error {
		for _, h := range found.hits {
			if !yield(h, nil) {
				return errStop
			}
		}
		return nil
	}
}

// takeOne ends the search with the first hit that is kept.
func takeOne(hit *Hit, ok *bool) func(int64, chunkHits) error {
	return func(_ int64, found chunkHits) error {
		if len(found.hits) == 0 {
			return nil
		}
		*hit, *ok = found.hits[0], true
		return errStop
	}
}

// countInto adds up counts and reports the progress.
func (f *File) countInto(p *FindProgress, progress func(FindProgress)) func(int64, chunkHits) error {
	return func(chunk int64, found chunkHits) error {
		_, last := f.blocksOf(chunk)
		p.Hits, p.TotalBytes = p.Hits+found.count, f.data().Size()
		p.Bytes = min(f.blockStart(last), p.TotalBytes)
		if progress != nil {
			progress(*p)
		}
		return nil
	}
}
