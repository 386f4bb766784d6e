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
