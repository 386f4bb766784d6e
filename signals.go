package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// untilSignal returns a context that ends when the system asks the program to end:
// by SIGINT, by SIGTERM, or by SIGHUP when the terminal is closed. A second SIGINT
// or SIGTERM ends the process at once. A second SIGHUP does not: a shell passes on
// the one that the system sends as well. A signal that was ignored from the start
// stays ignored, as SIGHUP is under nohup.
func untilSignal(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	asked, hungUp := make(chan os.Signal, 1), make(chan os.Signal, 1)
	notify(asked, os.Interrupt, syscall.SIGTERM)
	notify(hungUp, syscall.SIGHUP)
	go func() {
		var cause error = context.Canceled
		select {
		case s := <-asked:
			cause = signalled{s}
		case s := <-hungUp:
			cause = signalled{s}
		case <-ctx.Done():
		}
		signal.Stop(asked)
		cancel(cause)
	}()
	return ctx, func() { cancel(context.Canceled) }
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
