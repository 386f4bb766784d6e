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
	base   source.List // the sources of this window as they were read or written last

	mu   sync.Mutex
	next *source.Prefs // waits to be written
	idle chan struct{} // closed when nothing is to be written any more; nil while nothing is
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
		if err := k.store.Save(*p, k.base); err != nil {
			k.failed(err)
			continue
		}
		k.base = p.Sources
	}
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
