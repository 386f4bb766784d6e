package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"sluice/figures"
	"sluice/localexport"
	"sluice/pipeline"
	"sluice/visible"
)

// jobsCommand lists the exports of a home.
type jobsCommand struct {
	Job   int64  `arg:"" optional:"" name:"job" help:"Tell of this job alone, with its files."`
	Home  string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs and files are kept (${default})."`
	Limit int    `default:"20" placeholder:"N" help:"List so many, the newest first; 0 for all (${default})."`
	JSON  bool   `name:"json" help:"Print JSON."`
}

func (x *jobsCommand) Run(c *call) (err error) {
	if x.Limit < 0 || x.Job < 0 {
		return usageError{errors.New("jobs have numbers from 1, and --limit is not negative")}
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
	if x.Job > 0 {
		return x.one(c, exporter, jobs)
	}
	shown := jobs
	if x.Limit > 0 {
		shown = jobs[:min(len(jobs), x.Limit)]
	}
	if x.JSON {
		return x.document(c, shown, len(jobs))
	}
	describeJobs(c.program.Out, shown, x.Home, c.program.Now)
	if left := len(jobs) - len(shown); left > 0 {
		fmt.Fprintf(c.program.Out, "and %s earlier: --limit 0 lists all\n", number(int64(left)))
	}
	return nil
}

// one tells of one job.
func (x *jobsCommand) one(c *call, exporter *localexport.Exporter, jobs []pipeline.Job) error {
	for _, job := range jobs {
		if job.ID != x.Job {
			continue
		}
		files := filesOf(c, exporter, job)
		if x.JSON {
			return c.jobDocument(job, files, nil)
		}
		describeJob(c.program.Out, job, c.program.Now.now())
		describeFiles(c.program.Out, files)
		return nil
	}
	return fmt.Errorf("the home %s has no job %d: \"sluice jobs\" lists those that it has", x.Home, x.Job)
}

// document prints the jobs as JSON.
func (x *jobsCommand) document(c *call, jobs []pipeline.Job, total int) error {
	list := make([]json.RawMessage, len(jobs))
	for i, job := range jobs {
		folder, err := localexport.FindJobFolder(c.ctx, x.Home, job.ID)
		if err != nil {
			return err
		}
		with, err := withMember(pipeline.Kept(job), "folder", folder)
		if err != nil {
			return err
		}
		list[i] = with
	}
	return c.document(struct {
		Home  string            `json:"home"`
		Total int               `json:"total"`
		Jobs  []json.RawMessage `json:"jobs"`
	}{x.Home, total, list}, nil)
}

// describeJobs lists jobs in aligned columns.
func describeJobs(w io.Writer, jobs []pipeline.Job, home string, clock Clock) {
	if len(jobs) == 0 {
		visible.Fprintf(w, "No export yet in %s.\n", home)
		return
	}
	lines := [][]string{{"job", "status", "started", "took", "rows", "from", ""}}
	for _, job := range jobs {
		rows := ""
		if job.Statistics != nil {
			rows = number(job.Statistics.WrittenRows)
		}
		from := ""
		if !job.Config.ExportFrom.IsZero() {
			from = pipeline.FormatFromDate(job.Config.ExportFrom.Time)
		}
		lines = append(lines, []string{fmt.Sprint(job.ID), visible.Cut(job.Status.String(), longestWord), job.StartTime.Local().Format("2006-01-02 15:04"),
			figures.Span(job.Duration(clock.now())), rows, from, remarks(job)})
	}
	aligned(w, "", lines, 0, 3, 4)
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
	add(job.ResumedFrom != 0, "goes on with job %d", job.ResumedFrom)
	add(job.ResumedAs != 0, "gone on with by job %d", job.ResumedAs)
	add(len(job.Errors) == 1, "1 error")
	add(len(job.Errors) > 1, "%d errors", len(job.Errors))
	add(len(job.Warnings) == 1, "1 warning")
	add(len(job.Warnings) > 1, "%d warnings", len(job.Warnings))
	return strings.Join(list, ", ")
}
