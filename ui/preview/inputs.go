package preview

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"sluice/csvfile"
	"sluice/intake"
	"sluice/intake/web"
	"sluice/ui/texts"
)

// inputs opens files for a pane. The bytes of what is no file on disk, such as a pipe, come
// once only: they are kept as long as the pane shows it, so that it can be read in another
// way.
type inputs struct {
	mu    sync.Mutex
	path  string
	spool *intake.Spool // nil: nothing is kept
}

// open opens what is named.
func (i *inputs) open(ctx context.Context, path string, r csvfile.Reading, follow bool) (file, error) {
	opts := []csvfile.Option{csvfile.WithCellLimit(cellLimit), csvfile.WithReading(r)}
	if follow {
		opts = append(opts, csvfile.WithFollow())
	}
	var f *csvfile.File
	var err error
	if isStream(path) {
		f, err = i.stream(ctx, path, opts)
	} else {
		i.keep("", nil)
		f, err = csvfile.Open(ctx, path, opts...)
	}
	if err != nil {
		return nil, err
	}
	return csvFile{f}, nil
}

// isStream reports whether a name is not that of a file on disk.
func isStream(path string) bool {
	if path == csvfile.StandardInput || web.IsAddress(path) {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && csvfile.IsStream(info)
}

// nameOf is what something is called that is shown; that of an address has no secret.
func nameOf(path string) string {
	switch {
	case path == csvfile.StandardInput:
		return texts.T.Preview.Read.StandardInput
	case web.IsAddress(path):
		return web.Shown(path)
	}
	return path
}

func (i *inputs) stream(ctx context.Context, path string, opts []csvfile.Option) (*csvfile.File, error) {
	i.mu.Lock()
	var spool *intake.Spool
	if i.path == path && i.spool != nil {
		spool = i.spool.Share()
	}
	i.mu.Unlock()
	if spool == nil {
		begun, err := begin(ctx, path)
		if err != nil {
			return nil, err
		}
		spool = begun.Share()
		i.keep(path, begun)
	}
	return csvfile.OpenSpool(ctx, spool, nameOf(path), opts...)
}

// begin begins to take in what is named.
func begin(ctx context.Context, path string) (*intake.Spool, error) {
	switch {
	case path == csvfile.StandardInput:
		return csvfile.NewSpool(nameOf(path), struct{ io.Reader }{os.Stdin}, -1) // which is not ours to close
	case web.IsAddress(path):
		answer, err := web.Fetch(ctx, path)
		if err != nil {
			return nil, fmt.Errorf(texts.T.Preview.Read.NotFetched, nameOf(path), err)
		}
		return csvfile.NewSpool(nameOf(path), answer.Body, answer.Size)
	}
	return csvfile.SpoolPipe(ctx, path)
}

// keep lets go of what was kept, and keeps something else.
func (i *inputs) keep(path string, spool *intake.Spool) {
	i.mu.Lock()
	before := i.spool
	i.path, i.spool = path, spool
	i.mu.Unlock()
	if before != nil {
		_ = before.Close() // it is gone with the program at the latest
	}
}

// Name is what something is called that can be opened: a path, an address without what may
// be a secret, or words for the standard input.
func Name(path string) string { return nameOf(path) }

// IsStream reports whether a name is not that of a file on disk: that of a pipe, of the
// standard input, or an address.
func IsStream(path string) bool { return isStream(path) }

// base is the last part of the name of what is shown.
func base(path string) string { return filepath.Base(nameOf(path)) }
