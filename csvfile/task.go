package csvfile

import (
	"context"
	"sync"
)

// task is a piece of background work of a File: run by one goroutine at a time,
// not again once it has succeeded, ended by its context or by the File's end.
type task struct {
	mu      sync.Mutex
	running bool
	done    chan struct{} // closed when the current or last run has ended
	err     error
	ok      bool
}

func (t *task) init() { t.done = make(chan struct{}) }

// start runs work in the background, unless it runs already or has succeeded.
// Both ctx and life end it.
func (t *task) start(ctx, life context.Context, work func(context.Context) error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running || t.ok {
		return
	}
	select {
	case <-t.done: // an earlier run failed or was cancelled
		t.done = make(chan struct{})
	default:
	}
	t.running, t.err = true, nil
	done := t.done
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(life, cancel)
	go func() {
		err := work(ctx)
		stop()
		cancel()
		t.mu.Lock()
		t.running, t.err, t.ok = false, err, err == nil
		t.mu.Unlock()
		close(done)
	}()
}

// ended returns a channel that closes when the current run ends, or the first
// one that will be started.
func (t *task) ended() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.done
}

func (t *task) status() (ok bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ok, t.err
}

// wait returns when nothing runs any more.
func (t *task) wait() {
	t.mu.Lock()
	running, done := t.running, t.done
	t.mu.Unlock()
	if running {
		<-done
	}
}
