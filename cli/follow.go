package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sluice/client"
	"sluice/client/watch"
	"sluice/pipeline"
)

const (
	// followPatience is how long a server may be unreachable while a job is
	// followed: the restart of a large instance takes minutes.
	followPatience = 15 * time.Minute
	// followInterval is how often the line about a job is drawn.
	followInterval = time.Second
)

// follow watches a job to its end, through failures that may pass, and tells
// about it on the standard error. It returns the job as it was seen last.
//
// A job that failed its pre-validation is a *pipeline.ValidationError, another
// that did not complete a silent error, and one whose end went unseen an error.
func follow(c *call, server pipeline.Exporter, job pipeline.Job) (pipeline.Job, error) {
	if !job.Running() {
		return job, verdict(job)
	}
	ctx, cancel := context.WithCancel(c.ctx)
	w := watch.New(server, watch.Options{})
	w.Observe(job)
	states, stop := w.Subscribe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = w.Run(ctx) // always ends with the error of ctx
	}()
	defer func() { stop(); cancel(); <-done }()

	f := follower{call: c, job: job, line: newLiveLine(c.program.Err)}
	defer f.line.wipe()
	ticker := time.NewTicker(followInterval)
	defer ticker.Stop()
	for f.job.Running() {
		f.line.draw(followText(f.state, f.job, c.program.Now.now()))
		select {
		case <-c.ctx.Done():
			return f.job, fmt.Errorf("%w: job %d goes on on the server; \"sluice cancel\" ends it there", errSignal, f.job.ID)
		case <-ticker.C:
		case s := <-states:
			if err := f.learn(s); err != nil {
				return f.job, fmt.Errorf("follow job %d: %w", f.job.ID, err)
			}
		}
	}
	return f.job, verdict(f.job)
}

// follower is what follow knows of its job.
type follower struct {
	call  *call
	job   pipeline.Job
	state watch.State // as it was told last
	line  *liveLine
}

// learn takes in a state. It is an error that ends the following.
func (f *follower) learn(s watch.State) error {
	before := f.state
	f.state = s
	switch {
	case s.Err != nil:
		return f.lost(before, s)
	case !s.Known():
		return nil
	case s.Job.ID != f.job.ID:
		return f.replaced(s.Job)
	}
	if before.Err != nil {
		f.line.wipe()
		f.call.logger.Warn("the server can be reached again", "job", s.Job.ID, "status", s.Job.Status)
	}
	if s.Stuck && !before.Stuck {
		f.line.wipe()
		f.call.logger.Warn("possibly stuck: " + s.StuckReason)
	}
	f.job = s.Job
	return nil
}

// lost bears a failed read, unless it cannot pass or has lasted too long.
func (f *follower) lost(before, s watch.State) error {
	if !mayPass(s.Err) || time.Since(s.UnreachableSince) > followPatience {
		return s.Err
	}
	if before.Err == nil {
		f.line.wipe()
		f.call.logger.Warn("the status cannot be read, trying again", "job", f.job.ID, "error", s.Err)
	}
	return nil
}

// replaced says that the job is over without anybody having seen how.
func (f *follower) replaced(by pipeline.Job) error {
	if !by.Exists() {
		return errors.New("the server does not know of it any more: look into the files of the export")
	}
	return fmt.Errorf("it is over, but how it ended is not known: the server tells of job %d by now", by.ID)
}

// mayPass reports whether trying again can help. A server that restarts may
// answer with 404 or half an answer for a while.
func mayPass(err error) bool {
	var e *client.Error
	if !errors.As(err, &e) || errors.Is(err, context.Canceled) {
		return false
	}
	return e.Temporary() || e.Kind == client.KindNotFound || e.Kind == client.KindMalformed
}

// verdict is the error of a job that has ended otherwise than completed.
func verdict(job pipeline.Job) error {
	switch {
	case job.Status == pipeline.Completed:
		return nil
	case !job.Status.Known():
		return fmt.Errorf("job %d has the status %q, of which is not known whether it is an end: see the server's own console", job.ID, string(job.Status))
	}
	if _, ok := job.Diagnostic(pipeline.KeyPreValidation); ok && job.Status == pipeline.Failed && !job.Config.ForcedExport {
		return &pipeline.ValidationError{Job: job}
	}
	if job.Status == pipeline.Failed {
		return jobFailedError{job.ID}
	}
	return endedError(job)
}

// endedError is the error of a job that has ended, and is not COMPLETED.
func endedError(job pipeline.Job) error {
	if job.Status == pipeline.Cancelled {
		return elsewhereError{job.ID}
	}
	return silentError{fmt.Errorf("job %d ended as %s", job.ID, job.Status)}
}

// followText tells in one line how a job on a server stands. The API tells no
// more of a running job than how long it runs.
func followText(s watch.State, job pipeline.Job, now time.Time) string {
	text := fmt.Sprintf("job %d  %s", job.ID, job.Status)
	if s.Unreachable() {
		return fmt.Sprintf("%s, as of %s ago  the server cannot be reached, trying again", text, duration(s.Age(now)))
	}
	if job.StartTime.IsZero() {
		return text
	}
	return fmt.Sprintf("%s  %s", text, duration(job.Duration(now)))
}
