// Package throttle reads gently: no faster than so many bytes a second, and only a
// part of the time. What sends the bytes is held back by that, because little is
// read ahead.
package throttle

import (
	"context"
	"sync"
	"time"
)

// Limits say how gently is read. The zero Limits hold nothing back.
type Limits struct {
	Rate int64 // bytes a second; 0 means any
	Load int   // percent of the time in which is read; 0 and 100 mean all
}

// Any reports whether there is a limit.
func (l Limits) Any() bool { return l.Rate > 0 || l.Load > 0 && l.Load < 100 }

// Stretch is how long the reading of so many bytes takes that would take d without
// limits.
func (l Limits) Stretch(d time.Duration, bytes int64) time.Duration {
	slow := d
	if l.Rate > 0 {
		slow = max(slow, time.Duration(float64(bytes)/float64(l.Rate)*float64(time.Second)))
	}
	if l.Load > 0 {
		slow = max(slow, time.Duration(float64(d)*100/float64(l.Load)))
	}
	return slow
}

const (
	// cycle is how long reading and a pause take together: long against what
	// lies in buffers between, short against what ends a silent connection.
	cycle = time.Second
	// longest bounds a pause, after a stretch of work that was not reading.
	longest = 10 * time.Second
	// slack is by how much reading may be late and then be faster, and the
	// shortest pause: the system does not keep shorter ones.
	slack = 20 * time.Millisecond
)

// Limiter holds reading back. The nil Limiter does not. It may be used by several
// goroutines, which share its limits.
type Limiter struct {
	limits Limits

	mu     sync.Mutex
	due    time.Time     // when what was read may have been read, by the rate
	began  time.Time     // of the reading since the last pause
	worked time.Duration // of this cycle, until the last pause
	rested time.Duration // of this cycle
}

// New returns a Limiter, nil if there are no limits.
func New(l Limits) *Limiter {
	if !l.Any() {
		return nil
	}
	return &Limiter{limits: l}
}

// Wait returns when more may be read after n bytes were: at once, or after a pause.
// It returns the cause of the context's end if that comes first.
func (l *Limiter) Wait(ctx context.Context, n int) error {
	if l == nil {
		return nil
	}
	began := time.Now()
	pause := l.pause(began, n)
	if pause <= 0 {
		return nil
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	l.rest(began, time.Now())
	return nil
}

// pause is how long to wait now, after n more bytes.
func (l *Limiter) pause(now time.Time, n int) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.began.IsZero() {
		l.began = now
	}
	return max(l.byRate(now, n), l.byLoad(now))
}

func (l *Limiter) byRate(now time.Time, n int) time.Duration {
	if l.limits.Rate <= 0 {
		return 0
	}
	if early := now.Add(-slack); l.due.Before(early) {
		l.due = early
	}
	l.due = l.due.Add(time.Duration(float64(n) / float64(l.limits.Rate) * float64(time.Second)))
	ahead := l.due.Sub(now)
	if ahead < slack {
		return 0
	}
	return ahead
}

func (l *Limiter) byLoad(now time.Time) time.Duration {
	load := time.Duration(l.limits.Load)
	if load <= 0 || load >= 100 {
		return 0
	}
	worked := l.worked + now.Sub(l.began)
	if worked < cycle*load/100 {
		return 0
	}
	owed := worked*(100-load)/load - l.rested
	switch {
	case owed <= 0: // the pauses of the rate were enough
		l.worked, l.rested, l.began = 0, 0, now
		return 0
	case owed < slack:
		return 0
	}
	return min(owed, longest)
}

// rest notes a pause. A cycle ends with the pause that it owes.
func (l *Limiter) rest(from, to time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.worked += max(0, from.Sub(l.began))
	l.rested += to.Sub(from)
	l.began = to
	if load := time.Duration(l.limits.Load); load > 0 && (l.rested*load >= l.worked*(100-load) || l.rested >= longest) {
		l.worked, l.rested = 0, 0
	}
}
