package contracttest

import (
	"context"
	"sync"

	"sluice/pipeline"
)

// Gates hold jobs back before a phase. They are the Hold of a Fixture, for
// engines that call a hook at the beginning of each phase.
type Gates struct {
	mu      sync.Mutex
	phase   pipeline.Phase
	reached chan struct{}
	release chan struct{}
}

// Hold is Fixture.Hold. A second call replaces the gate of the first: jobs that
// wait there stay until they are released or cancelled.
func (g *Gates) Hold(phase pipeline.Phase) (reached <-chan struct{}, release func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.phase, g.reached, g.release = phase, make(chan struct{}, 100), make(chan struct{})
	open := g.release
	return g.reached, sync.OnceFunc(func() { close(open) })
}

// BeforePhase is the hook. It returns nil also when ctx ends: what becomes of a
// cancelled job is the engine's to say.
func (g *Gates) BeforePhase(ctx context.Context, _ pipeline.Job, phase pipeline.Phase) error {
	g.mu.Lock()
	closed, reached, release := g.phase == phase, g.reached, g.release
	g.mu.Unlock()
	if !closed {
		return nil
	}
	select {
	case <-release: // an open gate does not report
		return nil
	default:
	}
	reached <- struct{}{}
	select {
	case <-release:
	case <-ctx.Done():
	}
	return nil
}
