package confluence

import (
	"context"
	"sync"

	"sluice/localexport/pace"
	"sluice/localexport/record"
	"sluice/localexport/sqlitefile"
)

// chunksPerLane is how many chunks each worker has: one is filled while others wait.
const chunksPerLane = 3

// reader encodes the records of a range of keys. It belongs to one goroutine.
type reader interface {
	read(after, last int64, out *output) error
	close()
}

// piece is a chunk of a range.
type piece struct {
	chunk record.Chunk // nil if there is nothing
	rows  int64
	end   bool  // of the range
	notes notes // on the range, at its end
	err   error

	rejected []RejectedRow
}

// lane carries the pieces of one worker, in order, and its chunks back.
type lane struct {
	pieces chan piece
	free   chan record.Chunk
}

// ordered encodes ranges of keys with several readers and writes them in the
// order of the ranges. A reader that is ahead waits when its chunks are full,
// so memory does not grow. The outcome, also that of an error, is the same for
// any number of readers.
type ordered struct {
	splits   []int64
	pace     *pace.Pacer
	encoder  func() record.Encoder
	open     func(ctx context.Context, r *sqlitefile.Reader, n *notes) (reader, error)
	file     *sqlitefile.File // nil if SQLite reads
	put      func(c record.Chunk, rows int64) (again record.Chunk, err error)
	rejected func([]RejectedRow) error
	done     func(last int64, n notes) error // called at the end of each range, with its last key and what was noted in it

	mu   sync.Mutex // guards next, and with it the order of lanes
	next int
	turn chan *lane // the lanes of the ranges, in their order
}

// run encodes and writes everything.
func (p *ordered) run(ctx context.Context, workers int) error {
	ranges := len(p.splits) - 1
	workers = max(1, min(workers, ranges))
	p.turn = make(chan *lane, 4*workers*chunksPerLane)
	inner, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	for range workers {
		l := &lane{pieces: make(chan piece, chunksPerLane), free: make(chan record.Chunk, chunksPerLane)}
		for range chunksPerLane {
			l.free <- nil
		}
		group.Go(func() {
			if p.pace != nil {
				pace.Background()
			}
			p.read(inner, l)
		})
	}
	err := p.write(inner)
	stop()
	group.Wait()
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// write takes the pieces of one range after the other.
func (p *ordered) write(ctx context.Context) error {
	for _, last := range p.splits[1:] {
		var found notes
		var l *lane
		select {
		case l = <-p.turn:
		case <-ctx.Done():
			return ctx.Err()
		}
		for end := false; !end; {
			var x piece
			select {
			case x = <-l.pieces:
			case <-ctx.Done():
				return ctx.Err()
			}
			if x.err != nil {
				return x.err
			}
			if len(x.rejected) > 0 {
				if err := p.rejected(x.rejected); err != nil {
					return err
				}
			}
			if x.chunk != nil {
				again, err := p.put(x.chunk, x.rows)
				if err != nil {
					return err
				}
				l.free <- again
			}
			end, found = x.end, x.notes
		}
		if err := p.done(last, found); err != nil {
			return err
		}
	}
	return nil
}

// take gives the next range to a lane.
func (p *ordered) take(ctx context.Context, l *lane) (after, last int64, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next >= len(p.splits)-1 {
		return 0, 0, false
	}
	select {
	case p.turn <- l:
	case <-ctx.Done():
		return 0, 0, false
	}
	p.next++
	return p.splits[p.next-1], p.splits[p.next], true
}

// read works with a reader of the file, if there is a file.
func (p *ordered) read(ctx context.Context, l *lane) {
	if p.file == nil {
		p.work(ctx, l, nil)
		return
	}
	entered, left := false, false
	err := p.file.Read(ctx, func(r *sqlitefile.Reader) error {
		entered = true
		p.work(ctx, l, r)
		left = true
		return nil
	})
	switch {
	case !entered:
		p.work(ctx, l, nil)
	case !left: // the memory of a mapped file failed
		select {
		case l.pieces <- piece{end: true, err: err}:
		case <-ctx.Done():
		}
	}
}
