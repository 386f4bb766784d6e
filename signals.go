package main

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// untilSignal returns a context that ends when the system asks the program to end:
// by SIGINT, by SIGTERM, or by SIGHUP when the terminal is closed. A second SIGINT
// or SIGTERM ends the process at once. A second SIGHUP does not: a shell passes on
// the one that the system sends as well. A signal that was ignored from the start
// stays ignored, as SIGHUP is under nohup.
// Who takes SIGHUP by h, to read settings anew, is not ended by it; h may be nil.
func untilSignal(parent context.Context, h *hangups) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	asked, hungUp := make(chan os.Signal, 1), make(chan os.Signal, 1)
	notify(asked, os.Interrupt, syscall.SIGTERM)
	notify(hungUp, syscall.SIGHUP)
	go func() {
		var cause error = context.Canceled
		for waits := true; waits; {
			select {
			case s := <-asked:
				cause, waits = signalled{s}, false
			case s := <-hungUp:
				if waits = h.took(); !waits {
					cause = signalled{s}
				}
			case <-ctx.Done():
				waits = false
			}
		}
		signal.Stop(asked)
		cancel(cause)
	}()
	return ctx, func() { cancel(context.Canceled) }
}

// hangups hands SIGHUP to a command that reads its settings anew by it.
type hangups struct {
	c atomic.Pointer[chan struct{}]
}

// take returns a channel that gets a value for SIGHUP, which ends nothing from then on.
func (h *hangups) take() <-chan struct{} {
	c := make(chan struct{}, 1)
	h.c.Store(&c)
	return c
}

// took hands a signal over, and reports whether anybody takes it.
func (h *hangups) took() bool {
	if h == nil || h.c.Load() == nil {
		return false
	}
	select {
	case *h.c.Load() <- struct{}{}:
	default: // one that was not looked at yet is enough
	}
	return true
}

// signalled says which signal ended the program: a cancellation, as all code asks for
// it that gives up its work for a context.
type signalled struct{ os.Signal }

func (s signalled) Error() string { return "signal: " + s.String() }

func (s signalled) Unwrap() error { return context.Canceled }

// notify is signal.Notify without the signals that are ignored.
func notify(c chan<- os.Signal, signals ...os.Signal) {
	for _, s := range signals {
		if !signal.Ignored(s) {
			signal.Notify(c, s)
		}
	}
}
