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

// Sign is how a status looks: word, icon and tone, always together.
type Sign struct {
	Word string
	Icon string
	Tone tone.Tone
}

// SignOf is the sign of a status.
func SignOf(s pipeline.Status) Sign {
	t := texts.T.Status
	switch s {
	case pipeline.NotStarted:
		return Sign{t.NotStarted, "not-started", tone.Neutral}
	case pipeline.Started:
		return Sign{t.Started, "started", tone.Active}
	case pipeline.Completed:
		return Sign{t.Completed, "completed", tone.Good}
	case pipeline.CancellationRequested:
		return Sign{t.Cancelling, "cancelling", tone.Caution}
	case pipeline.Cancelled:
		return Sign{t.Cancelled, "cancelled", tone.Neutral}
	case pipeline.Failed:
		return Sign{t.Failed, "failed", tone.Bad}
	}
	if s == EndNotSeen {
		return Sign{texts.T.History.EndNotSeen, "unknown", tone.Neutral}
	}
	return Sign{word(s), "unknown", tone.Neutral}
}

// longestWord is how many characters are shown of a status that is not known.
const longestWord = 40

// word is a status that is not known, as it came.
func word(s pipeline.Status) string { return texts.Cut(string(s), longestWord) }

// SignOfJob is the sign of a job: of one that was forced it says so, and one whose
// process was killed was not cancelled by anybody.
func SignOfJob(j pipeline.Job) Sign {
	s := SignOf(j.Status)
	if interrupted(j) {
		s = Sign{texts.T.Status.Interrupted, "warning", tone.Caution}
	}
	if !j.Config.ForcedExport || !j.Exists() {
		return s
	}
	s.Word = fmt.Sprintf(texts.T.Status.WithForced, s.Word)
	if j.Status == pipeline.Completed {
		s.Icon, s.Tone = "warning", tone.Caution
	}
	return s
}

// interrupted reports whether the process of a job was gone before its end.
func interrupted(j pipeline.Job) bool {
	_, killed := j.Diagnostic(keyInterrupted)
	return killed && j.Status.Ended() && j.Status != pipeline.Completed
}

// Inputs are what a status card is made of.
type Inputs struct {
	Kind     source.Kind
	State    pipeline.State
	Busy     Busy
	Since    time.Duration     // how long the job has had its status
	Progress pipeline.Progress // the zero Progress if nothing runs here
	Rates    *Estimator        // nil if nothing runs here
	Free     int64             // bytes free on the disk of a running job; 0 if not known
	Problem  error             // of the last request, until the next
	Blamed   pipeline.Job      // the job that failed with the problem; the zero Job if there is none
	Told     time.Time         // when an answer named the job, if the status does not; else zero
	Last     *pipeline.Job     // the last completed job before this one
	Usual    pipeline.Usual    // how long such jobs of a server take; of no Jobs if nothing can be said
	Output   string            // the folder of the job's files
	Mine     bool              // the last cancellation was asked for here
	Warnings []string          // what is doubtful about the way to the server and about its secrets
	Insecure bool              // the certificate of the server is not verified
	Left     Left              // what the job has left, if it ended early
	Files    []pipeline.File   // of a complete job, as far as they are here
	Kits     bool              // statements can be made that load them
	Now      time.Time         // in the zone of the window
	Zone     *time.Location    // in which from dates are shown; nil: as they come
}

// Status is the content of the status card.
type Status struct {
	Sign
	Caption  string
	Stale    bool // the state is not fresh: it is drawn in grey
	Steps    []Step
	Overall  *Progress // nil: no bar
	Files    []FileRow
	Chart    []float64
	ChartSay string
	Facts    []Fact
	Notices  []Notice
	Next     []ActionButton // what can be done with the files of a complete job
	Controls Controls
	Start    string // text of the start button
	Cancel   string // text of the cancel button
}

// StepState is where a step of the track is in time.
type StepState int

// The states of a step.
const (
	Ahead StepState = iota
	Present
	Past
)

// Step is a station of the track of states.
type Step struct {
	Text  string
	State StepState
	Tone  tone.Tone
}

