// Package target has the places that files are delivered to: a folder, a server of SFTP, a
// bucket of S3-compatible storage.
package target

import (
	"context"
	"io"
)

// Target is where files are put. Names have slashes between folders, which are made where
// they lack. A Target is used by one goroutine at a time.
type Target interface {
	// Put writes a file of size bytes, in one step for whoever looks at the place: until
	// all of r is there and safe, a file of that name is as it was, or not there. An
	// error of r leaves it so.
	Put(ctx context.Context, name string, r io.Reader, size int64) error
	// Open reads a file. The error is fs.ErrNotExist, in the sense of errors.Is, if there
	// is none.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// Size is that of a file; the error is that of Open.
	Size(ctx context.Context, name string) (int64, error)
	// Remove removes a file; it is no error if there is none.
	Remove(ctx context.Context, name string) error
	// Proves reports whether Put compares checksums with the place, so that nothing has
	// to be read again.
	Proves() bool
	// String names the place for people, without a secret.
	String() string
	// Notes are sentences about what people should know.
	Notes() []string
	Close() error
}
