package csvfile

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"sluice/csvfile/internal/block"
	"sluice/figures"
	"sluice/intake"
	"sluice/wording"
)

// StandardInput is the name of the standard input, of which there is no file.
const StandardInput = "-"

// IsStream reports whether a file is a pipe or the like, which gives its bytes once and in
// order.
func IsStream(info os.FileInfo) bool {
	const streams = os.ModeNamedPipe | os.ModeSocket | os.ModeCharDevice
	return info.Mode()&streams != 0
}

// openPipe reads a stream that has a name.
func openPipe(ctx context.Context, path string, cfg config) (*File, error) {
	spool, err := SpoolPipe(ctx, path, WithCacheDir(cfg.cacheDir))
	if err != nil {
		return nil, err
	}
	return openSpool(ctx, spool, path, cfg)
}

// SpoolPipe opens a pipe, which may wait for who writes to it as long as ctx lasts, and
// begins to read it. The spool is read on when ctx has ended.
func SpoolPipe(ctx context.Context, path string, opts ...Option) (*intake.Spool, error) {
	pipe, err := intake.OpenSilent(ctx, path)
	if err != nil {
		return nil, openError(path, err)
	}
	return NewSpool(path, pipe, -1, opts...)
}

// NewSpool begins to read a stream, of so many bytes or -1, into a private file, which
// [OpenSpool] opens. name is for errors.
func NewSpool(name string, r io.Reader, size int64, opts ...Option) (*intake.Spool, error) {
	cfg := newConfig(opts)
	spool, err := intake.NewSpool(context.Background(), spoolDir(cfg), r, size)
	if err != nil {
		return nil, &OpenError{Path: name, Reason: err.Error(), Err: err}
	}
	return spool, nil
}

// OpenSpool opens what comes from a stream while it comes: its rows can be read as they are
// there, and how many there are is not known before its end. It needs a private copy on the
// disk. The first rows wait until 64 KB are there, or a quarter of a second after the
// first line. The file closes the spool, also if there is an error.
func OpenSpool(ctx context.Context, spool *intake.Spool, name string, opts ...Option) (*File, error) {
	return openSpool(ctx, spool, name, newConfig(opts))
}

func openSpool(ctx context.Context, spool *intake.Spool, name string, cfg config) (*File, error) {
	cfg.cacheMin = 1 << 62 // no index of it is kept
	f, err := open(ctx, spool.File(), spool, name, cfg)
	if err != nil {
		spool.Close()
		return nil, err
	}
	return f, nil
}

// spooled is that a copy of what came in is kept, while it is read.
func (f *File) spooled() []Finding {
	if f.spool == nil {
		return nil
	}
	said := wording.Of("what comes in is kept in a private file in %s while it is shown, %s so far", f.spool.Dir(), figures.Size(f.size()))
	if !f.Coming() {
		said = wording.Of("what came in, %s, is kept in a private file in %s while it is shown", figures.Size(f.size()), f.spool.Dir())
	}
	return []Finding{{Kind: Spooled, Count: 1, Said: said}}
}

// errStopped is why what comes has ended early, if somebody wanted it to.
var errStopped = wording.New("it was stopped")

// StopComing ends what comes from a pipe or a server: what is there stays, and [File.Damage]
// tells that it is not all.
func (f *File) StopComing() {
	if f.spool != nil {
		f.spool.Stop(errStopped)
	}
}

// size is how many bytes the file has on disk, or have come by now.
func (f *File) size() int64 {
	if f.grower == nil {
		return f.info.Size
	}
	size, _, _ := f.grower.State()
	return size
}

// wholeStart waits until the first record of a file that is still coming is whole, and makes
// what is there end behind the last whole one.
func (f *File) wholeStart(ctx context.Context) error {
	for size := f.data().Size(); ; {
		if f.data().Whole() {
			return nil
		}
		w := &window{src: f.data()}
		head, err := w.at(0, int(min(size, maxHead)))
		if err != nil {
			return openError(f.path, err)
		}
		if int64(len(head)) > f.start {
			if n, last, _ := block.Count(head[f.start:], f.syn.Terminator, block.Outside, f.syn); last > 0 {
				f.setData(grown{fileData{f.osFile, f.start + int64(last)}})
				f.soFar.Store(int64(n))
				return nil
			}
		}
		if size >= maxHead {
			return &OpenError{Path: f.path, Reason: fmt.Sprintf("its first record is larger than %d MB, which is too much for that of a file that is still coming", maxHead>>20)}
		}
		if size, err = f.moreThan(ctx, size); err != nil {
			return err
		}
	}
}

// waitForMore waits until there is more of a text that is still coming, and lets what reads
// its start wait for more again.
func (f *File) waitForMore(ctx context.Context, size int64) error {
	switch {
	case !f.Coming():
	case f.packed != nil:
		f.packed.waitText()
	default:
		f.first.came = time.Now()
		_, err := f.moreThan(ctx, size)
		return err
	}
	return nil
}

// moreThan waits until there is more of a file that is still coming than some bytes, and
// makes that its data.
func (f *File) moreThan(ctx context.Context, size int64) (int64, error) {
	for {
		more := f.grower.Grown()
		now, ended, _ := f.grower.State()
		if now > size || ended {
			_, err := f.coming(ctx, now)
			return now, err
		}
		select {
		case <-more:
		case <-ctx.Done():
			return 0, openError(f.path, context.Cause(ctx))
		}
	}
}
