package ui

import (
	"context"
	"maps"
	"sync"

	"sluice/source"
)

// keeper writes down what the window remembers, in the background: one write
// after the other, and of those that wait only the last.
type keeper struct {
	store  *source.Store
	failed func(error) // called in the background

	mu   sync.Mutex
	next *remembered   // waits to be written
	idle chan struct{} // closed when nothing is to be written any more; nil while nothing is
}

// remembered is what is written.
type remembered struct {
	prefs   source.Prefs
	removed map[string]bool // sources that are not to come back from the file
}

// keep has p written. Sources that another window has added meanwhile stay in the
// file, but those that were removed here.
func (k *keeper) keep(p source.Prefs, removed map[string]bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next = &remembered{p.Clone(), maps.Clone(removed)}
	if k.idle == nil {
		k.idle = make(chan struct{})
		go k.write()
	}
}

// write writes until nothing waits.
func (k *keeper) write() {
	for r := k.take(); r != nil; r = k.take() {
		disk, err := k.store.Load()
		if err != nil { // it was set aside, or will not be written either
			k.failed(err)
		}
		r.prefs.Sources = r.prefs.Sources.Joined(disk.Sources, r.removed)
		if err := k.store.Save(r.prefs); err != nil {
			k.failed(err)
		}
	}
}

// take takes what waits; nil ends the writing.
func (k *keeper) take() *remembered {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := k.next
	if k.next = nil; r == nil {
		close(k.idle)
		k.idle = nil
	}
	return r
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
