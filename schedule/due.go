package schedule

import "time"

// Grace is how late a run may begin and still be that of its moment: what is later was
// missed.
const Grace = 2 * time.Minute

// setBack is how far a clock that was put right can have been ahead when a moment was
// settled: what lies further ahead was settled by a clock that was wrong.
const setBack = time.Hour

// Due is what is to be done about a schedule at a moment.
type Due struct {
	Run     time.Time // the moment that a run is due for; zero: none
	Settled time.Time // up to then it is settled what became; zero: as before
	Missed  *Missed   // moments that were missed and are not yet told; nil: none
	Next    time.Time // the next moment; zero: there is none
}

// Due decides what is to be done now. It does not ask whether the schedule is enabled.
func (p Plan) Due(s State, now time.Time) Due {
	base := s.Handled
	if p.From.After(base) {
		base = p.From
	}
	if base.IsZero() || base.After(now.Add(setBack)) {
		return Due{Settled: now, Next: p.Next(now)}
	}
	var due Due
	var moments []time.Time
	at := p.Next(base)
	for ; !at.IsZero() && !at.After(now) && len(moments) < MostMissed; at = p.Next(at) {
		moments = append(moments, at)
	}
	if due.Next = at; len(moments) == MostMissed {
		due.Next = p.Next(now)
	}
	if len(moments) == 0 {
		return due
	}
	last := moments[len(moments)-1]
	due.Settled = last
	if now.Sub(last) <= Grace {
		due.Run = last
		moments = moments[:len(moments)-1]
	} else if len(moments) == MostMissed {
		due.Settled = now
	}
	if n := len(moments); n > 0 {
		due.Missed = &Missed{First: moments[0], Last: moments[n-1], Count: n, Skipped: p.Missed == Skip || !due.Run.IsZero()}
	}
	if due.Missed != nil && p.Missed == Run && due.Run.IsZero() {
		due.Run = p.Hours.PutOff(now, p.Place)
	}
	return due
}

// Waits is since when a run has been due that has not begun, nor is settled otherwise, as where
// nothing runs schedules or their states cannot be written; the zero time if none is.
func (p Plan) Waits(s State, now time.Time) time.Time {
	if p.Disabled || s.Running != nil {
		return time.Time{}
	}
	due := p.Due(s, now)
	since := due.Run
	if due.Missed != nil {
		since = due.Missed.First
	}
	if s.Retry != nil {
		if at := p.Hours.PutOff(s.Retry.At, p.Place); !at.After(now) && (since.IsZero() || at.Before(since)) {
			since = at
		}
	}
	if now.Sub(since) < Patience {
		return time.Time{}
	}
	return since
}

// Patience is how long what is due may wait for whoever begins it.
const Patience = 2 * time.Minute
