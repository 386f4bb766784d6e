package client

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"sluice/figures"
	"sluice/pipeline"
)

// started reads the answer to a start that was accepted. If it names no job, the
// status may: only one export runs at a time, so that is the one.
func (c *Client) started(ctx context.Context, k call, a answer) (pipeline.Job, error) {
	var job pipeline.Job
	err := c.decode(k, a, &job)
	switch {
	case err == nil && job.Exists() && job.Status == pipeline.Failed:
		return c.refusal(k, a) // it failed before it began, whatever the code says
	case err == nil && job.Exists():
		return job, nil
	case err == nil:
		err = c.nameless(k, a, job)
	}
	if running, statusErr := c.Status(ctx); statusErr == nil && running.Running() {
		return running, nil
	}
	return pipeline.Job{}, err
}

// refusal reads the answer to a start that was refused by what its body says: the
// vendor documents 409 for an export that runs and 422 for an inconsistent index
// (spec/rest-api.md §3), and servers send both for other reasons, too. An answer that
// says nothing of its own is taken for what its code is documented for, but for the
// index: a start is forced only if the server names that as the obstacle.
func (c *Client) refusal(k call, a answer) (pipeline.Job, error) {
	var job pipeline.Job
	if c.decode(k, a, &job) != nil || !job.Exists() {
		job.ID, job.Status = 0, "" // what else there is may still be words
	}
	words := c.words(refusalWords(job, a))
	_, index := job.Diagnostic(pipeline.KeyPreValidation)
	switch {
	case job.Running():
		return pipeline.Job{}, &pipeline.RunningError{Job: job}
	case index:
		return pipeline.Job{}, &pipeline.ValidationError{Job: job}
	case a.status == http.StatusConflict && words == "" && !job.Status.Ended():
		return pipeline.Job{}, &pipeline.RunningError{Job: job}
	}
	kind := KindFailed
	if a.status == http.StatusConflict {
		kind = KindConflict
	}
	e := c.answered(k, a, kind)
	e.Message = strings.TrimSuffix(words, ".")
	if e.Message == "" {
		e.Detail = "it does not say why"
	}
	return job, e
}

// refusalWords are what a refused start says about itself: the first error of its
// job, else the message of the answer; empty if it says nothing.
func refusalWords(job pipeline.Job, a answer) string {
	if len(job.Errors) == 0 {
		return serverMessage(a.body)
	}
	s := job.Errors[0].Message
	if s == "" {
		s = job.Errors[0].Key
	}
	if more := len(job.Errors) - 1; more > 0 {
		s = fmt.Sprintf("%s (and %d more)", strings.TrimSuffix(s, "."), figures.N(more))
	}
	return s
}
