package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/pprof"
	"strings"
	"sync/atomic"
	"time"

	"sluice/client"
	"sluice/client/watch"
	"sluice/pipeline"
	"sluice/secret"
)

// exchanges numbers those within this process.
var exchanges atomic.Int64

// client lets a client of this process ask. Whatever happens, it leaves no
// goroutine behind.
func (x *exchange) client(ctx context.Context, url string) (o outcome) {
	label := fmt.Sprintf("exchange-%d", exchanges.Add(1))
	pprof.Do(ctx, pprof.Labels("fault", label), func(ctx context.Context) {
		c, err := client.New(client.Options{BaseURL: url, Token: secret.Of(networkToken), Timeout: 300 * time.Millisecond, StartTimeout: 400 * time.Millisecond})
		if err != nil {
			o = loss("%v", err)
			return
		}
		r, err := x.ask(ctx, c)
		c.CloseIdleConnections()
		if r.failed = err != nil; r.failed {
			r.words = err.Error()
		}
		o = x.judge(r)
	})
	if left := leftBehind(ctx, label); left != "" && !o.verdict.bad() {
		return loss("goroutines are left behind: %s", left)
	}
	return o
}

// ask does what the command line does, without a pause of a second between reads.
func (x *exchange) ask(ctx context.Context, c *client.Client) (r answered, err error) {
	var (
		running *pipeline.RunningError
		invalid *pipeline.ValidationError
	)
	switch x.args[0] {
	case "start":
		r.job, err = c.Start(ctx, pipeline.Request{})
	case "status":
		r.job, err = c.Status(ctx)
	case "cancel":
		if _, err = c.Cancel(ctx); err == nil && len(x.args) > 1 {
			r.job, err = c.Status(ctx)
		}
	}
	switch {
	case errors.As(err, &running):
		r.job = running.Job
	case errors.As(err, &invalid):
		r.job = invalid.Job
	case err == nil && len(x.args) > 1 && r.job.Running():
		r.job, err = toItsEnd(ctx, c, r.job)
	}
	if err == nil && len(x.args) > 1 && x.args[0] != "cancel" && r.job.Status.Ended() && r.job.Status != pipeline.Completed {
		err = fmt.Errorf("the job ended as %s", r.job.Status)
	}
	return r, err
}

// toItsEnd watches a job.
func toItsEnd(ctx context.Context, c *client.Client, job pipeline.Job) (pipeline.Job, error) {
	const quick = 20 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, longest/2)
	defer cancel()
	w := watch.New(c, watch.Options{Fast: quick, Slow: quick, Idle: quick, Backoff: 2 * quick, Denied: 2 * quick, Timeout: time.Second})
	w.Observe(job)
	states, stop := w.Subscribe()
	ended := make(chan struct{})
	running, end := context.WithCancel(ctx)
	go func() {
		defer close(ended)
		_ = w.Run(running) // always ends with the error of its context
	}()
	defer func() { stop(); end(); <-ended }()
	for {
		select {
		case s, open := <-states:
			if open && s.Known() && s.Job.ID == job.ID && s.Job.Status.Ended() {
				return s.Job, nil
			}
		case <-ctx.Done():
			return job, fmt.Errorf("the end of job %d is missed: %w", job.ID, ctx.Err())
		}
	}
}

// leftBehind are the goroutines that carry a label and do not end.
func leftBehind(ctx context.Context, label string) string {
	var text string
	for range 100 {
		var b bytes.Buffer
		if err := pprof.Lookup("goroutine").WriteTo(&b, 1); err != nil {
			return err.Error()
		}
		text = ""
		for entry := range strings.SplitSeq(b.String(), "\n\n") {
			if strings.Contains(entry, `"`+label+`"`) {
				text += entry
			}
		}
		if text == "" {
			return ""
		}
		pause(ctx, 20*time.Millisecond)
	}
	return text
}
