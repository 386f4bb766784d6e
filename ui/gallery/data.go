package main

import (
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
)

var (
	sydney, _ = time.LoadLocation("Australia/Sydney")
	now       = time.Date(2026, 11, 23, 14, 3, 49, 0, sydney)
	from      = time.Date(2025, 11, 23, 0, 0, 0, 0, sydney) // 365 days before now
	newest    = time.Date(2026, 11, 22, 23, 58, 0, 0, sydney)
)

func job(id int64, s pipeline.Status) pipeline.Job {
	return pipeline.Job{ID: id, Status: s, NodeID: "node2", StartTime: pipeline.At(now.Add(-98 * time.Second)),
		Config: pipeline.Config{ExportFrom: pipeline.At(from)}}
}

func local(j pipeline.Job) present.Inputs {
	if j.ID > 0 {
		j.Config.ExportFrom = pipeline.At(from.AddDate(0, 0, -1)) // counted from the newest change
	}
	return present.Inputs{Kind: source.KindSnapshot, State: pipeline.State{Job: j, At: now}, Now: now}
}

func ready() present.Inputs { return local(pipeline.Job{}) }

func running() present.Inputs {
	in := local(job(12, pipeline.Started))
	in.Free = 412_000_000_000
	in.Output = "/home/ana/sluice/wiki/data-pipeline/export/12"
	in.Progress = pipeline.Progress{JobID: 12, Phase: pipeline.PhaseExporting, Done: 41, Total: 100, Files: []pipeline.FileProgress{
		{Name: "users", State: pipeline.FileDone, Rows: 61204, Bytes: 4_100_000, Expected: 61204},
		{Name: "spaces", State: pipeline.FileDone, Rows: 1482, Bytes: 400_000, Expected: 1482},
		{Name: "pages", State: pipeline.FileWriting, Rows: 1204551, Bytes: 5_900_000_000, Expected: 2071300},
		{Name: "comments", State: pipeline.FileWaiting, Expected: -1},
		{Name: "analytics_events", State: pipeline.FileWaiting, Expected: -1},
	}}
	in.Rates = &present.Estimator{}
	waves := []int64{120, 150, 205, 212, 216, 214, 217, 219, 212, 220, 221, 219, 219, 180, 205, 219, 221, 221, 220, 222, 221, 221}
	var rows int64
	for i, w := range waves {
		rows += w * 500
		at := now.Add(time.Duration(i-len(waves)) * 500 * time.Millisecond)
		in.Rates.Add(at, 41_000-int64(len(waves)-1-i)*158, 100_000, rows, rows*448)
	}
	return in
}

func completed() present.Inputs {
	j := job(12, pipeline.Completed)
	j.StartTime = pipeline.At(now.Add(-271 * time.Second))
	j.CompletedTime = pipeline.At(now.Add(-40 * time.Second))
	j.Statistics = &pipeline.Statistics{ExportedEntities: 13_276_847, WrittenRows: 13_276_847}
	in := local(j)
	in.Output, in.Kits = "/home/ana/sluice/wiki/data-pipeline/export/12", true
	in.Files = []pipeline.File{
		{Name: "users", Rows: 61_204, Bytes: 4_100_000}, {Name: "spaces", Rows: 1482, Bytes: 400_000}, {Name: "pages", Rows: 2_071_300, Bytes: 10_149_000_000},
		{Name: "comments", Rows: 1_502_771, Bytes: 616_136_000}, {Name: "analytics_events", Rows: 9_640_090, Bytes: 1_542_414_000},
	}
	return in
}

func cancelled() present.Inputs {
	j := job(11, pipeline.Cancelled)
	j.CompletedTime = pipeline.At(now.Add(-57 * time.Second))
	j.CancelledTime = j.CompletedTime
	j.Statistics = &pipeline.Statistics{ExportedEntities: 8_120_004, WrittenRows: 8_120_004}
	in := local(j)
	in.Mine = true
	in.Output = "/home/ana/sluice/wiki/data-pipeline/export/11"
	last := job(10, pipeline.Completed)
	last.StartTime = pipeline.At(now.Add(-8 * 24 * time.Hour))
	last.CompletedTime = pipeline.At(last.StartTime.Add(220 * time.Second))
	in.Last = &last
	return in
}

func failed() present.Inputs {
	j := job(56, pipeline.Failed)
	j.StartTime = pipeline.At(now.Add(-5 * time.Second))
	j.CompletedTime = pipeline.At(j.StartTime.Add(69 * time.Millisecond))
	j.Errors = []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}
	in := present.Inputs{Kind: source.KindServer, State: pipeline.State{Job: j, At: now.Add(-3 * time.Second)}, Now: now}
	last := job(55, pipeline.Completed)
	last.StartTime = pipeline.At(now.Add(-6 * 24 * time.Hour))
	last.CompletedTime = pipeline.At(last.StartTime.Add(15*time.Hour + 51*time.Minute))
	in.Last = &last
	return in
}

func unreachable() present.Inputs {
	in := failed()
	in.State.Job = job(57, pipeline.Started)
	in.State.At = now.Add(-4 * time.Minute)
	in.State.UnreachableSince = in.State.At
	in.State.Next = now.Add(24 * time.Second)
	in.State.Err = errText("wiki.example.com refuses the connection: check that the server runs, and its port")
	return in
}

type errText string

func (e errText) Error() string { return string(e) }

// history is a list of jobs like those of a month.
func history() []pipeline.Job {
	type line struct {
		id     int64
		status pipeline.Status
		ago    time.Duration
		took   time.Duration
		rows   int64
		forced bool
	}
	const day = 24 * time.Hour
	lines := []line{
		{12, pipeline.Completed, 2 * time.Minute, 231 * time.Second, 13_276_847, false},
		{11, pipeline.Cancelled, 20 * time.Hour, 41 * time.Second, 8_120_004, false},
		{10, pipeline.Completed, 8 * day, 220 * time.Second, 13_131_201, false},
		{9, pipeline.Failed, 9 * day, 100 * time.Millisecond, 0, false},
		{8, pipeline.Completed, 15 * day, 216 * time.Second, 12_990_118, false},
		{7, pipeline.Completed, 22 * day, 213 * time.Second, 12_901_377, true},
		{6, pipeline.Completed, 29 * day, 209 * time.Second, 12_730_954, false},
		{5, pipeline.Completed, 36 * day, 204 * time.Second, 12_640_110, false},
		{4, pipeline.Completed, 43 * day, 199 * time.Second, 12_480_917, false},
	}
	var jobs []pipeline.Job
	for _, l := range lines {
		j := job(l.id, l.status)
		j.StartTime = pipeline.At(now.Add(-l.ago))
		j.CompletedTime = pipeline.At(j.StartTime.Add(l.took))
		if j.StartedBy = pipeline.BySchedule("weekly"); l.forced || l.status != pipeline.Completed {
			j.StartedBy = pipeline.ByPerson
		}
		j.Config = pipeline.Config{ExportFrom: pipeline.At(j.StartTime.AddDate(-1, 0, 0)), ForcedExport: l.forced}
		if l.rows > 0 {
			j.Statistics = &pipeline.Statistics{ExportedEntities: l.rows, WrittenRows: l.rows}
		}
		jobs = append(jobs, j)
	}
	return jobs
}
