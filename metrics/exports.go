package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"sluice/pipeline"
)

// Exports collects how the exports of one source stand, from its jobs.
type Exports struct {
	Source string // its name
	Of     pipeline.Historian
}

const (
	mostJobs = 100             // that are looked at for the last completed one
	patience = 5 * time.Second // of a scrape with the jobs
)

var ofSource = []string{"source"}

var (
	jobsReadable   = desc("exports_readable", "1 if the jobs can be read, else 0.", ofSource...)
	exportRuns     = desc("export_running", "1 while an export runs.", ofSource...)
	exportBegan    = desc("export_start_timestamp_seconds", "When the export that runs has begun.", ofSource...)
	exportOverdue  = desc("export_overdue", "1 if the export that runs takes longer than usual by more than a tenth, and a minute at least.", ofSource...)
	exportSuccess  = desc("export_last_success_timestamp_seconds", "When an export was completed last; absent if none was.", ofSource...)
	exportFailure  = desc("export_last_failure_timestamp_seconds", "When an export failed last; absent if none did.", ofSource...)
	exportDuration = desc("export_last_success_duration_seconds", "How long the last completed export took.", ofSource...)
	exportRows     = desc("export_last_success_rows", "Rows that the last completed export has written.", ofSource...)
)

// Describe implements prometheus.Collector.
func (e Exports) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{jobsReadable, exportRuns, exportBegan, exportOverdue, exportSuccess, exportFailure, exportDuration, exportRows} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (e Exports) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	jobs, err := e.Of.Jobs(ctx, mostJobs)
	tell := func(d *prometheus.Desc, v float64) { to <- gauge(d, v, e.Source) }
	moment := func(d *prometheus.Desc, t time.Time) {
		if !t.IsZero() {
			tell(d, float64(t.UnixMilli())/1000)
		}
	}
	tell(jobsReadable, truth(err == nil))
	if err != nil {
		return
	}
	var now, success, failure pipeline.Job // newest first
	for _, j := range jobs {
		switch {
		case j.Running() && !now.Exists():
			now = j
		case j.Status == pipeline.Completed && !success.Exists():
			success = j
		case j.Status == pipeline.Failed && !failure.Exists():
			failure = j
		}
	}
	tell(exportRuns, truth(now.Exists()))
	moment(exportBegan, now.StartTime.Time)
	u, known := pipeline.UsualOf(now, jobs)
	tell(exportOverdue, truth(known && u.Over(time.Now()) > 0))
	moment(exportFailure, failure.CompletedTime.Time)
	moment(exportSuccess, success.CompletedTime.Time)
	if success.Exists() {
		tell(exportDuration, success.Duration(time.Now()).Seconds())
		if s := success.Statistics; s != nil && s.WrittenRows >= 0 {
			tell(exportRows, float64(s.WrittenRows))
		}
	}
}
