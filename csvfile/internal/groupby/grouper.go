package groupby

import (
	"context"
	"hash/maphash"

	"golang.org/x/sync/errgroup"
)

// Config says how rows are grouped.
type Config struct {
	Workers int
	Limit   int  // bytes of memory for tables, of all workers together
	Ops     []Op // what is asked of each group, beside the number of its rows
	Dir     string
	Order   Order
}

// Grouper groups rows that several workers add.
type Grouper struct {
	Digests
	config  Config
	seed    maphash.Seed
	to      *Scratch
	workers []*Worker
	main    *spill
	pairs   []*spill // for each of Ops, nil unless it is Distinct
}

// New returns a grouper. The caller must call Close.
func New(c Config) *Grouper {
	g := &Grouper{Digests: NewDigests(), config: c, seed: maphash.MakeSeed(), to: NewScratch(c.Dir)}
	g.main = &spill{to: g.to}
	for _, op := range c.Ops {
		var s *spill
		if op == Distinct {
			s = &spill{to: g.to}
		}
		g.pairs = append(g.pairs, s)
	}
	for range c.Workers {
		w := &Worker{g: g, main: newTable(g.seed, c.Ops), pairs: make([]*Table, len(c.Ops))}
		for i, op := range c.Ops {
			if op == Distinct {
				w.pairs[i] = newTable(g.seed, nil)
			}
		}
		g.workers = append(g.workers, w)
	}
	return g
}

// Close gives back what was written to disk.
func (g *Grouper) Close() error { return g.to.Close() }

// Spilled is how many bytes did not fit in memory.
func (g *Grouper) Spilled() int64 { return g.to.Size() }

// Workers are those who add rows, each in one goroutine at a time.
func (g *Grouper) Workers() []*Worker { return g.workers }

// share is how much memory each worker has.
func (g *Grouper) share() int { return g.config.Limit / len(g.workers) }

// Worker adds rows.
type Worker struct {
	g     *Grouper
	main  *Table
	pairs []*Table
	added int
	pair  []byte
}

// Row counts a row in the group of a key and returns its number, for Cell, until the next
// row.
func (w *Worker) Row(key []byte) (group int, err error) {
	if w.added++; w.added%512 == 0 {
		if err := w.relieve(); err != nil {
			return 0, err
		}
	}
	group = w.main.group(key)
	w.main.rows[group]++
	return group, nil
}

// Cell adds a cell, which is not empty, to what is asked by number op.
func (w *Worker) Cell(op, group int, v *Value) { w.main.states[op].add(group, v) }

// Distinct adds a cell, which is not empty, to the different ones of a group.
func (w *Worker) Distinct(op int, key, cell []byte) {
	w.pair = w.g.appendPair(w.pair[:0], key, cell)
	w.pairs[op].group(w.pair)
}

// DistinctLong is Distinct for a cell of which the digest is known.
func (w *Worker) DistinctLong(op int, key, digest []byte) {
	w.pair = appendLongPair(w.pair[:0], key, digest)
	w.pairs[op].group(w.pair)
}

// relieve writes down what the worker has, if it is more than its share. The largest
// table goes first.
func (w *Worker) relieve() error {
	for {
		used, largest, to := w.main.used(), w.main, w.g.main
		for i, t := range w.pairs {
			if t == nil {
				continue
			}
			used += t.used()
			if t.used() > largest.used() {
				largest, to = t, w.g.pairs[i]
			}
		}
		if used <= w.g.share() || largest.Len() == 0 {
			return nil
		}
		if err := to.take(largest); err != nil {
			return err
		}
	}
}

// Finish puts the groups together and hands them to emit, in order. kinds says what the
// values of each of Ops are, where the least or greatest is asked for.
func (g *Grouper) Finish(ctx context.Context, kinds []Kind, emit func(Group) error) error {
	for i, s := range g.pairs {
		if s == nil {
			continue
		}
		tables := make([]*Table, len(g.workers))
		for k, w := range g.workers {
			tables[k], w.pairs[i] = w.pairs[i], nil
		}
		if err := g.together(ctx, s, tables, func(worker int, t *Table) error { return g.countPairs(worker, i, t) }); err != nil {
			return err
		}
	}
	tables := make([]*Table, len(g.workers))
	for k, w := range g.workers {
		tables[k] = w.main
	}
	out := newRuns(g, kinds)
	if err := g.together(ctx, g.main, tables, out.add); err != nil {
		return err
	}
	return out.merge(ctx, emit)
}

// countPairs adds one to the group of each pair.
func (g *Grouper) countPairs(worker, op int, t *Table) error {
	w := g.workers[worker]
	for i := range t.Len() {
		key := groupOf(t.key(i))
		w.main.states[op].add(w.main.group(key), nil)
		if i%512 == 0 {
			if err := w.relieve(); err != nil {
				return err
			}
		}
	}
	return nil
}

// together puts tables together, with what was written down of them, and hands on tables
// that have no group in common.
func (g *Grouper) together(ctx context.Context, s *spill, tables []*Table, hand func(worker int, t *Table) error) error {
	if !s.spilled() {
		for _, t := range tables[1:] {
			if err := ctx.Err(); err != nil {
				return err
			}
			tables[0].merge(t)
			*t = *newTable(g.seed, nil)
		}
		return hand(0, tables[0])
	}
	for _, t := range tables {
		if err := s.take(t); err != nil {
			return err
		}
	}
	eg, ctx := errgroup.WithContext(ctx)
	for k, t := range tables {
		eg.Go(func() error {
			for p := k; p < parts; p += len(tables) {
				err := s.load(ctx, p, t, g.share(), func(t *Table) error { return hand(k, t) })
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return eg.Wait()
}
