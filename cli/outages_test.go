package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/client"
	"sluice/pipeline"
)

// More outages than the tests make by themselves: go test ./cli -run Outages -outages 100000 -outage-seed 7
var (
	outageScripts = flag.Int("outages", 1000, "how many random outages during --wait")
	outageSeed    = flag.Uint64("outage-seed", 1, "what they follow from")
)

// given is an answer that a script has given, as the script knows it.
type given struct {
	at   time.Duration
	good bool // it told how the job stands
	end  bool // it told its end
	asks bool // the server asked to be left alone
	what string
}

// outage is a server that follows a random script: a job, and situations of real sites
// one after the other.
type outage struct {
	pipeline.Exporter
	random   *rand.Rand
	began    time.Time
	job      pipeline.Job // as it really is, while it runs
	ends     time.Duration
	ended    pipeline.Status
	segments []segment
	answers  []given
	slack    time.Duration // between the first bad answer to a read and the end of the read
	hung     bool          // a read was waiting when the following ended
}

type segment struct {
	until time.Duration
	what  string
}

// situations are what a script is made of. All but the first five are bad: they do not
// tell how the job stands.
var situations = []string{
	"well", "another node", "no statistics", "no start", "lagging",
	"none", "older", "same id of old", "later", "ids again", "paused", "mixed", "hangs",
	"refused", "reset", "dns", "timeout", "502", "503", "503 later", "429 later", "401", "403", "login", "malformed", "404", "odd",
}

func newOutage(seed uint64) *outage {
	r := rand.New(rand.NewPCG(seed, 10))
	o := &outage{random: r, began: time.Now(), ends: time.Duration(r.ExpFloat64() * float64(40*time.Minute)).Truncate(time.Millisecond)}
	o.job = pipeline.Job{ID: 1 + r.Int64N(50), Status: pipeline.Started, NodeID: "node1", StartTime: pipeline.At(o.began.Add(time.Duration(r.IntN(2000)) * time.Millisecond))}
	o.ended = []pipeline.Status{pipeline.Completed, pipeline.Completed, pipeline.Cancelled, pipeline.Failed}[r.IntN(4)]
	if r.IntN(30) == 0 {
		o.ends = 1000 * time.Hour // STARTED for ever
	}
	for at := time.Duration(0); at < o.ends+time.Hour && at < 12*time.Hour; {
		at += time.Duration(r.ExpFloat64() * float64([]time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 5 * time.Minute}[r.IntN(4)]))
		what := situations[0]
		if r.IntN(2) > 0 {
			what = situations[r.IntN(len(situations))]
		}
		o.segments = append(o.segments, segment{at, what})
	}
	return o
}

// truth is the job as it stands.
func (o *outage) truth(since time.Duration) pipeline.Job {
	job := o.job
	if since < o.ends {
		return job
	}
	job.Status, job.CompletedTime = o.ended, pipeline.At(o.began.Add(o.ends))
	job.Statistics = &pipeline.Statistics{ExportedEntities: 23, WrittenRows: 54}
	return job
}

func (o *outage) situation(since time.Duration) string {
	for _, s := range o.segments {
		if since < s.until {
			return s.what
		}
	}
	return situations[0]
}

// Status answers as the script has it, and notes what it did.
func (o *outage) Status(ctx context.Context) (pipeline.Job, error) {
	since := time.Since(o.began)
	what := o.situation(since)
	if what == "mixed" { // each node behind the balancer has its own view
		what = situations[o.random.IntN(len(situations)-1)]
	}
	if what == "mixed" || what == "hangs" {
		<-ctx.Done()
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			o.answers = append(o.answers, given{at: time.Since(o.began), what: what})
		} else {
			o.hung = true
		}
		return pipeline.Job{}, ctx.Err()
	}
	job, err := o.answer(what, since)
	good := isGood(what)
	o.answers = append(o.answers, given{since, good, good && job.Status.Ended(), strings.HasSuffix(what, "later") && err != nil, what})
	return job, err
}

func isGood(what string) bool {
	for _, good := range situations[:5] {
		if what == good {
			return true
		}
	}
	return false
}

func (o *outage) answer(what string, since time.Duration) (pipeline.Job, error) {
	job, r := o.truth(since), o.random
	anyStatus := []pipeline.Status{pipeline.Started, pipeline.Completed, pipeline.Cancelled, pipeline.Failed, pipeline.CancellationRequested}[r.IntN(5)]
	day := 24 * time.Hour
	at := func(id int64, start time.Duration) pipeline.Job {
		return pipeline.Job{ID: id, Status: anyStatus, NodeID: "node2", StartTime: pipeline.At(o.job.StartTime.Add(start))}
	}
	switch what {
	case "well":
	case "another node":
		job.NodeID = "node7"
	case "no statistics":
		job.Statistics = nil
	case "no start":
		job.StartTime = pipeline.Time{}
	case "lagging":
		job = o.truth(max(0, since-time.Duration(r.IntN(int(10*time.Minute)))))
	case "none":
		job = pipeline.Job{}
	case "older":
		job = at(max(1, o.job.ID-1-r.Int64N(3)), -day-time.Duration(r.IntN(int(30*day))))
		if job.ID == o.job.ID {
			job.ID = 99 // of the years before a re-install
		}
	case "same id of old":
		job = at(o.job.ID, -2*day-time.Duration(r.IntN(int(30*day))))
	case "later":
		job = at(o.job.ID+1+r.Int64N(3), time.Minute+time.Duration(r.IntN(int(day))))
	case "ids again":
		job = at(o.job.ID, 2*day)
	case "paused":
		job.Status = []pipeline.Status{"PAUSED", "QUEUED", "ABORTING"}[r.IntN(3)]
	default:
		return pipeline.Job{}, failureOf(what, r)
	}
	return job, nil
}

