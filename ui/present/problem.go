package present

import (
	"errors"
	"fmt"
	"strings"

	"sluice/pipeline"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// conflict is the answer to the last request that another export runs; false if it
// was another answer.
func conflict(in Inputs) (*pipeline.RunningError, bool) {
	var running *pipeline.RunningError
	return running, errors.As(in.Problem, &running) && running.Owner == nil
}

// problemNotice is about the last request that failed. What the job in sight says
// itself is not repeated here.
func problemNotice(in Inputs) (Notice, bool) {
	t := texts.T.Advice
	var running *pipeline.RunningError
	var invalid *pipeline.ValidationError
	job := in.State.Job
	switch {
	case in.Problem == nil:
		return Notice{}, false
	case in.Blamed.Exists() && in.Blamed.Same(job) && len(job.Errors) > 0:
		return Notice{}, false
	case errors.As(in.Problem, &running) && running.Owner != nil:
		return Notice{Tone: tone.Caution, Icon: "warning", Title: t.RunningTitle, Text: Sentence(in.Problem) + " " + t.OwnerUnknown,
			Actions: []ActionButton{{ActRelease, fmt.Sprintf(t.Release, running.Job.ID), true}}}, true
	case errors.As(in.Problem, &running):
		return conflictNotice(in, running.Job), true
	case errors.As(in.Problem, &invalid) && job.Exists() && invalid.Job.Same(job):
		return Notice{}, false
	case errors.As(in.Problem, &invalid):
		return invalidNotice(in, invalid.Job), true
	case errors.Is(in.Problem, pipeline.ErrNotAuthorised):
		text := Sentence(in.Problem)
		if !advises(in.Problem) {
			text += " " + t.NotAuthorised
		}
		return Notice{Tone: tone.Bad, Icon: "failed", Title: t.NotAuthorisedTitle, Text: text,
			Actions: []ActionButton{{ActToken, texts.T.Board.EnterToken, false}}}, true
	case errors.Is(in.Problem, pipeline.ErrNotRunning):
		return Notice{}, false // nothing to cancel is what was wanted
	}
	return Notice{Tone: tone.Bad, Icon: "failed", Title: t.ActionFailed, Text: Sentence(in.Problem),
		Actions: []ActionButton{{ActCopy, t.CopyDetails, false}}}, true
}

// conflictNotice says which export runs, and offers to end it where the buttons
// below do not name it.
func conflictNotice(in Inputs, job pipeline.Job) Notice {
	t := texts.T.Advice
	n := Notice{Tone: tone.Caution, Icon: "info", Title: t.RunningTitle, Text: t.RunningUnnamed}
	if job.Exists() {
		n.Text = fmt.Sprintf(t.Running, job.ID, runsWhere(in, job))
	}
	if !controlsOf(in).Cancel {
		return n
	}
	n.Actions = []ActionButton{{ActCancel, texts.T.New.Cancel, true}}
	if job.Exists() {
		n.Actions[0].Text = fmt.Sprintf(t.CancelJob, job.ID)
	}
	return n
}

// invalidNotice is about a failed pre-validation that no job in sight tells of: the
// answer named none.
func invalidNotice(in Inputs, job pipeline.Job) Notice {
	if _, named := job.Diagnostic(pipeline.KeyPreValidation); !named {
		job.Errors = append([]pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}, job.Errors...)
	}
	return failures(in, job)[0]
}

// advises reports whether an error itself says what to do, as each refusal of a server
// does in its own way.
func advises(err error) bool {
	var own interface{ Advice() string }
	return errors.As(err, &own) && own.Advice() != ""
}

func runsWhere(in Inputs, job pipeline.Job) string {
	t := texts.T.Advice
	where := job.NodeID
	if in.Kind.Local() {
		where = texts.T.Status.ThisComputer
	}
	if where != "" {
		where = fmt.Sprintf(t.RunsOn, where)
	}
	if !job.StartTime.IsZero() {
		where = strings.TrimSpace(where + " " + fmt.Sprintf(t.RunsSince, Clock(job.StartTime.Time, in.Now)))
	}
	return where
}
