package backend

import (
	"context"
	"reflect"

	"sluice/client/watch"
	"sluice/pipeline"
)

// follower is a watcher that tells its states until its context ends.
type follower struct {
	*watch.Watcher
	// noted is nil, or called with the job of each new state, before it is told: with what
	// is known of it besides.
	noted func(pipeline.Job) pipeline.Job
	// quiet tells only what has changed: when the status was read last is no news of a
	// file on this computer, which is read every few seconds.
	quiet bool
}

// Watch tells every new state until ctx ends.
func (f follower) Watch(ctx context.Context, tell func(pipeline.State)) {
	states, stop := f.Subscribe()
	defer stop()
	go f.Run(ctx)
	var told *pipeline.State
	for {
		select {
		case <-ctx.Done():
			return
		case s, open := <-states:
			if !open {
				return
			}
			if f.noted != nil {
				s.Job = f.noted(s.Job)
			}
			if f.quiet && told != nil && sameNews(*told, s) {
				continue
			}
			told = &s
			tell(pipeline.State(s))
		}
	}
}

// sameNews reports whether two states differ at most in when they were read; that
// one was read at all is news.
func sameNews(a, b pipeline.State) bool {
	if a.Known() != b.Known() {
		return false
	}
	a.At, a.Next = b.At, b.Next
	return reflect.DeepEqual(a, b)
}
