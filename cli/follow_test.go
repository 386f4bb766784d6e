package cli

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/client"
	"sluice/client/watch"
	"sluice/pipeline"
)

// timeline is a server whose answers to a read depend on how long the test has
// been running.
type timeline struct {
	pipeline.Exporter
	began time.Time
	reads int
	at    func(since time.Duration) (pipeline.Job, error)
}

func (l *timeline) Status(context.Context) (pipeline.Job, error) {
	l.reads++
	return l.at(time.Since(l.began))
}

func failure(kind client.Kind) error {
	return &client.Error{Kind: kind, Op: "read the export status", Server: "https://example.com"}
}

func jobAt(id int64, status pipeline.Status) pipeline.Job {
	return pipeline.Job{ID: id, Status: status, StartTime: pipeline.At(time.Now())}
}

// TestFollow follows jobs through what may happen to them and to the server, on
// a clock that counts in no time.
func TestFollow(t *testing.T) {
	const hour = time.Hour
	away := func(kind client.Kind, from, until, end time.Duration) func(time.Duration) (pipeline.Job, error) {
		return func(since time.Duration) (pipeline.Job, error) {
			switch {
			case since >= from && since < until:
				return pipeline.Job{}, failure(kind)
			case since >= end:
				return jobAt(7, pipeline.Completed), nil
			}
			return jobAt(7, pipeline.Started), nil
		}
	}
	ends := func(job pipeline.Job) func(time.Duration) (pipeline.Job, error) {
		return func(since time.Duration) (pipeline.Job, error) {
			if since < hour {
				return jobAt(7, pipeline.Started), nil
			}
			return job, nil
		}
	}
	invalid := jobAt(7, pipeline.Failed)
	invalid.Errors = []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}
	for _, c := range []struct {
		name   string
		at     func(time.Duration) (pipeline.Job, error)
		code   int
		says   string // of the error
		logs   string // of the warnings
		within time.Duration
	}{
		{"completes", ends(jobAt(7, pipeline.Completed)), exitDone, "", "", hour + time.Minute},
		{"is cancelled", ends(jobAt(7, pipeline.Cancelled)), exitElsewhere, "cancelled by someone else", "", hour + time.Minute},
		{"fails", ends(jobAt(7, pipeline.Failed)), exitJobFailed, "ended as Failed", "", hour + time.Minute},
		{"turns out inconsistent", ends(invalid), exitInconsistent, "force", "", hour + time.Minute},
		{"another has begun", ends(jobAt(8, pipeline.Started)), exitFailed, "the server tells of job 8", "", hour + time.Minute},
		{"is forgotten", ends(pipeline.Job{}), exitFailed, "does not know of it any more", "", hour + time.Minute},
		{"is paused", ends(jobAt(7, "PAUSED")), exitFailed, `"PAUSED"`, "", hour + time.Minute},
		{"the server restarts", away(client.KindRefused, 10*time.Minute, 20*time.Minute, hour), exitDone, "", "trying again", hour + time.Minute},
		{"its plugins are not up yet", away(client.KindNotFound, 10*time.Minute, 15*time.Minute, hour), exitDone, "", "can be reached again", hour + time.Minute},
		{"the end falls into a restart", away(client.KindUnavailable, 10*time.Minute, 20*time.Minute, 12*time.Minute), exitDone, "", "trying again", 23 * time.Minute},
		{"the server is gone", away(client.KindTimeout, 10*time.Minute, 100*hour, hour), exitUnreachable, "follow job 7", "trying again", hour},
		{"the token expires", away(client.KindUnauthorized, 10*time.Minute, 100*hour, hour), exitNotAuthorised, "does not accept the token", "", 11 * time.Minute},
		{"a single sign-on comes", away(client.KindLoginPage, 10*time.Minute, 100*hour, hour), exitNotAuthorised, "login page", "", 11 * time.Minute},
		{"never ends", func(since time.Duration) (pipeline.Job, error) {
			if since < 60*hour {
				return jobAt(7, pipeline.Started), nil
			}
			return jobAt(7, pipeline.Completed), nil
		}, exitDone, "", "possibly stuck", 61 * hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var logs strings.Builder
				server := &timeline{began: time.Now(), at: c.at}
				call := &call{ctx: t.Context(), program: &Program{Err: &logs}, logger: slog.New(slog.NewTextHandler(&logs, nil))}
				began := time.Now()
				job, err := follow(call, server, jobAt(7, pipeline.Started))
				if exitCode(err) != c.code || (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
					t.Errorf("exit code %d, %v; want %d and %q", exitCode(err), err, c.code, c.says)
				}
				if job.ID != 7 {
					t.Errorf("it returns job %d", job.ID)
				}
				if (logs.Len() == 0) != (c.logs == "") || !strings.Contains(logs.String(), c.logs) || strings.Count(logs.String(), "\n") > 2 {
					t.Errorf("logs %q, want %q", logs.String(), c.logs)
				}
				if took := time.Since(began); took > c.within {
					t.Errorf("it took %s, want at most %s", took, c.within)
				}
				if most := 60 + int(time.Since(began)/(10*time.Second)); server.reads > most {
					t.Errorf("%d reads in %s are not few", server.reads, time.Since(began))
				}
			})
		})
	}
}

// TestFollowObeys waits as long as an overloaded server asks for.
func TestFollowObeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &timeline{began: time.Now()}
		server.at = func(since time.Duration) (pipeline.Job, error) {
			if server.reads == 1 {
				return pipeline.Job{}, &client.Error{Kind: client.KindRateLimited, RetryAfter: 5 * time.Minute}
			}
			return jobAt(7, pipeline.Completed), nil
		}
		began := time.Now()
		c := &call{ctx: t.Context(), program: &Program{Err: &strings.Builder{}}, logger: slog.New(slog.DiscardHandler)}
		if _, err := follow(c, server, jobAt(7, pipeline.Started)); err != nil || time.Since(began) < 5*time.Minute {
			t.Errorf("%v after %s", err, time.Since(began))
		}
	})
}

// TestFollowSignal gives up following, and leaves the job alone.
func TestFollowSignal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, signal := context.WithTimeout(t.Context(), time.Minute)
		defer signal()
		server := &timeline{began: time.Now(), at: func(time.Duration) (pipeline.Job, error) { return jobAt(7, pipeline.Started), nil }}
		c := &call{ctx: ctx, program: &Program{Err: &strings.Builder{}}, logger: slog.New(slog.DiscardHandler)}
		job, err := follow(c, server, jobAt(7, pipeline.Started))
		if exitCode(err) != exitSignal || !strings.Contains(err.Error(), "job 7 goes on on the server") || job.ID != 7 || !job.Running() {
			t.Errorf("%+v, %v", job, err)
		}
	})
}

// TestFollowText is what a terminal shows of a job on a server.
func TestFollowText(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	job := pipeline.Job{ID: 7, Status: pipeline.Started, StartTime: pipeline.At(now.Add(-125 * time.Second))}
	lost := watch.State{Job: job, At: now.Add(-90 * time.Second), Err: errors.New("gone"), UnreachableSince: now.Add(-80 * time.Second)}
	undated := job
	undated.StartTime = pipeline.Time{}
	for _, c := range []struct {
		state watch.State
		job   pipeline.Job
		want  string
	}{
		{watch.State{}, job, "job 7  Started  2 min 5 s"},
		{watch.State{}, undated, "job 7  Started"},
		{lost, job, "job 7  Started, as of 1 min 30 s ago  the server cannot be reached, trying again"},
	} {
		if got := followText(c.state, c.job, now); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
