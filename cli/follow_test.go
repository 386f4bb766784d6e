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

// jobAt is a job of the bubble of a test, whose clock begins at the same moment in
// each. It starts an hour after the one before.
func jobAt(id int64, status pipeline.Status) pipeline.Job {
	begin := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	return pipeline.Job{ID: id, Status: status, StartTime: pipeline.At(begin.Add(time.Duration(id-7) * time.Hour))}
}

// TestFollow follows jobs through what may happen to them and to the server, on
// a clock that counts in no time.
func TestFollow(t *testing.T) {
	const hour = time.Hour
	away := func(err error, from, until, end time.Duration) func(time.Duration) (pipeline.Job, error) {
		return func(since time.Duration) (pipeline.Job, error) {
			switch {
			case since >= from && since < until:
				return pipeline.Job{}, err
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
		{"another has begun", ends(jobAt(8, pipeline.Started)), exitGaveUp, "job 8 of 2000-01-01T01:00:00.000Z, which has begun after job 7", "does not fit", hour + 16*time.Minute},
		{"is forgotten", ends(pipeline.Job{}), exitGaveUp, "tells of no job, and job 7 is known", "does not fit", hour + 16*time.Minute},
		{"is paused for ever", ends(jobAt(7, "PAUSED")), exitGaveUp, `"PAUSED", of which is not known whether it is an end`, "does not fit", hour + 16*time.Minute},
		{"a server behind the same name has an older job", ends(jobAt(6, pipeline.Failed)), exitGaveUp, "which is older than job 7", "does not fit", hour + 16*time.Minute},
		{"the server restarts", away(failure(client.KindRefused), 10*time.Minute, 20*time.Minute, hour), exitDone, "", "trying again", hour + time.Minute},
		{"its plugins are not up yet", away(failure(client.KindNotFound), 10*time.Minute, 15*time.Minute, hour), exitDone, "", "tells of the job again", hour + time.Minute},
		{"the end falls into a restart", away(failure(client.KindUnavailable), 10*time.Minute, 20*time.Minute, 12*time.Minute), exitDone, "", "trying again", 23 * time.Minute},
		{"a refusal", away(failure(client.KindUnauthorized), 10*time.Minute, 11*time.Minute, hour), exitDone, "", "trying again", hour + time.Minute},
		{"a maintenance page", away(failure(client.KindLoginPage), 10*time.Minute, 24*time.Minute, hour), exitDone, "", "trying again", hour + time.Minute},
		{"a failure of no kind", away(errors.New("odd"), 10*time.Minute, 24*time.Minute, hour), exitDone, "", "trying again", hour + time.Minute},
		{"the server is gone", away(failure(client.KindTimeout), 10*time.Minute, 100*hour, hour), exitGaveUp, "for 15 min no answer told how it stands", "trying again", 26 * time.Minute},
		{"the token expires", away(failure(client.KindUnauthorized), 10*time.Minute, 100*hour, hour), exitGaveUp, "does not accept the token", "trying again", 26 * time.Minute},
		{"a single sign-on comes", away(failure(client.KindLoginPage), 10*time.Minute, 100*hour, hour), exitGaveUp, "login page", "trying again", 26 * time.Minute},
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
				job, err := follow(call, server, jobAt(7, pipeline.Started), time.Time{}, waitFlags{Wait: true, Patience: 15 * time.Minute})
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
		if _, err := follow(c, server, jobAt(7, pipeline.Started), time.Time{}, waitFlags{Wait: true, Patience: 15 * time.Minute}); err != nil || time.Since(began) < 5*time.Minute {
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
		job, err := follow(c, server, jobAt(7, pipeline.Started), time.Time{}, waitFlags{Wait: true, Patience: 15 * time.Minute})
		if exitCode(err) != exitSignal || !strings.Contains(err.Error(), "job 7 goes on on the server") || job.ID != 7 || !job.Running() {
			t.Errorf("%+v, %v", job, err)
		}
	})
}

// TestFollowText is what a terminal shows of a job on a server.
func TestFollowText(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	job := pipeline.Job{ID: 7, Status: pipeline.Started, StartTime: pipeline.At(now.Add(-125 * time.Second))}
	lost := pipeline.State{Job: job, At: now.Add(-90 * time.Second), Err: errors.New("gone"), UnreachableSince: now.Add(-80 * time.Second)}
	undated := job
	undated.StartTime = pipeline.Time{}
	for _, c := range []struct {
		state pipeline.State
		want  string
	}{
		{pipeline.State{Job: job}, "job 7  Started  2 min 5 s"},
		{pipeline.State{Job: undated}, "job 7  Started"},
		{pipeline.State{Job: job, At: now, Doubt: errors.New("an older job")}, "job 7  Started, as of 0.00 s ago  an older job, asking again"},
		{lost, "job 7  Started, as of 1 min 30 s ago  the server cannot be reached, trying again"},
	} {
		if got := followText(c.state, nil, now); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestWaitTimeout gives up when the time is up, after one more look, and leaves the
// job alone.
func TestWaitTimeout(t *testing.T) {
	for _, c := range []struct {
		name string
		ends time.Duration
		code int
		says string
	}{
		{"runs on", 3 * time.Hour, exitGaveUp, "gave up waiting for the end of job 7 after 2 h; it was seen last as Started"},
		{"has just ended", 2*time.Hour - time.Second, exitDone, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			server := &timeline{began: time.Now()}
			server.at = func(since time.Duration) (pipeline.Job, error) {
				if since >= c.ends {
					return jobAt(7, pipeline.Completed), nil
				}
				return jobAt(7, pipeline.Started), nil
			}
			call := &call{ctx: t.Context(), program: &Program{Err: &strings.Builder{}}, logger: slog.New(slog.DiscardHandler)}
			_, err := follow(call, server, jobAt(7, pipeline.Started), time.Time{}, waitFlags{Wait: true, WaitTimeout: 2 * time.Hour, Patience: time.Minute})
			if exitCode(err) != c.code || err != nil && (!strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "--wait-timeout")) || time.Since(server.began) > 2*time.Hour+lastLookTest {
				t.Errorf("%s: exit code %d, %v after %s", c.name, exitCode(err), err, time.Since(server.began))
			}
			if err == nil {
				return
			}
			if p := problemOf(err); p.Kind != "gave-up" || !strings.Contains(p.Hint, "status --wait") {
				t.Errorf("%s: %+v", c.name, p)
			}
		})
	}
}

// lastLookTest is how long the last look may take.
const lastLookTest = 10 * time.Second

// TestWaitFlags refuses times that cannot be meant.
func TestWaitFlags(t *testing.T) {
	alone(t)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--wait", "--wait-timeout", "-1s"}, "is negative"}, {[]string{"--wait", "--patience", "0s"}, "above 0"},
		{[]string{"--wait-timeout", "1h"}, "give --wait, too"},
	} {
		for _, command := range []string{"start", "status", "cancel"} {
			code, _, errs := runRemote(t, command, append([]string{"--url", "http://127.0.0.1:1"}, c.args...)...)
			expect(t, command, code, exitUsage, errs, c.says)
		}
	}
}
