package csvfile

import (
	"context"
	"sync"
	"sync/atomic"

	"sluice/csvfile/internal/extsort"
	"sluice/csvfile/internal/sortkey"
	"sluice/intake"
	"sluice/wording"
)

// SortKind is what the cells of a column are sorted as.
type SortKind uint8

const (
	// SortAuto is SortNumber or SortTime if at least 95 % of the values are of that
	// kind, else SortText.
	SortAuto SortKind = iota
	// SortText is the order of Unicode's collation, of no particular language: letters
	// before their accents, and those before capitals.
	SortText
	// SortBytes is text byte for byte, which for UTF-8 is the order of code points.
	SortBytes
	// SortNumber is decimal numbers of any size, exactly: digits with an optional sign,
	// point and exponent, blanks around.
	SortNumber
	// SortTime is instants, in the forms that [OpTime] reads.
	SortTime
)

// SortKey is a column by which rows are sorted.
type SortKey struct {
	Column int // from 0
	Kind   SortKind
	Desc   bool
}

// Sorted is the rows of a file or [View] in the order of some columns. It is a Source
// and scrolls like the file, also while it is still being sorted: rows are there from
// the first on, as soon as all of the file was read once.
//
// Rows that the columns do not tell apart keep the order of the file. Whichever way a
// column is sorted, cells that are no number (or time) come behind those that are, and
// empty and missing cells behind those.
//
// It keeps where each row stands, 8 bytes a row: of a million rows in memory, of more in
// a file without a name that only this process can read. Memory stays flat.
type Sorted struct {
	src    recordSource
	f      *File
	own    *View // src, if it ends with the sorted rows
	keys   []SortKey
	odd    []SortOddity // one for each key
	limits sortLimits
	work   task
	end    context.CancelFunc

	scanned atomic.Int64  // bytes of the file whose keys are made
	rows    atomic.Int64  // all of them, once they are counted
	weight  int64         // of all rows, once they are counted: their bytes, as far as they are put aside, and their places
	kinds   chan struct{} // closed when the kinds of the keys are known
	places  places
	final   atomic.Bool

	hitsMu sync.Mutex
	hits   *hitFilter // of the last search
}

// SortOddity is what about a key is to be known: how many cells are not of its kind.
type SortOddity struct {
	Key   SortKey
	Count int64
	First int64 // number of the first such row
}

// sortLimits are what tests make small.
type sortLimits struct {
	extsort.Limits
	text   int // bytes of a text in its key
	rows   int // of a run
	places int // kept in memory

	// of rows that are saved
	bucket   int  // bytes of a bucket in memory
	stretch  uint // bits of a stretch of the file, at least
	piece    int  // bytes of what a bucket has in a stretch, if stretches can be made so long
	pieces   int  // of a round, which take 8 bytes each
	memory   int  // bytes that are put aside in memory at once
	rounds   int  // of those, before a disk is used
	readings int  // of those, if it has no room
	free     func(dir string) (int64, error)
}

var defaultSortLimits = sortLimits{
	Limits: extsort.DefaultLimits, text: 8 << 10, rows: 64 << 10, places: 1 << 20,
	bucket: 1 << 20, stretch: 22, piece: 32 << 10, pieces: 8 << 20, memory: 64 << 20, rounds: 20, readings: 256, free: intake.Free,
}

// Sort sorts the rows of src, a [File], [View] or [Sorted], by some columns, the first of
// them before all. It returns at once; sorting goes on in the background until the end,
// or ctx ends, or the result or the file is closed. It fails when there is no such
// column. Rows of a Sorted that are alike keep its order.
func Sort(ctx context.Context, src Source, keys []SortKey) (*Sorted, error) {
	rs, ok := src.(recordSource)
	if !ok {
		return nil, wording.Errorf("rows of this kind (%T) cannot be sorted", src)
	}
	if before, ok := src.(*Sorted); ok {
		rs = before.src
		keys = append(append([]SortKey(nil), keys...), before.keys...)
	}
	return sortRows(ctx, rs, keys, defaultSortLimits)
}

func sortRows(ctx context.Context, rs recordSource, keys []SortKey, limits sortLimits) (*Sorted, error) {
	f := rs.file()
	columns := len(f.columnNames())
	if len(keys) == 0 {
		return nil, wording.New("there is no column to sort by")
	}
	if f.cfg.follow {
		return nil, wording.New("a file that is followed has no end, and is not sorted")
	}
	for _, k := range keys {
		if k.Column < 0 || k.Column >= columns {
			return nil, wording.Errorf("there is no column %d to sort by: the file has %d columns", k.Column+1, columns)
		}
		if k.Kind > SortTime {
			return nil, wording.Errorf("there is no kind %d to sort by", k.Kind)
		}
	}
	v := &Sorted{src: rs, f: f, keys: append([]SortKey(nil), keys...), limits: limits, kinds: make(chan struct{})}
	v.places = places{most: limits.places, spool: extsort.NewSpool(f.spoolDir()), growth: make(chan struct{})}
	v.rows.Store(-1)
	v.work.init()
	var life context.Context
	life, v.end = context.WithCancel(f.life)
	v.work.start(ctx, life, v.run)
	f.views.add(v)
	return v, nil
}

