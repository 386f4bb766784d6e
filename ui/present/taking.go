package present

import (
	"errors"
	"fmt"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Taking is a snapshot that is being taken, or that was not.
type Taking struct {
	Kind     string // what it is taken of, if known: "PostgreSQL dump (custom format)"
	Again    bool   // there is one already, which stays until the new one is complete
	Started  time.Time
	Ended    time.Time // zero while it runs
	Now      time.Time
	Progress source.Progress
	Rates    *Estimator // nil: nothing was told yet

	Cancelling bool  // it was asked to stop
	Cancelled  bool  // it has stopped
	Err        error // why it was not taken; nil while it runs
}

// Running reports whether it has not ended yet.
func (t Taking) Running() bool { return t.Ended.IsZero() }

// Denied reports whether another password is wanted.
func (t Taking) Denied() bool { return errors.Is(t.Err, pipeline.ErrNotAuthorised) }

// ran is how long it has run.
func (t Taking) ran() time.Duration {
	if t.Running() {
		return t.Now.Sub(t.Started)
	}
	return t.Ended.Sub(t.Started)
}

// sign is its state as word, icon and tone.
func (t Taking) sign() Sign {
	x := texts.T.Take
	switch {
	case t.Running() && t.Cancelling:
		return Sign{x.Cancelling, "cancelling", tone.Caution}
	case t.Running():
		return Sign{stages()[t.stage()], "started", tone.Active}
	case t.Cancelled:
		return Sign{x.Cancelled, "cancelled", tone.Neutral}
	}
	return Sign{x.Failed, "failed", tone.Bad}
}

// TakingOf builds the card of a snapshot that is being taken.
func TakingOf(t Taking) Status {
	s := Status{Sign: t.sign(), Controls: Controls{Cancel: t.Running() && !t.Cancelling}, Cancel: texts.T.Take.Cancel}
	when, span := fmt.Sprintf(texts.T.Status.StartedAt, Clock(t.Started, t.Now)), Span(t.ran())
	if t.Running() {
		span = RunningSpan(t.ran())
	}
	s.Caption = Joined(texts.Elsewhere(t.Kind), when, span)
	s.Steps = t.steps(s.Sign)
	if t.Running() {
		t.progress(&s)
	}
	if n, ok := t.notice(); ok {
		s.Notices = []Notice{n}
	}
	return s
}

// stages are the stations of the work.
func stages() []string {
	x := texts.T.Take
	return []string{x.Opening, x.Reading, x.Finishing, x.Done}
}

// stage is the station where it is.
func (t Taking) stage() int {
	switch {
	case t.Progress.Finishing:
		return 2
	case t.Progress.Rows > 0 || t.Progress.Table != "":
		return 1
	}
	return 0
}

// steps are the stations as a track.
func (t Taking) steps(now Sign) []Step {
	names, at := stages(), t.stage()
	steps := make([]Step, len(names))
	for i, name := range names {
		steps[i] = Step{Text: name, State: Ahead, Tone: now.Tone}
		switch {
		case i < at:
			steps[i].State = Past
		case i == at:
			steps[i].State = Present
		}
	}
	if !t.Running() { // it ended where it was
		steps = append(steps[:at+1], Step{Text: now.Word, State: Present, Tone: now.Tone})
		steps[at].State = Past
	}
	return steps
}

// progress adds bar, figures and chart.
func (t Taking) progress(s *Status) {
	x, p := texts.T.Take, t.Progress
	part, left := share(p.Read, p.Total), ""
	if t.Rates != nil && !p.Finishing && !t.Cancelling {
		if d, ok := t.Rates.Left(); ok {
			left = fmt.Sprintf(texts.T.Status.Left, Estimated(d+time.Second))
		}
		if t.Rates.Rows() > 0 {
			s.Chart = t.Rates.Chart()
			s.ChartSay = fmt.Sprintf(x.RateOf, Count(int64(t.Rates.Rows())), Size(int64(t.Rates.Bytes())))
		}
	}
	text := x.Opening
	switch {
	case p.Waiting:
		text = x.Waiting
	case p.Finishing:
		text = x.WritingKeys
	case part >= 0:
		text = Joined(fmt.Sprintf(texts.T.Status.Percent, int(100*part)), left)
	case p.Read > 0:
		text = Size(p.Read)
	}
	if p.Finishing { // what is left takes a while, too
		part = 1
	}
	s.Overall = &Progress{Share: part, Text: text}
	read := Size(p.Read)
	switch {
	case p.About && p.Total > 0:
		read = fmt.Sprintf(x.ReadOf, Size(p.Read), fmt.Sprintf(texts.T.Page.About, Size(p.Total)))
	case p.Total > 0:
		read = fmt.Sprintf(x.ReadOf, Size(min(p.Read, p.Total)), Size(p.Total))
	}
	table := p.Table
	if table == "" || p.Finishing {
		table = texts.T.Format.Dash
	}
	s.Facts = []Fact{{x.Read, read}, {x.Rows, Count(p.Rows)}, {x.Table, table}}
	if p.Open > 0 {
		s.Facts = append(s.Facts, Fact{x.Transaction, RunningSpan(p.Open)})
	}
}

// notice says why it was not taken, and what can be done.
func (t Taking) notice() (Notice, bool) {
	x := texts.T.Take
	if t.Running() {
		return Notice{}, false
	}
	edit := x.Edit
	n := Notice{Tone: tone.Bad, Icon: "failed", Title: x.FailedTitle}
	switch {
	case t.Cancelled:
		n = Notice{Tone: tone.Neutral, Icon: "info", Title: x.CancelledTitle, Text: x.CancelledText}
	case t.Denied():
		n.Title, edit = x.DeniedTitle, x.EnterPassword
		fallthrough
	default:
		n.Text = TakeError(t.Err)
	}
	if t.Again {
		n.Text += " " + x.StaysText
	}
	n.Actions = []ActionButton{{ActTake, x.Retry, false}, {ActSource, edit, false}}
	if t.Denied() {
		n.Actions[0], n.Actions[1] = n.Actions[1], n.Actions[0]
	}
	if t.Again {
		n.Actions = append(n.Actions, ActionButton{ActBack, x.Back, false})
	}
	if t.Err != nil && !t.Cancelled {
		n.Actions = append(n.Actions, ActionButton{ActCopy, texts.T.Advice.CopyDetails, false})
	}
	return n, true
}

// TakingLine is the state in a few words, for the rail.
func TakingLine(t Taking) Sign {
	s := t.sign()
	if !t.Running() || t.Cancelling {
		return s
	}
	detail := Coarse(t.ran())
	if part := share(t.Progress.Read, t.Progress.Total); part >= 0 {
		detail = fmt.Sprintf(texts.T.Status.Percent, int(100*part))
	}
	s.Word = Joined(texts.T.Take.Reading, detail)
	return s
}

// CancelTakeQuestion is what to ask before the taking of a snapshot is cancelled; ask
// is false of one that has just begun.
func CancelTakeQuestion(t Taking) (q Question, ask bool) {
	x := texts.T.Take
	if ran := t.ran(); ran >= askFrom {
		return Question{Title: x.CancelTitle, Text: fmt.Sprintf(x.CancelRan, RunningSpan(ran)), Yes: x.CancelNow}, true
	}
	return Question{}, false
}
