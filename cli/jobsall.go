package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sluice/figures"
	"sluice/jobcsv"
	"sluice/localexport"
	"sluice/pipeline"
	"sluice/source"
	"sluice/visible"
)

// sourceJob is a job among those of all sources.
type sourceJob struct {
	source source.Source
	job    pipeline.Job
	folder string // of its files; "" if they are not here
	bytes  int64
}

// unreadable is a source whose jobs cannot be read.
type unreadable struct {
	Source  string `json:"source"`
	Message string `json:"message"`
	err     error
}

// all lists the jobs of all sources, those that began last first. A source that cannot be
// read hides none of the others.
func (x *jobsCommand) all(c *call) error {
	if x.Job > 0 {
		return usageError{errors.New("--all lists the jobs of all sources: to tell of one give --home and its number")}
	}
	list, err := sourceList()
	if err != nil {
		return err
	}
	known := exportedSources()
	jobs, told := gathered(c.ctx, list, homePatience, func(s source.Source) found {
		jobs, notes, err := x.jobsOf(c, s, known)
		return found{jobs, notes, err}
	})
	slices.SortStableFunc(jobs, func(a, b sourceJob) int { return b.job.StartTime.Compare(a.job.StartTime.Time) })
	jobs = filtered(jobs, x.Filter)
	shown := jobs
	if x.Limit > 0 {
		shown = jobs[:min(len(jobs), x.Limit)]
	}
	return errors.Join(x.tell(c, shown, len(jobs), told), whyOf(told.failed))
}

// found is what was found of a source.
type found struct {
	jobs  []sourceJob
	notes []string
	err   error
}

// gathered are the jobs of all sources, in their order. They are read at the same time, and one
// that does not answer in time, since its disk does not, holds up none of the others.
func gathered(ctx context.Context, list []source.Source, patience time.Duration, read func(source.Source) found) (jobs []sourceJob, told besides) {
	late, stop := context.WithTimeout(ctx, patience)
	defer stop()
	answers := make([]chan found, len(list))
	for i, s := range list {
		answers[i] = make(chan found, 1)
		go func() { answers[i] <- read(s) }() // no system lets go of a call that waits for a disk: it ends with the program
	}
	for i, s := range list {
		var f found
		select {
		case f = <-answers[i]:
		case <-late.Done():
			select {
			case f = <-answers[i]:
			default:
				f.err = cmp.Or[error](ctx.Err(), silentHomeError{patience})
			}
		}
		if f.err != nil {
			told.failed = append(told.failed, unreadable{s.Name, f.err.Error(), fmt.Errorf("%s: %w", s.Name, f.err)})
		}
		for _, note := range f.notes {
			told.notes = append(told.notes, s.Name+": "+note)
		}
		jobs = append(jobs, f.jobs...)
	}
	return jobs, told
}

// whyOf is the error of sources that cannot be read, nil if there are none.
func whyOf(failed []unreadable) (err error) {
	for _, f := range failed {
		err = errors.Join(err, f.err)
	}
	return err
}

// besides is what is told beside the jobs.
type besides struct {
	failed []unreadable
	notes  []string
}

// tell prints the jobs, of so many, in the form that is asked for.
func (x *jobsCommand) tell(c *call, shown []sourceJob, total int, told besides) error {
	for _, note := range told.notes {
		if !x.JSON {
			visible.Fprintf(c.program.Err, "note: %s\n", note)
		}
	}
	if x.CSV || x.Save != "" {
		rows := make([]jobcsv.SourceRow, len(shown))
		for i, j := range shown {
			rows[i] = jobcsv.SourceRowOf(j.job, j.folder, j.source.Name, j.bytes)
		}
		if err := saveTable(x, c, rows, total); err != nil || !x.JSON {
			return err
		}
	}
	if x.JSON {
		return x.allDocument(c, shown, total, told)
	}
	if len(shown) == 0 {
		of := "of no source"
		if len(told.failed) > 0 {
			of = "of none of the sources that can be read"
		}
		fmt.Fprintf(c.program.Out, "No job fits, %s: \"sluice sources\" lists them.\n", of)
		return nil
	}
	lines := [][]string{{"source", "job", "status", "started", "took", "rows", "size", "from", ""}}
	for _, j := range shown {
		size := ""
		if j.bytes > 0 {
			size = figures.Size(j.bytes)
		}
		of := jobCells(j.job, c.program.Now)
		lines = append(lines, slices.Concat([]string{visible.Cut(j.source.Name, longestWord)}, of[:5], []string{size}, of[5:]))
	}
	aligned(c.program.Out, "", lines, 1, 4, 5, 6)
	x.tellEarlier(c.program.Out, total-len(shown))
	return nil
}

func (x *jobsCommand) allDocument(c *call, shown []sourceJob, total int, told besides) error {
	list := make([]json.RawMessage, len(shown))
	for i, j := range shown {
		var with any = pipeline.Kept(j.job)
		for _, m := range []struct {
			name  string
			value any
		}{{"source", j.source.Name}, {"folder", j.folder}, {"bytes", j.bytes}} {
			next, err := withMember(with, m.name, m.value)
			if err != nil {
				return err
			}
			with = next
		}
		list[i], _ = with.(json.RawMessage)
	}
	return c.document(struct {
		Total  int               `json:"total"`
		Saved  string            `json:"saved,omitempty"` // the file with the CSV
		Jobs   []json.RawMessage `json:"jobs"`
		Failed []unreadable      `json:"failed,omitempty"` // sources that cannot be read
		Notes  []string          `json:"notes,omitempty"`
	}{total, x.Save, list, told.failed, told.notes}, nil)
}

// folderOf is where the files of a job are, or on this computer would be: what was fetched
// from a server goes before what is mounted.
func (x *jobsCommand) folderOf(s source.Source, job pipeline.Job) string {
	if s.Kind != source.KindServer {
		return localexport.FolderOf(s.Home, job)
	}
	for _, root := range []string{s.FetchHome(x.Home), s.Server.Mounted()} {
		folder := filepath.Join(root, "data-pipeline", "export", fmt.Sprint(job.ID))
		if _, err := os.Stat(folder); root != "" && err == nil {
			return folder
		}
	}
	return ""
}

// filtered are the jobs that say each word of a filter.
func filtered(jobs []sourceJob, filter string) []sourceJob {
	words := strings.Fields(strings.ToLower(filter))
	return slices.DeleteFunc(jobs, func(j sourceJob) bool {
		said := strings.ToLower(strings.Join(append(append([]string{j.source.Name, j.job.StartedBy}, jobCells(j.job, nil)...), j.source.Tags...), "\n"))
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(said, word) })
	})
}
