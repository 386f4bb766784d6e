package watch

import (
	"context"
	"sync"
	"time"

	"sluice/pipeline"
)

// Watcher follows one exporter. It is safe for use by several goroutines.
type Watcher struct {
	exporter pipeline.Exporter
	options  Options
	wake     chan struct{} // of capacity 1: something changed for Run

	mu          sync.Mutex
	state       pipeline.State
	viewers     map[*viewer]struct{}
	due         bool // read now, whatever the pace says
	soon        bool // read now, after the one that is being done
	begun       int  // reads
	fastUntil   time.Time
	statusSince time.Time // when the job was first seen in its status
	failures    int       // in a row, and answers that were doubted
	doubtSince  time.Time // when answers began to contradict what is known; zero while they do not
	only        bool      // no other job than the one that is known is of interest
	asked       time.Time // when that was asked for; zero if it is not known
	reading     context.CancelFunc
	lastEnded   int64 // job id
	durations   []time.Duration
}

type viewer struct{ states chan pipeline.State }

// New returns a watcher. It reads nothing before Run.
func New(e pipeline.Exporter, o Options) *Watcher {
	return &Watcher{exporter: e, options: o.withDefaults(), wake: make(chan struct{}, 1), viewers: map[*viewer]struct{}{}}
}

// Run reads the status until the context ends, and returns its error. It must
// not run twice at the same time.
func (w *Watcher) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		if !w.watched() {
			w.park(ctx)
			continue
		}
		wait, settled := w.read(ctx)
		if settled {
			w.sleep(ctx, wait)
		}
	}
	return ctx.Err()
}

// Subscribe returns a channel of states: at once the one that is known, then
// each new one. A slow receiver misses states between, never the latest. The
// watcher reads only while there is a subscriber; stop ends the subscription
// and closes the channel. It may be called more than once.
func (w *Watcher) Subscribe() (states <-chan pipeline.State, stop func()) {
	v := &viewer{states: make(chan pipeline.State, 1)}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.viewers) == 0 {
		w.due = true // what is known may be old
	}
	w.viewers[v] = struct{}{}
	v.states <- w.state.Clone()
	w.signal()
	return v.states, func() { w.unsubscribe(v) }
}

func (w *Watcher) unsubscribe(v *viewer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.viewers[v]; !ok {
		return
	}
	delete(w.viewers, v)
	close(v.states)
	w.signal()
}

// State is what is known now.
func (w *Watcher) State() pipeline.State {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state.Clone()
}

// Poke reads the status at once, and often for a while: call it after every
// start, cancellation or change of the settings, and for "Retry now". A read
// that is under way is given up, because it may have begun before the action.
func (w *Watcher) Poke() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.poke()
}

// Observe takes a job that an action has just returned as the newest state, so
// that it shows without a read, and pokes.
func (w *Watcher) Observe(job pipeline.Job) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.learn(job.Clone(), w.options.Now())
	w.publish()
	w.poke()
}

func (w *Watcher) poke() {
	w.due, w.fastUntil = true, w.options.Now().Add(fastPeriod)
	if w.reading != nil {
		w.reading()
	}
	w.signal()
}

// signal wakes Run up; one waiting signal is enough.
func (w *Watcher) signal() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *Watcher) watched() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.viewers) > 0
}

// park waits for a subscriber.
func (w *Watcher) park(ctx context.Context) {
	select {
	case <-w.wake:
	case <-ctx.Done():
	}
}

// read asks for the status once and publishes what it learned. It returns how
// long to wait for the next read; not settled if a poke has overtaken it.
func (w *Watcher) read(ctx context.Context) (wait time.Duration, settled bool) {
	bounded, cancel := context.WithTimeout(ctx, w.options.Timeout)
	defer cancel()
	w.mu.Lock()
	w.due, w.soon, w.reading = false, false, cancel
	w.begun++
	w.mu.Unlock()

	job, err := w.exporter.Status(bounded)

	w.mu.Lock()
	defer w.mu.Unlock()
	w.reading = nil
	if w.due || ctx.Err() != nil {
		return 0, false
	}
	now := w.options.Now()
	switch d := w.doubt(job, now); {
	case err != nil:
		w.lose(err, now)
	case d != nil:
		w.mistrust(d, now)
	default:
		w.learn(job, now)
	}
	wait = w.pace(now)
	w.state.Next = now.Add(wait)
	w.publish()
	return wait, true
}

func (w *Watcher) reconnect() {
	if c, ok := w.exporter.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// publish gives every viewer the state; one that has not taken the last gets
// only the new one. It is called with w.mu held, so nobody else sends.
func (w *Watcher) publish() {
	for v := range w.viewers {
		select {
		case <-v.states:
		default:
		}
		v.states <- w.state.Clone()
	}
}

// slice is the longest time in which a sleep of the computer goes unnoticed.
const slice = 5 * time.Second

// sleep waits until the next read is due: after the wait, after a poke, when
// the last viewer leaves, or when the wall clock shows that the computer slept,
// which timers do not count on every system.
func (w *Watcher) sleep(ctx context.Context, total time.Duration) {
	began, due := time.Now(), w.options.Now().Round(0).Add(total)
	for wait := total; wait > 0; {
		step := min(wait, slice)
		before := w.options.Now().Round(0)
		timer := time.NewTimer(step)
		select {
		case <-timer.C:
		case <-w.wake:
			timer.Stop()
			if w.interrupted() {
				return
			}
		case <-ctx.Done():
			timer.Stop()
			return
		}
		now := w.options.Now().Round(0)
		if now.Sub(before) > step+slice {
			w.reconnect()
			return
		}
		// Whichever clock says that it is time: the wall clock may have been
		// set back, the other stands still while the computer sleeps.
		wait = min(due.Sub(now), total-time.Since(began))
	}
}

// interrupted reports whether the wait is over before its time.
func (w *Watcher) interrupted() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.due || w.soon || len(w.viewers) == 0
}
