package present

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/texts"
)

func TestCompareCard(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	job := func(id int64, s pipeline.Status) pipeline.Job {
		return pipeline.Job{ID: id, Status: s, StartTime: pipeline.At(now.Add(time.Duration(id) * time.Hour))}
	}
	jobs := []pipeline.Job{job(5, pipeline.Started), job(4, pipeline.Failed), job(3, pipeline.Completed), job(2, pipeline.Cancelled), job(1, pipeline.Completed)}
	c := Comparing{Jobs: Comparable(jobs)}.Choose()
	if len(c.Jobs) != 4 || c.Later != 3 || c.Earlier != 1 {
		t.Errorf("a job that runs is offered, or others than the last two complete ones are chosen: %+v", c)
	}
	m := CompareCardOf(c, now)
	if !m.CanStart || m.Earlier != m.Choices[3] || m.Later != m.Choices[1] {
		t.Errorf("%+v", m)
	}
	night := job(6, pipeline.Completed) // midnight in its zone is of the day before in others
	night.Config.ExportFrom = pipeline.At(time.Date(2025, 11, 19, 23, 0, 0, 0, time.UTC))
	if says := CompareCardOf(Comparing{Jobs: []pipeline.Job{night}, Zone: time.FixedZone("", 3600)}, now).Choices[0]; !strings.Contains(says, "from 2025-11-20") {
		t.Errorf("another from date than in the history: %q", says)
	}
	for name, x := range map[string]struct {
		c    func(Comparing) Comparing
		say  string
		free bool
	}{
		"the same": {func(c Comparing) Comparing { c.Earlier = 3; return c }, texts.T.Compare.SameJob, false},
		"runs": {func(c Comparing) Comparing {
			c.Running = true
			c.Progress = source.Comparing{File: "users", Done: 5, Total: 10}
			return c
		}, "users: 5 B of 10 B", false},
		"stopped": {func(c Comparing) Comparing { c.Stopped = true; return c }, texts.T.Compare.Stopped, true},
		"no change": {func(c Comparing) Comparing {
			c.Done = &source.Comparison{Files: []source.ComparedFile{{Unchanged: 9}}}
			return c
		}, texts.T.Compare.Same, true},
		"not told": {func(c Comparing) Comparing {
			c.Done = &source.Comparison{Files: []source.ComparedFile{{Unchanged: 5, OutOfWindow: 818}, {Unproven: 2}}}
			return c
		}, "Nothing differs as far as can be told: 820 rows are not told", true},
		"changes": {func(c Comparing) Comparing {
			c.Done = &source.Comparison{Files: []source.ComparedFile{{Removed: 2}, {Added: 1}}}
			return c
		}, "3 rows differ", true},
		"one change": {func(c Comparing) Comparing {
			c.Done = &source.Comparison{Files: []source.ComparedFile{{Changed: 1, OutOfWindow: 1}}}
			return c
		}, "1 row differs", true},
	} {
		if m := CompareCardOf(x.c(c), now); m.Say != x.say || m.CanStart != x.free {
			t.Errorf("%s: %q, can start: %v", name, m.Say, m.CanStart)
		}
	}
	c.Problem = errors.New("it is broken")
	if m := CompareCardOf(c, now); m.Problem == "" {
		t.Error("the problem is not said")
	}
}