// Progress is a bar and what stands beside it. A share below 0 is not known.
type Progress struct {
	Share float64
	Text  string
}

// FileRow is a file of a job.
type FileRow struct {
	Name       string
	Share      float64 // from 0 to 1; below 0 not known
	Tone       tone.Tone
	Rows, Size string
}

// signOfLoss is the sign of a source whose status cannot be read: one that answers and
// refuses the access can well be reached.
func signOfLoss(s pipeline.State) Sign {
	if errors.Is(s.Err, pipeline.ErrNotAuthorised) {
		return Sign{texts.T.Status.NotAuthorised, "key", tone.Bad}
	}
	return Sign{texts.T.Status.Unreachable, "unreachable", tone.Neutral}
}

// Fact is a caption and what it says.
type Fact struct{ Caption, Value string }

// StatusOf builds the status card.
func StatusOf(in Inputs) Status {
	job := in.State.Job
	s := Status{Sign: SignOfJob(job), Controls: controlsOf(in),
		Start: texts.T.New.Start, Cancel: texts.T.New.Cancel}
	switch in.Busy {
	case Starting:
		s.Start = texts.T.New.Starting
	case Cancelling:
		s.Cancel = texts.T.New.CancelRunning
	}
	switch {
	case !in.State.Known() && in.State.Unreachable():
		s.Sign = signOfLoss(in.State)
	case !in.State.Known():
		s.Sign = Sign{texts.T.Status.Unknown, "unknown", tone.Neutral}
	case in.State.Unreachable():
		s.Sign = signOfLoss(in.State)
		s.Stale = true
	}
	s.Caption = caption(in)
	if in.State.Known() {
		s.Steps = track(job)
		s.Facts = facts(in)
		progress(&s, in)
		s.Next = next(in)
	}
	s.Notices = Notices(in)
	return s
}

// caption is the line under the status word.
func caption(in Inputs) string {
	t := texts.T.Status
	job := in.State.Job
	switch {
	case !in.State.Known() && in.State.Unreachable():
		return retry(in) // why stands in the notice
	case !in.State.Known():
		return t.Connecting
	case in.State.Unreachable():
		return Joined(fmt.Sprintf(t.LastKnown, Ago(in.Now.Sub(in.State.At)), SignOfJob(job).Word), retry(in))
	case !job.Exists():
		return Joined(t.Never, t.Idle)
	}
	when := ""
	if !job.StartTime.IsZero() {
		when = Clock(job.StartTime.Time, in.Now)
		if !job.Status.Ended() {
			when = fmt.Sprintf(t.StartedAt, when)
		}
	}
	return Joined(fmt.Sprintf(t.Job, job.ID), node(in), when, span(job, in.Now), startedWords(job), resumedWords(job))
}

func retry(in Inputs) string {
	if in.State.Next.IsZero() || !in.State.Next.After(in.Now) {
		return ""
	}
	return fmt.Sprintf(texts.T.Status.Retrying, RunningSpan(in.State.Next.Sub(in.Now)))
}

func node(in Inputs) string {
	if in.Kind.Local() {
		return texts.T.Status.ThisComputer
	}
	return texts.Cut(in.State.Job.NodeID, longestWord)
}

func span(job pipeline.Job, now time.Time) string {
	switch {
	case job.StartTime.IsZero(), job.Status == EndNotSeen:
		return ""
	case job.Running():
		return RunningSpan(job.Duration(now))
	case job.Status.Ended() && job.CompletedTime.IsZero():
		return ""
	}
	return Span(job.Duration(now))
}

// Joined puts dots between what is there.
func Joined(parts ...string) string { return joinedBy(" · ", parts...) }

func joinedBy(between string, parts ...string) string {
	out := ""
	for _, p := range parts {
		if p == "" {
			continue
		}
		if out != "" {
			out += between
		}
		out += p
	}
	return out
}

