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
			left = fmt.Sprintf(t.Left, Estimated(d+time.Second))
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
		row.Share, row.Rows = fileShare(f), rowsOf(f)
	}
	return row
}

// fileShare is how much of a file is written: by its records where it is known how
// many there will be, else by how much is read for it.
func fileShare(f pipeline.FileProgress) float64 {
	if f.Expected >= f.Rows && !f.About {
		return share(f.Rows, f.Expected)
	}
	return share(f.Done, f.Total)
}

// rowsOf says how many records are written and of how many. Where that cannot be
// told it says about how much is read.
func rowsOf(f pipeline.FileProgress) string {
	t := texts.T.Status
	part := share(f.Done, f.Total)
	switch {
	case f.Expected >= f.Rows && f.About:
		return fmt.Sprintf(t.RowsOf, Count(f.Rows), fmt.Sprintf(texts.T.Page.About, Count(f.Expected)))
	case f.Expected >= f.Rows:
		return fmt.Sprintf(t.RowsOf, Count(f.Rows), Count(f.Expected))
	case part >= 0:
		return Joined(Count(f.Rows), fmt.Sprintf(texts.T.Page.About, fmt.Sprintf(t.Percent, int(100*part))))
	}
	return Count(f.Rows)
}
