package changes

import "bytes"

// changed are the names of the columns in which the current rows differ, with commas
// between them.
func (m *merger) changed() ([]byte, error) {
	if m.a.walk.Large() || m.b.walk.Large() {
		return m.changedLarge()
	}
	if m.pair.alike && bytes.Equal(m.a.walk.Raw(), m.b.walk.Raw()) {
		return nil, nil
	}
	an, bn := m.a.walk.Cells(), m.b.walk.Cells()
	m.a.checkCells(an)
	m.b.checkCells(bn)
	m.names = m.names[:0]
	for _, c := range m.pair.common {
		va, vb := m.a.walk.Cell(c.a), m.b.walk.Cell(c.b)
		if !bytes.Equal(va, vb) && !m.equalFolded(va, vb) && !m.sameTime(va, vb) {
			m.name(c.name)
			m.observing(func(o Observer, file string) { o.Cell(file, c.name, Row{m.a}, Row{m.b}) })
		}
	}
	for i := 0; i < max(an-len(m.a.t.header), bn-len(m.b.t.header)); i++ {
		if !bytes.Equal(m.a.walk.Cell(len(m.a.t.header)+i), m.b.walk.Cell(len(m.b.t.header)+i)) {
			m.name(beyondHeader)
			break
		}
	}
	return m.names, nil
}

// beyondHeader stands for the cells of a row behind the last that the header names.
const beyondHeader = "(behind the header)"

func (m *merger) name(column string) {
	if len(m.names) > 0 {
		m.names = append(m.names, ',')
	}
	m.names = append(m.names, column...)
}

// equalFolded reports whether two cells differ in how line breaks stand in them alone,
// if the files differ in that.
func (m *merger) equalFolded(a, b []byte) bool {
	return m.pair.folds() && bytes.Equal(m.fold.all(a), m.other.all(b))
}

// sameTime reports whether two cells are one time, of which Parquet has no milliseconds to
// tell and CSV tells that there are none.
func (m *merger) sameTime(a, b []byte) bool {
	if m.a.t.input.parquet == m.b.t.input.parquet {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	long, ok := bytes.CutSuffix(b, []byte(".000Z"))
	short, too := bytes.CutSuffix(a, []byte("Z"))
	return ok && too && bytes.Equal(long, short)
}

// checkCells counts a row that has another number of cells than the header.
func (s *side) checkCells(n int) {
	if n != len(s.t.header) {
		s.seen.ragged++
	}
}
