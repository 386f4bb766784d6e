package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/client"
	"sluice/client/sites"
	"sluice/pipeline"
)

// spoken is an outage that speaks HTTP, through the real client and the standard
// library's server, with the faults of a network in place of errors.
type spoken struct {
	*outage
	mu   sync.Mutex
	over bool // the following has ended
}

func (s *spoken) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	since := time.Since(s.began)
	s.mu.Lock()
	what := s.situation(since)
	if what == "mixed" {
		what = situations[s.random.IntN(len(situations)-1)]
	}
	job, err := s.answer(what, since)
	later := strings.HasSuffix(what, "later") && err != nil
	s.mu.Unlock()
	if what == "hangs" || what == "timeout" || what == "mixed" {
		s.hang(what, r)
		panic(http.ErrAbortHandler)
	}
	s.note(given{since, isGood(what), isGood(what) && job.Status.Ended(), later, what})
	if err == nil {
		body, err := json.Marshal(job)
		if err != nil {
			panic(err)
		}
		sites.JSON(http.StatusOK, string(body))(w, r)
		return
	}
	s.fail(what, w, r)
}

// hang waits until the client does not wait any more.
func (s *spoken) hang(what string, r *http.Request) {
	s.mu.Lock()
	s.hung = true
	s.mu.Unlock()
	<-r.Context().Done()
	s.note(given{at: time.Since(s.began), what: what})
}

func (s *spoken) note(g given) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over {
		s.answers, s.hung = append(s.answers, g), false
	}
}

// fail answers without a job.
func (s *spoken) fail(what string, w http.ResponseWriter, r *http.Request) {
	code, err := strconv.Atoi(strings.Fields(what)[0])
	switch {
	case err == nil:
		if strings.HasSuffix(what, "later") {
			s.mu.Lock()
			w.Header().Set("Retry-After", strconv.Itoa(1+s.random.IntN(900)))
			s.mu.Unlock()
		}
		sites.Page(code, "<html><body>Maintenance</body></html>")(w, r)
	case what == "login":
		sites.Page(http.StatusOK, `<html><form action="/dologin.action"><input type="password"></form></html>`)(w, r)
	case what == "malformed":
		sites.JSON(http.StatusOK, `{"jobId":`)(w, r)
	case what == "odd":
		w.Header().Set("Content-Length", "4000")
		fmt.Fprint(w, `{"jobId":7,`)
		panic(http.ErrAbortHandler)
	default: // refused, reset, dns: the connection breaks
		panic(http.ErrAbortHandler)
	}
}

// TestOutagesOverHTTP is TestOutages with the real client over HTTP: what it reads,
// repeats and takes for a failure is part of what the end must survive.
func TestOutagesOverHTTP(t *testing.T) {
	ended := map[int]int{}
	scripts := max(1, *outageScripts/20)
	for n := range uint64(scripts) {
		seed := *outageSeed<<32 + 1<<31 + n
		synctest.Test(t, func(t *testing.T) {
			s := &spoken{outage: newOutage(seed)}
			s.slack = 2 * time.Minute // a read takes that long at most, with what it repeats
			server, err := client.New(client.Options{BaseURL: "http://pipeline.test", Dial: sites.InMemory(t, s)})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(server.CloseIdleConnections)
			f := waitFlags{Wait: true, Patience: 15 * time.Minute}
			if s.ends > 100*time.Hour {
				f.WaitTimeout = 5 * time.Hour
			}
			c := &call{ctx: t.Context(), program: &Program{Err: io.Discard}, logger: slog.New(slog.DiscardHandler)}
			job, err := follow(c, server, s.job, time.Time{}, f)
			s.mu.Lock()
			defer s.mu.Unlock()
			s.over = true
			ended[exitCode(err)]++
			if wrong := s.judge(job, err, f); wrong != "" {
				t.Errorf("-outage-seed %d, script %d: %s\njob %+v, %v\n%s", *outageSeed, n, wrong, job, err, s.tail())
			}
		})
		if t.Failed() {
			return
		}
	}
	t.Logf("%d outages over HTTP, by exit code: %v", scripts, ended)
	if scripts >= 50 && (ended[exitDone] < 5 || ended[exitGaveUp] < 1) {
		t.Errorf("too few of a kind: %v", ended)
	}
}

// TestStartFollowsItsJob starts over HTTP at the moment when another node still tells of
// the job before, and of none: the job that was started is waited for.
func TestStartFollowsItsJob(t *testing.T) {
	alone(t)
	begun := time.Now().UTC().Truncate(time.Millisecond)
	job := func(id int64, status pipeline.Status, start time.Time) string {
		b, err := json.Marshal(pipeline.Job{ID: id, Status: status, StartTime: pipeline.At(start), NodeID: "node1"})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	handler := sites.Script(sites.JSON(http.StatusAccepted, job(8, pipeline.Started, begun)),
		sites.JSON(http.StatusOK, job(7, pipeline.Failed, begun.Add(-time.Hour))),
		sites.JSON(http.StatusOK, job(8, pipeline.Completed, begun)))
	code, out, errs := serveScript(t, handler, "start", "--wait", "--json")
	if code != exitDone || jobOf(t, out).ID != 8 || jobOf(t, out).Status != pipeline.Completed || !strings.Contains(errs, "the answer does not fit, asking again") {
		t.Errorf("exit code %d, %s, %s", code, out, errs)
	}
}

// TestCancelWaitsForItsJob cancels a job while another node still tells of the one
// before: what is printed is the job that was cancelled.
func TestCancelWaitsForItsJob(t *testing.T) {
	alone(t)
	begun := time.Now().UTC().Truncate(time.Millisecond)
	job := func(id int64, status pipeline.Status, start time.Time) http.HandlerFunc {
		b, err := json.Marshal(pipeline.Job{ID: id, Status: status, StartTime: pipeline.At(start), NodeID: "node1"})
		if err != nil {
			t.Fatal(err)
		}
		return sites.JSON(http.StatusOK, string(b))
	}
	accepted, err := json.Marshal(pipeline.CancellationAccepted)
	if err != nil {
		t.Fatal(err)
	}
	handler := sites.Script(job(8, pipeline.Started, begun), sites.JSON(http.StatusOK, string(accepted)),
		job(7, pipeline.Completed, begun.Add(-time.Hour)), job(8, pipeline.Cancelled, begun))
	code, out, errs := serveScript(t, handler, "cancel", "--wait", "--json")
	if got := jobOf(t, out); code != exitDone || got.ID != 8 || got.Status != pipeline.Cancelled || !strings.Contains(errs, "the answer does not fit") {
		t.Errorf("exit code %d, %s, %s", code, out, errs)
	}
}
