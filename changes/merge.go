package changes

import "context"

// outcome is what was found out in a part.
type outcome struct {
	counts         Counts
	aSeen, bSeen   tally
	aFirst, bFirst key // of the first rows, if there are any
	aLast, bLast   key
	aAny, bAny     bool
	err            error
}

// merger compares parts of two tables. It belongs to one goroutine.
type merger struct {
	ctx    context.Context
	pair   *pair
	a, b   *side
	out    *rows
	counts Counts
	loaded bool // the current row of B is waiting
	fold   folder
	other  folder
	names  []byte // of changed columns
}

func newMerger(ctx context.Context, p *pair, size int, unseen bool) *merger {
	m := &merger{ctx: ctx, pair: p, a: newSide(p.a), b: newSide(p.b), out: newRows(p, size),
		fold: newFolder(p), other: newFolder(p)}
	m.a.unseen, m.b.unseen = unseen, unseen
	return m
}

func (m *merger) close() {
	m.a.walk.Close()
	m.b.walk.Close()
}

// run compares a part and sends the rows that differ to its pieces.
func (m *merger) run(x *part) outcome {
	m.counts = Counts{}
	m.out.begin(m.ctx, x.pieces)
	err := m.a.walk.Do(func() error { return m.b.walk.Do(func() error { return m.merge(x.a, x.b) }) })
	if err == nil && m.a.unseen && !(m.a.endsAt(x.a.to) && m.b.endsAt(x.b.to)) {
		err = errGuess
	}
	if err == nil {
		err = m.out.end()
	}
	o := outcome{counts: m.counts, aSeen: m.a.seen, bSeen: m.b.seen, aAny: m.a.any, bAny: m.b.any, err: err}
	o.aFirst.copyOf(m.a.first)
	o.bFirst.copyOf(m.b.first)
	o.aLast.copyOf(m.a.before)
	o.bLast.copyOf(m.b.before)
	return o
}

// merge goes through both sides.
func (m *merger) merge(a, b span) error {
	m.loaded = false
	if err := m.a.begin(a.from, a.to); err != nil {
		return err
	}
	if err := m.b.begin(b.from, b.to); err != nil {
		return err
	}
	for n := 0; ; n++ {
		if n%1024 == 0 && m.ctx.Err() != nil {
			return m.ctx.Err()
		}
		aok, err := m.a.load(m.ctx)
		if err != nil {
			return err
		}
		if !aok {
			break
		}
		same, err := m.same()
		if err != nil {
			return err
		}
		if same {
			continue
		}
		if err := m.unlike(); err != nil {
			return err
		}
	}
	return m.rest()
}

// same reports whether the next row of B is the current one of A, byte for byte, and
// moves behind both if so. An observer is to see all rows.
func (m *merger) same() (bool, error) {
	if m.pair.observer != nil || !m.pair.alike || m.loaded || m.b.t.list != nil || !m.a.walk.Ended() {
		return false, nil
	}
	raw := m.a.walk.Raw()
	same, err := m.b.walk.Begins(raw)
	if err != nil || !same {
		return false, err
	}
	if err := m.b.follow(m.a.key); err != nil {
		return false, err
	}
	m.counts.Unchanged++
	m.b.walk.Skip(int64(len(raw)))
	m.a.next()
	return true, nil
}

// unlike compares the current row of A with those of B, up to one with a higher key.
func (m *merger) unlike() error {
	for {
		if !m.loaded {
			ok, err := m.b.load(m.ctx)
			if err != nil {
				return err
			}
			if m.loaded = ok; !ok {
				return m.removed()
			}
		}
		switch c := m.a.key.compare(m.b.key); {
		case c < 0:
			return m.removed()
		case c > 0:
			if err := m.added(); err != nil {
				return err
			}
		default:
			return m.both()
		}
	}
}

// rest are the rows of B behind the last of A.
func (m *merger) rest() error {
	for n := 0; ; n++ {
		if n%1024 == 0 && m.ctx.Err() != nil {
			return m.ctx.Err()
		}
		if !m.loaded {
			ok, err := m.b.load(m.ctx)
			if err != nil || !ok {
				return err
			}
			m.loaded = true
		}
		if err := m.added(); err != nil {
			return err
		}
	}
}

func (m *merger) added() error {
	m.counts.Added++
	m.tell(m.b, Observer.OnlyB)
	if err := m.out.row(m.b, fromB, Added, nil); err != nil {
		return err
	}
	m.b.next()
	m.loaded = false
	return nil
}

// removed is for a row of A that B does not have.
func (m *merger) removed() error {
	defer m.a.next()
	date, err := m.date()
	if err != nil {
		return err
	}
	judged := m.pair.proof.of(date)
	m.tell(m.a, func(o Observer, file string, r Row) { o.OnlyA(file, r, judged == proved) })
	switch judged {
	case proved:
		m.counts.Removed++
		return m.out.row(m.a, fromA, Removed, nil)
	case outOfWindow:
		m.counts.OutOfWindow++
	default:
		m.counts.Unproven++
	}
	return nil
}

// date is when the current row of A was changed last, as its cell says.
func (m *merger) date() ([]byte, error) {
	if !m.pair.proof.wantsDate() {
		return nil, nil
	}
	if m.a.walk.Large() {
		sink := &keySink{columns: m.a.t.dates, cells: make([][]byte, len(m.a.t.dates))}
		_, err := m.a.walk.Stream(m.ctx, -1, sink)
		return firstOf(sink.cells), err
	}
	m.a.walk.Cells()
	return m.a.changed(), nil
}

func firstOf(cells [][]byte) []byte {
	for _, cell := range cells {
		if len(cell) > 0 {
			return cell
		}
	}
	return nil
}

// both compares two rows with the same key by their cells.
func (m *merger) both() error {
	m.tell(m.a, Observer.Both)
	changed, err := m.changed()
	if err != nil {
		return err
	}
	if len(changed) == 0 {
		m.counts.Unchanged++
	} else {
		m.counts.Changed++
		if err := m.out.row(m.b, fromB, Changed, changed); err != nil {
			return err
		}
	}
	m.a.next()
	m.b.next()
	m.loaded = false
	return nil
}
