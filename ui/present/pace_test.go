package present

import (
	"errors"
	"testing"
	"time"

	"sluice/pipeline"
)

// TestCountsSeconds holds the window's clock against what it shows: where it does not
// tick each second, no word of the rail and of the card may change within seconds.
func TestCountsSeconds(t *testing.T) {
	start := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	running := pipeline.State{Job: pipeline.Job{ID: 7, Status: pipeline.Started, StartTime: pipeline.At(start)}, At: start}
	ended := pipeline.State{Job: pipeline.Job{ID: 7, Status: pipeline.Completed, StartTime: pipeline.At(start), CompletedTime: pipeline.At(start.Add(time.Minute))}, At: start}
	lost := pipeline.State{Job: ended.Job, At: start, Err: errors.New("gone"), UnreachableSince: start, Next: start.Add(2 * time.Hour)}
	soon := lost
	soon.Next = start.Add(2*time.Hour + 3*time.Minute)
	for _, c := range []struct {
		name   string
		in     Inputs
		after  time.Duration
		chosen bool
		want   bool
	}{
		{"just begun", Inputs{State: running}, 20 * time.Second, false, true},
		{"runs for minutes", Inputs{State: running}, 5 * time.Minute, true, true},
		{"runs for minutes, another is chosen", Inputs{State: running}, 5 * time.Minute, false, false},
		{"runs for long", Inputs{State: running}, time.Hour, true, false},
		{"ended", Inputs{State: ended}, time.Hour, true, false},
		{"ended just now", Inputs{State: ended}, 90 * time.Second, true, false},
		{"never asked", Inputs{}, time.Hour, true, false},
		{"gone for seconds", Inputs{State: lost}, 20 * time.Second, false, true},
		{"gone, asked again in hours", Inputs{State: lost}, 20 * time.Minute, true, false},
		{"gone, asked again soon", Inputs{State: soon}, 2 * time.Hour, true, true},
		{"a request is on its way", Inputs{State: ended, Busy: Starting}, time.Hour, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.in.Now = start.Add(c.after)
			if got := CountsSeconds(c.in, c.chosen); got != c.want {
				t.Fatalf("CountsSeconds = %v", got)
			}
			if c.want {
				return
			}
			if changes := changesIn(c.in, c.chosen, time.Minute); changes > 2 {
				t.Errorf("%d changes in a minute in which nothing happens", changes)
			}
		})
	}
}

// changesIn counts how often what is shown of a source changes while time passes.
func changesIn(in Inputs, chosen bool, d time.Duration) (changes int) {
	shown := func() string {
		text := RailLine(in).Word
		if chosen {
			text += "\n" + StatusOf(in).Caption
		}
		return text
	}
	last := shown()
	for range int(d / time.Second) {
		in.Now = in.Now.Add(time.Second)
		if now := shown(); now != last {
			last = now
			changes++
		}
	}
	return changes
}
