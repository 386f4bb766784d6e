package present

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"sluice/pipeline"
)

// JobsOf are the jobs of a source, for the list of those of all sources.
type JobsOf struct {
	ID, Name string
	Tags     []string
	Zone     *time.Location // in which from dates are shown; nil: as they come
	Jobs     []pipeline.Job // newest first, as Overtaken gives them; they are not changed any more
}

// AnyJob is a job of any source.
type AnyJob struct {
	Source *JobsOf
	Job    *pipeline.Job
	Bytes  int64 // of its files; -1 if that is not known
	words  string
}

// AllJobs lists the jobs of all sources, those that began last first.
func AllJobs(sources []JobsOf) []AnyJob {
	var list []AnyJob
	for i := range sources {
		for n := range sources[i].Jobs {
			list = append(list, AnyJob{Source: &sources[i], Job: &sources[i].Jobs[n], Bytes: -1})
		}
	}
	slices.SortStableFunc(list, func(a, b AnyJob) int { return b.Job.StartTime.Compare(a.Job.StartTime.Time) })
	return list
}

// AnyRow is the line of a job of any source.
type AnyRow struct {
	HistoryRow
	SourceID, Source string
}

// Row is the line of the job.
func (j AnyJob) Row(now time.Time) AnyRow {
	return AnyRow{historyRow(j.Job, j.Bytes, now, j.Source.Zone), j.Source.ID, j.Source.Name}
}

// said is everything that a filter looks in, in small letters.
func (j *AnyJob) said(now time.Time) string {
	if j.words == "" || j.Job.Running() {
		r := j.Row(now)
		j.words = strings.ToLower(strings.Join(append([]string{r.Source, r.Job, r.Sign.Word, r.Started, r.From, r.By}, j.Source.Tags...), "\n"))
	}
	return j.words
}

// FilterJobs returns the jobs that say each word of a filter, in their order. It notes in
// the jobs what they say.
func FilterJobs(jobs []AnyJob, filter string, now time.Time) []AnyJob {
	words := strings.Fields(strings.ToLower(filter))
	if len(words) == 0 {
		return jobs
	}
	var left []AnyJob
	for i := range jobs {
		said := jobs[i].said(now)
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(said, word) }) {
			left = append(left, jobs[i])
		}
	}
	return left
}

// SortAnyJobs returns the jobs in the order of a column; jobs that are equal in it stay in
// the order in which they come.
func SortAnyJobs(jobs []AnyJob, by JobColumn, upwards bool, now time.Time) []AnyJob {
	sorted := slices.Clone(jobs)
	slices.SortStableFunc(sorted, func(a, b AnyJob) int {
		switch by {
		case ColumnSource: // names go upwards first
			return -turned(cmp.Compare(a.Source.Name, b.Source.Name), upwards)
		case ColumnSize:
			return turned(cmp.Compare(a.Bytes, b.Bytes), upwards)
		}
		return turned(compareJobs(a.Job, b.Job, by, now), upwards)
	})
	return sorted
}
