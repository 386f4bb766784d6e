package watch

import (
	"errors"
	"time"

	"sluice/pipeline"
)

// ageFactor is the part of a run's age that may pass before a change is seen:
// a run of ten minutes is read every half minute at most.
const ageFactor = 20

// pace decides how long to wait before the next read. It is called with w.mu
// held, after a read.
func (w *Watcher) pace(now time.Time) time.Duration {
	if w.state.Err != nil || w.state.Doubt != nil {
		return w.paceOfFailure(w.state.Err)
	}
	if now.Before(w.fastUntil) {
		return w.options.Fast
	}
	if w.state.Job.Running() {
		return min(max(w.age(now)/ageFactor, w.options.Fast), w.options.Slow)
	}
	return w.options.Idle
}

// SetEvery changes the time between reads that nothing calls for, and reads at once.
func (w *Watcher) SetEvery(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.options.Slow, w.options.Idle, w.options.Backoff = d, d, max(usualBackoff, d)
	w.soon = true
	w.signal()
}

// age is how long the job has been in its status, as far as that is known. A
// clock that differs from the server's cannot make it less than what was seen
// here.
func (w *Watcher) age(now time.Time) time.Duration {
	seen := now.Sub(w.statusSince)
	if start := w.state.Job.StartTime; w.state.Job.Status == pipeline.Started && !start.IsZero() {
		return max(seen, now.Sub(start.Time))
	}
	return seen
}

// paceOfFailure backs off, spread by up to a fifth, and obeys a server that
// asks for more.
func (w *Watcher) paceOfFailure(err error) time.Duration {
	var asks interface{ RetryDelay() time.Duration }
	asked := time.Duration(0)
	if errors.As(err, &asks) {
		asked = asks.RetryDelay()
	}
	if errors.Is(err, pipeline.ErrNotAuthorised) {
		return max(w.options.Denied, asked)
	}
	d := w.options.Backoff
	if n := w.failures - 1; n < 16 {
		d = min(d, 2*w.options.Fast<<n)
	}
	d -= time.Duration(float64(d) * w.options.Random() / 5)
	return max(d, asked)
}
