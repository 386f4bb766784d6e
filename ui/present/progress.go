package present

import (
	"cmp"
	"fmt"
	"time"

	"sluice/pipeline"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// progress adds bars, figures and chart of a job that runs on this computer.
func progress(s *Status, in Inputs) {
	p := in.Progress
	if !in.State.Job.Running() || p.Phase == pipeline.PhaseNone {
		return
	}
	s.Overall = &Progress{Share: share(p.Done, p.Total), Text: overall(in)}
	for _, f := range p.Files {
		s.Files = append(s.Files, fileRow(f))
	}
	if in.Rates == nil || in.Rates.Rows() <= 0 {
		return
	}
	s.Chart = in.Rates.Chart()
	s.ChartSay = fmt.Sprintf(texts.T.Status.Rate, Count(int64(in.Rates.Rows())), Size(int64(in.Rates.Bytes())))
}

func share(done, total int64) float64 {
	if total <= 0 {
		return -1
	}
	return min(1, float64(done)/float64(total))
}

// overall is the sentence beside the bar: percent and time left, and what the
// job does when it does not write.
func overall(in Inputs) string {
	t, p := texts.T.Status, in.Progress
	percent, left := "", ""
	if part := share(p.Done, p.Total); part >= 0 {
		percent = fmt.Sprintf(t.Percent, int(100*part))
	}
	if in.Rates != nil && in.State.Job.Status == pipeline.Started {
		if d, ok := in.Rates.Left(); ok {
			left = fmt.Sprintf(t.Left, RunningSpan(d+time.Second))
		}
	}
	switch p.Phase {
	case pipeline.PhaseChecking:
		return Joined(t.Checking, percent)
	case pipeline.PhaseFinishing:
		return Joined(t.Finishing, percent)
	}
	return cmp.Or(Joined(percent, left), t.Exporting)
}

func fileRow(f pipeline.FileProgress) FileRow {
	t := texts.T.Status
	row := FileRow{Name: f.Name, Tone: tone.Active, Rows: Count(f.Rows)}
	if f.State != pipeline.FileWaiting {
		row.Size = Size(f.Bytes)
	}
	switch f.State {
	case pipeline.FileWaiting:
		row.Rows = t.Waiting
	case pipeline.FileDone:
		row.Share, row.Tone = 1, tone.Good
	case pipeline.FileWriting:
		row.Share = share(f.Rows, f.Expected)
		if f.Expected >= f.Rows {
			row.Rows = fmt.Sprintf(t.RowsOf, Count(f.Rows), Count(f.Expected))
		}
	}
	return row
}
