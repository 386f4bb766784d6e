package csvfile

import (
	"context"

	"sluice/csvfile/internal/block"
)

const blockSize = block.Size

// skip moves r to the next record that may hold a hit; false when there is none
// in r's range, or on an error, which is in r.err.
//
// In a regular file (see block.Scan) every value stands in the raw bytes as it
// is but for its quotes, so that a search over raw bytes misses nothing.
func (s *searcher) skip(ctx context.Context, r *records) bool {
	if !s.m.Anchored() || s.f.foreign.Load() {
		return true
	}
	if r.off < r.end {
		b, err := r.w.at(r.off, int(r.end-r.off))
		if err != nil || len(b) == 0 {
			r.err = err
			return false
		}
		b = b[:min(int64(len(b)), r.end-r.off)]
		if i := s.m.Candidate(b); i >= 0 {
			r.skipTo(b, i)
			return true
		}
		// No record holds a hit in b, but the last one may go on behind it.
		r.skipTo(b, len(b))
		return r.off < r.end
	}
	return false
}

// skipTo moves r, whose next record starts at b[0], to the record that holds
// b[i], or starts there. It counts from the last block start before, so that it
// takes the same time however far it is.
func (r *records) skipTo(b []byte, i int) {
	target := r.off + int64(i)
	for at := target / block.Size; r.f.blockStart(at) > r.off; at-- {
		e, _ := r.f.idx.at(at)
		from := int(r.f.blockStart(at) - r.off)
		n, last, _ := block.Count(b[from:i], b[from-1], e.state(), r.f.syn)
		if n > 0 {
			r.off, r.number = r.off+int64(from+last), e.records()+int64(n)
			return
		}
	}
	n, last, _ := block.Count(b[:i], r.f.syn.Terminator, block.Outside, r.f.syn)
	if n > 0 {
		r.off, r.number = r.off+int64(last), r.number+int64(n)
	}
}
