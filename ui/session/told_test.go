package session

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
)

// silent is a server whose answers name jobs and whose status does not, unless the
// test says which.
type silent struct {
	*engine
	answer  pipeline.Job
	err     error
	cancels []error // one for each cancellation
}

func (s *silent) Start(context.Context, pipeline.Request) (pipeline.Job, error) {
	return s.answer, s.err
}

func (s *silent) Cancel(context.Context) (pipeline.Cancellation, error) {
	err := s.cancels[0]
	s.cancels = s.cancels[1:]
	return pipeline.CancellationAccepted, err
}

func (s *silent) says(job pipeline.Job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.job = job
}

// withSilent runs a test with such a server.
func withSilent(t *testing.T, answer pipeline.Job, err error, do func(*silent, *Session, func(time.Duration) present.Status)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		e := &silent{engine: &engine{}, answer: answer, err: err}
		d := newDesk()
		s := Open(t.Context(), Options{Exporter: e, Watcher: &poller{e, make(chan struct{}, 100)}, Dispatch: d.dispatch})
		defer s.Close()
		d.settle()
		do(e, s, func(wait time.Duration) present.Status {
			d.settle()
			time.Sleep(wait)
			d.settle()
			in := present.Inputs{Kind: source.KindServer, Now: time.Now()}
			s.Fill(&in)
			return present.StatusOf(in)
		})
	})
}

func actions(s present.Status) (list []present.Action) {
	for _, n := range s.Notices {
		for _, a := range n.Actions {
			list = append(list, a.Action)
		}
	}
	return list
}

func has(s present.Status, a present.Action) bool {
	for _, x := range actions(s) {
		if x == a {
			return true
		}
	}
	return false
}

var since = pipeline.At(time.Date(1999, 12, 31, 23, 0, 0, 0, time.UTC)) // synctest begins an hour later

func invalidJob(id int64) pipeline.Job {
	return pipeline.Job{ID: id, Status: pipeline.Failed, StartTime: since, Errors: []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}}
}

// TestForceIsOfferedWhateverTheStatusSays: the answer 422 is enough.
func TestForceIsOfferedWhateverTheStatusSays(t *testing.T) {
	for name, job := range map[string]pipeline.Job{"a job": invalidJob(56), "a job without a number": invalidJob(0), "an empty body": {}} {
		t.Run(name, func(t *testing.T) {
			withSilent(t, pipeline.Job{}, &pipeline.ValidationError{Job: job}, func(e *silent, s *Session, after func(time.Duration) present.Status) {
				s.Start(pipeline.Request{})
				for _, wait := range []time.Duration{0, time.Minute} {
					if got := after(wait); !has(got, present.ActForce) || !got.Controls.Start || len(got.Notices) != 1 {
						t.Errorf("after %v: %+v", wait, got.Notices)
					}
				}
			})
		})
	}
}

// TestTheJobOfAConflictIsShownAndCancelled: the answer 409 is enough.
func TestTheJobOfAConflictIsShownAndCancelled(t *testing.T) {
	running := pipeline.Job{ID: 125, Status: pipeline.Started, NodeID: "node7", StartTime: since}
	withSilent(t, pipeline.Job{}, &pipeline.RunningError{Job: running}, func(e *silent, s *Session, after func(time.Duration) present.Status) {
		s.Start(pipeline.Request{})
		got := after(time.Minute)
		if s.State().Job.ID != 125 || !got.Controls.Cancel || !got.Controls.Start || !has(got, present.ActCancel) {
			t.Fatalf("job %d, %+v, %+v", s.State().Job.ID, got.Controls, got.Notices)
		}
		e.cancels = []error{nil, pipeline.ErrNotRunning}
		s.Cancel()
		if after(time.Second); s.State().Job.Status != pipeline.CancellationRequested {
			t.Errorf("after the cancellation it is %s", s.State().Job.Status)
		}
		s.Release() // the cancellation is sent again: nothing runs by now
		if got := after(time.Second); s.State().Job.Exists() || !got.Controls.Start || len(got.Notices) != 0 {
			t.Errorf("a job that is over is still shown: %+v, %+v", s.State().Job, got.Notices)
		}
	})
}

