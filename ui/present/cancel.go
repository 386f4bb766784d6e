package present

import (
	"fmt"
	"time"

	"sluice/ui/texts"
)

// askFrom is how long a job runs before it is not cancelled without a question: by
// then more is lost than a click.
const askFrom = time.Minute

// Question is what is asked before something that cannot be undone. Yes says the
// consequence.
type Question struct{ Title, Text, Yes string }

// CancelQuestion is what to ask before the running job is cancelled; ask is false
// for one that has just begun. Where the start is not known, or lies ahead of this
// computer's clock, nobody knows how much is lost, so it is asked too.
func CancelQuestion(in Inputs) (q Question, ask bool) {
	t, job := texts.T.Advice, in.State.Job
	ran := in.Now.Sub(job.StartTime.Time)
	known := !job.StartTime.IsZero() && ran >= 0
	if known && ran < askFrom {
		return Question{}, false
	}
	text := fmt.Sprintf(t.CancelUnknown, job.ID)
	if known {
		text = fmt.Sprintf(t.CancelRan, job.ID, RunningSpan(ran))
	}
	lost := t.CancelLost
	if in.Kind.Local() {
		lost = t.CancelLostLocal
	}
	return Question{Title: t.CancelTitle, Text: text + " " + lost, Yes: fmt.Sprintf(t.CancelNow, job.ID)}, true
}
