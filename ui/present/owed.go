package present

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sluice/deliver"
	"sluice/ui/texts"
)

// owedWords say what a delivery has to bring yet, since when and why, and what of it cannot be
// brought.
func owedWords(o deliver.Owed, since time.Time, zone *time.Location) string {
	t := texts.T.Delivery
	var says []string
	if left := o.Count() - len(o.Gone); left > 0 {
		says = append(says, t.Owed.Of(int64(left)))
		if !since.IsZero() {
			says = append(says, fmt.Sprintf(t.Owes, Minute(since, zone)))
		}
		if o.Why != "" {
			says = append(says, DeliverError(errors.New(texts.Elsewhere(o.Why))))
		}
		if len(o.Unfetched) > len(o.Gone) {
			says = append(says, t.OnServer)
		}
	}
	if n := len(o.Gone); n > 0 {
		says = append(says, t.Gone.Of(int64(n), deliver.Listed(o.Gone)))
	}
	return strings.Join(says, " ")
}

func forgottenWords(list []deliver.Forgotten) string {
	if len(list) == 0 {
		return ""
	}
	jobs := make([]int64, len(list))
	for i, f := range list {
		jobs[i] = f.Job
	}
	slices.Sort(jobs)
	return texts.T.Delivery.Forgotten.Of(int64(len(jobs)), deliver.Listed(jobs))
}

// Forgetting is the question before a delivery forgets jobs.
type Forgetting struct {
	Title, Text, Yes string
	Jobs             []int64
}

// ForgettingOf asks about the jobs whose files are gone or, where there are none, about all that
// is owed.
func ForgettingOf(o deliver.Owed) Forgetting {
	t := texts.T.Delivery
	jobs := slices.Clone(o.Gone)
	if len(jobs) == 0 {
		jobs = o.Jobs()
	}
	return Forgetting{fmt.Sprintf(t.ForgetTitle, o.Delivery), t.ForgetText.Of(int64(len(jobs)), deliver.Listed(jobs)), t.ForgetNow, jobs}
}
