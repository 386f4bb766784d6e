package server

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"
)

// How wrong tokens are slowed down, by the address they come from. The right token
// is never slowed down by a few wrong ones: an old script on the same computer must
// not keep its administrator out.
const (
	freeAttempts    = 3 // a typing mistake costs nothing
	firstPause      = 250 * time.Millisecond
	longestPause    = 4 * time.Second
	mostPaused      = 4           // requests of one address whose pause is not over
	forgottenAfter  = time.Minute // without a wrong token
	mostAddresses   = 1024
	ipv6NetworkBits = 64 // what one peer can choose its addresses from
)

// attempts remembers who sent wrong tokens. The zero value is not usable.
type attempts struct {
	now  func() time.Time
	wait func(context.Context, time.Duration)

	mu sync.Mutex
	of map[netip.Prefix]*offender
}

// offender is an address that sent wrong tokens.
type offender struct {
	wrong  int
	last   time.Time
	paused []time.Time // ends of pauses; they last although the peer may have left
}

func newAttempts(now func() time.Time) *attempts {
	return &attempts{now: now, wait: pause, of: map[netip.Prefix]*offender{}}
}

// pause waits, unless the caller leaves or the server ends before.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// admit reports whether a request from an address may show its token. If not, after
// tells when it may.
func (a *attempts) admit(remote string) (after time.Duration, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o, now := a.of[network(remote)], a.now()
	if o == nil {
		return 0, true
	}
	o.expire(now)
	if len(o.paused) < mostPaused {
		return 0, true
	}
	return o.paused[0].Sub(now), false
}

// wrong notes a wrong token and makes its sender wait for the answer.
func (a *attempts) wrong(ctx context.Context, remote string) {
	if d := a.note(remote); d > 0 {
		a.wait(ctx, d)
	}
}

func (a *attempts) note(remote string) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	key, now := network(remote), a.now()
	o := a.of[key]
	if o == nil {
		a.makeRoom(now)
		o = &offender{}
		a.of[key] = o
	}
	o.expire(now)
	o.wrong, o.last = o.wrong+1, now
	d := pauseAfter(o.wrong)
	if d > 0 {
		o.paused = append(o.paused, now.Add(d))
	}
	return d
}

// pauseAfter is how long the answer to the n-th wrong token takes.
func pauseAfter(n int) time.Duration {
	if n <= freeAttempts {
		return 0
	}
	return min(firstPause<<min(n-freeAttempts-1, 10), longestPause)
}

// expire drops pauses that are over, and after a while what was wrong.
func (o *offender) expire(now time.Time) {
	for len(o.paused) > 0 && !now.Before(o.paused[0]) {
		o.paused = o.paused[1:]
	}
	if now.Sub(o.last) >= forgottenAfter {
		o.wrong = 0
	}
}

// makeRoom keeps the memory bounded: those that are forgotten go, else the one that
// was wrong the longest time ago.
func (a *attempts) makeRoom(now time.Time) {
	if len(a.of) < mostAddresses {
		return
	}
	var oldest netip.Prefix
	for key, o := range a.of {
		if now.Sub(o.last) >= forgottenAfter {
			delete(a.of, key)
			continue
		}
		if first, ok := a.of[oldest]; !ok || o.last.Before(first.last) {
			oldest = key
		}
	}
	if len(a.of) >= mostAddresses {
		delete(a.of, oldest)
	}
}

// network is whom an address belongs to; all that cannot be read count as one.
func network(remote string) netip.Prefix {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Prefix{}
	}
	addr = addr.Unmap().WithZone("")
	bits := addr.BitLen()
	if addr.Is6() {
		bits = ipv6NetworkBits
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}