// failureOf is what the client makes of a situation in which there is no job to read.
func failureOf(what string, r *rand.Rand) error {
	kinds := map[string]client.Kind{
		"refused": client.KindRefused, "reset": client.KindConnectionLost, "dns": client.KindNameNotResolved, "timeout": client.KindTimeout,
		"502": client.KindServer, "503": client.KindUnavailable, "503 later": client.KindUnavailable, "429 later": client.KindRateLimited,
		"401": client.KindUnauthorized, "403": client.KindForbidden, "login": client.KindLoginPage, "malformed": client.KindMalformed, "404": client.KindNotFound,
	}
	if kinds[what] == "" {
		return errors.New("odd")
	}
	e := &client.Error{Kind: kinds[what], Op: "read the export status", Server: "https://example.com"}
	if strings.HasSuffix(what, "later") {
		e.RetryAfter = time.Duration(1+r.IntN(900)) * time.Second
	}
	return e
}

// TestOutages follows jobs through random outages. The end is never wrong, and never
// missed: the first answer that tells it ends the waiting. Whoever gives up has had no
// good answer for the patience, or no time left.
func TestOutages(t *testing.T) {
	ended := map[int]int{}
	for n := range uint64(*outageScripts) {
		seed := *outageSeed<<32 + n
		synctest.Test(t, func(t *testing.T) {
			o := newOutage(seed)
			f := waitFlags{Wait: true, Patience: []time.Duration{15 * time.Minute, 15 * time.Minute, 15 * time.Minute, 15 * time.Minute, time.Minute, time.Hour}[o.random.IntN(6)]}
			if o.random.IntN(4) == 0 || o.ends > 100*time.Hour {
				f.WaitTimeout = time.Minute + time.Duration(o.random.IntN(int(5*time.Hour)))
			}
			first, asked := o.job, time.Time{}
			if o.random.IntN(3) == 0 { // it was started by this command
				asked = o.began
				if o.random.IntN(2) == 0 {
					first.StartTime = pipeline.Time{}
				}
			}
			c := &call{ctx: t.Context(), program: &Program{Err: &strings.Builder{}}, logger: slog.New(slog.DiscardHandler)}
			job, err := follow(c, o, first, asked, f)
			ended[exitCode(err)]++
			if wrong := o.judge(job, err, f); wrong != "" {
				t.Errorf("-outage-seed %d, script %d (%+v): %s\njob %+v, %v\n%s", *outageSeed, n, f, wrong, job, err, o.tail())
			}
		})
		if t.Failed() {
			return
		}
	}
	t.Logf("%d outages, by exit code: %v", *outageScripts, ended)
	for _, code := range []int{exitDone, exitJobFailed, exitElsewhere, exitGaveUp} {
		if *outageScripts >= 1000 && ended[code] < *outageScripts/50 {
			t.Errorf("too few end with %d: %v", code, ended)
		}
	}
}

// judge says what is wrong about how the waiting has ended; "" if nothing is.
func (o *outage) judge(job pipeline.Job, err error, f waitFlags) string {
	now, last := time.Since(o.began), given{}
	lastGood, firstBad, bad := time.Duration(0), time.Duration(-1), 0
	for i, a := range o.answers {
		if a.end && i < len(o.answers)-1 {
			return fmt.Sprintf("the end was told after %s, and missed", a.at)
		}
		if a.good {
			lastGood, firstBad, bad = a.at, -1, 0
		} else if bad++; firstBad < 0 {
			firstBad = a.at
		}
		last = a
	}
	switch code := exitCode(err); {
	case job.ID != o.job.ID:
		return "it is another job"
	case last.end:
		want := map[pipeline.Status]int{pipeline.Completed: exitDone, pipeline.Cancelled: exitElsewhere, pipeline.Failed: exitJobFailed}[o.ended]
		if job.Status != o.ended || code != want || now < o.ends || !job.CompletedTime.Equal(o.truth(now).CompletedTime.Time) {
			return fmt.Sprintf("the end is wrong: exit code %d, want %d", code, want)
		}
	case code != exitGaveUp || job.Status.Ended():
		return fmt.Sprintf("exit code %d, and nobody has told an end", code)
	case strings.Contains(err.Error(), "no answer told how it stands"):
		// One more read may hang, and the last look is bounded.
		if bad == 0 || now-firstBad < f.Patience || now-lastGood < f.Patience {
			return fmt.Sprintf("given up after %s of bad answers", now-firstBad)
		}
		if now-firstBad > f.Patience+lastLookTest+o.slack {
			return fmt.Sprintf("given up late, after %s of bad answers", now-firstBad)
		}
		if bad < 2 && !last.asks && !o.hung {
			return "given up after one answer"
		}
	case f.WaitTimeout == 0 || now < f.WaitTimeout || now > f.WaitTimeout+lastLookTest:
		return fmt.Sprintf("given up after %s", now)
	}
	return ""
}

// tail is the script's last answers, for people.
func (o *outage) tail() string {
	var b strings.Builder
	fmt.Fprintf(&b, "ends after %s as %s\n", o.ends, o.ended)
	for _, a := range o.answers[max(0, len(o.answers)-15):] {
		fmt.Fprintf(&b, "  %s %s good=%v end=%v\n", a.at, a.what, a.good, a.end)
	}
	return b.String()
}
