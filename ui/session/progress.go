package session

import (
	"context"
	"sync/atomic"
	"time"

	"sluice/pipeline"
	"sluice/ui/present"
)

// followProgress samples while a job runs, and stops when it has ended.
func (s *Session) followProgress() {
	reporter, ok := s.o.Exporter.(pipeline.ProgressReporter)
	running := s.state.Job.Running() && ok
	switch {
	case running && s.sampling == nil:
		s.progress, s.free, s.rates = pipeline.Progress{}, 0, present.Estimator{}
		ctx, cancel := context.WithCancel(s.ctx)
		s.sampling = cancel
		go s.sample(ctx, reporter)
	case !running && s.sampling != nil:
		s.sampling()
		s.sampling = nil
		s.progress, s.rates = pipeline.Progress{}, present.Estimator{}
	}
}

// showEvery is how many samples of the progress there are for one that is told as a
// change, and for one of the free space. The others make the estimates good: to draw
// the window costs more than to sample.
const showEvery = 2

// sample reads the counters on a clock of its own. While the UI goroutine has
// not taken the last sample yet it takes no other, so samples never queue up.
func (s *Session) sample(ctx context.Context, reporter pipeline.ProgressReporter) {
	tick := time.NewTicker(s.o.Sample)
	defer tick.Stop()
	var waiting atomic.Bool
	space, _ := s.o.Exporter.(SpaceTeller)
	free := int64(0)
	for n := 0; ; n++ {
		if n > 0 { // the first at once, to be drawn with the beginning of the job
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
		if n%showEvery == 0 && space != nil {
			if now, err := space.FreeSpace(); err == nil {
				free = now
			}
		}
		if !waiting.CompareAndSwap(false, true) {
			continue
		}
		p, left, show := reporter.Progress(), free, n%showEvery == 0
		s.o.Dispatch(func() {
			waiting.Store(false)
			if ctx.Err() == nil && !s.closed {
				s.free = left
				s.take(p, show)
			}
		})
	}
}

func (s *Session) take(p pipeline.Progress, show bool) {
	s.progress = p
	if p.Phase == pipeline.PhaseNone {
		return
	}
	var rows, bytes int64
	for _, f := range p.Files {
		rows += f.Rows
		bytes += f.Bytes
	}
	s.rates.Add(s.o.Now(), p.Done, p.Total, rows, bytes)
	if show {
		s.changed()
	}
}
