package watch

import (
	"math/rand/v2"
	"time"

	"sluice/wording"
)

// Options tunes a Watcher. The zero value has the defaults.
type Options struct {
	// Every is the time between reads that nothing calls for: that of Slow and Idle, if these
	// are 0, and the least of Backoff; [UsualPace] if 0.
	Every   time.Duration
	Fast    time.Duration // between reads after an action; 1 s if 0
	Slow    time.Duration // longest time between reads of a long run; Every if 0
	Idle    time.Duration // between reads when nothing runs; Every if 0
	Backoff time.Duration // longest time between reads that fail; 2 min, or Every if that is more, if 0
	Denied  time.Duration // between reads that are not authorised, which may count as failed logins; 5 min if 0
	Timeout time.Duration // for one read with its retries; 2 min if 0
	// Patience is how long answers are doubted that cannot be what became of the job
	// that is known, such as that of a node that lags behind; 15 min if 0. Then the
	// server is believed. Below 0 nothing is doubted: what is read is exact.
	Patience time.Duration

	// Predecessors gives the durations of earlier completed jobs, in any order,
	// to judge whether a run is far longer. The Watcher adds those that it has
	// seen end.
	Predecessors func() []time.Duration

	// Now is the wall clock; time.Now if nil.
	Now func() time.Time
	// Random gives numbers from 0 up to 1, which spread the reads of many
	// watchers; math/rand if nil.
	Random func() float64
}

// DefaultPatience is how long bad answers are borne: the restart of a large instance
// takes minutes.
const DefaultPatience = 15 * time.Minute

// The time between reads that nothing calls for: the usual one, and the bounds for those
// who choose another. A server answers within the second, and its jobs take minutes.
const (
	UsualPace = 30 * time.Second
	LeastPace = 5 * time.Second
	MostPace  = time.Hour
)

// usualBackoff is the longest time between reads that fail.
const usualBackoff = 2 * time.Minute

// CheckPace says what is wrong with a time between reads that somebody has chosen.
func CheckPace(d time.Duration) error {
	if d < LeastPace || d > MostPace {
		return wording.Errorf("%s is no time to ask servers in: give one from 5s to 1h", d)
	}
	return nil
}

// fastPeriod is how long after an action reads are fast.
const fastPeriod = 15 * time.Second

func (o Options) withDefaults() Options {
	switch {
	case o.Patience == 0:
		o.Patience = DefaultPatience
	case o.Patience < 0:
		o.Patience = 0
	}
	if o.Every <= 0 {
		o.Every = UsualPace
	}
	for _, d := range []struct {
		field  *time.Duration
		preset time.Duration
	}{
		{&o.Fast, time.Second}, {&o.Slow, o.Every}, {&o.Idle, o.Every},
		{&o.Backoff, max(usualBackoff, o.Every)}, {&o.Denied, 5 * time.Minute}, {&o.Timeout, 2 * time.Minute},
	} {
		if *d.field <= 0 {
			*d.field = d.preset
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	return o
}
