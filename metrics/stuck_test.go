package metrics

import (
	"testing"
	"time"

	"sluice/schedule"
	"sluice/source"
)

// TestStuckOfASourceThatIsGone: nothing is stuck of it, though no runner has looked since.
func TestStuckOfASourceThatIsGone(t *testing.T) {
	c, clock, _, dir := board(t, schedule.State{Stuck: &schedule.Stuck{Job: 9, Since: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), Says: "it runs for 50 h"}})
	g := Registry("1.2", c)
	want(t, scrape(t, g), "sluice_schedule_stuck"+of+"1")
	if err := source.NewFileIn(dir).Update(func(source.List) (source.List, error) { return source.List{}, nil }); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Minute)
	want(t, scrape(t, g), `sluice_schedule_stuck{schedule="nightly",source=""} 0`)
}
