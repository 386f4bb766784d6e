package csvfile

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"sluice/csvfile/internal/block"
	"sluice/wording"
)

// chunkBlocks is how many blocks a worker takes at once: 4 MB. That bounds the
// memory of a worker, is done within milliseconds, so that work can be cancelled
// soon, and is what systems map at little cost.
const chunkBlocks = 64

// chunks is a run of the file's chunks to work on, in either direction.
type chunks struct {
	first, count int64
	backward     bool
}

func (c chunks) chunk(i int64) int64 {
	if c.backward {
		return c.first - i
	}
	return c.first + i
}

func (f *File) allChunks() chunks { return chunks{count: f.chunkCount()} }

func (f *File) chunkCount() int64 {
	return (f.blockCount() + f.cfg.chunkBlocks - 1) / f.cfg.chunkBlocks
}

// blocksOf returns the blocks [first, last) of a chunk.
func (f *File) blocksOf(chunk int64) (first, last int64) {
	first = chunk * f.cfg.chunkBlocks
	return first, min(first+f.cfg.chunkBlocks, f.blockCount())
}

// blockCount is the number of blocks; none without text.
func (f *File) blockCount() int64 {
	size := f.data().Size()
	if size <= f.start {
		return 0
	}
	return (size + block.Size - 1) / block.Size
}

// inOrder works on chunks with all workers, as far as the index has come and on
// as it grows (prepare has started it), and hands the results to deliver in
// the order of c, from one goroutine. deliver may end the work with an error,
// which is returned.
func inOrder[T any](ctx context.Context, f *File, c chunks, work func(ctx context.Context, w *window, chunk int64) (T, error), deliver func(chunk int64, t T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer context.AfterFunc(f.life, cancel)()
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	workers := min(int64(f.cfg.workers), c.count)
	q := &queue[T]{chunks: c, slots: make(chan slot[T], workers)}
	for range workers {
		g.Go(func() error { return q.work(ctx, f, work) })
	}
	g.Go(func() error { return q.deliver(ctx, deliver) })
	return g.Wait()
}

// queue hands out chunks to workers and keeps their results in order.
type queue[T any] struct {
	chunks chunks
	mu     sync.Mutex // makes taking a chunk and queueing its slot one step
	next   int64
	// slots have the order of delivery; the capacity bounds how far workers run ahead.
	slots chan slot[T]
}

// slot is the place of a chunk's result.
type slot[T any] struct {
	chunk int64
	ready chan T
}

// take takes the next chunk; ok is false when there is none, or ctx ends.
func (q *queue[T]) take(ctx context.Context) (s slot[T], ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.next >= q.chunks.count {
		return s, false
	}
	s = slot[T]{q.chunks.chunk(q.next), make(chan T, 1)}
	q.next++
	select {
	case q.slots <- s:
		return s, true
	case <-ctx.Done():
		return s, false
	}
}

// work is one worker, with a window of its own.
func (q *queue[T]) work(ctx context.Context, f *File, work func(ctx context.Context, w *window, chunk int64) (T, error)) error {
	w := f.scanWindow()
	defer w.close()
	for s, ok := q.take(ctx); ok; s, ok = q.take(ctx) {
		_, last := f.blocksOf(s.chunk)
		if err := f.waitBlock(ctx, f.indexable(last)); err != nil {
			return err
		}
		err := w.guard(func() error {
			t, err := work(ctx, w, s.chunk)
			if err == nil {
				s.ready <- t
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// deliver hands on the results, each when it is its turn.
func (q *queue[T]) deliver(ctx context.Context, deliver func(chunk int64, t T) error) error {
	for range q.chunks.count {
		select {
		case s := <-q.slots:
			select {
			case t := <-s.ready:
				if err := deliver(s.chunk, t); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// prepare starts indexing, if need be, and waits until the whole text of the file can be
// read, which takes time only for one that is packed or still coming. Of a file that is
// followed, it waits for what is there by now.
func (f *File) prepare(ctx context.Context) error {
	f.StartIndex(f.life)
	for {
		grown := f.idx.grown()
		if f.data().Whole() || f.caughtUp() {
			return nil
		}
		if err := f.waitIndex(ctx, grown); err != nil {
			return err
		}
	}
}

// prepareSome is prepare that does not wait for the end of a file that is still coming: to
// look for something in what is there.
func (f *File) prepareSome(ctx context.Context) error {
	if f.grower == nil || f.packed != nil {
		return f.prepare(ctx)
	}
	f.StartIndex(f.life)
	return nil
}

// caughtUp reports whether all is indexed that is there of a file that is followed.
func (f *File) caughtUp() bool {
	if !f.cfg.follow {
		return false
	}
	size, _, _ := f.grower.State()
	b, _, _ := f.idx.last()
	return (b+1)*block.Size > size
}

// indexable is the last block up to b whose start the index comes to, however long no
// more of a file that is still coming may come.
func (f *File) indexable(b int64) int64 {
	if d := f.data(); !d.Whole() {
		return min(b, d.Size()/block.Size)
	}
	return b
}

// waitBlock waits until the start of block b is indexed.
func (f *File) waitBlock(ctx context.Context, b int64) error {
	for {
		grown := f.idx.grown()
		if _, ok := f.idx.at(b); ok {
			return nil
		}
		select {
		case <-grown:
		case <-ctx.Done():
			return ctx.Err()
		case <-f.Done():
			if ok, err := f.indexing.status(); !ok {
				return wording.Errorf("the index has stopped: %w", err)
			}
		}
	}
}

// waitIndexed waits until the index, which must have been started, is complete.
func (f *File) waitIndexed(ctx context.Context) error {
	if f.cfg.follow { // it is never complete
		return f.prepare(ctx)
	}
	select {
	case <-f.Done():
	case <-ctx.Done():
		return ctx.Err()
	}
	if ok, err := f.indexing.status(); !ok {
		return wording.Errorf("the index has stopped: %w", err)
	}
	return nil
}
