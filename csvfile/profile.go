package csvfile

import (
	"context"
	"sync"

	"sluice/wording"
)

// ValueType is what the values of a column look like.
type ValueType string

const (
	TypeEmpty   ValueType = "empty" // there is no value
	TypeInteger ValueType = "integer"
	TypeDecimal ValueType = "decimal"
	TypeTime    ValueType = "time"
	TypeBoolean ValueType = "boolean" // true or false
	TypeText    ValueType = "text"
)

// typeShare is the share of a column's values that must be of a type for the
// column to be called so.
const typeShare = 0.95

// Profile describes the values of a column.
type Profile struct {
	Column int
	Name   string
	Rows   int64 // looked at
	Empty  int64 // rows whose cell is empty
	// Missing are the rows, not counted in Empty, that have no such cell.
	Missing int64
	// Type is what at least 95 % of the values look like; TypeText otherwise.
	Type ValueType
	// Types counts the values of each type.
	Types map[ValueType]int64
	// Distinct is the number of different values, exact if DistinctExact,
	// otherwise an estimate that is mostly right within 2 %.
	Distinct      uint64
	DistinctExact bool
	// Min and Max are the least and greatest value as they stand in the file:
	// by number or time for columns of such a type, else by bytes.
	Min, Max string
	// Mean is that of numbers, in decimal and integer columns only.
	Mean float64
	// MinSize, MaxSize and MeanSize are sizes of values in bytes.
	MinSize, MaxSize int64
	MeanSize         float64
	// Quantiles of numbers, or of times in seconds since 1970, exact if
	// DistinctExact; of sizes in text columns.
	Quantiles []Quantile
	// Top are the most frequent values; their counts may be too small by at
	// most TopSlack. Values are cut at 120 bytes.
	Top      []ValueCount
	TopSlack int64
	// Histogram counts values in bins of equal width: numbers, times in seconds
	// since 1970, or, in text columns, sizes. Counts are estimates unless
	// DistinctExact.
	Histogram []Bin
}

// Quantile is the value below which the share Q of all values lies.
type Quantile struct{ Q, Value float64 }

// ValueCount is a value and how often it occurs.
type ValueCount struct {
	Value string
	Count int64
}

// Bin is one bar of a histogram: the values from From up to, not including, To
// (the last bin includes it).
type Bin struct {
	From, To float64
	Count    int64
}

// EmptyShare is the share of rows without a value, 0 to 1.
func (p Profile) EmptyShare() float64 {
	if p.Rows == 0 {
		return 0
	}
	return float64(p.Empty+p.Missing) / float64(p.Rows)
}

// ProfileColumn describes a column (from 0) of src, a [File] or [View], in one
// pass with flat memory. progress, which may be nil, is called often, from one
// goroutine.
func ProfileColumn(ctx context.Context, src Source, column int, progress func(Progress)) (Profile, error) {
	rs, ok := src.(recordSource)
	if !ok {
		return Profile{}, wording.Errorf("columns of this kind (%T) cannot be profiled", src)
	}
	header := rs.file().columnNames()
	if column < 0 || column >= len(header) {
		return Profile{}, wording.Errorf("there is no column %d: the file has %d columns", column, len(header))
	}
	if err := rs.file().prepare(ctx); err != nil {
		return Profile{}, wording.Errorf("profile column %q: %w", header[column], err)
	}
	r := profiler{src: rs, f: rs.file(), column: column}
	p := Progress{TotalBytes: r.f.data().Size()}
	err := inOrder(ctx, r.f, r.f.allChunks(), r.chunk, func(chunk int64, rows int64) error {
		_, last := r.f.blocksOf(chunk)
		p.Bytes, p.Rows = min(r.f.blockStart(last), p.TotalBytes), p.Rows+rows
		if progress != nil {
			progress(p)
		}
		return nil
	})
	if err != nil {
		return Profile{}, wording.Errorf("profile column %q: %w", header[column], err)
	}
	all, err := r.merge()
	if err != nil {
		return Profile{}, wording.Errorf("profile column %q: %w", header[column], err)
	}
	return all.profile(column, header[column]), nil
}

// profiler collects values in as many collectors as chunks are worked on at once.
type profiler struct {
	src    recordSource
	f      *File
	column int

	mu   sync.Mutex
	idle []*collector
}

func (r *profiler) chunk(ctx context.Context, w *window, chunk int64) (rows int64, err error) {
	c, err := r.take()
	if err != nil {
		return 0, err
	}
	defer r.give(c)
	before := c.rows
	first, last := r.f.blocksOf(chunk)
	var scratch []byte
	var failed error
	err = r.src.eachRecord(ctx, w, first, last, r.column, func(rec *rec) bool {
		c.rows++
		switch value, whole, has := rec.wantedCell(r.column, &scratch); {
		case !has:
			c.missing++
		case whole:
			failed = c.add(value)
		default:
			failed = c.addLong(value, rec.giant.Size(r.column))
		}
		return failed == nil
	})
	if err == nil {
		err = failed
	}
	return c.rows - before, err
}

func (r *profiler) take() (*collector, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := len(r.idle); n > 0 {
		c := r.idle[n-1]
		r.idle = r.idle[:n-1]
		return c, nil
	}
	return newCollector()
}

func (r *profiler) give(c *collector) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.idle = append(r.idle, c)
}

func (r *profiler) merge() (*collector, error) {
	all, err := newCollector()
	if err != nil {
		return nil, err
	}
	for _, c := range r.idle {
		if err := all.merge(c); err != nil {
			return nil, err
		}
	}
	return all, all.flush()
}
