package csvfile

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"sluice/csvfile/internal/block"
	"sluice/wording"
)

// Progress says how far a piece of background work has come.
type Progress struct {
	Bytes, TotalBytes int64
	Rows              int64 // found so far
	Done              bool  // finished, and successfully
	Err               error // why it ended early; context.Canceled if cancelled
}

// StartIndex starts to index the file in the background and returns at once.
// It does nothing while an index is being made or once one is complete; one
// that was cancelled goes on from where it stopped. The work ends early with
// ctx or with Close.
func (f *File) StartIndex(ctx context.Context) {
	f.indexing.start(ctx, f.life, f.buildIndex)
}

// Done returns a channel that closes when indexing ends, whether it completed,
// failed or was cancelled; [File.Progress] says which.
func (f *File) Done() <-chan struct{} { return f.indexing.ended() }

// Progress says how far indexing has come. It is cheap.
func (f *File) Progress() Progress {
	_, err := f.indexing.status()
	b, e, complete := f.idx.last()
	p := Progress{
		Bytes:      min(f.blockStart(b), f.data().Size()),
		TotalBytes: f.data().Size(),
		Rows:       f.counted(e) - f.skip,
		Done:       complete,
		Err:        err,
	}
	p.Rows = max(p.Rows, 0)
	if f.packed != nil {
		p.Bytes, p.TotalBytes = f.packed.in.n.Load(), f.size()
	}
	if complete {
		p.Bytes = p.TotalBytes
		p.Rows, _ = f.Total()
	}
	return p
}

// Total returns the number of rows found so far, and whether it is final.
func (f *File) Total() (int64, bool) {
	_, e, complete := f.idx.last()
	n := f.counted(e)
	if complete {
		n = e.records() + f.tail.Load()
	}
	return max(n-f.skip, 0), complete
}

// counted is how many records are known of, and can be read, where the index ends with an
// entry: of a text that is still coming it is ahead of what is shown for a moment.
func (f *File) counted(e entry) int64 {
	if !f.data().Whole() {
		return f.soFar.Load()
	}
	return max(e.records(), f.soFar.Load())
}

// WaitRow waits until row number row can be read, or it is known that the file
// has fewer rows, or indexing has ended otherwise, or ctx ends. It starts no
// indexing.
func (f *File) WaitRow(ctx context.Context, row int64) error {
	for {
		ch := f.idx.grown()
		if n, final := f.Total(); final || n > row {
			return nil
		}
		select {
		case <-ch:
		case <-ctx.Done():
			return ctx.Err()
		case <-f.Done():
			if ok, err := f.indexing.status(); !ok {
				return wording.Errorf("row %d cannot be reached: indexing has stopped: %w", row, err)
			}
		}
	}
}

// buildIndex extends the index from where it stands to the end of the file.
func (f *File) buildIndex(ctx context.Context) error {
	if err := f.gather(ctx); err != nil {
		return wording.Errorf("read %s: %w", f.path, err)
	}
	if b, _, _ := f.idx.last(); b == 0 && f.loadIndex() {
		return nil
	}
	if err := f.scanBlocks(ctx); err != nil {
		return wording.Errorf("index %s: %w", f.path, err)
	}
	_, e, _ := f.idx.last()
	tail, err := f.tailRecords(e.state())
	if err != nil {
		return wording.Errorf("index %s: %w", f.path, err)
	}
	f.tail.Store(tail)
	if e.state() == block.Inside && f.damage.Load() == nil { // a cut text has no end of its own
		if err := f.noteUnclosed(ctx); err != nil {
			return wording.Errorf("index %s: %w", f.path, err)
		}
	}
	if err := f.noteText(); err != nil {
		return wording.Errorf("index %s: %w", f.path, err)
	}
	f.idx.finish()
	f.keepIndex(false)
	return nil
}

// tailRecords returns 1 if a record stands at the end of the file without a
// terminator. st is the state there.
func (f *File) tailRecords(st block.State) (int64, error) {
	size := f.data().Size()
	if size <= f.start {
		return 0, nil
	}
	var last [1]byte
	if _, err := f.data().ReadAt(last[:], size-1); err != nil {
		return 0, err
	}
	if st == block.Outside && last[0] == f.syn.Terminator {
		return 0, nil
	}
	return 1, nil
}

// errStray ends a regular scan of a file with many stray quotes.
var errStray = wording.New("quotes stand in the middle of fields")

// maxRescans is how many blocks with stray quotes are scanned a second time, by
// one goroutine, before all blocks are scanned for them by all workers.
const maxRescans = 100

// scanBlocks scans all blocks behind the frontier: by parity, as long as few
// blocks have stray quotes, then by state machine.
func (f *File) scanBlocks(ctx context.Context) error {
	err := f.scanPhase(ctx, block.Scan)
	if errors.Is(err, errStray) {
		return f.scanPhase(ctx, block.ScanForeign)
	}
	return err
}

