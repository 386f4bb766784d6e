// Package pager keeps the rows that a table shows in memory, by pages, in a
// bounded number of bytes, and reads the ones that are wanted in the background.
//
// A [Pager] belongs to one goroutine, the one that its dispatch function runs
// things on; only its reads happen elsewhere. At most one read is under way. A
// read whose rows nobody wants any more is cancelled, and what arrives late is
// dropped by its number.
package pager

import (
	"container/list"
	"context"
	"errors"

	"sluice/csvfile"
)

// PageRows is how many rows are read and kept together.
const PageRows = 64

// Source is where rows come from; both [csvfile.File] and its views are one.
type Source interface {
	Rows(ctx context.Context, from int64, n int) ([]csvfile.Row, error)
}

// Options of a pager.
type Options struct {
	// Limit is how many bytes of rows are kept, apart from the pages in sight.
	Limit int64
	// Dispatch runs a function on the goroutine that the pager belongs to.
	Dispatch func(func())
	// Arrived is called when rows in sight have come, or reading them has failed.
	Arrived func(err error)
}

// Pager is the cache; see [New].
type Pager struct {
	o      Options
	src    Source
	ctx    context.Context
	cancel context.CancelFunc

	pages map[int64]*list.Element // by page number
	order *list.List              // of *page, the last used first
	bytes int64

	wantFirst, wantLast int64 // pages in sight; an empty range is 0, -1
	ahead               int64 // +1 or -1: the way the reader went last
	asked               uint64
	loading             int64 // page under way, -1
	stop                context.CancelFunc
	stale               bool           // Retry was called since the read under way began
	again               map[int64]bool // short pages that are to be read again
	partial             map[int64]bool // short pages whose other rows come with the index
	failed              map[int64]bool // pages that could not be read since the last Retry, and whether that was told
}

type page struct {
	number int64
	rows   []csvfile.Row
	bytes  int64
}

// New makes a pager without a source.
func New(o Options) *Pager {
	p := &Pager{o: o}
	p.reset()
	return p
}

func (p *Pager) reset() {
	p.pages, p.order, p.bytes = map[int64]*list.Element{}, list.New(), 0
	p.wantFirst, p.wantLast, p.ahead, p.loading = 0, -1, 1, -1
	p.failed, p.again, p.partial = map[int64]bool{}, map[int64]bool{}, map[int64]bool{}
}

// SetSource drops everything and reads from src from now on; nil reads nothing.
// Reads end with ctx.
func (p *Pager) SetSource(ctx context.Context, src Source) {
	p.Close()
	p.reset()
	p.src = src
	p.ctx, p.cancel = context.WithCancel(ctx)
}

// Seed puts the first page in that was read before the source was set.
func (p *Pager) Seed(rows []csvfile.Row) { p.put(0, rows) }

// Close cancels the read that is under way; nothing arrives after it.
func (p *Pager) Close() {
	p.asked++
	if p.cancel != nil {
		p.cancel()
		p.cancel = nil
	}
	p.src = nil
}

// Row returns a row that is in memory.
func (p *Pager) Row(n int64) (csvfile.Row, bool) {
	e, ok := p.pages[n/PageRows]
	if !ok || n < 0 {
		return csvfile.Row{}, false
	}
	rows := e.Value.(*page).rows
	if i := n % PageRows; i < int64(len(rows)) {
		return rows[i], true
	}
	return csvfile.Row{}, false
}

// Want says which rows are in sight. What is missing of them is read, then the
// page that comes next the way the reader goes.
func (p *Pager) Want(from, n int64) {
	first, last := from/PageRows, (from+max(n, 1)-1)/PageRows
	if first != p.wantFirst {
		p.ahead = 1
		if first < p.wantFirst {
			p.ahead = -1
		}
	}
	p.wantFirst, p.wantLast = first, last
	for n := first; n <= last && len(p.partial) > 0; n++ {
		if p.partial[n] { // its rows may have come since
			delete(p.partial, n)
			p.again[n] = true
		}
	}
	if p.loading >= 0 && !p.wanted(p.loading) {
		p.stop()
		p.loading = -1
		p.asked++
	}
	p.next()
}

