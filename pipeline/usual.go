package pipeline

import (
	"slices"
	"time"
)

// Usual is how long jobs like one that runs have taken: what can be said of the end of a
// job of a server, whose API tells of a running job no more than that it runs.
type Usual struct {
	Took  time.Duration // the median
	Jobs  int           // of so many
	Began time.Time     // the job that it was asked for
}

const (
	fewestUsual = 2 // one job alone may have been an odd one
	mostUsual   = 5 // what was long ago tells of data as they were then
	alikeSpans  = 2 // by what factor the spans of two jobs may differ
)

// UsualOf is how long a running job usually takes, by the jobs of the same source in any
// order. Comparable are those that began before it and are complete, that were not gone on
// with from another (a part was there), that are redacted alike, and that export the same
// kind of span: both everything, or both what changed since a date as long before their
// start, within a factor of two. Of them the five that began last count. ok is false if the
// job does not run, if it is not known when it began, or if fewer than two are comparable.
func UsualOf(job Job, jobs []Job) (u Usual, ok bool) {
	if !job.Running() || job.StartTime.IsZero() {
		return Usual{}, false
	}
	var took []time.Duration
	sorted := slices.Clone(jobs)
	slices.SortStableFunc(sorted, NewestFirst)
	for _, j := range sorted {
		if len(took) < mostUsual && alike(job, j) {
			took = append(took, j.CompletedTime.Sub(j.StartTime.Time))
		}
	}
	if len(took) < fewestUsual {
		return Usual{}, false
	}
	slices.Sort(took)
	n := len(took)
	return Usual{Took: (took[(n-1)/2] + took[n/2]) / 2, Jobs: n, Began: job.StartTime.Time}, true
}

// alike reports whether a job that has ended tells how long the other takes.
func alike(job, ended Job) bool {
	if ended.Status != Completed || ended.StartTime.IsZero() || !ended.CompletedTime.After(ended.StartTime.Time) || !ended.StartTime.Before(job.StartTime.Time) {
		return false
	}
	if (ended.ResumedFrom != 0) != (job.ResumedFrom != 0) || ended.Redaction != job.Redaction {
		return false
	}
	a, b := exportedSpan(job), exportedSpan(ended)
	return a == 0 && b == 0 || a > 0 && b > 0 && a <= alikeSpans*b && b <= alikeSpans*a
}

// exportedSpan is how far a job goes back; 0 if it exports everything.
func exportedSpan(j Job) time.Duration {
	if j.Config.ExportFrom.IsZero() {
		return 0
	}
	return max(time.Second, j.StartTime.Sub(j.Config.ExportFrom.Time))
}

// Ends is about when the job ends if it takes as long as usual.
func (u Usual) Ends() time.Time { return u.Began.Add(u.Took) }

// Over is by how much the job runs longer than usual; 0 while that is not worth telling:
// below a minute, or below a tenth of what is usual.
func (u Usual) Over(now time.Time) time.Duration {
	over := now.Sub(u.Ends())
	if over < max(time.Minute, u.Took/10) {
		return 0
	}
	return over
}

// Rough is a duration without more figures than an estimate is worth: in hours from ten of
// them, in steps of five minutes from an hour, in minutes from ten, else in seconds.
func Rough(d time.Duration) time.Duration {
	switch {
	case d >= 10*time.Hour:
		return d.Round(time.Hour)
	case d >= time.Hour:
		return d.Round(5 * time.Minute)
	case d >= 10*time.Minute:
		return d.Round(time.Minute)
	}
	return d.Round(time.Second)
}

// RoughEnd is when the job ends in steps of five minutes, or of one if it takes less than
// an hour.
func (u Usual) RoughEnd() time.Time {
	if u.Took >= time.Hour {
		return u.Ends().Round(5 * time.Minute)
	}
	return u.Ends().Round(time.Minute)
}
