package pipeline

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestStandingOf(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	began := At(now.Add(-20 * time.Hour))
	known := func(status Status, d ...Diagnostic) State {
		return State{Job: Job{ID: 7, Status: status, StartTime: began, Warnings: d}, At: now}
	}
	lost := func(err error) State {
		s := known(Completed)
		s.Err, s.UnreachableSince = err, now
		return s
	}
	stuck, cancelling := known(Started), known(CancellationRequested)
	stuck.Stuck, cancelling.Stuck = true, true
	usual := Usual{Took: 15 * time.Hour, Jobs: 3, Began: began.Time}
	for _, c := range []struct {
		name  string
		state State
		usual Usual
		want  Standing
	}{
		{"a login page", lost(fmt.Errorf("a page: %w", ErrNotAuthorised)), Usual{}, Refused},
		{"no network, though it was complete", lost(errors.New("refused")), Usual{}, Unreached},
		{"never read", State{}, Usual{}, Asking},
		{"no job", State{At: now}, Usual{}, NeverRun},
		{"stuck", stuck, usual, MayBeStuck},
		{"asked to stop, and stuck", cancelling, Usual{}, MayBeStuck},
		{"asked to stop, and over its time", known(CancellationRequested), usual, Cancelling},
		{"over its time", known(Started), usual, Overdue},
		{"within its time", known(Started), Usual{Took: 30 * time.Hour, Jobs: 3, Began: began.Time}, Running},
		{"nothing to compare with", known(Started), Usual{}, Running},
		{"complete", known(Completed), Usual{}, Fine},
		{"complete in spite of what was said", known(Completed, Diagnostic{Key: KeyInterrupted}), Usual{}, Fine},
		{"killed", known(Cancelled, Diagnostic{Key: KeyInterrupted}), Usual{}, Interrupted},
		{"cancelled", known(Cancelled), Usual{}, LastCancelled},
		{"failed", known(Failed), Usual{}, LastFailed},
		{"a new status", known("PAUSED"), Usual{}, Odd},
	} {
		if got := StandingOf(c.state, c.usual, now); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestWorstFirst: what is worse comes first; of what stands alike that which has had no
// success for the longest.
func TestWorstFirst(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	list := []Ranked{{Fine, day(3), "c"}, {Fine, day(1), "d"}, {Fine, day(3), "b"}, {LastFailed, day(2), "e"}, {LastFailed, time.Time{}, "f"}, {Refused, day(9), "g"}}
	slices.SortFunc(list, WorstFirst)
	got := ""
	for _, r := range list {
		got += r.Name
	}
	if got != "gfedbc" {
		t.Errorf("in the order %q", got)
	}
}

func TestLastSuccess(t *testing.T) {
	at := func(status Status, hour int) Job {
		return Job{ID: 1, Status: status, CompletedTime: At(time.Date(2026, 11, 30, hour, 0, 0, 0, time.UTC))}
	}
	if got := LastSuccess(at(Completed, 3), at(Completed, 5), at(Completed, 4), at(Failed, 9), Job{Status: Completed}); got.Hour() != 5 {
		t.Errorf("at %v", got)
	}
	if got := LastSuccess(at(Failed, 9)); !got.IsZero() {
		t.Errorf("no job is complete, yet one was at %v", got)
	}
}

// TestEveryStandingHasItsWord, and counts for one of three.
func TestEveryStandingHasItsWord(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Standings() {
		if s.String() == "" || seen[s.Slug()] {
			t.Errorf("standing %d is called %q", s, s.String())
		}
		seen[s.Slug()] = true
	}
	care, working, fine := CountStandings(Standings())
	if care != 8 || working != 2 || fine != 4 || Refused.Slug() != "not-authorised" {
		t.Errorf("%d need care, %d are at work, %d are fine; %s", care, working, fine, Refused.Slug())
	}
}
