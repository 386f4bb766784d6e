package present

import (
	"fmt"
	"strings"

	"sluice/pipeline"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Left is what a job that ended early has left on this computer. The zero value:
// nothing that is known of.
type Left struct {
	Resumable *pipeline.Resumable // nil: it cannot be gone on with
	Remains   pipeline.Remains
}

// Of reports whether it is about the job.
func (l Left) Of(job int64) bool {
	return job != 0 && (l.Remains.Job.ID == job || l.Resumable != nil && l.Resumable.Job.ID == job)
}

// ResumeText says what will happen when a job is resumed.
func ResumeText(r pipeline.Resumable) string {
	t := texts.T.Leftover
	var kept []string
	for _, k := range r.Kept {
		if k.Whole {
			kept = append(kept, k.Name)
		} else {
			kept = append(kept, fmt.Sprintf(t.PartOf, Size(k.Bytes), k.Name))
		}
	}
	if len(kept) == 0 {
		return t.ResumeNothing
	}
	return fmt.Sprintf(t.ResumeText, strings.Join(kept, ", "))
}

// resumeNotice offers to go on with the job in sight.
func resumeNotice(in Inputs) (Notice, bool) {
	if in.Left.Resumable == nil || in.Left.Resumable.Job.ID != in.State.Job.ID || in.State.Job.Running() || in.Busy != Idle {
		return Notice{}, false
	}
	t := texts.T.Leftover
	return Notice{Tone: tone.Neutral, Icon: "info", Title: t.ResumeTitle, Text: ResumeText(*in.Left.Resumable),
		Actions: []ActionButton{{ActResume, fmt.Sprintf(t.Resume, in.State.Job.ID), false}}}, true
}

// RemainsNotice says what the partial files of a job are, and offers what can be
// done with them. busy is true while another job runs: nothing is resumed then.
func RemainsNotice(l Left, busy bool) Notice {
	t, r := texts.T.Leftover, l.Remains
	ended := t.EndUnknown
	if r.Job.Status != "" {
		ended = strings.ToLower(SignOfJob(r.Job).Word)
	}
	n := Notice{Tone: tone.Caution, Icon: "warning", Title: fmt.Sprintf(t.Incomplete, r.Job.ID, ended, Size(r.Bytes))}
	switch {
	case l.Resumable != nil:
		n.Text = ResumeText(*l.Resumable)
		if !busy {
			n.Actions = append(n.Actions, ActionButton{ActResume, fmt.Sprintf(t.Resume, r.Job.ID), false})
		}
	case r.NotResumable != nil:
		n.Text = fmt.Sprintf(t.NotResumable, texts.Cut(texts.Error(r.NotResumable), longestError))
	}
	n.Actions = append(n.Actions, ActionButton{ActClean, fmt.Sprintf(t.Clean, Size(r.Bytes)), true})
	return n
}

// resumedWords are how a job is tied to others: "resumed from job 3".
func resumedWords(job pipeline.Job) string {
	t := texts.T.Leftover
	from, as := "", ""
	if job.ResumedFrom != 0 {
		from = fmt.Sprintf(t.ResumedFrom, job.ResumedFrom)
	}
	if job.ResumedAs != 0 {
		as = fmt.Sprintf(t.ResumedAs, job.ResumedAs)
	}
	return Joined(from, as)
}
