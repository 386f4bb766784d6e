package preview

import (
	"context"
	"time"
)

// newTicker returns a function that waits a tenth of a second and reports whether
// there is more to wait for: neither ctx nor done has ended.
func newTicker(ctx context.Context, done <-chan struct{}) func() bool {
	return func() bool {
		select {
		case <-ctx.Done():
			return false
		case <-done:
			return false
		case <-time.After(100 * time.Millisecond):
			return true
		}
	}
}

// pace does something at most ten times a second, the last time always: for words
// that change with every step of a held key.
type pace struct {
	dispatch func(func())
	do       func()
	last     time.Time
	waiting  bool
}

// ask has it done, now or soon.
func (p *pace) ask() {
	if p.waiting {
		return
	}
	if wait := 100*time.Millisecond - time.Since(p.last); wait > 0 {
		p.waiting = true
		time.AfterFunc(wait, func() { p.dispatch(p.run) })
		return
	}
	p.run()
}

func (p *pace) run() {
	p.waiting, p.last = false, time.Now()
	p.do()
}

// throttle lets something through ten times a second.
type throttle struct{ last time.Time }

func newThrottle() *throttle { return &throttle{last: time.Now()} }

func (t *throttle) now() bool {
	if now := time.Now(); now.Sub(t.last) >= 100*time.Millisecond {
		t.last = now
		return true
	}
	return false
}
