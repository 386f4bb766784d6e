package present

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"sluice/pipeline"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// HistoryRow is a job in the list of jobs.
type HistoryRow struct {
	ID                                           int64
	Job, Started, Duration, From, Rows, Entities string
	Size                                         string // of its files
	By                                           string // who started it
	Gone                                         bool   // it is known that there are no files of it
	Tip                                          string // what there is no room for; "" if nothing
	Sign                                         Sign
}

// HistoryRows builds the list, in the order of the jobs. From dates are shown in
// the zone, or as they come if it is nil.
func HistoryRows(jobs []pipeline.Job, now time.Time, zone *time.Location) []HistoryRow {
	rows := make([]HistoryRow, len(jobs))
	for i := range jobs {
		rows[i] = historyRow(&jobs[i], -1, now, zone)
	}
	return rows
}

// historyRow is the line of a job whose files have so many bytes, -1 if that is not known.
func historyRow(j *pipeline.Job, bytes int64, now time.Time, zone *time.Location) HistoryRow {
	dash := texts.T.Format.Dash
	r := HistoryRow{ID: j.ID, Job: strconv.FormatInt(j.ID, 10), Sign: SignOfJob(*j), Duration: dash, From: dash, Rows: dash, Entities: dash,
		By: starter(*j)}
	r.Measure(bytes)
	r.Started = Minute(j.StartTime.Time, now.Location())
	if j.Redaction != "" {
		r.Sign.Word = fmt.Sprintf(texts.T.Redaction.Word, r.Sign.Word)
	}
	if s := span(*j, now); s != "" {
		r.Duration = s
	}
	if !j.Config.ExportFrom.IsZero() {
		r.From = FromInZone(j.Config.ExportFrom.Time, zone).Format(time.DateOnly)
	}
	if s := j.Statistics; s != nil {
		r.Rows, r.Entities = KnownCount(s.WrittenRows), KnownCount(s.ExportedEntities)
	}
	return r
}

// SizeOfJob writes how many bytes the files of a job have: a dash if that is not known, and
// that there are none.
func SizeOfJob(bytes int64) string {
	switch {
	case bytes < 0:
		return texts.T.Format.Dash
	case bytes == 0:
		return texts.T.History.NoFiles
	}
	return Size(bytes)
}

// Measure takes in how many bytes the files of the job have, -1 if that is not known.
func (r *HistoryRow) Measure(bytes int64) {
	r.Size, r.Gone, r.Tip = SizeOfJob(bytes), bytes == 0, ""
	if r.Gone {
		r.Tip = fmt.Sprintf(texts.T.History.DetailsTitle, r.ID) + "\n" + texts.T.History.NoFilesTip
	}
}

// starter is who started a job, in a few words.
func starter(j pipeline.Job) string {
	t := texts.T.History
	switch name := pipeline.ScheduleOf(j.StartedBy); {
	case name != "":
		return fmt.Sprintf(t.BySchedule, name)
	case j.StartedBy == pipeline.ByPerson:
		return t.ByPerson
	case j.StartedBy == pipeline.ByREST:
		return t.ByREST
	}
	return texts.T.Format.Dash
}

// EndNotSeen is the status of a job that was seen running and is over by now,
// since a later one was begun. How it ended is not known.
const EndNotSeen pipeline.Status = "END_NOT_SEEN"

// Overtaken returns the jobs, which come newest first, with the status EndNotSeen
// for those that seem to run behind a later one.
func Overtaken(jobs []pipeline.Job) []pipeline.Job {
	jobs = slices.Clone(jobs)
	for i := 1; i < len(jobs); i++ {
		if jobs[i].Running() {
			jobs[i].Status = EndNotSeen
		}
	}
	return jobs
}

// took is how long a job took or has been running; 0 if that is not known.
func took(j pipeline.Job, now time.Time) time.Duration {
	if j.Status == EndNotSeen || j.Status.Ended() && j.CompletedTime.IsZero() {
		return 0
	}
	return j.Duration(now)
}

// JobColumn is a column of the list, from left to right.
type JobColumn int

