package localexport

import (
	"context"
	"time"

	"sluice/pipeline"
)

// watch looks for cancellations and at the free space, and reports progress to
// other processes, until ctx ends.
func (r *run) watch(ctx context.Context) {
	poll := time.NewTicker(r.exporter.options.PollInterval)
	defer poll.Stop()
	report := time.NewTicker(r.exporter.options.ReportInterval)
	defer report.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-poll.C:
			r.lookForCancellation(ctx)
		case <-report.C:
			if err := r.exporter.checkSpace(); err != nil {
				r.stop(err)
			}
			r.report(ctx)
		}
	}
}

func (r *run) lookForCancellation(ctx context.Context) {
	status, err := r.exporter.store.Status(ctx, r.id)
	if ctx.Err() == nil {
		r.exporter.once.warn(r.exporter.log, "look for a cancellation", err, "job", r.id)
	}
	switch {
	case status == pipeline.CancellationRequested:
		r.cancelRequested()
	case status.Ended():
		r.stop(errDisowned)
	}
}

func (r *run) report(ctx context.Context) {
	err := r.exporter.store.Report(ctx, r.progress(), r.exporter.now())
	if ctx.Err() == nil {
		r.exporter.once.warn(r.exporter.log, "report the progress", err, "job", r.id)
	}
}
