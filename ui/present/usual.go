package present

import (
	"fmt"
	"time"

	"sluice/pipeline"
	"sluice/ui/texts"
)

// usual says how long jobs like the one that runs take, and when it ends then: "15 h, ends
// about 05:20".
func usual(u pipeline.Usual, now time.Time) string {
	t := texts.T.Status
	took, end := Span(pipeline.Rough(u.Took)), u.RoughEnd().In(now.Location())
	switch over := u.Over(now); {
	case over > 0:
		return fmt.Sprintf(t.UsualOver, took, Span(pipeline.Rough(over)))
	case end.Before(now):
		return fmt.Sprintf(t.UsualSoon, took)
	case end.Sub(now) >= 24*time.Hour:
		return fmt.Sprintf(t.UsualEnds, took, Minute(end, now.Location()))
	}
	return fmt.Sprintf(t.UsualEnds, took, end.Format("15:04"))
}
