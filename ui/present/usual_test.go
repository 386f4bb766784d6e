package present

import (
	"slices"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
)

// TestUsual: the card of a job that runs at a server says when it ends, by earlier ones.
func TestUsual(t *testing.T) {
	for _, c := range []struct {
		took, since time.Duration
		want        string // "": nothing is said
	}{
		{15 * time.Hour, 0, "15 h, ends about 05:05"},
		{15 * time.Hour, 15*time.Hour + 10*time.Minute, "15 h, ends soon"},
		{15 * time.Hour, 17 * time.Hour, "15 h, is 2 h over"},
		{30 * time.Hour, time.Hour, "30 h, ends about 2026-11-24 20:05"},
		{0, time.Hour, ""},
	} {
		at := time.Date(2026, 11, 23, 14, 3, 0, 0, time.UTC)
		in := Inputs{Kind: source.KindServer, Now: at.Add(c.since),
			State: pipeline.State{At: at, Job: pipeline.Job{ID: 12, Status: pipeline.Started, StartTime: pipeline.At(at)}}}
		if c.took > 0 {
			in.Usual = pipeline.Usual{Took: c.took, Jobs: 3, Began: at}
		}
		facts := StatusOf(in).Facts
		i := slices.IndexFunc(facts, func(f Fact) bool { return f.Caption == "Usually" })
		if said := i >= 0; said != (c.want != "") || said && facts[i].Value != c.want {
			t.Errorf("%s since %s: %+v", c.took, c.since, facts)
		}
		in.State.Job.Status = pipeline.Completed
		if slices.ContainsFunc(StatusOf(in).Facts, func(f Fact) bool { return f.Caption == "Usually" }) {
			t.Error("it is said of a job that has ended")
		}
	}
}
