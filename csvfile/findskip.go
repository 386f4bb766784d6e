package csvfile

import (
	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/match"
)

const blockSize = block.Size

// skipWithout moves to the next record that may hold a match of m (nil: any
// record); false when there is none in r's range, or on an error, in r.err.
//
// In a regular file (see block.Step) every value stands in the raw bytes as it
// is but for doubled quotes, so that a search over raw bytes misses nothing.
func (r *records) skipWithout(m *match.Matcher) bool {
	if m == nil || !m.Anchored() || r.f.foreign.Load() {
		return true
	}
	if r.off < r.end {
		b, err := r.w.at(r.off, int(r.end-r.off))
		if err != nil || len(b) == 0 {
			r.err = err
			return false
		}
		b = b[:min(int64(len(b)), r.end-r.off)]
		if i := m.Candidate(b); i >= 0 {
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
