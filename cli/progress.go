package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"sluice/figures"
	"sluice/pipeline"
)

// sampleInterval is how often the progress line is drawn.
const sampleInterval = 100 * time.Millisecond

// drawProgress draws one line with the progress of r on w, over and over, until
// the returned function is called, which wipes the line. Where w is no terminal
// it draws nothing.
func drawProgress(ctx context.Context, w io.Writer, clock Clock, r pipeline.ProgressReporter) (stop func()) {
	line := newLiveLine(w)
	if !line.live() {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		ticker := time.NewTicker(sampleInterval)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				line.wipe()
				return
			case <-ticker.C:
				if text := progressLine(r.Progress(), clock.now()); text != "" {
					line.draw(text)
				}
			}
		}
	})
	return func() { cancel(); done.Wait() }
}

// progressLine tells in one line how far a job is; "" when none runs.
func progressLine(p pipeline.Progress, now time.Time) string {
	switch p.Phase {
	case pipeline.PhaseNone:
		return ""
	case pipeline.PhaseChecking:
		return fmt.Sprintf("job %d  checking the snapshot%s", p.JobID, percent(p.Done, p.Total))
	case pipeline.PhaseFinishing:
		return fmt.Sprintf("job %d  finishing: syncing files", p.JobID)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "job %d%s", p.JobID, percent(p.Done, p.Total))
	var rows, bytes int64
	for _, f := range p.Files {
		rows, bytes = rows+f.Rows, bytes+f.Bytes
		if f.State == pipeline.FileWriting {
			fmt.Fprintf(&b, "  %s %s", f.Name, number(f.Rows))
			switch {
			case f.Expected > 0 && f.About:
				fmt.Fprintf(&b, " of about %s", number(f.Expected))
			case f.Expected > 0:
				fmt.Fprintf(&b, " of %s", number(f.Expected))
			}
		}
	}
	elapsed := now.Sub(p.Started)
	fmt.Fprintf(&b, "  %s  %s", size(bytes), figures.Span(elapsed))
	if s := elapsed.Seconds(); s >= 1 {
		fmt.Fprintf(&b, "  %s rows/s", number(int64(float64(rows)/s)))
	}
	return b.String()
}

func percent(done, total int64) string {
	if total <= 0 {
		return ""
	}
	return fmt.Sprintf("  %2.0f %%", 100*min(1, float64(done)/float64(total)))
}

// drawCount draws "done of total" on w where it is a terminal. report may be
// called from any goroutine; stop wipes the line.
func drawCount(w io.Writer, unit string) (report func(done, total int64), stop func()) {
	var mu sync.Mutex
	line := newLiveLine(w)
	report = func(done, total int64) {
		mu.Lock()
		defer mu.Unlock()
		line.draw(fmt.Sprintf("%s of %s %s%s", number(done), number(total), unit, percent(done, total)))
	}
	return report, func() {
		mu.Lock()
		defer mu.Unlock()
		line.wipe()
	}
}
