package cli

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"syscall"
)

// output is the standard output of one command. It keeps the first error, after
// which nothing more is written: what follows a gap would look whole. So no
// command has to look at each of its prints.
type output struct {
	w io.Writer

	mu  sync.Mutex
	err *outputError
}

// outputError says that results could not be written.
type outputError struct{ err error }

func (e *outputError) Error() string {
	return fmt.Sprintf("the results could not be written to the standard output, what is there is not complete: %v", e.err)
}

func (e *outputError) Unwrap() error { return e.err }

// readerGone reports whether who reads the output has closed it, as "| head"
// does. It knows that it did, so there is nobody to tell.
func (e *outputError) readerGone() bool {
	return errors.Is(e.err, syscall.EPIPE) || errors.Is(e.err, io.ErrClosedPipe)
}

// Write writes p, or fails as the first failed Write did.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(p)
	if err != nil {
		o.err = &outputError{err}
		return n, o.err
	}
	return n, nil
}

// failed returns the first error, or nil.
func (o *output) failed() *outputError {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// Unwrap returns the writer behind.
func (o *output) Unwrap() io.Writer { return o.w }

// withoutOutput leaves failures of the standard output out of err: the end of
// the program tells them, once for every command.
func withoutOutput(err error) error {
	var output *outputError
	if !errors.As(err, &output) {
		return err
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		joined, ok := e.(interface{ Unwrap() []error })
		if !ok {
			continue
		}
		var left []error
		for _, e := range joined.Unwrap() {
			left = append(left, withoutOutput(e))
		}
		return errors.Join(left...)
	}
	return nil
}

// account turns the exit code of a command into that of the process: results
// that did not arrive are no success.
func (p *Program) account(code int, failed *outputError) int {
	if failed == nil {
		return code
	}
	if !failed.readerGone() {
		complain(p.Err, failed)
	}
	if code == exitDone {
		return exitFailed
	}
	return code
}
