package changes

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"sluice/csvfile"
)

// Counts are the rows of a file, by what became of them.
type Counts struct {
	Added     int64 `json:"added"`
	Changed   int64 `json:"changed"`
	Removed   int64 `json:"removed"` // or no longer selected
	Unchanged int64 `json:"unchanged"`
	// OutOfWindow are rows of A that B lacks and has not asked for, as far as can be
	// told: whether they were removed is not known.
	OutOfWindow int64 `json:"outOfWindow"`
	// Unproven are rows of A that B lacks where B proves nothing, or the row has no date.
	Unproven int64 `json:"unproven,omitempty"`
}

// Differ reports whether there is any row that was added, changed or removed.
func (c Counts) Differ() bool { return c.Added+c.Changed+c.Removed > 0 }

func (c *Counts) add(o Counts) {
	c.Added += o.Added
	c.Changed += o.Changed
	c.Removed += o.Removed
	c.Unchanged += o.Unchanged
	c.OutOfWindow += o.OutOfWindow
	c.Unproven += o.Unproven
}

// pieceSize is about how much of the output is handed on at once, and piecesAhead how
// many of them a part may have ready before it is its turn.
const (
	pieceSize   = 256 << 10
	piecesAhead = 4
	mostWorkers = 8
)

// merged is what the comparison of two tables has found.
type merged struct {
	counts       Counts
	aSeen, bSeen tally
}

// comparison compares two tables in parts, with several workers.
type comparison struct {
	pair    *pair
	out     io.Writer // nil: only counted
	workers int
	part    int64
	tell    func(bytes int64) // how much of both texts is done
	unseen  bool              // no index is made: where rows start is guessed, and found out
}

func (c *comparison) run(ctx context.Context) (found merged, err error) {
	ctx, cancel := context.WithCancel(ctx)
	var working sync.WaitGroup
	defer working.Wait()
	defer cancel()
	workers := c.workers
	if workers <= 0 {
		workers = min(runtime.GOMAXPROCS(0), mostWorkers)
	}
	queue := make(chan *part)           // to be worked on
	turn := make(chan *part, 2*workers) // in their order
	for range workers {
		working.Go(func() {
			m := newMerger(ctx, c.pair, pieceSize, c.unseen)
			defer m.close()
			for x := range queue {
				o := m.run(x)
				if x.pieces != nil {
					close(x.pieces)
				}
				x.done <- o
			}
		})
	}
	planned := make(chan error, 1)
	working.Go(func() {
		defer close(turn)
		defer close(queue)
		planned <- c.plan(ctx, turn, queue)
	})
	gather := gatherer{unseen: c.unseen}
	for x := range turn {
		if err := c.collect(ctx, x, &gather); err != nil {
			return merged{}, err
		}
	}
	return gather.found, <-planned
}

// plan cuts the files into parts.
func (c *comparison) plan(ctx context.Context, turn, queue chan<- *part) error {
	p := newPlanner(c.pair.a, c.pair.b, c.part, c.unseen)
	defer p.close()
	for last := false; !last; {
		x := part{a: span{c.pair.a.first, c.pair.a.end}, b: span{c.pair.b.first, c.pair.b.end}, last: true}
		if c.pair.a.list == nil && c.pair.b.list == nil {
			var err error
			if x, err = p.next(ctx); err != nil && c.unseen {
				return unsure(err)
			} else if err != nil {
				return err
			}
		}
		if err := c.indexed(ctx, x); err != nil {
			return err
		}
		x.done = make(chan outcome, 1)
		if c.out != nil {
			x.pieces = make(chan []byte, piecesAhead)
		}
		for _, to := range []chan<- *part{turn, queue} {
			select {
			case to <- &x:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		last = x.last
	}
	return nil
}

// indexed waits until the index has come to the end of a part: what it finds on the
// way says how the rows in it are to be read.
func (c *comparison) indexed(ctx context.Context, x part) error {
	if c.unseen {
		return nil
	}
	if err := c.pair.a.file.WaitIndexed(ctx, x.a.to); err != nil {
		return err
	}
	return c.pair.b.file.WaitIndexed(ctx, x.b.to)
}

// collect writes what a part gives.
func (c *comparison) collect(ctx context.Context, x *part, g *gatherer) error {
	for x.pieces != nil {
		select {
		case piece, open := <-x.pieces:
			if !open {
				x.pieces = nil
			} else if _, err := c.out.Write(piece); err != nil {
				return err
			}
			continue
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	select {
	case o := <-x.done:
		if o.err != nil {
			return o.err
		}
		c.tell(x.a.to - x.a.from + x.b.to - x.b.from)
		return g.add(c.pair, x, o)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// compare compares two tables. A table that is not in order is brought in order, if
// that can be done in memory, and the output is begun anew by reset.
func (c *comparison) compare(ctx context.Context, reset func() error) (_ merged, err error) {
	defer func() {
		if row := (placed)(nil); errors.As(err, &row) {
			row.find(ctx)
		}
	}()
	for {
		found, err := c.run(ctx)
		if err == nil {
			return found, nil
		}
		disorder, noNumber := (*orderError)(nil), (*keyError)(nil)
		switch {
		case c.unseen && (errors.Is(err, errGuess) || errors.Is(err, csvfile.ErrIrregular)):
			c.unseen = false
		case errors.As(err, &noNumber) && c.pair.asTexts():
		case errors.As(err, &disorder) && disorder.t.list == nil:
			c.unseen = false
			err := disorder.t.sort(ctx)
			if full := (*orderError)(nil); errors.As(err, &full) && !disorder.t.inTurn && !disorder.t.input.Partial {
				err = disorder.t.sortOnDisk(ctx)
				c.pair.alike, c.unseen = c.pair.areAlike(), c.pair.a.file.Unseen() && c.pair.b.file.Unseen()
			}
			if errors.As(err, &noNumber) && c.pair.asTexts() {
				break
			}
			if err != nil {
				return merged{}, err
			}
		default:
			return merged{}, err
		}
		c.tell(-1)
		if err := reset(); err != nil {
			return merged{}, err
		}
	}
}