// TestAnUnnamedConflictCanBeCancelled: a proxy has lost the body.
func TestAnUnnamedConflictCanBeCancelled(t *testing.T) {
	withSilent(t, pipeline.Job{}, &pipeline.RunningError{}, func(e *silent, s *Session, after func(time.Duration) present.Status) {
		s.Start(pipeline.Request{})
		if got := after(time.Second); !got.Controls.Cancel || !has(got, present.ActCancel) {
			t.Errorf("%+v, %+v", got.Controls, got.Notices)
		}
		e.cancels = []error{nil}
		s.Cancel()
		if got := after(time.Second); got.Controls.Cancel || len(got.Notices) != 0 {
			t.Errorf("after the cancellation: %+v, %+v", got.Controls, got.Notices)
		}
	})
}

// TestTheStatusTakesOver: what an answer has told lasts until the status names that
// job or a later one, and not less.
func TestTheStatusTakesOver(t *testing.T) {
	told := pipeline.Job{ID: 125, Status: pipeline.Started, StartTime: since}
	ended := told
	ended.Status = pipeline.Completed
	anew := pipeline.Job{ID: 1, Status: pipeline.Completed, StartTime: pipeline.At(since.Add(time.Minute))} // the server was set up anew
	for _, test := range []struct {
		name string
		says pipeline.Job
		want int64
	}{
		{"nothing", pipeline.Job{}, 125},
		{"an older job", pipeline.Job{ID: 124, Status: pipeline.Completed, StartTime: pipeline.At(since.Add(-time.Hour))}, 125},
		{"its end", ended, 125},
		{"a later job", pipeline.Job{ID: 126, Status: pipeline.Started}, 126},
		{"a later job of a new server", anew, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, err := range []error{nil, &pipeline.RunningError{Job: told}} {
				withSilent(t, told, err, func(e *silent, s *Session, after func(time.Duration) present.Status) {
					s.Start(pipeline.Request{})
					after(time.Minute)
					e.says(test.says)
					got := after(time.Minute)
					if s.State().Job.ID != test.want || s.State().Job.Running() == (test.says.Status == pipeline.Completed && test.want != 125 || test.name == "its end") {
						t.Errorf("shown is %+v", s.State().Job)
					}
					if !s.State().Job.Running() && len(got.Notices) != 0 {
						t.Errorf("what is over is still said: %+v", got.Notices)
					}
				})
			}
		})
	}
}

// TestACancelledJobIsForgotten if the status never tells of it.
func TestACancelledJobIsForgotten(t *testing.T) {
	withSilent(t, pipeline.Job{ID: 125, Status: pipeline.Started, StartTime: since}, nil, func(e *silent, s *Session, after func(time.Duration) present.Status) {
		s.Start(pipeline.Request{})
		after(time.Second)
		e.cancels = []error{nil}
		s.Cancel()
		after(time.Minute)
		if s.State().Job.Status != pipeline.CancellationRequested {
			t.Errorf("after a minute it is %q", s.State().Job.Status)
		}
		after(2 * time.Minute)
		if s.State().Job.Exists() {
			t.Errorf("it is still shown: %+v", s.State().Job)
		}
	})
}

// TestWhatFailedIsSaidOnce: by the job that failed, and not by the request, too.
func TestWhatFailedIsSaidOnce(t *testing.T) {
	job := pipeline.Job{ID: 1, Status: pipeline.Failed, StartTime: since, Errors: []pipeline.Diagnostic{{Key: "export.disk.space.low", Message: "Only 0.06 GB are free."}}}
	withSilent(t, job, errors.New("export job 1 failed: only 0.06 GB are free"), func(e *silent, s *Session, after func(time.Duration) present.Status) {
		s.Start(pipeline.Request{})
		for range 2 {
			if got := after(time.Minute); len(got.Notices) != 1 {
				t.Errorf("%d notices: %+v", len(got.Notices), got.Notices)
			}
			e.says(job)
		}
	})
}
