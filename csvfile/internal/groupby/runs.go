package groupby

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"encoding/binary"
	"slices"
	"strconv"
	"sync"
)

// Order is the order in which groups come.
type Order struct {
	// Keys are how many cells a key has.
	Keys int
	// ByKeys orders by the keys, ascending; else those of most rows come first, and among
	// those of as many the keys decide. Keys go by their bytes.
	ByKeys bool
	// Late is the text of keys that come behind all others but the empty one.
	Late string
}

// Group is a group as it comes out. What it holds is valid during the call.
type Group struct {
	Rows int64
	Keys [][]byte
	// Results are the answers to Ops, nil where there is none; of Numbers the sum, with
	// the mean in Means.
	Results, Means [][]byte
}

// runs are sorted groups: of one table, or of many, written down.
type runs struct {
	g     *Grouper
	kinds []Kind
	only  *Table // if it was the only one

	mu   sync.Mutex
	list [][]segment
}

// pieceSize is how much of a run is written at once.
const pieceSize = 1 << 20

func newRuns(g *Grouper, kinds []Kind) *runs { return &runs{g: g, kinds: kinds} }

// add sorts the groups of a table.
func (r *runs) add(_ int, t *Table) error {
	if !r.g.main.spilled() {
		r.only = t
		return nil
	}
	var run []segment
	var all, one []byte
	flush := func() error {
		at, err := r.g.to.write(all)
		run, all = append(run, at), all[:0]
		return err
	}
	for _, i := range r.sorted(t) {
		one = r.append(one[:0], t, int(i))
		all = append(binary.AppendUvarint(all, uint64(len(one))), one...)
		if len(all) >= pieceSize {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if len(all) > 0 {
		if err := flush(); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, run)
	return nil
}

// sorted are the groups of a table in order.
func (r *runs) sorted(t *Table) []uint32 {
	order := make([]uint32, t.Len())
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return r.g.config.Order.compare(t.rows[a], t.rows[b], t.key(int(a)), t.key(int(b)))
	})
	return order
}

// compare compares two groups by their rows and keys.
func (o Order) compare(rowsA, rowsB int64, a, b []byte) int {
	if !o.ByKeys && rowsA != rowsB {
		return cmp.Compare(rowsB, rowsA)
	}
	for range o.Keys {
		var cellA, cellB, digestA, digestB []byte
		cellA, digestA, a = cutKey(a)
		cellB, digestB, b = cutKey(b)
		if c := cmp.Compare(o.rank(cellA), o.rank(cellB)); c != 0 {
			return c
		}
		if c := cmp.Or(bytes.Compare(cellA, cellB), bytes.Compare(digestA, digestB)); c != 0 {
			return c
		}
	}
	return 0
}

func (o Order) rank(cell []byte) int {
	switch {
	case len(cell) == 0:
		return 2
	case o.Late != "" && string(cell) == o.Late:
		return 1
	}
	return 0
}

// append writes group i with its results, for cut.
func (r *runs) append(b []byte, t *Table, i int) []byte {
	b = binary.AppendUvarint(b, uint64(t.rows[i]))
	key := t.key(i)
	b = append(binary.AppendUvarint(b, uint64(len(key))), key...)
	for op, s := range t.states {
		result, mean := r.result(op, s, i)
		b = appendResult(appendResult(b, result), mean)
	}
	return b
}

func appendResult(b, result []byte) []byte {
	if result == nil {
		return append(b, 0)
	}
	return append(binary.AppendUvarint(b, uint64(len(result))+1), result...)
}

func (r *runs) result(op int, s state, i int) (result, mean []byte) {
	switch s := s.(type) {
	case *counts:
		return strconv.AppendInt(nil, s.n[i], 10), nil
	case *numbers:
		if t := s.of[i]; t.n > 0 {
			return []byte(t.sum.String()), []byte(t.sum.Mean(t.n))
		}
	case *extremes:
		return s.of(i, r.kinds[op]), nil
	}
	return nil, nil
}

// cut reads what append wrote.
func (r *runs) cut(b []byte, g *Group) (key []byte) {
	rows, n := binary.Uvarint(b)
	g.Rows = int64(rows)
	b = b[n:]
	size, n := binary.Uvarint(b)
	key, b = b[n:n+int(size)], b[n+int(size):]
	g.Keys, g.Results, g.Means = g.Keys[:0], g.Results[:0], g.Means[:0]
	for range r.g.config.Ops {
		var result, mean []byte
		result, b = cutResult(b)
		mean, b = cutResult(b)
		g.Results, g.Means = append(g.Results, result), append(g.Means, mean)
	}
	rest := key
	for range r.g.config.Order.Keys {
		var cell []byte
		cell, _, rest = cutKey(rest)
		g.Keys = append(g.Keys, cell)
	}
	return key
}

func cutResult(b []byte) (result, rest []byte) {
	size, n := binary.Uvarint(b)
	if b = b[n:]; size == 0 {
		return nil, b
	}
	return b[:size-1], b[size-1:]
}

// merge hands on all groups in order.
func (r *runs) merge(ctx context.Context, emit func(Group) error) error {
	var g Group
	if r.only != nil {
		var b []byte
		for n, i := range r.sorted(r.only) {
			if n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			b = r.append(b[:0], r.only, int(i))
			r.cut(b, &g)
			if err := emit(g); err != nil {
				return err
			}
		}
		return nil
	}
	for _, w := range r.g.workers { // their memory is free for the buffers of the runs
		w.main = nil
	}
	h, err := r.heads()
	if err != nil {
		return err
	}
	for n := 0; len(h.heads) > 0; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		first := h.heads[0]
		r.cut(first.piece, &g)
		if err := emit(g); err != nil {
			return err
		}
		more, err := first.next()
		if err != nil {
			return err
		}
		if more {
			heap.Fix(h, 0)
		} else {
			heap.Pop(h)
		}
	}
	return nil
}
