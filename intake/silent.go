package intake

import (
	"context"
	"io"
	"os"
)

// silent reads what may keep silent for as long as it likes, such as a pipe: to wait
// for it ends with the context. The system's own reading of a pipe cannot be ended;
// its goroutine is left behind with its buffer.
type silent struct {
	ctx    context.Context
	r      io.Reader
	buffer []byte
}

// silentSize bounds what is read at once.
const silentSize = 256 << 10

// Silent reads r, which may keep silent for as long as it likes. When ctx ends, so does
// the waiting, with the cause; what r gives after all is lost then.
func Silent(ctx context.Context, r io.Reader) io.Reader { return &silent{ctx: ctx, r: r} }

// Read implements io.Reader.
func (s *silent) Read(p []byte) (int, error) {
	if s.buffer == nil {
		s.buffer = make([]byte, silentSize)
	}
	b := s.buffer[:min(len(p), silentSize)]
	n, err := until(s.ctx, func() (int, error) { return s.r.Read(b) }, nil)
	if s.ctx.Err() != nil { // the buffer may still be written to
		return 0, context.Cause(s.ctx)
	}
	return copy(p, b[:n]), err
}

// OpenSilent opens a file that may let wait, as a pipe does to which nobody writes.
func OpenSilent(ctx context.Context, path string) (*os.File, error) {
	return until(ctx, func() (*os.File, error) { return os.Open(path) }, func(f *os.File) { f.Close() })
}

// until returns what do returns, or the cause of the context's end if that comes
// first. Then late, if not nil, gets what comes after all.
func until[T any](ctx context.Context, do func() (T, error), late func(T)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		v, err := do()
		done <- result{v, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		if late != nil {
			go func() {
				if r := <-done; r.err == nil {
					late(r.value)
				}
			}()
		}
		var none T
		return none, context.Cause(ctx)
	}
}
