// Package leash has readers that end with a context.
package leash

import (
	"context"
	"io"
)

// Reader reads r until ctx ends, whose error it then gives. A Read of r that waits is not
// cut short.
func Reader(ctx context.Context, r io.Reader) io.Reader { return reader{ctx, r} }

type reader struct {
	ctx context.Context
	r   io.Reader
}

func (l reader) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	return l.r.Read(p)
}
