package client

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sluice/client/watch"
	"sluice/pipeline"
	"sluice/secret"
)

// storm is a server with one job after the other, half of whose answers are
// faults.
type storm struct {
	mu       sync.Mutex
	random   *rand.Rand
	job      pipeline.Job
	ends     time.Time
	requests int
}

// faultsOfStorm are all that a read may meet; the weights are equal.
var faultsOfStorm = []http.HandlerFunc{
	resetBefore, resetMidBody, truncatedChunk, notHTTP, oversized, bomb, badGzip, trickle,
	reply(200, ""), reply(200, runningBody[:60]), reply(200, `{"jobId":`), reply(200, "null"),
	reply(200, loginPage), reply(401, loginPage), reply(403, ""), reply(404, loginPage), reply(418, ""),
	reply(500, ""), reply(502, loginPage), reply(503, ""), replyAfter(503, "30"), replyAfter(429, "200"),
	redirectTo(302, "https://sso.example/login"), redirectTo(302, "/confluence/again"),
	delayed(time.Hour, reply(200, "{}")),
}

func (s *storm) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests++
	if s.job.Running() && !time.Now().Before(s.ends) {
		s.job.Status, s.job.CompletedTime = pipeline.Completed, pipeline.At(s.ends)
		if s.random.IntN(3) == 0 {
			s.job.Status, s.job.CancelledTime = pipeline.Cancelled, pipeline.At(s.ends)
		}
	}
	body, err := json.Marshal(s.job)
	fault := s.random.IntN(2) == 0
	choice := faultsOfStorm[s.random.IntN(len(faultsOfStorm))]
	delay := time.Duration(s.random.ExpFloat64() * float64(2*time.Second))
	s.mu.Unlock()
	switch {
	case err != nil:
		panic(err)
	case fault:
		choice(w, r)
	default:
		delayed(delay, reply(200, string(body)))(w, r)
	}
}

// begin starts the next job, which runs from seconds to hours.
func (s *storm) begin() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.job = pipeline.Job{ID: s.job.ID + 1, NodeID: "node1", Status: pipeline.Started, StartTime: pipeline.At(now)}
	s.ends = now.Add(time.Duration(s.random.ExpFloat64() * float64(20*time.Minute))).Truncate(time.Millisecond)
	return s.job.ID
}

func (s *storm) truth() (pipeline.Job, time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.job, s.ends
}

// counted counts the polls of a client, which may take several requests.
type counted struct {
	*Client
	polls atomic.Int64
}

func (c *counted) Status(ctx context.Context) (pipeline.Job, error) {
	c.polls.Add(1)
	return c.Client.Status(ctx)
}

// TestWatchThroughAStorm follows jobs through more than 1,000 polls of a server
// that fails half of the time. The end of no job is missed or late by more than
// the longest pause, no job ever goes back, and nothing hangs or is left
// behind: the bubble would not end.
func TestWatchThroughAStorm(t *testing.T) {
	const polls = 1000
	for seed := range uint64(2) {
		synctest.Test(t, func(t *testing.T) {
			s := &storm{random: rand.New(rand.NewPCG(seed, 7))}
			c := pipeServer(t, s, Options{Token: secret.Of(testToken), MaxBody: 16 << 10})
			e := &counted{Client: c}
			w := watch.New(e, watch.Options{Random: rand.New(rand.NewPCG(seed, 8)).Float64})
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- w.Run(ctx) }()
			states, stop := w.Subscribe()

			jobs, worst := 0, time.Duration(0)
			for n := 0; n < polls; jobs++ {
				id := s.begin()
				w.Poke()
				late := followToEnd(t, s, states, id)
				worst = max(worst, late)
				n = int(e.polls.Load())
			}
			stop()
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			t.Logf("seed %d: %d polls, %d requests, %d jobs, an end was seen after %s at the latest", seed, e.polls.Load(), s.requests, jobs, worst)
			// Pauses of 5 minutes after refusals may follow each other.
			if jobs < 5 || worst > time.Hour {
				t.Errorf("only %d jobs, or late by %s", jobs, worst)
			}
		})
	}
}

// followToEnd reads states until the job has ended, and returns how late that
// was seen.
func followToEnd(t *testing.T, s *storm, states <-chan pipeline.State, id int64) time.Duration {
	t.Helper()
	// A refusal pauses for 5 minutes, and several may follow each other.
	patience := time.NewTimer(24 * time.Hour)
	defer patience.Stop()
	for {
		select {
		case st := <-states:
			if st.Job.ID != id {
				continue // the job before, until the first good read
			}
			if st.Job.Status.Ended() {
				truth, ends := s.truth()
				if st.Job.Status != truth.Status || !st.Job.CompletedTime.Equal(truth.CompletedTime.Time) {
					t.Errorf("job %d is seen as %s, and is %s", id, st.Job.Status, truth.Status)
				}
				return time.Since(ends)
			}
			if st.Job.Status != pipeline.Started {
				t.Errorf("job %d is seen as %q", id, string(st.Job.Status))
			}
		case <-patience.C:
			t.Fatalf("the end of job %d is missed", id)
		}
	}
}

// TestNoGoroutineLeaks checks that a client that has met every fault leaves no
// goroutine behind once it is closed: the bubble of each test would not end.
func TestNoGoroutineLeaks(t *testing.T) {
	for _, fault := range faultsOfStorm {
		synctest.Test(t, func(t *testing.T) {
			c := pipeServer(t, script(fault), Options{Retries: -1})
			if _, err := c.Status(t.Context()); err == nil {
				t.Error("a fault gives no error")
			}
		})
	}
}
