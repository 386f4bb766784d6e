package work

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"sluice/pipeline"
	"sluice/schedule"
)

// TestStuckOnServer: a job that takes longer than any is told, once, by who follows it and by
// who cannot begin since it runs.
func TestStuckOnServer(t *testing.T) {
	w := newWork(t)
	s, f := aServer(t)
	_, release := f.Hold(pipeline.PhaseExporting)
	later := clockwork.NewFakeClockAt(time.Now().Add(50 * time.Hour))
	w.o.Clock, w.o.Now = later, later.Now
	first := task(t, s, nil)
	var told []string
	var of pipeline.Job
	first.Stuck = func(job pipeline.Job, why string) {
		told, of = append(told, why), job
		release()
	}
	began := int64(0)
	done, err := w.Do(t.Context(), first, func(job pipeline.Job) {
		began = job.ID
		second := task(t, s, nil)
		second.Stuck = func(job pipeline.Job, why string) { told, of = append(told, why), job }
		var running *pipeline.RunningError
		if _, err := w.Do(t.Context(), second, unheard); !errors.As(err, &running) {
			t.Error(err)
		}
		if len(told) != 1 || of.ID != job.ID || !strings.Contains(told[0], "longer than any export") {
			t.Errorf("who cannot begin is told %q of job %d", told, of.ID)
		}
		told = nil
	})
	if err != nil || done.Job.Status != pipeline.Completed {
		t.Fatalf("%+v, %v", done.Job, err)
	}
	if len(told) < 1 || len(told) > 2 || !strings.Contains(told[0], "longer than any export") || of.ID != began || len(told) == 2 && told[1] != "" {
		t.Errorf("who follows is told %q of job %d", told, of.ID)
	}
}

// TestStill: what comes no further is told once, and that it goes on.
func TestStill(t *testing.T) {
	clock := clockwork.NewFakeClock()
	told := make(chan string, 9)
	r := run{Work: New(Options{Clock: clock})}
	r.Stuck = func(_ pipeline.Job, why string) { told <- why }
	asked, answer := make(chan bool), make(chan string)
	stop := r.watchStill(t.Context(), "Job 7", pipeline.Job{ID: 7}, func() string { asked <- true; return <-answer })
	look := func(far string) {
		<-asked
		answer <- far
	}
	look("a")
	pass := func(far string, looks int) {
		for range looks {
			if err := clock.BlockUntilContext(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			clock.Advance(stillLook)
			look(far)
		}
	}
	pass("b", 1)
	if why := <-told; why != "" { // the first news: it is not thought
		t.Errorf("told %q", why)
	}
	pass("b", int(stillFor/stillLook)+3)
	if why := <-told; why != "Job 7 has come no further for 2 h." {
		t.Errorf("told %q", why)
	}
	pass("c", 1)
	if why := <-told; why != "" {
		t.Errorf("told %q", why)
	}
	stop()
	if len(told) > 0 {
		t.Errorf("told more than once: %q", <-told)
	}
}

// TestIsStill: another job of the same number is another.
func TestIsStill(t *testing.T) {
	began := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	job := pipeline.Job{ID: 9, Status: pipeline.Started, StartTime: pipeline.At(began)}
	ended := job
	ended.Status = pipeline.Completed
	for _, c := range []struct {
		job  pipeline.Job
		was  schedule.Stuck
		want bool
	}{
		{job, schedule.Stuck{Job: 9, Began: began}, true}, {job, schedule.Stuck{Job: 9}, true}, {job, schedule.Stuck{Job: 9, Began: began.Add(-time.Hour)}, false},
		{job, schedule.Stuck{Job: 8, Began: began}, false}, {ended, schedule.Stuck{Job: 9, Began: began}, false}, {pipeline.Job{}, schedule.Stuck{}, false},
	} {
		if got := isStill(c.job, c.was); got != c.want {
			t.Errorf("%+v, %+v: %v", c.job, c.was, got)
		}
	}
}