// The columns by which the list can be sorted.
const (
	ColumnJob JobColumn = iota
	ColumnStatus
	ColumnStarted
	ColumnDuration
	ColumnFrom
	ColumnRows
	ColumnSize
	ColumnBy
	ColumnSource // of the jobs of all sources
)

// SortJobs returns the jobs in the order of a column; jobs that are equal in it
// stay newest first. jobs come newest first, and are left as they are. bytes tells how
// large their files are, below 0 if that is not known.
func SortJobs(jobs []pipeline.Job, by JobColumn, upwards bool, now time.Time, bytes func(pipeline.Job) int64) []pipeline.Job {
	sorted := slices.Clone(jobs)
	slices.SortStableFunc(sorted, func(a, b pipeline.Job) int {
		order := compareJobs(&a, &b, by, now)
		if by == ColumnSize {
			order = cmp.Compare(bytes(a), bytes(b))
		}
		return turned(order, upwards)
	})
	return sorted
}

// turned is an order with the largest first, unless it goes upwards.
func turned(order int, upwards bool) int {
	if upwards {
		return order
	}
	return -order
}

// compareJobs compares two jobs by what they say themselves.
func compareJobs(a, b *pipeline.Job, by JobColumn, now time.Time) int {
	switch by {
	case ColumnStatus:
		return cmp.Compare(SignOfJob(*a).Word, SignOfJob(*b).Word)
	case ColumnStarted:
		return a.StartTime.Compare(b.StartTime.Time)
	case ColumnDuration:
		return cmp.Compare(took(*a, now), took(*b, now))
	case ColumnFrom:
		return a.Config.ExportFrom.Compare(b.Config.ExportFrom.Time)
	case ColumnRows:
		return cmp.Compare(writtenRows(*a), writtenRows(*b))
	case ColumnBy:
		return cmp.Compare(a.StartedBy, b.StartedBy)
	}
	return cmp.Compare(a.ID, b.ID)
}

// writtenRows is -1 for a job that does not tell.
func writtenRows(j pipeline.Job) int64 {
	if j.Statistics == nil {
		return -1
	}
	return j.Statistics.WrittenRows
}

// Measure is what the chart of the jobs shows.
type Measure int

// The measures.
const (
	ByDuration Measure = iota
	ByRows
)

// ChartBar is a job in the chart.
type ChartBar struct {
	ID          int64
	Value       float64
	Label, Note string
	Tone        tone.Tone
}

// ChartOf is the chart of the last jobs, oldest first, at most count of them.
// jobs come newest first.
func ChartOf(jobs []pipeline.Job, m Measure, count int, now time.Time) []ChartBar {
	jobs = jobs[:min(count, len(jobs))]
	bars := make([]ChartBar, 0, len(jobs))
	for i := len(jobs) - 1; i >= 0; i-- {
		j := jobs[i]
		b := ChartBar{ID: j.ID, Label: strconv.FormatInt(j.ID, 10), Tone: SignOfJob(j).Tone}
		switch {
		case m == ByDuration:
			b.Value = took(j, now).Seconds()
			b.Note = cmp.Or(span(j, now), texts.T.Format.Dash)
		case writtenRows(j) >= 0:
			b.Value = float64(j.Statistics.WrittenRows)
			b.Note = Short(j.Statistics.WrittenRows)
		}
		bars = append(bars, b)
	}
	return bars
}

// Short writes a number in few figures: "59.7 M", "8.1 k", "612".
func Short(n int64) string {
	switch {
	case n >= 1_000_000_000:
		return texts.Decimal(fmt.Sprintf("%.1f G", float64(n)/1e9))
	case n >= 1_000_000:
		return texts.Decimal(fmt.Sprintf("%.1f M", float64(n)/1e6))
	case n >= 10_000:
		return texts.Decimal(fmt.Sprintf("%.1f k", float64(n)/1e3))
	}
	return Count(n)
}

// LastCompleted finds the newest completed job before the one with an id. jobs
// come newest first.
func LastCompleted(jobs []pipeline.Job, before int64) *pipeline.Job {
	for i, j := range jobs {
		if j.Status == pipeline.Completed && (before == 0 || j.ID < before) {
			return &jobs[i]
		}
	}
	return nil
}
