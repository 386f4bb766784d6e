package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
)

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("disk full"), 1},
		{silentError{errors.New("job 1 ended as FAILED")}, 1},
		{usageError{errors.New("--pages 0")}, 2},
		{&pipeline.RunningError{}, 3},
		{fmt.Errorf("start: %w", &pipeline.RunningError{}), 3},
		{&pipeline.ValidationError{}, 4},
		{errors.Join(pipeline.ErrNotRunning), 5},
		{fmt.Errorf("status: %w", pipeline.ErrNotAuthorised), 6},
		{errSignal, 130},
		{fmt.Errorf("read: %w", context.Canceled), 130},
	} {
		if got := exitCode(c.err); got != c.want {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.want)
		}
	}
}

func TestParseSize(t *testing.T) {
	for in, want := range map[string]int64{"5GB": 5e9, "500 MB": 5e8, "1GiB": 1 << 30, "123": 123, "-1": -1, " -1 ": -1} {
		if got, err := parseSize(in); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", "much", "-5GB", "99999999999999GB"} {
		if got, err := parseSize(in); err == nil {
			t.Errorf("%q was read as %d", in, got)
		}
	}
}

func TestProgressLine(t *testing.T) {
	start := time.Date(2026, 11, 23, 14, 2, 11, 0, time.UTC)
	running := pipeline.Progress{JobID: 12, Phase: pipeline.PhaseExporting, Started: start, Done: 41, Total: 100,
		Files: []pipeline.FileProgress{
			{Name: "users", State: pipeline.FileDone, Rows: 61_204, Bytes: 4_100_000, Expected: 61_204},
			{Name: "pages", State: pipeline.FileWriting, Rows: 1_204_551, Bytes: 5_900_000_000, Expected: 2_071_300},
			{Name: "comments", State: pipeline.FileWaiting, Expected: -1},
		}}
	about := running
	about.Files = slices.Clone(running.Files)
	about.Files[1].Expected, about.Files[1].About = 2_070_000, true
	for _, c := range []struct {
		p    pipeline.Progress
		want string
	}{
		{pipeline.Progress{}, ""},
		{pipeline.Progress{JobID: 12, Phase: pipeline.PhaseChecking, Done: 1, Total: 4}, "job 12  checking the snapshot  25 %"},
		{running, "job 12  41 %  pages 1,204,551 of 2,071,300  5.9 GB  10 s  126,575 rows/s"},
		{about, "job 12  41 %  pages 1,204,551 of about 2,070,000  5.9 GB  10 s  126,575 rows/s"},
		{pipeline.Progress{JobID: 12, Phase: pipeline.PhaseFinishing}, "job 12  finishing: syncing files"},
	} {
		if got := progressLine(c.p, start.Add(10*time.Second)); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestDescribeJob(t *testing.T) {
	start := time.Date(2026, 11, 23, 9, 1, 1, 0, time.UTC)
	from := pipeline.At(start.AddDate(-1, 0, 0))
	for _, c := range []struct {
		job  pipeline.Job
		want []string
	}{
		{pipeline.Job{}, []string{"Not started"}},
		{pipeline.Job{ID: 3, Status: pipeline.Completed, NodeID: "desk", StartTime: pipeline.At(start),
			CompletedTime: pipeline.At(start.Add(2 * time.Second)), Config: pipeline.Config{ExportFrom: from, ForcedExport: true},
			Statistics: &pipeline.Statistics{ExportedEntities: 1234, WrittenRows: 5678},
			Warnings:   []pipeline.Diagnostic{{Key: "a.key", Message: "A warning."}}},
			[]string{"Job 3: completed in 2.0 s, 5,678 rows of 1,234 entities", "from 2025-11-23T09:01:01Z, forced, on desk", "A warning. (a.key)"}},
		{pipeline.Job{ID: 4, Status: pipeline.Started, StartTime: pipeline.At(start)}, []string{"Job 4: started for 1 min"}},
	} {
		var b strings.Builder
		describeJob(&b, c.job, start.Add(time.Minute))
		for _, want := range c.want {
			if !strings.Contains(b.String(), want) {
				t.Errorf("job %d:\n%slacks %q", c.job.ID, b.String(), want)
			}
		}
	}
}
