package present

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/visible"
)

// SignOfStanding is the sign of how a source stands: that of its job, where a job says it
// all. Signs of different standings differ in their shape, too, and not in colour alone.
func SignOfStanding(s pipeline.Standing, in Inputs) Sign {
	t := texts.T.Board
	switch s {
	case pipeline.Refused, pipeline.Unreached:
		return signOfLoss(in.State)
	case pipeline.Closed:
		return Sign{t.Closed, "failed", tone.Bad}
	case pipeline.MayBeStuck:
		return Sign{t.MayBeStuck, "warning", tone.Caution}
	case pipeline.Overdue:
		return Sign{t.Overdue, "late", tone.Caution}
	case pipeline.Asking:
		return Sign{t.NotAsked, "unknown", tone.Neutral}
	}
	return SignOfJob(in.State.Job)
}

// RailLine is the state of a source for the rail: a sign whose word is a few of them.
func RailLine(in Inputs) Sign {
	job := in.State.Job
	standing := pipeline.StandingOf(in.State, in.Usual, in.Now)
	sign := SignOfStanding(standing, in)
	detail := ""
	switch {
	case standing == pipeline.Asking:
		sign.Word = texts.T.Status.Connecting
	case !in.State.Known():
	case in.State.Unreachable():
		detail = Coarse(in.Now.Sub(in.State.At))
	case job.Running():
		detail = Coarse(job.Duration(in.Now))
		if part := share(in.Progress.Done, in.Progress.Total); part >= 0 && in.Kind.Local() {
			detail = fmt.Sprintf(texts.T.Status.Percent, int(100*part))
		}
	case !job.CompletedTime.IsZero():
		detail = agoShort(in.Now.Sub(job.CompletedTime.Time))
	}
	sign.Word = Joined(sign.Word, detail)
	return sign
}

// Member is a source among all of them.
type Member struct {
	ID, Icon, Name, Place string // Place: its address or path
	Tags                  []string
	In                    Inputs
	Open                  bool    // its status is followed
	Failure               error   // why it cannot be opened
	Taking                *Taking // its snapshot is being taken
	Success               time.Time
}

// Standing is how the source stands among the others.
func (m Member) Standing() pipeline.Standing {
	switch {
	case m.Taking != nil && m.Taking.Running():
		return pipeline.Running
	case m.Taking != nil && m.Taking.Err != nil, m.Failure != nil && !errors.Is(m.Failure, source.ErrNoSecret):
		return pipeline.Closed
	case m.Failure != nil:
		return pipeline.Refused
	case !m.Open:
		return pipeline.Asking
	}
	return pipeline.StandingOf(m.In.State, m.In.Usual, m.In.Now)
}

// Sign is the state of the source in its line of the rail.
func (m Member) Sign() Sign {
	switch {
	case m.Taking != nil:
		return TakingLine(*m.Taking)
	case errors.Is(m.Failure, source.ErrNoSecret):
		return Sign{texts.T.Server.NeedsSecret, "key", tone.Caution}
	case m.Failure != nil:
		return Sign{texts.T.Rail.OpenFailed, "failed", tone.Bad}
	case !m.Open:
		return Sign{texts.T.Rail.Connecting, "unknown", tone.Neutral}
	}
	return RailLine(m.In)
}

// Tip is everything about the source for which the rail has no room.
func (m Member) Tip() string {
	tags := ""
	if len(m.Tags) > 0 {
		tags = fmt.Sprintf(texts.T.Board.Tags, joinedBy(", ", m.Tags...))
	}
	text := m.Name
	for _, line := range []string{m.Place, m.Sign().Word, without(m.detail(), SignOfStanding(m.Standing(), m.In).Word), tags} {
		if line != "" {
			text += "\n" + texts.Cut(line, longestTip)
		}
	}
	return text
}

// longestTip is how many characters a line of a tip has.
const longestTip = 160

// SignIn reports whether a token is what the source lacks.
func (m Member) SignIn() bool {
	return m.In.Kind == source.KindServer && m.Standing() == pipeline.Refused
}

// detail says more of the state, in a line: what runs and until when, why nothing is known,
// what the last job has done.
func (m Member) detail() string {
	t := texts.T.Board
	in, job := m.In, m.In.State.Job
	switch {
	case m.Taking != nil && m.Taking.Err != nil:
		return Sentence(m.Taking.Err)
	case m.Taking != nil, !m.Open && m.Failure == nil:
		return ""
	case m.Failure != nil:
		return Sentence(m.Failure)
	case in.State.Unreachable() && in.State.Known():
		return Joined(fmt.Sprintf(texts.T.Status.LastKnown, Ago(in.Now.Sub(in.State.At)), SignOfJob(job).Word), inShort(in.State.Err))
	case in.State.Unreachable():
		return inShort(in.State.Err)
	case job.Running() && in.State.StuckReason != "":
		return texts.Elsewhere(in.State.StuckReason) // it tells how long the job has run
	case job.Running():
		return runs(in)
	case len(job.Errors) > 0 && job.Status != pipeline.Completed:
		return Joined(fmt.Sprintf(texts.T.Status.Job, job.ID), visible.Line(inLanguage(job.Errors[0])))
	case !job.Exists():
		return ""
	}
	rows, took := "", ""
	if s := job.Statistics; s != nil && s.WrittenRows >= 0 {
		rows = t.Written.Of(s.WrittenRows)
	}
	if s := span(job, in.Now); s != "" {
		took = fmt.Sprintf(t.Took, s)
	}
	return Joined(fmt.Sprintf(texts.T.Status.Job, job.ID), took, rows)
}

// inShort is what went wrong, without what was tried and what to do about it: a line has
// no room for these.
func inShort(err error) string {
	var own interface{ Summary() string }
	if errors.As(err, &own) {
		return texts.Elsewhere(own.Summary())
	}
	return Sentence(err)
}

// runs is how long a job has run and how long it will. It counts no seconds: many sources
// are shown at once, and each change draws the window.
func runs(in Inputs) string {
	job := in.State.Job
	so, left := "", ""
	if d := job.Duration(in.Now); d >= time.Minute {
		so = fmt.Sprintf(texts.T.Board.SoFar, Span(d.Truncate(time.Minute)))
	}
	if in.Usual.Jobs > 0 {
		left = fmt.Sprintf(texts.T.Board.Usually, usual(in.Usual, in.Now))
	} else if in.Rates != nil && in.Kind.Local() {
		if d, ok := in.Rates.Left(); ok && d >= time.Minute {
			left = fmt.Sprintf(texts.T.Status.Left, Estimated(d))
		}
	}
	return cmp.Or(Joined(so, left), fmt.Sprintf(texts.T.Status.Job, job.ID))
}
