package pipeline

import (
	"context"
	"errors"
	"strings"
	"time"

	"sluice/wording"
)

// Request asks for an export.
type Request struct {
	// FromDate limits the export to entities created or updated after it.
	// The zero time means the exporter's default, the last 365 days.
	FromDate time.Time
	// Forced starts the export although the index is inconsistent; the result
	// may be incomplete and the job carries a warning.
	Forced bool
}

// Cancellation is the answer to a request to cancel.
type Cancellation struct {
	Status  string `json:"status"` // "OK" or "WARNING"
	Message string `json:"message"`
}

// The two answers that the vendor documents (spec/rest-api.md §8).
var (
	CancellationAccepted = Cancellation{Status: "OK",
		Message: "Cancellation request successfully received. Currently running export job will be stopped shortly."}
	CancellationDiscarded = Cancellation{Status: "WARNING",
		Message: "Cancellation request aborted. There is no export job running to cancel."}
)

// Exporter runs one export at a time.
type Exporter interface {
	// Start starts an export and returns its job, STARTED. Whoever cancels it
	// at that moment changes nothing about this answer: Status tells what has
	// become of the job since. The error is a *RunningError if another export
	// runs, and a *ValidationError if the index is inconsistent and the request
	// is not forced.
	Start(ctx context.Context, r Request) (Job, error)

	// Status returns the running job, else the most recent one, else the zero
	// Job if there never was one.
	Status(ctx context.Context) (Job, error)

	// Cancel asks the running job to stop, and returns before it has: Status
	// tells when it is CANCELLED. If no job runs the error is ErrNotRunning.
	Cancel(ctx context.Context) (Cancellation, error)
}

// ErrNotRunning answers a cancellation when nothing runs (HTTP 409 on DELETE).
var ErrNotRunning = wording.New("there is no export job running to cancel")

// ErrNotAuthorised is wrapped by the errors for a missing, wrong or expired
// token and for missing permission (HTTP 401 and 403).
var ErrNotAuthorised = wording.New("not authorised")

// RunningError answers a start when another export runs (HTTP 409 on POST).
type RunningError struct {
	Job Job // the job that runs
	// Owner is the process that is recorded as running it, where nobody can tell
	// whether that lives; nil where it is known to.
	Owner *Owner
}

// Owner is a process that has a job.
type Owner struct {
	Host string
	PID  int
	Seen time.Time // its last report
}

func (e *RunningError) Error() string { return e.In(wording.English) }

// In implements wording.Sayer.
func (e *RunningError) In(say func(english string) string) string {
	if o := e.Owner; o != nil {
		return wording.Of("export job %d is recorded as running in process %d on %s, which has reported nothing since %s: %s",
			e.Job.ID, o.PID, o.Host, FormatTime(o.Seen), e.Advice()).In(say)
	}
	s := wording.Of("an export is already running")
	if e.Job.Exists() { // a proxy may have lost the body of the answer
		s = wording.Of("export job %d is already running", e.Job.ID)
	}
	if e.Job.NodeID != "" {
		s = wording.Of("%s on %s", s, e.Job.NodeID)
	}
	if !e.Job.StartTime.IsZero() {
		s = wording.Of("%s since %s", s, FormatTime(e.Job.StartTime.Time))
	}
	return wording.Of("%s: %s", s, e.Advice()).In(say)
}

// Advice says what to do about it, as the end of Error does.
func (e *RunningError) Advice() string {
	if e.Owner != nil {
		return "if that process is gone for sure, unlock the home"
	}
	return "wait for its end or cancel it"
}

// Answered is the job that the answer to a Start or a Resume names, whatever the
// answer was: the one that was started, that runs already, or that failed before it
// began and has used up an id. It is the zero Job if none is named. It may be all that
// there is to know: the status of a server can lag behind its answers.
func Answered(job Job, err error) Job {
	var running *RunningError
	var invalid *ValidationError
	switch {
	case errors.As(err, &running):
		return running.Job
	case errors.As(err, &invalid):
		return invalid.Job
	}
	return job
}

// ValidationError answers a start when the index is inconsistent (HTTP 422), and for
// no other reason: it is what a forced start gets over. The attempt has used up a job
// id.
type ValidationError struct {
	Job Job // the failed job, with the diagnostic
}

func (e *ValidationError) Error() string { return e.In(wording.English) }

// In implements wording.Sayer.
func (e *ValidationError) In(say func(english string) string) string {
	message := PreValidationMessage
	if d, ok := e.Job.Diagnostic(KeyPreValidation); ok && d.Message != "" {
		message = d.Message
	}
	why := strings.TrimSuffix(message, ".")
	if !e.Job.Exists() {
		return wording.Of("the export failed: %s. %s", why, e.Advice()).In(say)
	}
	return wording.Of("export job %d failed: %s. %s", e.Job.ID, why, e.Advice()).In(say)
}

// Advice says what to do about it, as the end of Error does.
func (e *ValidationError) Advice() string {
	return "Repair the index and start again, or force the export (the result may be incomplete)"
}
