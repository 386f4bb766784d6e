package watch

import (
	"fmt"
	"strconv"
	"time"

	"sluice/pipeline"
	"sluice/wording"
)

// DoubtError is an answer that is not taken for how the job stands: one of a node
// that lags behind, of a server that is being restored, of another server behind the
// same name. What was known stays known.
type DoubtError struct {
	Known, Got pipeline.Job
	why        wording.Text
}

func (e *DoubtError) Error() string { return e.why.String() }

// In implements wording.Sayer.
func (e *DoubtError) In(say func(english string) string) string { return e.why.In(say) }

// Summary says in one sentence what the answer was.
func (e *DoubtError) Summary() string {
	return wording.Of("The answer does not fit: %s.", e.why).String()
}

// Advice says what to do about it.
func (e *DoubtError) Advice() string {
	return "A node may lag behind, or the server may be restarting"
}

// doubt compares an answer with the job that is known, and says why it cannot be what
// became of that; nil if it can, and for a later job. Where only the one job is
// followed, another, and a status that says neither that it runs nor that it has
// ended, cannot be what became of it either.
func doubt(known, got pipeline.Job, only bool) *DoubtError {
	no := func(format string, args ...any) *DoubtError {
		return &DoubtError{Known: known, Got: got, why: wording.Of(format, args...)}
	}
	switch {
	case !known.Exists():
		return nil
	case !got.Exists():
		return no("the server tells of no job, and job %d is known", known.ID)
	case !sameJob(known, got) && older(got, known):
		return no("the server tells of %s, which is older than job %d", named(got), known.ID)
	case !sameJob(known, got):
		if only {
			return no("the server tells of %s, which has begun after job %d", named(got), known.ID)
		}
		return nil
	case order(got.Status) < order(known.Status):
		return no("the server tells of job %d as %s again, which was %s already", got.ID, word(got.Status), word(known.Status))
	case only && !got.Status.Known():
		return no("the server tells of job %d as %s, of which is not known whether it is an end", got.ID, word(got.Status))
	}
	return nil
}

// startTolerance is by how much two answers may differ about the start of a job: one
// of them may be without fractions of a second.
const startTolerance = time.Second

// sameJob reports whether two answers are about one job. The id alone does not tell:
// a server that was set up anew gives its ids anew.
func sameJob(a, b pipeline.Job) bool {
	if a.ID != b.ID || a.StartTime.IsZero() || b.StartTime.IsZero() {
		return a.ID == b.ID
	}
	return a.StartTime.Sub(b.StartTime.Time).Abs() < startTolerance
}

// older reports whether a began before b; by the ids where the start of one is not
// known.
func older(a, b pipeline.Job) bool {
	if a.StartTime.IsZero() || b.StartTime.IsZero() {
		return a.ID < b.ID
	}
	return a.StartTime.Before(b.StartTime.Time)
}

// order is how far a job in the status is; it never goes back.
func order(s pipeline.Status) int {
	switch {
	case s.Ended():
		return 2
	case s == pipeline.CancellationRequested:
		return 1
	}
	return 0
}

func word(s pipeline.Status) string {
	if s.Known() {
		return s.String()
	}
	return strconv.Quote(string(s))
}

// named is the job with its start, by which jobs of one id are told apart.
func named(job pipeline.Job) string {
	if job.StartTime.IsZero() {
		return fmt.Sprintf("job %d", job.ID)
	}
	return fmt.Sprintf("job %d of %s", job.ID, pipeline.FormatTime(job.StartTime.Time))
}

// asFarAs is by how much the start of a job may differ from when it was asked for, as
// far as clocks and zones are to be trusted.
const asFarAs = 24 * time.Hour

// notAsked reports whether got, which has the id of the known job, cannot be that: the
// answer to the start told no time, and got began at quite another.
func notAsked(known, got pipeline.Job, asked time.Time) bool {
	return known.ID == got.ID && known.StartTime.IsZero() && !got.StartTime.IsZero() &&
		!asked.IsZero() && got.StartTime.Sub(asked).Abs() > asFarAs
}
