package ui

import (
	"context"
	"sync"

	"sluice/source"
)

// keeper writes down what the window remembers, in the background: one write
// after the other, and of those that wait only the last.
type keeper struct {
	store  *source.Store
	failed func(error) // called in the background

	mu      sync.Mutex
	base    source.List   // the sources of this window as they were read or written last
	writes  int           // how often the list was written
	learned int           // how often others were seen to have changed the list
	next    *source.Prefs // waits to be written
	idle    chan struct{} // closed when nothing is to be written any more; nil while nothing is
}

// keep has p written. What others have changed of the sources meanwhile stays.
func (k *keeper) keep(p source.Prefs) {
	k.mu.Lock()
	defer k.mu.Unlock()
	next := p.Clone()
	k.next = &next
	if k.idle == nil {
		k.idle = make(chan struct{})
		go k.write()
	}
}

// write writes until nothing waits.
func (k *keeper) write() {
	for p := k.take(); p != nil; p = k.take() {
		k.mu.Lock()
		base, learned := k.base, k.learned
		k.mu.Unlock()
		if err := k.store.Save(*p, base); err != nil {
			k.failed(err)
			continue
		}
		k.mu.Lock()
		k.writes++
		if learned == k.learned { // else the list is known as it was read since
			k.base = p.Sources
		}
		k.mu.Unlock()
	}
}

// written is how often the list was written: what was read before the last time tells
// nothing of what others have changed.
func (k *keeper) written() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.writes
}

// known are the sources as this window has read or written them last.
func (k *keeper) known() source.List {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.base
}

// learn notes that the list was read again.
func (k *keeper) learn(l source.List) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.base = source.Prefs{Sources: l}.Clone().Sources
	k.learned++
}

// take takes what waits; nil ends the writing.
func (k *keeper) take() *source.Prefs {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := k.next
	if k.next = nil; p == nil {
		close(k.idle)
		k.idle = nil
	}
	return p
}

// wait returns when everything is written.
func (k *keeper) wait(ctx context.Context) error {
	k.mu.Lock()
	idle := k.idle
	k.mu.Unlock()
	if idle == nil {
		return nil
	}
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
