package csvfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"sluice/intake/unpack"
	"sluice/wording"
)

// grower tells how much there is of a file whose end is not known yet.
type grower interface {
	// State is how many bytes there are, and whether no more will come; err says why, if
	// that is not the end.
	State() (size int64, ended bool, err error)
	// Grown returns a channel that closes when that has changed.
	Grown() <-chan struct{}
}

// grown is what there is of a text that is still coming, up to the end of its last whole
// record.
type grown struct{ fileData }

func (grown) Whole() bool { return false }

const (
	// showEvery is how often what has come is shown, at most.
	showEvery = 50 * time.Millisecond
	// patience is how long more is waited for once the first line is there. More of a start
	// tells more surely how a text is written, but nobody is to wait for it.
	patience = 250 * time.Millisecond
)

// firstLine is when the first line of a file that is still coming was there.
type firstLine struct {
	looked int64 // bytes that were looked at for its end
	came   time.Time
}

// see looks whether the first line is there by now, among the bytes so far.
func (l *firstLine) see(r io.ReaderAt, size int64) {
	if !l.came.IsZero() || size < unpack.HeadSize {
		return
	}
	b := make([]byte, size-l.looked)
	n, _ := r.ReadAt(b, l.looked)
	// What is packed has lines that are not seen here: they are waited for where it is unpacked.
	if l.looked == 0 && unpack.Detect(b[:n]) != unpack.None {
		l.came = time.Now()
	}
	if l.looked += int64(n); l.came.IsZero() && bytes.ContainsAny(b[:n], "\r\n") {
		l.came = time.Now()
	}
}

// enough returns what comes when nobody is to wait any longer; nil before the first line
// is there.
func (l *firstLine) enough() <-chan time.Time {
	if l.came.IsZero() {
		return nil
	}
	return time.After(time.Until(l.came.Add(patience)))
}

// await waits until some bytes of a file that is still coming are there: fewer if it ends,
// or a while after its first line has come.
func (f *File) await(ctx context.Context, want int64) (size int64, ended bool, err error) {
	for {
		more := f.grower.Grown()
		size, ended, _ = f.grower.State()
		if size >= want || ended || f.cfg.follow && size > 0 {
			return size, ended, nil // why it ended is told when it is reached
		}
		f.first.see(f.osFile, size)
		select {
		case <-more:
		case <-f.first.enough():
			return size, false, nil
		case <-ctx.Done():
			return size, false, context.Cause(ctx)
		}
	}
}

// coming makes what there is of a file that is still coming its data, once that is as much
// as is wanted. It reports whether more may come.
func (f *File) coming(ctx context.Context, want int64) (bool, error) {
	size, ended, err := f.await(ctx, want)
	if err != nil {
		return false, openError(f.path, err)
	}
	f.info.Size = size
	if ended {
		f.cameToAnEnd()
		return false, nil
	}
	f.setData(grown{fileData{f.osFile, size}})
	return true, nil
}

// gather indexes what is there of a file that is still coming, and goes on as it comes,
// until its end.
func (f *File) gather(ctx context.Context) error {
	if f.packed != nil {
		return f.unpack(ctx)
	}
	if f.grower == nil || f.data().Whole() {
		return nil
	}
	for {
		more := f.grower.Grown()
		size, ended, err := f.grower.State()
		if errors.Is(err, ErrChanged) {
			return err
		}
		if ended {
			f.cameToAnEnd()
			f.idx.tell()
			return nil
		}
		if err := f.advance(ctx, f.osFile, size); err != nil {
			return err
		}
		select {
		case <-more:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		select { // more of it is shown at once
		case <-time.After(showEvery):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// cameToAnEnd makes all that has come the data of f: no more will come.
func (f *File) cameToAnEnd() {
	size, _, err := f.grower.State()
	if err != nil {
		f.damage.Store(&DamageError{Path: f.path, Text: size, Err: &brokenOff{err}})
	}
	f.setData(fileData{f.osFile, size})
}

// brokenOff says that a stream has not come to its end.
type brokenOff struct{ err error }

func (e *brokenOff) Error() string { return fmt.Sprintf("it broke off (%v)", e.err) }

func (e *brokenOff) Unwrap() error { return e.err }

// stream reads the bytes of a file that is still coming, from its start, and waits for
// those that are not there yet until ctx ends.
type stream struct {
	ctx context.Context
	f   *File
	at  int64
}

// Read implements io.Reader.
func (s *stream) Read(p []byte) (int, error) {
	for {
		more := s.f.grower.Grown()
		size, ended, err := s.f.grower.State()
		switch {
		case s.at < size:
			n, err := s.f.osFile.ReadAt(p[:min(int64(len(p)), size-s.at)], s.at)
			s.at += int64(n)
			if n > 0 {
				err = nil
			}
			return n, err
		case ended && err == nil:
			return 0, io.EOF
		case ended:
			return 0, &brokenOff{err}
		}
		select {
		case <-more:
		case <-s.ctx.Done():
			return 0, context.Cause(s.ctx)
		}
	}
}

// Coming reports whether more of the file may come: it is from a pipe or a server, and has
// not ended, or is followed.
func (f *File) Coming() bool {
	if f.grower == nil {
		return false
	}
	_, ended, _ := f.grower.State()
	return !ended
}

// waitMore waits until there is more text than size, or the text is whole.
func (f *File) waitMore(ctx context.Context, size int64) error {
	f.StartIndex(f.life)
	for {
		grown := f.idx.grown()
		if d := f.data(); d.Whole() || d.Size() > size {
			return nil
		}
		if err := f.waitIndex(ctx, grown); err != nil {
			return err
		}
	}
}

// waitIndex waits until the index has grown.
func (f *File) waitIndex(ctx context.Context, grown <-chan struct{}) error {
	select {
	case <-grown:
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-f.Done():
		if ok, err := f.indexing.status(); !ok {
			return wording.Errorf("the index has stopped: %w", err)
		}
	}
	return nil
}
