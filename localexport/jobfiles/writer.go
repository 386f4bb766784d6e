package jobfiles

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
)

const (
	// bufferSize is what a writer collects before it hands it on.
	bufferSize = 1 << 20
	// buffersPerFile bounds what waits for the disk: a producer that is faster
	// than the disk waits for it.
	buffersPerFile = 4
)

// file is what a writer needs of an *os.File.
type file interface {
	io.Writer
	Sync() error
	Close() error
}

// createFile creates a file that nobody else can read and that did not exist.
func createFile(path string) (file, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// writer is one file. Write copies into buffers; a goroutine hashes and writes
// them, and completes the file after Close.
type writer struct {
	ctx   context.Context
	name  string
	path  string // with PartialSuffix
	file  file
	hash  hash.Hash
	bytes int64
	sum   string // once done

	buffer []byte // being filled by Write
	made   int    // buffers made so far
	queue  chan []byte
	free   chan []byte
	closed bool

	done chan struct{} // closed at the end of the goroutine; err is set then
	err  error
}

func newWriter(ctx context.Context, name, path string, f file) *writer {
	w := &writer{
		ctx: ctx, name: name, path: path, file: f, hash: sha256.New(),
		queue: make(chan []byte, buffersPerFile),
		free:  make(chan []byte, buffersPerFile),
		done:  make(chan struct{}),
	}
	go w.run()
	return w
}

// Write takes p into the buffers of the file. It waits while the disk is behind,
// but never longer than the context lasts.
func (w *writer) Write(p []byte) (int, error) {
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
		if len(w.buffer) == cap(w.buffer) {
			w.handOn()
		}
	}
	return n, nil
}

func (w *writer) takeBuffer() error {
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
func (w *writer) handOn() {
	w.queue <- w.buffer
	w.buffer = nil
}

func (w *writer) failure() error {
	if w.err != nil {
		return w.err
	}
	return fmt.Errorf("write %s: the file is closed already", w.name)
}

// Close hands on what is left. The file becomes complete in the background; the
// Set waits for that.
func (w *writer) Close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	if len(w.buffer) > 0 {
		w.handOn()
	}
	close(w.queue)
	select {
	case <-w.done:
		return w.err
	default:
		return nil
	}
}

func (w *writer) run() {
	defer close(w.done)
	err := w.drain()
	if err != nil && !errors.Is(err, context.Cause(w.ctx)) {
		err = fmt.Errorf("write %s: %w", w.path, err)
	}
	w.err = err
	w.release()
}

// release forgets the buffers: the files of a set are written one after the
// other, and the set lasts to the end of the job.
func (w *writer) release() {
	for {
		select {
		case <-w.free:
		default:
			return
		}
	}
}

// drain writes what comes until the end of the file, and completes it.
func (w *writer) drain() error {
	defer w.file.Close()
	for {
		if w.ctx.Err() != nil { // comes before what is in the queue
			return context.Cause(w.ctx)
		}
		select {
		case <-w.ctx.Done():
		case b, more := <-w.queue:
			if !more {
				return w.complete()
			}
			if err := w.put(b); err != nil {
				return err
			}
			w.free <- b[:0]
		}
	}
}

func (w *writer) put(b []byte) error {
	w.hash.Write(b)
	if _, err := w.file.Write(b); err != nil {
		return err
	}
	startWriteback(w.file, w.bytes, int64(len(b)))
	w.bytes += int64(len(b))
	return nil
}

// complete gives the file its final name, unless the job was cancelled while the
// disk was busy.
func (w *writer) complete() error {
	if err := w.file.Sync(); err != nil {
		return err
	}
	if err := w.file.Close(); err != nil {
		return err
	}
	if w.ctx.Err() != nil {
		return context.Cause(w.ctx)
	}
	w.sum = hex.EncodeToString(w.hash.Sum(nil))
	return os.Rename(w.path, w.finalPath())
}

func (w *writer) finalPath() string { return strings.TrimSuffix(w.path, PartialSuffix) }
