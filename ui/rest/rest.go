// Package rest lets the goroutine of the window sleep while there is nothing to do.
//
// The toolkit wakes its goroutine up sixty times a second, whether anything has
// happened or not; that alone takes about a hundredth of a core, for as long as a
// window is open. A Rester hands the toolkit, whenever nobody has touched the window
// for a while, a function that waits for the window system: an event, or a function
// that is to run on the goroutine, ends the wait at once. In between the toolkit gets
// a turn now and then, for what it starts by itself: the cursor of a field that
// blinks, a theme of the desktop that changes.
package rest

import (
	"sync"
	"time"
)

// Options are what a Rester works with.
type Options struct {
	// Do queues a function for the goroutine of the window, in order: fyne.Do.
	Do func(func())
	// Wait waits for events of the window system, at most so long, and has them
	// handled. It is called on the goroutine of the window. nil: there is no rest.
	Wait func(time.Duration)
	// Wake ends a Wait. It is called from any goroutine, only while one lasts.
	Wake func()
	// Tidy is called in the background when nobody has touched the window for a
	// while, once until somebody does again. nil: nothing.
	Tidy func()
}

const (
	// awake is how long the toolkit has its own pace after an event: longer than
	// anything moves by itself.
	awake = time.Second
	// drawn is how long it has it after a function: what that has changed is drawn
	// by then.
	drawn = 20 * time.Millisecond

	// A rest is short at first and long when nothing has happened for a while.
	shortRest = 250 * time.Millisecond
	longRest  = 4 * time.Second
	lastShort = 10 * time.Second // after the last event
)

// Rester runs functions on the goroutine of the window, and has it wait while there
// are none.
type Rester struct {
	o Options

	mu      sync.Mutex
	waiting int  // functions that have not begun
	ran     bool // one has run since the last turn
	resting bool // in Wait
	woken   bool // the Wait was ended by Wake
	stopped bool

	// Of the goroutine of the window:
	event time.Time // the last one that ended a rest
	tidy  bool      // Tidy was called since
}

// New returns a Rester that does not rest before Start.
func New(o Options) *Rester { return &Rester{o: o} }

// Do runs a function on the goroutine of the window, soon and in order. It may be
// called from any goroutine. Functions that come another way wait for the end of a
// rest.
func (r *Rester) Do(f func()) {
	r.mu.Lock()
	r.waiting++
	r.mu.Unlock()
	r.o.Do(func() {
		r.mu.Lock()
		r.waiting--
		r.ran = true
		r.mu.Unlock()
		f()
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.resting && !r.woken {
		r.woken = true
		r.o.Wake()
	}
}

// Start begins to rest. It is called once, before the toolkit runs.
func (r *Rester) Start() {
	if r.o.Wait == nil {
		return
	}
	r.event = time.Now()
	r.later(awake)
}

// Stop ends the resting for good, and a rest that lasts.
func (r *Rester) Stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	if r.resting && !r.woken {
		r.woken = true
		r.o.Wake()
	}
}

// later takes a turn after a time.
func (r *Rester) later(d time.Duration) {
	time.AfterFunc(d, func() { r.o.Do(r.turn) })
}

// turn is the goroutine's turn to rest: once, then the toolkit has its own.
func (r *Rester) turn() {
	if !r.lieDown() {
		return
	}
	length, began := r.length(), time.Now()
	if length > shortRest && !r.tidy && r.o.Tidy != nil {
		r.tidy = true
		go r.o.Tidy()
	}
	r.o.Wait(length)
	woken, stopped := r.getUp()
	switch {
	case stopped:
	case !woken && time.Since(began) < length*9/10:
		r.event, r.tidy = time.Now(), false
		r.later(awake)
	default:
		// It is asked for from another goroutine: a toolkit that is about to quit runs
		// at once what its own asks for, and would never come to quit.
		go r.o.Do(r.turn)
	}
}

// length is how long a rest may be.
func (r *Rester) length() time.Duration {
	if time.Since(r.event) < lastShort {
		return shortRest
	}
	return longRest
}

// lieDown reports whether a rest can begin. If a function waits or has just run, the
// next turn comes once what it has changed is drawn.
func (r *Rester) lieDown() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.stopped:
		return false
	case r.waiting > 0 || r.ran:
		r.ran = false
		r.later(drawn)
		return false
	}
	r.resting, r.woken = true, false
	return true
}

// getUp ends a rest and tells whether it was ended by Wake, and whether it was the
// last.
func (r *Rester) getUp() (woken, stopped bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.resting = false
	return r.woken, r.stopped
}
