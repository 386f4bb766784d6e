package present

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sluice/deliver"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// DeliverStep is a delivery of a job that was chosen, and how it stands.
type DeliverStep struct {
	Delivery deliver.Delivery
	Running  bool
	Progress deliver.Progress
	Done     *deliver.Result // nil: it is not over
	Err      error
}

// DeliverLine is what is shown of it.
type DeliverLine struct {
	Name  string
	Sign  Sign
	Says  string
	Notes []string
	Share float64 // of what is under way; below 0: nothing is
}

// DeliverLineOf says how a delivery stands.
func DeliverLineOf(s DeliverStep) DeliverLine {
	t := texts.T.Delivery
	l := DeliverLine{Name: s.Delivery.Name, Share: -1}
	if l.Name == "" {
		l.Name = HomeShort(s.Delivery.To)
	}
	switch {
	case s.Running:
		word := map[deliver.Stage]string{deliver.Redacting: t.Redacting, deliver.Converting: t.Converting}[s.Progress.Stage]
		if word == "" {
			word = t.Bringing
		}
		l.Sign, l.Says, l.Share = Sign{texts.T.Schedule.Running, "started", tone.Active}, strings.TrimSpace(fmt.Sprintf(word, s.Progress.File)), 0
		if s.Progress.TotalBytes > 0 {
			l.Share = float64(s.Progress.Bytes) / float64(s.Progress.TotalBytes)
		}
	case errors.Is(s.Err, context.Canceled):
		l.Sign, l.Says = Sign{texts.T.Schedule.Cancelled, "cancelled", tone.Neutral}, t.Stopped
	case s.Err != nil:
		l.Sign, l.Says = Sign{texts.T.Schedule.Failed, "failed", tone.Bad}, DeliverError(s.Err)
	case s.Done != nil:
		says := t.Done + " " + t.Proved
		if s.Done.Already {
			says = t.Already
		}
		l.Sign = Sign{texts.T.Schedule.Completed, "completed", tone.Good}
		l.Says = fmt.Sprintf(says, t.FilesDone.Of(int64(len(s.Done.Files))), Size(s.Done.Bytes))
		l.Notes = EachElsewhere(s.Done.Notes)
	default:
		l.Sign = Sign{t.Waiting, "not-started", tone.Neutral}
	}
	return l
}
