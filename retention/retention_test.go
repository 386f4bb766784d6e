package retention

import (
	"errors"
	"slices"
	"testing"
	"time"

	"sluice/pipeline"
)

var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// history is six jobs, the newest first: 6 and 5 complete, 4 left partial files today and
// 3 a month ago, 2 and 1 complete and old.
func history() []Export {
	export := func(id, bytes int64, complete bool, age time.Duration) Export {
		return Export{Job: pipeline.Job{ID: id}, Bytes: bytes, Complete: complete, Ended: now.Add(-age)}
	}
	return []Export{export(6, 100, true, day), export(5, 100, true, 2*day), export(4, 10, false, time.Hour),
		export(3, 10, false, 30*day), export(2, 100, true, 40*day), export(1, 100, true, 100*day)}
}

func TestChoose(t *testing.T) {
	for name, c := range map[string]struct {
		policy Policy
		want   []Reason
	}{
		"no bound":     {Policy{}, []Reason{"newest", "within", "recent", "recent", "within", "within"}},
		"number":       {Policy{Keep: 2}, []Reason{"newest", "within", "recent", "recent", "keep", "keep"}},
		"one":          {Policy{Keep: 1}, []Reason{"newest", "keep", "recent", "recent", "keep", "keep"}},
		"age":          {Policy{MaxAge: 40 * day}, []Reason{"newest", "within", "recent", "recent", "age", "age"}},
		"all too old":  {Policy{MaxAge: time.Hour}, []Reason{"newest", "age", "recent", "recent", "age", "age"}},
		"size":         {Policy{MaxBytes: 300}, []Reason{"newest", "within", "recent", "recent", "within", "size"}},
		"one too much": {Policy{MaxBytes: 299}, []Reason{"newest", "within", "recent", "recent", "size", "size"}},
		"too small":    {Policy{MaxBytes: 1}, []Reason{"newest", "size", "recent", "recent", "size", "size"}},
		"partial":      {Policy{PartialAge: day}, []Reason{"newest", "within", "recent", "partial", "within", "within"}},
		"all":          {Policy{Keep: 3, MaxAge: 90 * day, MaxBytes: 250, PartialAge: time.Hour}, []Reason{"newest", "within", "partial", "partial", "size", "keep"}},
	} {
		var got []Reason
		for _, choice := range c.policy.Choose(history(), now) {
			got = append(got, choice.Reason)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestALargeExportLeavesNoGap: what is older than one that is too large goes too, even if it
// would fit.
func TestALargeExportLeavesNoGap(t *testing.T) {
	exports := history()
	exports[1].Bytes = 10_000
	for i, c := range (Policy{MaxBytes: 1000}).Choose(exports, now) {
		if goes := c.Complete && i > 0; c.Reason.Goes() != goes {
			t.Errorf("job %d: %s", c.Job.ID, c.Reason)
		}
	}
}

// TestWhatCannotBeReadStays and counts for nothing.
func TestWhatCannotBeReadStays(t *testing.T) {
	exports := history()
	exports[0].Unreadable = errors.New("from a newer version")
	choices := Policy{Keep: 1, MaxAge: 1, MaxBytes: 1, PartialAge: 1}.Choose(exports, now)
	if choices[0].Reason != ReasonUnread || choices[1].Reason != ReasonNewest || choices[2].Reason != ReasonPartial {
		t.Errorf("%+v", choices[:3])
	}
}

func TestBounds(t *testing.T) {
	if (Policy{}).Bounds() {
		t.Error("no bound bounds")
	}
	for _, p := range []Policy{{Keep: 1}, {MaxAge: 1}, {MaxBytes: 1}, {PartialAge: 1}} {
		if !p.Bounds() {
			t.Errorf("%+v bounds nothing", p)
		}
	}
}

func TestParse(t *testing.T) {
	got, err := Parse(3, "2w", "1GB", "36h")
	if want := (Policy{3, 14 * day, 1e9, 36 * time.Hour}); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	for text, want := range map[string]time.Duration{"": 0, "0": 0, "0d": 0, "1d": day, "90m": 90 * time.Minute} {
		if got, err := ParseAge(text); err != nil || got != want {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
	for _, bad := range []string{"90", "-1d", "99999w", "d", "-1h"} {
		if _, err := ParseAge(bad); err == nil {
			t.Errorf("%q is an age", bad)
		}
	}
}
