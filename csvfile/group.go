package csvfile

import (
	"context"
	"errors"
	"slices"
	"sync"

	"sluice/csvfile/internal/groupby"
	"sluice/wording"
)

// groupMemory is how much memory the tables of groups take: with what is being merged
// and with what the garbage collector has not taken yet, less than 256 MB.
const groupMemory = 40 << 20

// NoTime is the key of the rows whose cell is no time where times are put into buckets.
const NoTime = "(no time)"

// Groups is what grouping found: a table with a row for each group, and what is to be said
// of it.
type Groups struct {
	Grouping
	// Made has the groups as the rows of its file, in order: the keys, then what was asked.
	Made
	// Count is the number of groups, and Rows that of the rows in them.
	Count, Rows int64
	// LeftOut are cells that took no part in what was asked.
	LeftOut []LeftOut
	// Spilled is how many bytes did not fit in memory and went to the disk for a while.
	Spilled int64

	source []string
}

// LeftOut is how many cells of a column were no such thing as was asked for.
type LeftOut struct {
	Of    string // "sum(size)"
	Cells int64
	Said  wording.Text // all of it, a sentence
}

// GroupRows puts the rows of src, a [File] or [View], into groups, in one pass by all
// workers, with bounded memory. Cells that are missing are empty ones; empty cells are a
// group of their own, and take no part in what is asked of a column. progress, which may
// be nil, is called often, from one goroutine. The caller must close the groups.
func GroupRows(ctx context.Context, src Source, by Grouping, progress func(Progress)) (*Groups, error) {
	rs, ok := src.(recordSource)
	if !ok {
		return nil, wording.Errorf("rows of this kind (%T) cannot be grouped", src)
	}
	f := rs.file()
	header := f.columnNames()
	if err := by.Check(len(header)); err != nil {
		return nil, err
	}
	g := newGrouping(rs, by, header)
	out, err := g.run(ctx, progress)
	if err = errors.Join(err, g.to.Close()); err != nil {
		if out != nil {
			err = errors.Join(err, out.Close())
		}
		return nil, wording.Errorf("group the rows of %s: %w", f.path, err)
	}
	return out, nil
}

// grouping is the work on one Grouping.
type grouping struct {
	Grouping
	src     recordSource
	f       *File
	header  []string
	to      *groupby.Grouper
	columns []askedColumn // of which something is asked
	places  []int         // of each aggregate among what the grouper is asked, -1: its rows
	ops     []groupby.Op
	only    int // the only column that is looked at, -1 if there are several

	mu   sync.Mutex
	idle []*groupWorker
	all  []*groupWorker
}

// askedColumn is a column with all that is asked of it.
type askedColumn struct {
	column        int
	ops           []int // places among those of the grouper
	distinct      int   // the same, -1 if not asked
	number, times bool  // what its cells must be read as
}

func newGrouping(src recordSource, by Grouping, header []string) *grouping {
	g := &grouping{Grouping: by, src: src, f: src.file(), header: header, only: by.Keys[0].Column}
	for _, k := range by.Keys {
		g.look(k.Column)
	}
	for _, a := range by.Aggregates {
		g.places = append(g.places, g.ask(a))
	}
	if g.Memory <= 0 {
		g.Memory = groupMemory
	}
	g.to = groupby.New(groupby.Config{
		Workers: g.f.cfg.workers, Limit: g.Memory, Ops: g.ops, Dir: g.f.spoolDir(),
		Order: groupby.Order{Keys: len(by.Keys), ByKeys: by.ByKeys(), Late: NoTime},
	})
	for _, w := range g.to.Workers() {
		g.all = append(g.all, &groupWorker{g: g, Worker: w, kinds: make([][groupby.Kinds]int64, len(g.columns)), long: make([]int64, len(g.columns)),
			keys: make([]struct{ noTime, cut int64 }, len(by.Keys))})
	}
	g.idle = slices.Clone(g.all)
	return g
}

func (g *grouping) look(column int) {
	if column != g.only {
		g.only = -1
	}
}

// ask returns the place of what answers an aggregate, new unless it is asked already.
func (g *grouping) ask(a Aggregate) int {
	if a.Column == AllRows {
		return -1
	}
	g.look(a.Column)
	i := slices.IndexFunc(g.columns, func(c askedColumn) bool { return c.column == a.Column })
	if i < 0 {
		i = len(g.columns)
		g.columns = append(g.columns, askedColumn{column: a.Column, distinct: -1})
	}
	c := &g.columns[i]
	op := aggregateOps[a.Op]
	for _, at := range append(slices.Clone(c.ops), c.distinct) {
		if at >= 0 && g.ops[at] == op {
			return at
		}
	}
	at := len(g.ops)
	g.ops = append(g.ops, op)
	switch op {
	case groupby.Distinct:
		c.distinct = at
		return at
	case groupby.Numbers:
		c.number = true
	case groupby.Least, groupby.Greatest:
		c.number, c.times = true, true
	}
	c.ops = append(c.ops, at)
	return at
}

var aggregateOps = map[AggregateOp]groupby.Op{
	AggregateCount: groupby.Filled, AggregateDistinct: groupby.Distinct,
	AggregateSum: groupby.Numbers, AggregateMean: groupby.Numbers,
	AggregateMin: groupby.Least, AggregateMax: groupby.Greatest,
}

func (g *grouping) run(ctx context.Context, progress func(Progress)) (*Groups, error) {
	if err := g.f.prepare(ctx); err != nil {
		return nil, err
	}
	p := Progress{TotalBytes: g.f.data().Size()}
	err := inOrder(ctx, g.f, g.f.allChunks(), g.chunk, func(chunk int64, rows int64) error {
		_, last := g.f.blocksOf(chunk)
		p.Bytes, p.Rows = min(g.f.blockStart(last), p.TotalBytes), p.Rows+rows
		if progress != nil {
			progress(p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := &Groups{Grouping: g.Grouping, Rows: p.Rows, source: g.header, LeftOut: g.leftOut()}
	err = g.write(ctx, out)
	out.Spilled = g.to.Spilled()
	return out, err
}

func (g *grouping) chunk(ctx context.Context, w *window, chunk int64) (rows int64, err error) {
	gw := g.take()
	defer g.give(gw)
	first, last := g.f.blocksOf(chunk)
	var failed error
	err = g.src.eachRecord(ctx, w, first, last, g.only, func(rec *rec) bool {
		rows++
		failed = gw.row(ctx, rec)
		return failed == nil
	})
	if err == nil {
		err = failed
	}
	return rows, err
}

// take takes a worker that is idle: there are as many as chunks are worked on at once.
func (g *grouping) take() *groupWorker {
	g.mu.Lock()
	defer g.mu.Unlock()
	w := g.idle[len(g.idle)-1]
	g.idle = g.idle[:len(g.idle)-1]
	return w
}

func (g *grouping) give(w *groupWorker) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.idle = append(g.idle, w)
}
