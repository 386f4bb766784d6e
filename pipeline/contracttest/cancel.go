package contracttest

import (
	"errors"
	"sync"

	"sluice/pipeline"
)

// accepted cancels, which must be accepted.
func (s *suite) accepted() {
	s.Helper()
	c, err := s.Exporter.Cancel(s.ctx)
	if err != nil {
		s.Fatalf("Cancel: %v", err)
	}
	if c != pipeline.CancellationAccepted {
		s.Errorf("Cancel = %+v, want the documented answer", c)
	}
	if job := s.status(); job.Status != pipeline.CancellationRequested && job.Status != pipeline.Cancelled {
		s.Errorf("status after Cancel = %s", job.Status)
	}
}

func (s *suite) cancelled(id int64) {
	s.Helper()
	if job := s.end(id); job.Status != pipeline.Cancelled {
		s.Errorf("status = %s, want Cancelled", job.Status)
	}
}

func (s *suite) cancel() {
	reached, release := s.Hold(pipeline.PhaseExporting)
	s.start(pipeline.Request{})
	s.await(reached)
	s.accepted()
	s.cancelled(1)
	if _, err := s.Exporter.Cancel(s.ctx); !errors.Is(err, pipeline.ErrNotRunning) {
		s.Errorf("Cancel after the end: %v, want ErrNotRunning", err)
	}
	release()
	if job := s.start(pipeline.Request{}); job.ID != 2 {
		s.Errorf("next job has id %d, want 2", job.ID)
	}
	if job := s.end(2); job.Status != pipeline.Completed {
		s.Errorf("next job: %s, want Completed", job.Status)
	}
}

func (s *suite) cancelWhileChecking() {
	reached, _ := s.Hold(pipeline.PhaseChecking)
	started := s.startBeside(pipeline.Request{})
	s.await(reached)
	s.accepted()
	s.cancelled(1)
	// The job has started, and was cancelled: the answer tells the former, the
	// status the latter.
	r := <-started
	if r.err != nil {
		s.Fatalf("Start: %v", r.err)
	}
	s.checkRunning(r.job, 1)
}

func (s *suite) cancelWhileFinishing() {
	reached, _ := s.Hold(pipeline.PhaseFinishing)
	s.start(pipeline.Request{})
	s.await(reached)
	s.accepted()
	s.cancelled(1)
	if job := s.status(); job.Statistics.WrittenRows < 1 {
		s.Errorf("statistics = %+v, want what was written", *job.Statistics)
	}
}

func (s *suite) cancelNothing() {
	check := func() {
		s.Helper()
		if _, err := s.Exporter.Cancel(s.ctx); !errors.Is(err, pipeline.ErrNotRunning) {
			s.Errorf("Cancel: %v, want ErrNotRunning", err)
		}
	}
	check()
	if job := s.status(); job.Exists() {
		s.Errorf("a refused cancellation left job %d", job.ID)
	}
	s.end(s.start(pipeline.Request{}).ID)
	check()
	if job := s.status(); job.Status != pipeline.Completed {
		s.Errorf("a refused cancellation left status %s", job.Status)
	}
}

// cancelRacesWithTheEnd lets exports go on and cancels them at once. Each ends
// in one way and stays so.
func (s *suite) cancelRacesWithTheEnd() {
	for _, phase := range []pipeline.Phase{pipeline.PhaseExporting, pipeline.PhaseFinishing} {
		reached, release := s.Hold(phase)
		for round := range 8 {
			id := s.start(pipeline.Request{}).ID
			s.await(reached)
			var racers sync.WaitGroup
			answers := make([]error, 2)
			if round%2 == 0 {
				racers.Go(release)
			}
			for i := range answers {
				racers.Go(func() { _, answers[i] = s.Exporter.Cancel(s.ctx) })
			}
			if round%2 == 1 {
				racers.Go(release)
			}
			racers.Wait()
			job := s.end(id)
			if job.Status != pipeline.Completed && job.Status != pipeline.Cancelled {
				s.Errorf("job %d: %s, want Completed or Cancelled", id, job.Status)
			}
			accepted := false
			for _, err := range answers {
				if err != nil && !errors.Is(err, pipeline.ErrNotRunning) {
					s.Errorf("Cancel: %v", err)
				}
				accepted = accepted || err == nil
			}
			if !accepted && job.Status == pipeline.Cancelled {
				s.Errorf("job %d was cancelled although nobody's cancellation was accepted", id)
			}
			if again := s.status(); again.Status != job.Status || !again.CompletedTime.Equal(job.CompletedTime.Time) {
				s.Errorf("job %d changed after its end: %s, then %s", id, job.Status, again.Status)
			}
			reached, release = s.Hold(phase)
		}
		release()
	}
}

func (s *suite) concurrentStarts() {
	_, release := s.Hold(pipeline.PhaseExporting)
	const starters = 6
	results := make(chan startResult, starters)
	for range starters {
		go func() {
			job, err := s.Exporter.Start(s.ctx, pipeline.Request{})
			results <- startResult{job, err}
		}()
	}
	started := 0
	for range starters {
		r := <-results
		var running *pipeline.RunningError
		switch {
		case r.err == nil:
			started++
			s.checkRunning(r.job, 1)
		case !errors.As(r.err, &running):
			s.Errorf("Start: %v, want a RunningError", r.err)
		case running.Job.ID != 1:
			s.Errorf("RunningError tells of job %d, want 1", running.Job.ID)
		}
	}
	if started != 1 {
		s.Errorf("%d exports started at once, want 1", started)
	}
	release()
	s.end(1)
}

// storm starts, cancels and watches from many sides. No job changes after its
// end, and nothing is stuck afterwards.
func (s *suite) storm() {
	const rounds = 12
	var all sync.WaitGroup
	var mu sync.Mutex
	ends := map[int64]pipeline.Status{}
	note := func(job pipeline.Job) {
		mu.Lock()
		defer mu.Unlock()
		if before, seen := ends[job.ID]; seen && before != job.Status {
			s.Errorf("job %d was %s and became %s", job.ID, before, job.Status)
		}
		if job.Status.Ended() {
			ends[job.ID] = job.Status
		}
	}
	for range 3 {
		all.Go(func() {
			for range rounds {
				_, err := s.Exporter.Start(s.ctx, pipeline.Request{})
				var running *pipeline.RunningError
				if err != nil && !errors.As(err, &running) {
					s.Errorf("Start: %v", err)
				}
			}
		})
		all.Go(func() {
			for range rounds {
				if _, err := s.Exporter.Cancel(s.ctx); err != nil && !errors.Is(err, pipeline.ErrNotRunning) {
					s.Errorf("Cancel: %v", err)
				}
			}
		})
	}
	all.Go(func() {
		for range 4 * rounds {
			job, err := s.Exporter.Status(s.ctx)
			if err != nil {
				s.Errorf("Status: %v", err)
				return
			}
			note(job)
		}
	})
	all.Wait()
	last := s.status()
	if !last.Exists() {
		s.Fatal("no export started")
	}
	s.end(last.ID)
	if job := s.end(s.start(pipeline.Request{}).ID); job.Status != pipeline.Completed {
		s.Errorf("the export after the storm: %s, want Completed", job.Status)
	}
}
