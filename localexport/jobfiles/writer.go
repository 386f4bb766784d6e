package jobfiles

import (
	"context"
	"encoding/json"
	"errors"
	"hash"
	"strings"
	"time"

	"sluice/localexport/disk"
	"sluice/wording"
)

const (
	// bufferSize is what a writer collects before it hands it on.
	bufferSize = 1 << 20
	// buffersPerFile bounds what waits for the disk: a producer that is faster
	// than the disk waits for it.
	buffersPerFile = 4
)

// errUnfinished ends a file whose writing was given up.
var errUnfinished = errors.New("the file was not written to its end")

// Writer writes one file of a Set. Write copies into buffers; a goroutine hashes
// and writes them. Only Commit makes the file complete. Its methods are for one
// goroutine at a time.
type Writer struct {
	ctx    context.Context
	name   string
	path   string // with PartialSuffix
	file   disk.File
	hash   hash.Hash
	bytes  int64
	sum    string // once done
	every  Interval
	record func(KeptFile) // nil: nothing is kept

	from  json.RawMessage // with which the file is gone on with
	whole json.RawMessage // at its end; nil: that is not to be kept
	keeps keeps

	buffer    []byte // being filled by Write
	made      int    // buffers made so far
	queue     chan chunk
	free      chan []byte
	ended     bool // the queue is closed
	committed bool // all of the file is in the queue

	done chan struct{} // closed at the end of the goroutine; err is set then
	err  error
}

// chunk is a buffer on its way to the disk. If it has a state, that holds behind
// the buffer.
type chunk struct {
	buf   []byte
	state json.RawMessage
}

// start begins the goroutine of the writer.
func (w *Writer) start() {
	w.queue = make(chan chunk, buffersPerFile+1) // one more for a state without a buffer
	w.free = make(chan []byte, buffersPerFile)
	w.done = make(chan struct{})
	w.keeps.saved = make(chan error, 1)
	w.keeps.last = time.Now()
	go w.run()
}

// Write takes p into the buffers of the file. It waits while the disk is behind,
// but never longer than the context lasts.
func (w *Writer) Write(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if w.buffer == nil {
			if err := w.takeBuffer(); err != nil {
				return n, err
			}
		}
		k := copy(w.buffer[len(w.buffer):cap(w.buffer)], p[n:])
		w.buffer = w.buffer[:len(w.buffer)+k]
		n += k
		w.keeps.fresh += int64(k)
		if len(w.buffer) == cap(w.buffer) {
			w.handOn()
		}
	}
	return n, nil
}

func (w *Writer) takeBuffer() error {
	select {
	case w.buffer = <-w.free:
		return nil
	case <-w.done:
		return w.failure()
	default:
	}
	if w.made < buffersPerFile {
		w.made++
		w.buffer = make([]byte, 0, bufferSize)
		return nil
	}
	select {
	case w.buffer = <-w.free:
		return nil
	case <-w.done:
		return w.failure()
	case <-w.ctx.Done():
		return context.Cause(w.ctx)
	}
}

// handOn never blocks: the queue has room for every buffer.
func (w *Writer) handOn() {
	w.queue <- chunk{buf: w.buffer}
	w.buffer = nil
}

func (w *Writer) failure() error {
	if w.err != nil {
		return w.err
	}
	return wording.Errorf("write %s: the file is closed already", w.name)
}

// Commit says that all of the file is written. The file becomes complete in the
// background; the Set waits for that. The error is that of an earlier write.
func (w *Writer) Commit() error {
	if w.ended && !w.committed {
		return wording.Errorf("write %s: %w", w.path, errUnfinished)
	}
	w.end(true)
	select {
	case <-w.done:
		return w.err
	default:
		return nil
	}
}

// Close ends the writing. A file that was not committed before stays partial,
// with what was written of it so far.
func (w *Writer) Close() error {
	w.end(false)
	return nil
}

// end hands on what is left. Only the first call counts.
func (w *Writer) end(commit bool) {
	if w.ended {
		return
	}
	w.ended, w.committed = true, commit
	if len(w.buffer) > 0 {
		w.handOn()
	}
	close(w.queue)
}

func (w *Writer) run() {
	defer close(w.done)
	err := w.drain()
	if err != nil && !errors.Is(err, context.Cause(w.ctx)) {
		err = wording.Errorf("write %s: %w", w.path, err)
	}
	w.err = err
	w.release()
}

// release forgets the buffers: the files of a set are written one after the
// other, and the set lasts to the end of the job.
func (w *Writer) release() {
	for {
		select {
		case <-w.free:
		default:
			return
		}
	}
}

// drain writes what comes until the end of the file, and completes it.
func (w *Writer) drain() error {
	defer w.file.Close()
	defer w.settle()
	for {
		if w.ctx.Err() != nil { // comes before what is in the queue
			return context.Cause(w.ctx)
		}
		select {
		case <-w.ctx.Done():
		case err := <-w.keeps.saved:
			if err := w.saved(err); err != nil {
				return err
			}
		case c, more := <-w.queue:
			if !more {
				return w.complete()
			}
			if err := w.put(c.buf); err != nil {
				return err
			}
			if c.state != nil {
				w.save(c.state)
			}
			if c.buf != nil {
				w.free <- c.buf[:0]
			}
		}
	}
}

func (w *Writer) put(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	w.hash.Write(b)
	if _, err := w.file.Write(b); err != nil {
		return err
	}
	w.file.StartWriteback(w.bytes, int64(len(b)))
	w.bytes += int64(len(b))
	return nil
}

// complete brings the file to disk, if it was written to its end. The Set gives it
// its final name.
func (w *Writer) complete() error {
	if !w.committed {
		return errUnfinished
	}
	if err := w.settle(); err != nil {
		return err
	}
	if err := w.file.Sync(); err != nil {
		return err
	}
	if err := w.file.Close(); err != nil {
		return err
	}
	kept := w.kept(w.whole)
	w.sum, kept.Whole = kept.SHA256, true
	if w.record != nil && w.whole != nil {
		w.record(kept)
	}
	if w.ctx.Err() != nil {
		return context.Cause(w.ctx)
	}
	return nil
}

func (w *Writer) finalPath() string { return strings.TrimSuffix(w.path, PartialSuffix) }
