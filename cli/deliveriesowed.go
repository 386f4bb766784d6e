package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"sluice/deliver"
	"sluice/figures"
	"sluice/schedule/units"
	"sluice/visible"
	"sluice/wording"
)

// shownDelivery is a delivery with what it owes.
type shownDelivery struct {
	deliver.Delivery
	Owed      int       `json:"owed"`
	OwedSince time.Time `json:"owedSince,omitzero"`
	OwedWhy   string    `json:"owedWhy,omitempty"`
	// Unfetched are the jobs among them that are on their server still, and Gone those of them
	// whose files are not there any more.
	Unfetched []int64 `json:"unfetched,omitempty"`
	Gone      []int64 `json:"gone,omitempty"`
	// Forgotten are jobs that are not brought any more.
	Forgotten []deliver.Forgotten `json:"forgotten,omitempty"`
}

func shownOf(d deliver.Delivery, o deliver.Owed) shownDelivery {
	return shownDelivery{d, o.Count(), o.Since(), o.Why, o.Unfetched, o.Gone, o.Forgotten}
}

// describeOwed tells what a delivery owes, of which source, and what it does not any more.
func (d shownDelivery) describeOwed(w io.Writer, of string) {
	if left := d.Owed - len(d.Gone); left > 0 {
		since := "" // of a job that is not here yet that is not known
		if !d.OwedSince.IsZero() {
			since = " since " + d.OwedSince.Local().Format("2006-01-02 15:04")
		}
		visible.Fprintf(w, "  %s owed%s; %s %s\n", figures.Some(int64(left), "one job is", "%d jobs are"), since, d.brought(of), wording.Capital(d.OwedWhy))
	}
	if len(d.Gone) > 0 {
		visible.Fprintf(w, "  %s\n", wording.Capital(goneWords(d.Name, d.Gone)+"."))
	}
	if n := len(d.Forgotten); n > 0 {
		jobs := make([]int64, n)
		for i, f := range d.Forgotten {
			jobs[i] = f.Job
		}
		visible.Fprintf(w, "  %s forgotten, and not brought: %s\n", figures.Some(int64(n), "one job was", "%d jobs were"), deliver.Listed(jobs))
	}
}

// brought says what brings what is owed.
func (d shownDelivery) brought(of string) string {
	i := slices.IndexFunc(d.Unfetched, func(job int64) bool { return !slices.Contains(d.Gone, job) })
	if i < 0 {
		return fmt.Sprintf("\"sluice deliveries retry %s\" brings it.", units.QuotedShell(d.Name))
	}
	return fmt.Sprintf("the next run of a schedule fetches it, or %s.", fetching(of, d.Unfetched[i]))
}

// goneWords say that jobs cannot be brought, and what can be done.
func goneWords(delivery string, gone []int64) string {
	flags, them := "", "it"
	for _, job := range gone {
		flags += fmt.Sprintf(" --job %d", job)
	}
	what := fmt.Sprintf("the files of job %d are gone from its server: it cannot be delivered", gone[0])
	if len(gone) > 1 {
		them = "them"
		what = fmt.Sprintf("the files of jobs %s are gone from their server: they cannot be delivered", deliver.Listed(gone))
	}
	return fmt.Sprintf("%s; \"sluice deliveries forget %s%s\" lets %s be", what, units.QuotedShell(delivery), flags, them)
}

// fetching is the command that fetches and delivers a job of a server.
func fetching(server string, job int64) string {
	return fmt.Sprintf("\"sluice fetch --server %s --job %d --deliver\"", units.QuotedShell(server), job)
}

// unfetched is the error of jobs of a server that cannot be brought, since they are not here;
// nil if there are none.
func unfetched(o deliver.Owed, of string) (err error) {
	left := slices.DeleteFunc(slices.Clone(o.Unfetched), func(job int64) bool { return slices.Contains(o.Gone, job) })
	if len(left) > 0 {
		err = fmt.Errorf("%s of %q could not be fetched from its server: the next run of a schedule does that, or %s", figures.Some(int64(len(left)), "one job", "%d jobs"), of, fetching(of, left[0]))
	}
	if len(o.Gone) > 0 {
		err = errors.Join(err, errors.New(goneWords(o.Delivery, o.Gone)))
	}
	return err
}

// forget lets a delivery bring jobs no more.
func (x *deliveriesCommand) forget(c *call, file *deliver.File, owed *deliver.OwedFile) error {
	d, err := x.named(file)
	if err != nil {
		return err
	}
	if len(x.Job) == 0 {
		return x.whichJob(d, owed)
	}
	forgotten, err := owed.ForgetJobs(d.Name, x.Job)
	switch {
	case errors.Is(err, deliver.ErrNotOwed):
		return usageError{err}
	case err != nil:
		return err
	}
	left, err := owed.Of(d.Name)
	if err != nil {
		return err
	}
	if x.JSON {
		return c.document(struct {
			Delivery  string              `json:"delivery"`
			Forgotten []deliver.Forgotten `json:"forgotten"`
			Owed      int                 `json:"owed"` // still
		}{d.Name, forgotten, left.Count()}, nil)
	}
	for _, f := range forgotten {
		visible.Fprintf(c.program.Out, "Forgot job %d: %s does not bring it any more. What there is of its files stays.\n", f.Job, d.Name)
	}
	if n := left.Count(); n > 0 {
		visible.Fprintf(c.program.Out, "%s owes %s still.\n", d.Name, figures.Some(int64(n), "one job", "%d jobs"))
	}
	return nil
}

// whichJob is the error of who says no job.
func (x *deliveriesCommand) whichJob(d deliver.Delivery, owed *deliver.OwedFile) error {
	o, err := owed.Of(d.Name)
	switch jobs := o.Jobs(); {
	case err != nil:
		return err
	case len(jobs) == 0:
		return usageError{fmt.Errorf("the delivery %s owes nothing: there is nothing to forget", d.Name)}
	default:
		return usageError{fmt.Errorf("which job? The delivery %s owes %s: write --job %d", d.Name, deliver.Listed(jobs), jobs[0])}
	}
}

// ofAnother refuses to put a delivery in the place of one of another source that owes jobs: they
// would be brought to where those of this source go.
func ofAnother(l []deliver.Delivery, d deliver.Delivery, owed *deliver.OwedFile) error {
	i := slices.IndexFunc(l, func(old deliver.Delivery) bool { return old.Name == d.Name && old.Source != d.Source })
	if i < 0 {
		return nil
	}
	o, err := owed.Of(d.Name)
	if err == nil && o.Count() > 0 {
		err = fmt.Errorf("there is a delivery %s of another source, which owes %s: \"sluice deliveries remove %s\" forgets them", d.Name, figures.Some(int64(o.Count()), "one job", "%d jobs"), units.QuotedShell(d.Name))
	}
	return err
}
