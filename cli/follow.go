package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"sluice/client/watch"
	"sluice/figures"
	"sluice/localexport"
	"sluice/pipeline"
)

// followInterval is how often the line about a job is drawn.
const followInterval = time.Second

// waitFlags say how long a job on a server is followed.
type waitFlags struct {
	Wait        bool          `help:"Follow the job to its end, through failures and odd answers of the server; the exit code tells how it ended (sluice help exit-codes)."`
	WaitTimeout time.Duration `placeholder:"D" help:"With --wait: give up after this time, such as 6h. The job goes on. Default: no limit."`
	Patience    time.Duration `default:"15m" placeholder:"D" help:"With --wait: give up when no answer has told how the job stands for this time (${default})."`

	paceFlag `embed:""`
}

// paceFlag says how often servers are asked.
type paceFlag struct {
	Poll time.Duration `default:"30s" placeholder:"D" help:"Ask a server for its status so often, from 5s to 1h (${default}); more often after a start and at the beginning of a job."`
}

// check refuses a pace that nobody wants a server to bear, or to wait for.
func (f paceFlag) check() error {
	if err := watch.CheckPace(f.Poll); err != nil {
		return usageError{fmt.Errorf("--poll: %w", err)}
	}
	return nil
}

// check refuses times that cannot be meant.
func (f waitFlags) check() error {
	switch {
	case f.WaitTimeout < 0:
		return usageError{fmt.Errorf("--wait-timeout %s is negative", f.WaitTimeout)}
	case f.Patience <= 0:
		return usageError{fmt.Errorf("--patience %s: give a time above 0, such as 15m", f.Patience)}
	case f.WaitTimeout > 0 && !f.Wait:
		return usageError{errors.New("--wait-timeout bounds the waiting: give --wait, too")}
	}
	return f.paceFlag.check()
}

// follow watches a job to its end, through whatever may pass, and tells about it on the
// standard error. asked is when the job was started by this command, or zero. It
// returns the job as it was seen last.
//
// A job that failed its pre-validation is a *pipeline.ValidationError, another that
// failed a jobFailedError, a cancelled one an elsewhereError, and one whose end was not
// seen a gaveUpError.
func follow(c *call, server pipeline.Exporter, job pipeline.Job, asked time.Time, f waitFlags) (pipeline.Job, error) {
	t := teller{call: c, job: job, line: newLiveLine(c.program.Err)}
	o := watch.FollowOptions{Watch: watch.Options{Every: f.Poll, Patience: f.Patience}, Timeout: f.WaitTimeout, Asked: asked, Tell: t.tell}
	if t.line.live() {
		o.Repeat = followInterval
	}
	job, err := watch.Follow(c.ctx, server, job, o)
	t.line.wipe()
	var gaveUp *watch.GaveUpError
	switch {
	case c.ctx.Err() != nil && err != nil:
		return job, fmt.Errorf("%w: job %d goes on on the server; \"sluice cancel\" ends it there", errSignal, job.ID)
	case errors.As(err, &gaveUp):
		which := "--wait-timeout"
		if gaveUp.Bad {
			which = "--patience"
		}
		return job, hintedError{gaveUpError{err}, fmt.Sprintf("It may go on on the server: \"sluice status --wait\" follows it again, and %s says for how long", which)}
	case err != nil:
		return job, err
	}
	return job, verdict(job)
}

// teller tells people what Follow sees.
type teller struct {
	call  *call
	job   pipeline.Job
	usual *usual         // of the job; nil: nothing can be said
	asked bool           // usual was asked for
	over  bool           // it was said that it runs longer than usual
	state pipeline.State // as it was told last
	line  *liveLine
}

// tell draws the line of the job, and logs what is news: that answers are bad, that
// they are good again, that the job may be stuck.
func (t *teller) tell(s pipeline.State) {
	before := t.state
	t.state = s
	say := func(text string, more ...any) {
		t.line.wipe()
		t.call.logger.Warn(text, more...)
	}
	switch {
	case s.Err != nil && before.BadSince.IsZero():
		say("the status cannot be read, trying again", "job", t.job.ID, "error", s.Err)
	case s.Doubt != nil && before.BadSince.IsZero():
		say("the answer does not fit, asking again", "job", t.job.ID, "answer", s.Doubt)
	case s.Good() && !before.BadSince.IsZero():
		say("the server tells of the job again", "job", s.Job.ID, "status", s.Job.Status)
	}
	t.call.noted(s.Job, "")
	if s.Stuck && !before.Stuck {
		say("possibly stuck: " + s.StuckReason)
	}
	if !t.asked && s.Good() && !s.Job.StartTime.IsZero() { // the answer to a start may tell no time
		t.asked, t.usual = true, t.call.usual(s.Job)
	}
	now := t.call.program.Now.now()
	if over := t.usual.overdue(now); over && !t.over && s.Good() && s.Job.Running() {
		t.over = true
		say("the job runs longer than usual", "job", t.job.ID, "says", t.usual.words(now))
	}
	if t.line.live() {
		t.line.draw(followText(s, t.usual, now))
	}
}

// verdict is the error of a job on a server that has ended otherwise than completed.
func verdict(job pipeline.Job) error {
	if job.Status == pipeline.Completed {
		return nil
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
		interrupted, _ := job.Diagnostic(localexport.KeyInterrupted) // else nobody says why
		return elsewhereError{job.ID, strings.TrimSuffix(interrupted.Message, ".")}
	}
	return silentError{fmt.Errorf("job %d ended as %s", job.ID, job.Status)}
}

// followText tells in one line how a job on a server stands. The API tells no
// more of a running job than how long it runs; u is what earlier ones tell.
func followText(s pipeline.State, u *usual, now time.Time) string {
	job := s.Job
	text := fmt.Sprintf("job %d  %s", job.ID, job.Status)
	switch {
	case s.Unreachable():
		return fmt.Sprintf("%s, as of %s ago  the server cannot be reached, trying again", text, figures.Span(s.Age(now)))
	case s.Doubt != nil:
		return fmt.Sprintf("%s, as of %s ago  %v, asking again", text, figures.Span(s.Age(now)), s.Doubt)
	case job.StartTime.IsZero():
		return text
	}
	text = fmt.Sprintf("%s  %s", text, figures.Span(job.Duration(now)))
	if words := u.words(now); words != "" && job.Running() {
		text += "  " + words
	}
	return text
}
