package ui

import (
	"bytes"
	"runtime"
	"slices"
	"testing"
	"time"
)

// settlesWithin is how long a test waits for anything in the background: on a busy machine
// what takes moments may take long.
const settlesWithin = time.Minute

// patient runs what is dispatched until nothing has come for a while and nothing is at work in
// the background any more, however slowly that goes: the while is for what waits for a timer.
func (s *stage) patient(d time.Duration) {
	s.t.Helper()
	deadline := time.After(settlesWithin)
	for {
		select {
		case f := <-s.queue:
			f()
		case <-time.After(d):
			if !atWork() && len(s.queue) == 0 {
				return
			}
		case <-deadline:
			s.t.Fatalf("the window does not come to rest; it says %q", s.says())
		}
	}
}

// atWork reports whether a goroutine besides this one could go on by itself: it waits neither
// for another, nor for a timer, nor for the network.
func atWork() bool {
	stacks := make([]byte, 1<<20)
	for {
		n := runtime.Stack(stacks, true)
		if n < len(stacks) {
			stacks = stacks[:n]
			break
		}
		stacks = make([]byte, 2*len(stacks))
	}
	all := bytes.Split(stacks, []byte("\n\n"))
	return slices.ContainsFunc(all[1:], func(stack []byte) bool {
		head, calls, _ := bytes.Cut(stack, []byte("\n"))
		_, state, _ := bytes.Cut(head, []byte("["))
		goes := bytes.HasPrefix(state, []byte("run")) || bytes.HasPrefix(state, []byte("syscall")) || bytes.HasPrefix(state, []byte("preempted"))
		return goes && !bytes.Contains(calls, []byte("os/signal.signal_recv"))
	})
}

// TestAtWork: what waits is not at work, and what is to begin is.
func TestAtWork(t *testing.T) {
	s := &stage{t: t, queue: make(chan func(), 10)}
	done, hold := false, make(chan bool)
	go func() {
		<-hold
		for sum := 0; sum < 1<<30; sum++ { // takes its time, and waits for nothing
			if sum == 1<<30-1 {
				s.queue <- func() { done = true }
			}
		}
	}()
	s.patient(time.Millisecond)
	if done {
		t.Fatal("it has not begun")
	}
	hold <- true
	if s.patient(time.Nanosecond); !done {
		t.Error("it was not waited for")
	}
}
