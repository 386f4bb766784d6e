// Package pace limits how much of the computer an export takes, for a laptop in
// use or a disk that others share: its share of one core's time, and its
// priority at the disk.
package pace

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// settle is how much CPU time may be used ahead of the share, so that pauses
// are few and not shorter than the system can keep.
const settle = 20 * time.Millisecond

// longest bounds one pause, so that a share that is reached late, after a long
// stretch of work elsewhere in the program, does not stop an export for long.
const longest = 5 * time.Second

// Pacer keeps the CPU time of the process below a share of one core. The nil
// Pacer does not hold anybody back. It may be used by several goroutines.
type Pacer struct {
	share float64 // of one core
	used  func() time.Duration
	now   func() time.Time

	mu      sync.Mutex
	began   time.Time
	at      time.Duration // CPU time at began
	started bool
}

// New returns a Pacer for a percentage of one core; nil, which means no limit,
// if percent is 0. On systems that do not tell the CPU time of a process, it
// does not hold anybody back.
func New(percent float64) *Pacer {
	if percent <= 0 {
		return nil
	}
	return newPacer(percent, CPUTime, time.Now)
}

func newPacer(percent float64, used func() time.Duration, now func() time.Time) *Pacer {
	return &Pacer{share: percent / 100, used: used, now: now}
}

// Wait returns when work may go on: at once while the share is kept, else after
// a pause. It returns ctx's error if that ends first. Callers call it between
// pieces of work of a few milliseconds.
func (p *Pacer) Wait(ctx context.Context) error {
	if p == nil {
		return nil
	}
	pause := p.pause()
	if pause <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pause is how long to wait until the CPU time used since the start is down to
// the share.
func (p *Pacer) pause() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, used := p.now(), p.used()
	if !p.started {
		p.began, p.at, p.started = now, used, true
		return 0
	}
	spent := used - p.at
	due := time.Duration(float64(spent) / p.share) // the time by which so much may have been spent
	ahead := due - now.Sub(p.began)
	if ahead < time.Duration(float64(settle)/p.share) {
		return 0
	}
	return min(ahead, longest)
}

// Background lowers the priority of the calling goroutine at the disk, for as
// long as it lives, where the system has such priorities. The goroutine keeps
// its thread to itself from then on.
func Background() {
	runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
	lowerIOPriority()
}
