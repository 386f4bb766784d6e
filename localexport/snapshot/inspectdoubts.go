package snapshot

import (
	"context"
	"time"

	"sluice/figures"
	"sluice/localexport/wallclock"
	"sluice/wording"
)

// states says which content an export leaves out for its odd state.
func (i *inspector) states(found census) {
	for _, state := range Odd {
		if n := found.states[state]; n > 0 {
			i.say(state.Key(), "%s pages, blog posts and comments are there %s: an export leaves them out. %s", found.about(n), wording.Text{Format: state.Which()}, wording.Text{Format: state.Advice()})
		}
	}
}

// about is a number of things, of which it may be known only about.
func (c census) about(n int64) wording.Text {
	if c.estimated {
		return wording.Of("about %d", figures.N(n))
	}
	return wording.Of("%d", figures.N(n))
}

// sample looks at a few pages and their bodies.
func (i *inspector) sample(ctx context.Context) error {
	live, err := i.s.FindLive(ctx, Accepted{})
	if err != nil {
		return err
	}
	if d, wrong := live.Complaint(); wrong {
		i.out.Diagnostics = append(i.out.Diagnostics, d)
	}
	bodies, err := i.s.SampleBodies(ctx, Accepted{})
	if err != nil {
		return err
	}
	i.out.Diagnostics = append(i.out.Diagnostics, bodies.Complaints()...)
	return nil
}

// quickZone reports whether the zone can be guessed as an export does: for large
// tables without keys, all keys would have to be sorted first, which only Full
// does.
func (i *inspector) quickZone() (bool, error) {
	if i.s.Table("AO_7B47A5_EVENT") == nil {
		return false, nil
	}
	for _, x := range []struct{ table, key string }{{"AO_7B47A5_EVENT", "ID"}, {"content", "contentid"}} {
		t := i.s.Table(x.table)
		if t.IsRowid(x.key) || i.o.Full {
			continue
		}
		ranges, err := i.s.ranges(t, censusRange)
		if err != nil || len(ranges) > censusExact {
			return false, err
		}
	}
	return true, nil
}

// zone guesses the zone.
func (i *inspector) zone(ctx context.Context) error {
	loc := time.Local
	quick, err := i.quickZone()
	if err != nil {
		return err
	}
	if quick {
		guess, err := i.s.GuessZone(ctx, Sorting{})
		if err != nil {
			return err
		}
		if guess.Location != nil {
			loc = guess.Location
			i.out.TimeZone = loc.String()
			i.say(KeyTimeZone, "%d of %d events agree that the times of the tables are in %s.", figures.N(guess.Matching), figures.N(guess.Samples), loc)
		}
	}
	if i.out.TimeZone == "" {
		i.say(KeyTimeZone, "It is not known yet in which time zone the server ran; an export looks closer, or takes the zone that it is given.")
	}
	reference := i.found.newest.judge(i.s, wallclock.NewZone(loc))
	i.out.Newest = reference.At
	i.out.Diagnostics = append(i.out.Diagnostics, reference.Outliers...)
	return nil
}