// Retry forgets which pages could not be read and short pages, and tries again:
// for when the index has grown.
func (p *Pager) Retry() {
	p.stale = p.loading >= 0
	clear(p.failed)
	for n, e := range p.pages {
		if len(e.Value.(*page).rows) < PageRows {
			p.drop(n, e)
		}
	}
	p.next()
}

// Has reports whether the page of row n is in memory, also where it ends before n.
func (p *Pager) Has(n int64) bool { _, ok := p.pages[n/PageRows]; return ok }

// Bytes is about how much memory the rows take.
func (p *Pager) Bytes() int64 { return p.bytes }

func (p *Pager) wanted(n int64) bool {
	return n >= p.wantFirst-1 && n <= p.wantLast+1
}

// next starts the most urgent read, if none is under way.
func (p *Pager) next() {
	if p.src == nil || p.loading >= 0 || p.wantLast < p.wantFirst {
		return
	}
	for n := p.wantFirst; n <= p.wantLast; n++ {
		if p.missing(n) {
			p.load(n)
			return
		}
	}
	n := p.wantLast + 1
	if p.ahead < 0 {
		n = p.wantFirst - 1
	}
	if n >= 0 && p.missing(n) {
		p.load(n)
	}
}

// missing reports whether a page has to be read. One that failed is not tried
// again, unless it failed when it was only read ahead and is in sight by now.
func (p *Pager) missing(n int64) bool {
	if e, ok := p.pages[n]; ok {
		p.order.MoveToFront(e)
		return p.again[n]
	}
	told, failed := p.failed[n]
	return !failed || !told && p.inSight(n)
}

func (p *Pager) load(n int64) {
	p.asked++
	asked, src := p.asked, p.src
	ctx, stop := context.WithCancel(p.ctx)
	p.loading, p.stop, p.stale = n, stop, false
	delete(p.again, n)
	go func() {
		rows, err := src.Rows(ctx, n*PageRows, PageRows)
		stop()
		p.o.Dispatch(func() { p.arrive(asked, n, rows, err) })
	}()
}

func (p *Pager) arrive(asked uint64, n int64, rows []csvfile.Row, err error) {
	if asked != p.asked {
		return
	}
	p.loading = -1
	var notYet *csvfile.NotIndexedError
	if errors.As(err, &notYet) && len(rows) > 0 {
		err = nil // a short page, for now
	}
	if err != nil {
		p.failed[n] = p.inSight(n)
		if errors.As(err, &notYet) {
			err = nil // the row comes with the index
			if p.stale {
				delete(p.failed, n) // and may have come
			}
		}
	} else {
		p.put(n, rows)
		if notYet != nil {
			p.partial[n] = true
		}
		if p.stale && len(rows) < PageRows {
			p.again[n] = true
		}
	}
	if p.inSight(n) { // what was read ahead changes nothing that is seen
		p.o.Arrived(err)
	}
	p.next()
}

func (p *Pager) inSight(n int64) bool { return n >= p.wantFirst && n <= p.wantLast }

func (p *Pager) put(n int64, rows []csvfile.Row) {
	if e, ok := p.pages[n]; ok {
		p.drop(n, e)
	}
	pg := &page{number: n, rows: rows, bytes: sizeOf(rows)}
	p.pages[n] = p.order.PushFront(pg)
	p.bytes += pg.bytes
	for e := p.order.Back(); e != nil && p.bytes > p.o.Limit; {
		before := e.Prev()
		if old := e.Value.(*page); !p.wanted(old.number) {
			p.drop(old.number, e)
		}
		e = before
	}
}

func (p *Pager) drop(n int64, e *list.Element) {
	p.bytes -= e.Value.(*page).bytes
	p.order.Remove(e)
	delete(p.pages, n)
	delete(p.partial, n)
}

// sizeOf is about how many bytes rows take: their text, and the headers of the
// strings and rows.
func sizeOf(rows []csvfile.Row) int64 {
	n := int64(0)
	for _, r := range rows {
		n += 64 + 16*int64(len(r.Fields))
		for _, f := range r.Fields {
			n += int64(len(f))
		}
	}
	return n
}