var (
	_ Source       = (*Sorted)(nil)
	_ recordSource = (*Sorted)(nil)
)

// Header returns the names of the columns.
func (v *Sorted) Header() []string { return v.f.Header() }

// File returns the file whose rows are sorted.
func (v *Sorted) File() *File { return v.f }

// Keys waits until the kinds of all keys are known, and returns the keys.
func (v *Sorted) Keys(ctx context.Context) ([]SortKey, error) {
	select {
	case <-v.kinds:
	case <-v.Done():
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case <-v.kinds:
		return append([]SortKey(nil), v.keys...), nil
	default:
		_, err := v.work.status()
		return nil, err
	}
}

// Oddities tells of the keys some of whose cells are not of their kind, once sorting
// has ended.
func (v *Sorted) Oddities() (out []SortOddity) {
	if !v.final.Load() {
		return nil
	}
	for _, o := range v.odd {
		if o.Count > 0 {
			out = append(out, o)
		}
	}
	return out
}

// Total returns the number of rows in their place so far, and whether it is final.
func (v *Sorted) Total() (int64, bool) {
	final := v.final.Load()
	return v.places.count(), final
}

// Done returns a channel that closes when sorting ends.
func (v *Sorted) Done() <-chan struct{} { return v.work.ended() }

// scanShare is which part of sorting the reading of the file is taken for.
const scanShare = 0.6

// Progress says how far sorting has come: Bytes is a share of the work, in bytes of the
// file.
func (v *Sorted) Progress() Progress {
	_, err := v.work.status()
	n, final := v.Total()
	size := v.f.data().Size()
	p := Progress{Bytes: int64(scanShare * float64(v.scanned.Load())), TotalBytes: size, Rows: n, Done: final, Err: err}
	if all := v.rows.Load(); all > 0 {
		p.Bytes += int64((1 - scanShare) * float64(size) * float64(n) / float64(all))
	}
	if final {
		p.Bytes = size
	}
	return p
}

// Close ends the sorting and removes what is kept. The rows must not be used afterwards.
func (v *Sorted) Close() {
	v.end()
	v.work.wait()
	v.f.views.remove(v)
	if v.own != nil {
		v.own.Close()
	}
	if err := v.places.close(); err != nil {
		v.f.cfg.log.Warn("what was sorted cannot be removed", "error", err)
	}
}

// FilterBy returns the rows that meet an expression, in the order of v, which it does not
// need any longer. It is [File.FilterBy] of the rows that v has, sorted anew.
func (v *Sorted) FilterBy(ctx context.Context, e Expr) (*Sorted, error) {
	if src, ok := v.src.(*View); ok {
		e = And([]Expr{src.Expr(), e})
	}
	view, err := v.f.FilterBy(ctx, e)
	if err != nil {
		return nil, err
	}
	out, err := sortRows(ctx, view, v.keys, v.limits)
	if err != nil {
		view.Close()
		return nil, err
	}
	out.own = view
	return out, nil
}

func (v *Sorted) file() *File { return v.f }

// eachRecord gives the rows in the order of the file, for what does not ask for it.
func (v *Sorted) eachRecord(ctx context.Context, w *window, first, last int64, only int, fn func(*rec) bool) error {
	return v.src.eachRecord(ctx, w, first, last, only, fn)
}

// placed waits until so many rows are in their place, and returns the number of all: with
// n = 0 when they are counted.
func (v *Sorted) placed(ctx context.Context, n int64) (all int64, err error) {
	for {
		grown := v.places.grown()
		if all = v.rows.Load(); all >= 0 && v.places.count() >= n {
			return all, nil
		}
		select {
		case <-grown:
		case <-v.Done():
			if err := v.wait(ctx); err != nil {
				return 0, err
			}
			if n > v.rows.Load() {
				return 0, ErrChanged // it was asked for more than there are
			}
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// wait waits until all rows are in their place.
func (v *Sorted) wait(ctx context.Context) error {
	select {
	case <-v.Done():
	case <-ctx.Done():
		return ctx.Err()
	}
	if ok, err := v.work.status(); !ok {
		return wording.Errorf("the sorting has stopped: %w", err)
	}
	return nil
}

// kindOfKey is a kind as keys are made.
var kindOfKey = map[SortKind]sortkey.Kind{SortText: sortkey.Text, SortBytes: sortkey.Bytes, SortNumber: sortkey.Number, SortTime: sortkey.Time}
