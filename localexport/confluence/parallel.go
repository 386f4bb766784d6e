package confluence

import (
	"context"
	"io"
	"sync"

	"sluice/localexport/csvenc"
	"sluice/localexport/pace"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
)

const (
	bufferSize     = 1 << 20 // bytes that are handed on at once
	bufferSpare    = 1 << 16 // room for the record that fills a buffer
	bufferKeep     = 4 << 20 // a larger buffer is not used again
	bufferSmall    = 1 << 17 // what ranges with few records give is gathered
	buffersPerLane = 3
)

// reader encodes the records of a range of keys. It belongs to one goroutine.
type reader interface {
	read(after, last int64, out *output) error
	close()
}

// output collects records of one worker.
type output struct {
	csvenc.Encoder
	rows  int64
	notes notes // on the range so far
	send  func(end bool, err error) error

	rejected []RejectedRow // since the last send
	torn     bool          // a part of the record was sent already

	// Where a record begins, and the key of the last row that is done with: what
	// a reader that has to give up leaves to the next.
	mark csvenc.Mark
	key  int64

	records int64 // all that were ended
	doubt   bool  // the file is damaged where they come from
}

// begin remembers that a record begins.
func (o *output) begin() { o.mark = o.Mark() }

// endRow ends a record and hands the buffer on when it is full.
func (o *output) endRow() error {
	o.EndRecord()
	o.rows++
	o.records++
	o.torn = false
	if o.Len() >= bufferSize {
		if err := o.send(false, nil); err != nil {
			return err
		}
	}
	o.begin()
	return nil
}

// piece is a buffer of a range.
type piece struct {
	buf   []byte
	rows  int64
	end   bool  // of the range
	notes notes // on the range, at its end
	err   error

	rejected []RejectedRow
}

// lane carries the pieces of one worker, in order, and its buffers back.
type lane struct {
	pieces chan piece
	free   chan []byte
}

// ordered encodes ranges of keys with several readers and writes them in the
// order of the ranges. A reader that is ahead waits when its buffers are full,
// so memory does not grow. The outcome, also that of an error, is the same for
// any number of readers.
type ordered struct {
	splits   []int64
	pace     *pace.Pacer
	encoder  csvenc.Encoder
	open     func(ctx context.Context, r *sqlitefile.Reader, n *notes) (reader, error)
	file     *sqlitefile.File // nil if SQLite reads
	written  func(bytes int, rows int64)
	rejected func([]RejectedRow) error
	done     func(last int64, n notes) error // called at the end of each range, with its last key and what was noted in it

	mu   sync.Mutex // guards next, and with it the order of lanes
	next int
	turn chan *lane // the lanes of the ranges, in their order
}

// run writes everything to w.
func (p *ordered) run(ctx context.Context, workers int, w io.Writer) error {
	ranges := len(p.splits) - 1
	workers = max(1, min(workers, ranges))
	p.turn = make(chan *lane, 4*workers*buffersPerLane)
	inner, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	for range workers {
		l := &lane{pieces: make(chan piece, buffersPerLane), free: make(chan []byte, buffersPerLane)}
		for range buffersPerLane {
			l.free <- nil
		}
		group.Go(func() {
			if p.pace != nil {
				pace.Background()
			}
			p.read(inner, l)
		})
	}
	err := p.write(inner, w)
	stop()
	group.Wait()
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// write takes the pieces of one range after the other.
func (p *ordered) write(ctx context.Context, w io.Writer) error {
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
			if len(x.buf) > 0 {
				if _, err := w.Write(x.buf); err != nil {
					return err
				}
				p.written(len(x.buf), x.rows)
			}
			if x.buf != nil {
				if cap(x.buf) > bufferKeep {
					x.buf = nil
				}
				l.free <- x.buf
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

// work encodes ranges until there are no more.
func (p *ordered) work(ctx context.Context, l *lane, file *sqlitefile.Reader) {
	var r reader
	defer func() {
		if r != nil {
			r.close()
		}
	}()
	out := &output{Encoder: p.encoder}
	fresh := false // whether the encoder has a buffer
	buffer := func() error {
		select {
		case b := <-l.free:
			if b == nil {
				b = make([]byte, 0, bufferSize+bufferSpare)
			}
			out.Take(b)
			fresh = true
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	out.send = func(end bool, err error) error {
		x := piece{rows: out.rows, end: end, err: err, rejected: out.rejected}
		out.rows, out.rejected = 0, nil
		if end {
			x.notes = out.notes.take()
		}
		if out.Len() > 0 {
			x.buf, fresh = out.Take(nil), false
		}
		if err := p.pace.Wait(ctx); err != nil {
			return err
		}
		select {
		case l.pieces <- x:
		case <-ctx.Done():
			return ctx.Err()
		}
		if end || fresh {
			return nil
		}
		return buffer()
	}
	for {
		after, last, ok := p.take(ctx, l)
		if !ok {
			return
		}
		var err error
		if r == nil {
			r, err = p.open(ctx, file, &out.notes)
		}
		if err == nil && !fresh {
			err = buffer()
		}
		if err == nil {
			err = r.read(after, last, out)
		}
		if out.send(true, err) != nil || err != nil {
			return
		}
	}
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
