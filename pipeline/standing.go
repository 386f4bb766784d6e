package pipeline

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
)

// Standing is how a source stands, in the order in which many sources are told of: the
// worst first. It is what an administrator of ten servers asks for first.
type Standing int

// The standings. Down to Interrupted somebody has to look after the source.
const (
	Refused       Standing = iota // the access is refused: a token is missing, wrong or expired, or a login page answers
	Closed                        // it cannot be opened
	Unreached                     // its status cannot be read; what is known may be out of date
	LastFailed                    // the last job failed
	MayBeStuck                    // a job runs that may never end
	Overdue                       // a job runs for longer than such jobs usually take
	Odd                           // the status is none that Sluice knows
	Interrupted                   // the process of the last job was gone before its end
	Cancelling                    // the running job was asked to stop
	Running                       // a job runs
	LastCancelled                 // the last job was cancelled
	NeverRun                      // there was no job yet
	Asking                        // it was not asked yet
	Fine                          // the last job is complete
)

// standingWords are the words for people.
var standingWords = [...]string{
	Refused: "Not authorised", Closed: "Cannot be opened", Unreached: "Unreachable", LastFailed: "Failed", MayBeStuck: "May be stuck",
	Overdue: "Longer than usual", Odd: "Unknown status", Interrupted: "Interrupted", Cancelling: "Cancellation requested", Running: "Started",
	LastCancelled: "Cancelled", NeverRun: "Not started", Asking: "Not asked yet", Fine: "Completed",
}

// String is the word for people, the same in the window, in English, and on the command
// line.
func (s Standing) String() string { return standingWords[s] }

// Slug is the word for programs: "not-authorised".
func (s Standing) Slug() string {
	return strings.ReplaceAll(strings.ToLower(s.String()), " ", "-")
}

// Standings lists all, the worst first.
func Standings() []Standing {
	list := make([]Standing, len(standingWords))
	for i := range list {
		list[i] = Standing(i)
	}
	return list
}

// NeedsCare reports whether somebody has to look after the source.
func (s Standing) NeedsCare() bool { return s <= Interrupted }

// InProgress reports whether a job runs that is no reason to worry.
func (s Standing) InProgress() bool { return s == Cancelling || s == Running }

// StandingOf tells how a source stands by what is known of it. usual is how long the
// running job takes as a rule, the zero Usual if nothing can be said.
func StandingOf(s State, usual Usual, now time.Time) Standing {
	switch {
	case s.Unreachable() && errors.Is(s.Err, ErrNotAuthorised):
		return Refused
	case s.Unreachable():
		return Unreached
	case !s.Known():
		return Asking
	case !s.Job.Exists():
		return NeverRun
	}
	return standingOfJob(s, usual, now)
}

func standingOfJob(s State, usual Usual, now time.Time) Standing {
	job := s.Job
	_, interrupted := job.Diagnostic(KeyInterrupted)
	switch {
	case job.Running() && s.Stuck:
		return MayBeStuck
	case job.Status == CancellationRequested:
		return Cancelling
	case job.Running() && usual.Jobs > 0 && usual.Over(now) > 0:
		return Overdue
	case job.Running():
		return Running
	case job.Status == Completed:
		return Fine
	case interrupted && job.Status.Ended():
		return Interrupted
	case job.Status == Failed:
		return LastFailed
	case job.Status == Cancelled:
		return LastCancelled
	}
	return Odd
}

// Ranked is a source among others.
type Ranked struct {
	Standing Standing
	Success  time.Time // the end of its last complete job; zero if none is known
	Name     string
}

// WorstFirst orders sources for slices.SortFunc: by their standing, and of those that
// stand alike the one first whose last success is the longest ago.
func WorstFirst(a, b Ranked) int {
	return cmp.Or(cmp.Compare(a.Standing, b.Standing), a.Success.Compare(b.Success), cmp.Compare(a.Name, b.Name))
}

// LastSuccess is when the last complete job of several has ended, in any order; zero if
// none is complete, or none says when.
func LastSuccess(jobs ...Job) time.Time {
	var last time.Time
	for i := range jobs { // a Job is large
		if jobs[i].Status == Completed && jobs[i].CompletedTime.After(last) {
			last = jobs[i].CompletedTime.Time
		}
	}
	return last
}

// CountStandings is of how many sources somebody has to look after, how many are at work,
// and how many need nothing.
func CountStandings(list []Standing) (care, working, fine int) {
	for s := range slices.Values(list) {
		switch {
		case s.NeedsCare():
			care++
		case s.InProgress():
			working++
		default:
			fine++
		}
	}
	return care, working, fine
}
