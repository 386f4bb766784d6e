package main

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/secret"
	"sluice/server"
)

// networkToken is what the honest server wants.
const networkToken = "token-of-the-campaign-0123456789"

// operations are what is asked of a server.
var operations = [][]string{{"start"}, {"start", "--wait"}, {"status"}, {"status", "--wait"}, {"cancel"}, {"cancel", "--wait"}}

// beginNetwork prepares requests that meet faults: every fourth by a process of
// the program, the others by its client within this one.
func beginNetwork(_ context.Context, w *workshop, _ int) (attempt, error) {
	tokenFile := filepath.Join(w.dir, "token")
	if err := os.WriteFile(tokenFile, []byte(networkToken), 0o600); err != nil {
		return nil, err
	}
	return func(ctx context.Context, n int, r *rand.Rand) outcome {
		x := newExchange(r)
		x.args = operations[n/4%len(operations)]
		url, stop, err := x.line.serve()
		if err != nil {
			return loss("prepare: %v", err)
		}
		defer stop()
		var o outcome
		if n%4 == 0 {
			o = x.process(ctx, w, url, tokenFile)
		} else {
			o = x.client(ctx, url)
		}
		if x.line.met == 0 && !o.verdict.bad() {
			o.verdict = notMade
		}
		return o.at("%s: %s", strings.Join(x.args, " "), x.names())
	}, nil
}

// exchange is one command and the server that it is for.
type exchange struct {
	args    []string
	station *station
	line    *line
	before  pipeline.Job // of the server
}

func newExchange(r *rand.Rand) *exchange {
	s := &station{lasts: time.Duration(r.IntN(900)) * time.Millisecond, last: pipeline.Completed}
	switch r.IntN(6) {
	case 0:
		s.last = pipeline.Failed
	case 1:
		s.last = pipeline.Cancelled
	case 2:
		s.refuses = true
	}
	if r.IntN(3) > 0 { // a job runs, or has run, already
		s.mu.Lock()
		s.begin()
		s.mu.Unlock()
	}
	x := &exchange{station: s}
	x.before, _, _ = s.truth()
	x.line = &line{honest: server.Handler(s, server.Options{Token: secret.Of(networkToken)})}
	for range 1 + r.IntN(3) {
		x.line.faults = append(x.line.faults, randomFault(r))
	}
	return x
}

// names are the faults.
func (x *exchange) names() string {
	var names []string
	for _, f := range x.line.faults {
		names = append(names, f.name)
	}
	return strings.Join(names, "; ")
}

// process lets a process of the program ask.
func (x *exchange) process(ctx context.Context, w *workshop, url, tokenFile string) outcome {
	args := append(append([]string{x.args[0]}, "--url", url, "--token-file", tokenFile, "--timeout", "600ms", "--json"), x.args[1:]...)
	e, err := w.run(ctx, args...)
	if err != nil {
		return loss("%v", err)
	}
	if o, ok := e.panicked(); ok {
		return o
	}
	r := answered{failed: e.code != 0, words: e.errors, output: e.out}
	if x.args[0] != "cancel" || len(x.args) > 1 {
		if err := json.Unmarshal([]byte(e.out), &r.job); err != nil && e.code == 0 {
			return falsehood("exit 0 without a document: %q", e.out)
		}
	}
	return x.judge(r).at("%s", e.says())
}

// answered is what came of a command.
type answered struct {
	job    pipeline.Job
	failed bool
	words  string // about the failure
	output string
}

// judge compares what a command says with what the server has done.
func (x *exchange) judge(r answered) outcome {
	truth, starts, cancels := x.station.truth()
	wants := map[string][2]int{"start": {1, 0}, "status": {0, 0}, "cancel": {0, 1}}[x.args[0]]
	waits := len(x.args) > 1
	switch {
	case starts > wants[0] || cancels > wants[1]:
		return loss("the server got %d starts and %d cancellations", starts, cancels)
	case r.failed && strings.TrimSpace(r.words) == "" && !r.job.Exists():
		return loss("a failure without a word")
	case r.job.Exists() && r.job.ID != truth.ID:
		return falsehood("job %d is told of, and the server's is %d", r.job.ID, truth.ID)
	case r.job.Status.Ended() && r.job.Status != truth.Status:
		return falsehood("%s is told of, and the job is %s", r.job.Status, truth.Status)
	case r.failed && x.args[0] == "start" && starts == 1 && truth.ID > x.before.ID && !x.station.refuses && !r.job.Exists() && !strings.Contains(r.words, "status"):
		return loss("job %d was started, and nothing says that it may be: %q", truth.ID, r.words)
	case r.failed && x.args[0] == "cancel" && cancels == 1 && truth.Status == pipeline.CancellationRequested && !strings.Contains(r.words, "status"):
		return loss("the job was cancelled, and nothing says that it may be: %q", r.words)
	case r.failed:
		return fine("an error: %.150s", strings.TrimSpace(r.words))
	case x.args[0] == "start" && (starts != 1 || truth.ID == x.before.ID):
		return falsehood("a start is told of that the server does not know")
	case x.args[0] == "cancel" && cancels != 1:
		return falsehood("a cancellation is told of that the server does not know")
	case x.args[0] == "start" && waits && truth.Status != pipeline.Completed:
		return falsehood("success, and the job is %s", truth.Status)
	case x.args[0] == "cancel" && waits && !truth.Status.Ended():
		return falsehood("the job is told to have stopped, and is %s", truth.Status)
	case x.args[0] == "status" && waits && truth.Exists() && truth.Status != pipeline.Completed:
		return falsehood("success, and the job is %s", truth.Status)
	}
	return fine("as it is")
}