// track lists the states that the job has passed, the one it is in, and the one
// it heads for.
func track(job pipeline.Job) []Step {
	t := texts.T.Status
	now := SignOfJob(job)
	step := func(s string, state StepState) Step { return Step{s, state, now.Tone} }
	if _, down := job.Diagnostic(keyShutdown); interrupted(job) || down && job.Status == pipeline.Cancelled {
		// Nobody asked for a cancellation.
		return []Step{step(t.NotStarted, Past), step(t.Started, Past), step(now.Word, Present)}
	}
	switch job.Status {
	case pipeline.NotStarted:
		return []Step{step(t.NotStarted, Present), step(t.Started, Ahead), step(t.Completed, Ahead)}
	case pipeline.Started:
		return []Step{step(t.NotStarted, Past), step(t.Started, Present), step(t.Completed, Ahead)}
	case pipeline.CancellationRequested:
		return []Step{step(t.NotStarted, Past), step(t.Started, Past), step(now.Word, Present), step(t.Cancelled, Ahead)}
	case pipeline.Cancelled:
		return []Step{step(t.NotStarted, Past), step(t.Started, Past), step(t.Cancelling, Past), step(now.Word, Present)}
	}
	return []Step{step(t.NotStarted, Past), step(t.Started, Past), step(now.Word, Present)}
}

func facts(in Inputs) []Fact {
	t, job := texts.T.Status, in.State.Job
	if !job.Exists() {
		return nil
	}
	forced := t.No
	if job.Config.ForcedExport {
		forced = t.Yes
	}
	entities, rows := counts(in)
	list := []Fact{
		{t.FromDate, Moment(FromInZone(job.Config.ExportFrom.Time, in.Zone))},
		{t.Forced, forced},
		{t.Entities, entities},
		{t.Rows, rows},
	}
	if len(in.Files) > 0 {
		list = append(list, Fact{texts.T.Page.Files, filesFact(in.Files)})
	}
	if job.Redaction != "" {
		list = append(list, Fact{texts.T.Redaction.Fact, texts.Cut(RulesName(job.Redaction), longestWord)})
	}
	if in.Last != nil && job.Status != pipeline.Completed {
		list = append(list, Fact{t.LastSuccess, fmt.Sprintf(t.LastSuccessValue, in.Last.ID,
			Ago(in.Now.Sub(in.Last.StartTime.Time)), Span(in.Last.Duration(in.Now)))})
	}
	if in.Usual.Jobs > 0 && job.Running() {
		list = append(list, Fact{t.Usual, usual(in.Usual, in.Now)})
	}
	if in.Free > 0 && job.Running() {
		list = append(list, Fact{t.FreeDisk, Size(in.Free)})
	}
	if in.Output != "" {
		list = append(list, Fact{t.Output, shortPath(in.Output)})
	}
	return list
}

// counts are the entities and rows of the job: what the status says, else what
// has been written so far.
func counts(in Inputs) (entities, rows string) {
	dash := texts.T.Format.Dash
	if s := in.State.Job.Statistics; s != nil && !in.State.Job.Running() {
		return KnownCount(s.ExportedEntities), KnownCount(s.WrittenRows)
	}
	written := int64(0)
	for _, f := range in.Progress.Files {
		written += f.Rows
	}
	switch s := in.State.Job.Statistics; {
	case in.State.Job.Running() && !in.Kind.Local() && (s == nil || *s == pipeline.Statistics{}):
		return dash, texts.T.Status.FromServer
	case in.State.Job.Running() && !in.Kind.Local(): // a server that counts meanwhile
		return KnownCount(s.ExportedEntities), KnownCount(s.WrittenRows)
	case !in.State.Job.Running() || len(in.Progress.Files) == 0:
		return dash, dash
	}
	return Count(written), Count(written)
}

// shortPath keeps the last two elements of a path.
func shortPath(path string) string {
	cut, slashes := 0, 0
	for i := len(path) - 1; i > 0; i-- {
		if path[i] == '/' || path[i] == '\\' {
			if slashes++; slashes == 2 {
				cut = i
				break
			}
		}
	}
	if cut == 0 {
		return path
	}
	return "…" + path[cut:]
}
