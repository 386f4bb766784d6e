package changes

import (
	"crypto/sha256"
	"hash"
)

// changedLarge is changed for rows of which one is too large to be held whole: their
// cells are compared by checksums.
func (m *merger) changedLarge() ([]byte, error) {
	a, err := m.sums(m.a, &m.fold)
	if err != nil {
		return nil, err
	}
	b, err := m.sums(m.b, &m.other)
	if err != nil {
		return nil, err
	}
	m.names = m.names[:0]
	for _, c := range m.pair.common {
		if a.of(c.a) != b.of(c.b) {
			m.name(c.name)
		}
	}
	for i := range max(len(a.cells)-len(m.a.t.header), len(b.cells)-len(m.b.t.header)) {
		if a.of(len(m.a.t.header)+i) != b.of(len(m.b.t.header)+i) {
			m.name(beyondHeader)
			break
		}
	}
	return m.names, nil
}

// mostSums is how many cells of a large row are compared.
const mostSums = 1 << 16

func (m *merger) sums(s *side, f *folder) (*sumSink, error) {
	sink := &sumSink{hash: sha256.New()}
	if m.pair.folds() {
		sink.fold = f
		f.buf, f.held = f.buf[:0], nil
	}
	_, err := s.walk.Stream(m.ctx, -1, sink)
	s.checkCells(len(sink.cells))
	return sink, err
}

// sumSink makes checksums of cells. An empty cell has the zero sum, as one that is not
// there.
type sumSink struct {
	hash  hash.Hash
	fold  *folder // nil: cells are taken as they stand
	size  int64
	cells [][sha256.Size]byte
}

func (s *sumSink) of(i int) (sum [sha256.Size]byte) {
	if i < len(s.cells) {
		sum = s.cells[i]
	}
	return sum
}

// Data implements csvfile.RowSink.
func (s *sumSink) Data(p []byte) {
	s.size += int64(len(p))
	if s.fold == nil {
		s.hash.Write(p)
		return
	}
	s.fold.feed(p, false)
	s.hash.Write(s.fold.buf)
	s.fold.buf = s.fold.buf[:0]
}

// EndField implements csvfile.RowSink.
func (s *sumSink) EndField() {
	if s.fold != nil {
		s.fold.feed(nil, true)
		s.hash.Write(s.fold.buf)
		s.fold.buf = s.fold.buf[:0]
	}
	var sum [sha256.Size]byte
	if s.size > 0 {
		s.hash.Sum(sum[:0])
	}
	if len(s.cells) < mostSums {
		s.cells = append(s.cells, sum)
	}
	s.hash.Reset()
	s.size = 0
}

// EndRow implements csvfile.RowSink.
func (s *sumSink) EndRow() error { return nil }