type scanFunc func(b []byte, prev byte, syn block.Syntax) block.Step

type chunkSteps struct {
	chunk int64
	steps []block.Step
}

// scanPhase scans the blocks from the frontier on with all workers and joins
// their answers in file order.
func (f *File) scanPhase(ctx context.Context, scan scanFunc) error {
	from, _, _ := f.idx.last()
	blocks := f.blockCount() - from
	if blocks <= 0 {
		return nil
	}
	chunks := (blocks + f.cfg.chunkBlocks - 1) / f.cfg.chunkBlocks
	g, ctx := errgroup.WithContext(ctx)
	results := make(chan chunkSteps, f.cfg.workers)
	var next atomic.Int64
	var working sync.WaitGroup
	for range min(int64(f.cfg.workers), chunks) {
		working.Add(1)
		g.Go(func() error {
			defer working.Done()
			w := f.scanWindow()
			defer w.close()
			for c := next.Add(1) - 1; c < chunks; c = next.Add(1) - 1 {
				first := from + c*f.cfg.chunkBlocks
				var steps []block.Step
				err := w.guard(func() (err error) {
					steps, err = f.scanChunk(ctx, w, first, min(first+f.cfg.chunkBlocks, from+blocks), scan)
					return err
				})
				if err != nil {
					return err
				}
				select {
				case results <- chunkSteps{c, steps}:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	}
	go func() { working.Wait(); close(results) }()
	g.Go(func() error { return f.joinSteps(results) })
	return g.Wait()
}

// scanChunk scans blocks [first, last).
func (f *File) scanChunk(ctx context.Context, w *window, first, last int64, scan scanFunc) ([]block.Step, error) {
	steps := make([]block.Step, 0, last-first)
	at, end := f.blockStart(first), min(last*block.Size, w.src.Size())
	prev, err := f.byteBefore(w, at)
	if err != nil {
		return nil, err
	}
	if w.file != nil {
		if _, err := w.at(at, int(end-at)); err != nil { // one map for all
			return nil, err
		}
	}
	for b := first; b < last; b++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n := int(min((b+1)*block.Size, end) - at)
		buf, err := w.at(at, n)
		if err != nil || len(buf) < n {
			return nil, errors.Join(err, ErrChanged)
		}
		steps = append(steps, scan(buf[:n], prev, f.syn))
		prev, at = buf[n-1], at+int64(n)
	}
	return steps, nil
}

// byteBefore returns the byte before off; for the start of the text, that of a
// record's end.
func (f *File) byteBefore(w *window, off int64) (byte, error) {
	if off <= f.start {
		return f.syn.Terminator, nil
	}
	var b [1]byte
	if _, err := w.src.ReadAt(b[:], off-1); err != nil {
		return 0, err
	}
	return b[0], nil
}

// joinSteps turns the answers for chunks, in whatever order they come, into
// index entries. A block that parity misreads is scanned again by itself; it ends
// with errStray when there are too many of them.
func (f *File) joinSteps(results <-chan chunkSteps) error {
	b, e, _ := f.idx.last()
	records, st := e.records(), e.state()
	rescans := 0
	waiting := map[int64][]block.Step{}
	chunk := int64(0)
	entries := make([]entry, 0, f.cfg.chunkBlocks)
	for r := range results {
		waiting[r.chunk] = r.steps
		for steps, ok := waiting[chunk]; ok; steps, ok = waiting[chunk] {
			delete(waiting, chunk)
			chunk++
			entries = entries[:0]
			for _, s := range steps {
				if s.Stray[st] {
					if rescans++; rescans > maxRescans {
						f.idx.append(entries)
						return errStray
					}
					var err error
					if s, err = f.rescanned(b, st, records); err != nil {
						return err
					}
				}
				b++
				records += int64(s.Records[st])
				st = s.End[st]
				entries = append(entries, makeEntry(records, st))
			}
			f.idx.append(entries)
		}
	}
	return nil
}

func (f *File) rescanned(b int64, st block.State, records int64) (block.Step, error) {
	w := f.window()
	defer f.release(w)
	return f.rescan(w, b, st, records)
}

// rescan scans block b, which is not regular, as a foreign one. The first time it
// notes where the stray quote is.
func (f *File) rescan(w *window, b int64, st block.State, records int64) (block.Step, error) {
	blk, prev, err := f.block(w, b)
	if err != nil || len(blk) == 0 {
		return block.Step{}, errors.Join(err, ErrChanged)
	}
	if f.foreign.CompareAndSwap(false, true) {
		if t := block.TraceBlock(blk, prev, st, f.syn); t.Stray >= 0 {
			n, _, _ := block.Count(blk[:t.Stray], prev, st, f.syn)
			f.found.note(StrayQuote, Place{Row: records + int64(n) - f.skip, Offset: f.blockStart(b) + int64(t.Stray)})
		}
	}
	return block.ScanForeign(blk, prev, f.syn), nil
}
