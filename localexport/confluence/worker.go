package confluence

import (
	"context"

	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
)

// worker encodes ranges for a lane.
type worker struct {
	p     *ordered
	l     *lane
	out   *output
	fresh bool // the encoder has a chunk
}

// work encodes ranges until there are no more.
func (p *ordered) work(ctx context.Context, l *lane, file *sqlitefile.Reader) {
	w := &worker{p: p, l: l, out: &output{Encoder: p.encoder()}}
	w.out.send = func(end bool, err error) error { return w.send(ctx, end, err) }
	var r reader
	defer func() {
		if r != nil {
			r.close()
		}
	}()
	for {
		after, last, ok := p.take(ctx, l)
		if !ok {
			return
		}
		var err error
		if r == nil {
			r, err = p.open(ctx, file, &w.out.notes)
		}
		if err == nil && !w.fresh {
			err = w.chunk(ctx)
		}
		if err == nil {
			err = r.read(after, last, w.out)
		}
		if w.out.send(true, err) != nil || err != nil {
			return
		}
	}
}

// chunk gives the encoder a chunk, once one is free.
func (w *worker) chunk(ctx context.Context) error {
	select {
	case c := <-w.l.free:
		w.out.Reuse(c)
		w.fresh = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// send hands on what was encoded, at the end of a range or when a chunk is full.
func (w *worker) send(ctx context.Context, end bool, err error) error {
	x := piece{rows: w.out.rows, end: end, err: err, rejected: w.out.rejected}
	w.out.rows, w.out.rejected = 0, nil
	if end {
		x.notes = w.out.notes.take()
	}
	if w.fresh {
		if x.chunk = w.out.Take(); x.chunk != nil {
			w.fresh = false
		}
	}
	if err := w.p.pace.Wait(ctx); err != nil {
		return err
	}
	select {
	case w.l.pieces <- x:
	case <-ctx.Done():
		return ctx.Err()
	}
	if end || w.fresh {
		return nil
	}
	return w.chunk(ctx)
}

// closing closes a connection behind the statements on it.
type closing struct {
	conn  *sqlread.Conn
	parts []interface{ Close() }
}

func (c *closing) close() {
	for _, p := range c.parts {
		p.Close()
	}
	if c.conn != nil {
		c.conn.Close()
	}
}
