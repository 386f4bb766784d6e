package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sluice/figures"
	"sluice/localexport"
	"sluice/pipeline"
	"sluice/visible"
)

// jobsCommand lists the exports of a home.
type jobsCommand struct {
	Job    int64  `arg:"" optional:"" name:"job" help:"Tell of this job alone, with its files."`
	Home   string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs and files are kept (${default})."`
	Limit  int    `default:"20" placeholder:"N" help:"List so many, the newest first; 0 for all (${default}; with --csv and --save all)."`
	All    bool   `help:"List the exports of all sources of the list in one table, those that began last first: of snapshots those of their homes, of servers those that were seen from here."`
	Filter string `placeholder:"WORDS" help:"With --all: only those that say each of these words: a source or its tag, a status, a day, who started them."`
	JSON   bool   `name:"json" help:"Print JSON."`
	CSV    bool   `name:"csv" help:"Print CSV: a row for each job, times in UTC, cells that are safe in a spreadsheet."`
	Save   string `type:"path" placeholder:"FILE" help:"Write that CSV to this file, which only its owner can read."`
}

func (x *jobsCommand) Run(c *call) (err error) {
	if x.Limit < 0 || x.Job < 0 {
		return usageError{errors.New("jobs have numbers from 1, and --limit is not negative")}
	}
	if err := x.settle(c); err != nil {
		return err
	}
	switch {
	case x.All:
		return x.all(c)
	case x.Filter != "":
		return usageError{errors.New("--filter chooses among the jobs of all sources: give --all, too")}
	}
	exporter, err := openHome(c, x.Home)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))) }()
	jobs, err := exporter.Jobs(c.ctx, 0)
	if err != nil {
		return err
	}
	shown := jobs
	switch {
	case x.Job > 0:
		if shown, err = x.only(jobs); err != nil {
			return err
		}
	case x.Limit > 0:
		shown = jobs[:min(len(jobs), x.Limit)]
	}
	if x.CSV || x.Save != "" {
		if err := x.table(c, shown, len(jobs)); err != nil || !x.JSON {
			return err
		}
	}
	if x.Job > 0 {
		return x.one(c, exporter, shown[0])
	}
	if x.JSON {
		return x.document(c, shown, len(jobs))
	}
	describeJobs(c.program.Out, shown, x.Home, c.program.Now)
	x.tellEarlier(c.program.Out, len(jobs)-len(shown))
	return nil
}

// only is the one job that is asked for.
func (x *jobsCommand) only(jobs []pipeline.Job) ([]pipeline.Job, error) {
	at := slices.IndexFunc(jobs, func(j pipeline.Job) bool { return j.ID == x.Job })
	if at < 0 {
		return nil, fmt.Errorf("the home %s has no job %d: \"sluice jobs\" lists those that it has", x.Home, x.Job)
	}
	return jobs[at : at+1], nil
}

// one tells of one job.
func (x *jobsCommand) one(c *call, exporter *localexport.Exporter, job pipeline.Job) error {
	files, err := exporter.Files(c.ctx, job.ID)
	if x.JSON {
		return c.jobDocument(job, files, err)
	}
	describeJob(c.program.Out, job, c.program.Now.now())
	describeFiles(c.program.Out, files)
	return err
}

// document prints the jobs as JSON.
func (x *jobsCommand) document(c *call, jobs []pipeline.Job, total int) error {
	list := make([]json.RawMessage, len(jobs))
	for i, job := range jobs {
		with, err := withMember(pipeline.Kept(job), "folder", localexport.FolderOf(x.Home, job))
		if err != nil {
			return err
		}
		list[i] = with
	}
	return c.document(struct {
		Home  string            `json:"home"`
		Total int               `json:"total"`
		Saved string            `json:"saved,omitempty"` // the file with the CSV
		Jobs  []json.RawMessage `json:"jobs"`
	}{x.Home, total, x.Save, list}, nil)
}

// describeJobs lists jobs in aligned columns.
func describeJobs(w io.Writer, jobs []pipeline.Job, home string, clock Clock) {
	if len(jobs) == 0 {
		visible.Fprintf(w, "No export yet in %s.\n", home)
		return
	}
	lines := [][]string{{"job", "status", "started", "took", "rows", "from", ""}}
	for _, job := range jobs {
		lines = append(lines, jobCells(job, clock))
	}
	aligned(w, "", lines, 0, 3, 4)
}

// jobCells are the cells of a job in a list: its number, how it stands, when it began, how
// long it took, its rows, from when they are, and what is special about it.
func jobCells(job pipeline.Job, clock Clock) []string {
	rows, from := "", ""
	if job.Statistics != nil {
		rows = number(job.Statistics.WrittenRows)
	}
	if !job.Config.ExportFrom.IsZero() {
		from = pipeline.FormatFromDate(job.Config.ExportFrom.Time)
	}
	return []string{fmt.Sprint(job.ID), visible.Cut(job.Status.String(), longestWord), job.StartTime.Local().Format("2006-01-02 15:04"),
		figures.Span(job.Duration(clock.now())), rows, from, remarks(job)}
}

// remarks are what is special about a job, in a few words.
func remarks(job pipeline.Job) string {
	var list []string
	add := func(on bool, format string, args ...any) {
		if on {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	add(job.Config.ForcedExport, "forced")
	add(pipeline.ScheduleOf(job.StartedBy) != "", "by %s", visible.Cut(job.StartedBy, longestWord))
	add(job.StartedBy == pipeline.ByREST, "by REST")
	add(job.Redaction != "", "redacted: %s", job.Redaction)
	add(job.ResumedFrom != 0, "goes on with job %d", job.ResumedFrom)
	add(job.ResumedAs != 0, "gone on with by job %d", job.ResumedAs)
	add(len(job.Errors) == 1, "1 error")
	add(len(job.Errors) > 1, "%d errors", len(job.Errors))
	add(len(job.Warnings) == 1, "1 warning")
	add(len(job.Warnings) > 1, "%d warnings", len(job.Warnings))
	return strings.Join(list, ", ")
}
