package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/alecthomas/kong"

	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/source"
)

// exportCommand runs one export of a snapshot to its end.
type exportCommand struct {
	localFlags `embed:""`
	fromFlag   `embed:""`
	Force      bool  `help:"Export although the index is inconsistent; the result may be incomplete."`
	Resume     bool  `help:"Go on with an export of this home that ended early, with its time range and options, as a new job."`
	Job        int64 `placeholder:"N" help:"With --resume: the job to go on with. Default: the newest that left anything."`
	Take       bool  `help:"With --source: take the snapshot of the database again first. One of which there is none yet is taken anyway."`
	DryRun     bool  `help:"Tell which rows, bytes, time and space to expect, and export nothing."`
	JSON       bool  `name:"json" help:"Print the job as JSON, with its files: path, rows, bytes and SHA-256."`
}

// localFlags are the options of the local exporter, shared by the commands that run it.
type localFlags struct {
	Named              string  `name:"source" placeholder:"NAME" help:"A snapshot or database by its name in the list of sources (\"sluice sources\"), with its home and settings; what is typed goes before them."`
	Source             string  `arg:"" optional:"" name:"file" type:"path" help:"The snapshot or dump, in place of --snapshot."`
	Snapshot           string  `env:"SLUICE_SNAPSHOT" type:"path" placeholder:"FILE" help:"The SQLite snapshot of a Confluence database, or a dump, of which a snapshot is made in the home first."`
	Home               string  `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs and files are kept (${default})."`
	Format             string  `default:"csv" enum:"csv,parquet,both" placeholder:"FORMAT" help:"Format of the files: csv, parquet, or both (${default})."`
	BOM                bool    `name:"bom" help:"Begin CSV files with a byte order mark, by which Power BI's dialog and Excel know UTF-8."`
	Redact             string  `placeholder:"RULES" help:"Take out of the files what must not leave the house: no-content, no-people or gdpr, or a file with rules in YAML. Default: nothing is taken out."`
	FullContent        bool    `help:"Write page and comment bodies whole, not cut at 10,000 and 2,000 characters."`
	PreserveLineBreaks bool    `help:"Keep line breaks inside fields instead of escaping them."`
	LineBreakEscape    string  `default:"${break}" placeholder:"TEXT" empty:"" help:"What to write for a line break inside a field (${default})."`
	MinFreeSpace       string  `default:"5GB" placeholder:"SIZE" help:"Free space that must remain on the disk; -1 for no limit (${default})."`
	TimeZone           string  `placeholder:"ZONE" help:"IANA zone of the server's clock, such as Europe/Berlin, and of a from date that says none. Default: found from the data."`
	BaseURL            string  `name:"base-url" placeholder:"URL" help:"Base URL to write instead of the snapshot's own."`
	Workers            int     `default:"0" placeholder:"N" help:"Readers at the same time. Default: one for each processor."`
	CPUShare           float64 `name:"cpu-share" default:"0" placeholder:"PERCENT" help:"Use no more than this share of one core, and yield the disk to others. Default: no limit."`
	SQLiteOnly         bool    `name:"sqlite-only" help:"Read everything with SQLite, nothing from the file itself; slower, the same files."`
	MapFile            bool    `help:"Map the snapshot into memory instead of reading it; faster, and counts as memory."`

	rules ruleFlags
}

// open opens the exporter that the flags describe. Of a dump a snapshot is made
// first.
func (f *localFlags) open(c *call) (*localexport.Exporter, error) {
	o, err := f.options(c)
	if err != nil {
		return nil, err
	}
	if err := f.takeFirst(c); err != nil {
		return nil, err
	}
	o.Snapshot = f.Snapshot
	return localexport.Open(c.ctx, o)
}

// options checks the flags, before anything is done.
func (f *localFlags) options(c *call) (o localexport.Options, err error) {
	if err := f.checkTyped(c); err != nil {
		return o, err
	}
	free, err := parseSize(f.MinFreeSpace)
	if err != nil {
		return o, usageError{fmt.Errorf("--min-free-space: %w", err)}
	}
	if _, err := localexport.ParseZone(f.TimeZone); err != nil {
		return o, usageError{fmt.Errorf("--time-zone: %w", err)}
	}
	if _, err := pipeline.ParseBaseURL(f.BaseURL); err != nil {
		return o, usageError{fmt.Errorf("--base-url: %w", err)}
	}
	if _, err := redact.Load(cmp.Or(f.Redact, redact.Profiles[0])); err != nil {
		return o, usageError{fmt.Errorf("--redact: %w", err)}
	}
	chosen, err := f.rules.chosen(confluence.Rules())
	if err != nil {
		return o, usageError{fmt.Errorf("rules: %w", err)}
	}
	o, err = c.backend().ExportOptions(source.Source{
		Home: f.Home, Snapshot: f.Snapshot, Local: source.Local{
			TimeZone: f.TimeZone, BaseURL: f.BaseURL, Format: f.Format, ByteOrderMark: f.BOM, Redact: f.Redact, FullContent: f.FullContent,
			PreserveLineBreaks: f.PreserveLineBreaks, LineBreakEscape: f.LineBreakEscape, Rules: chosen}})
	// What a source has no settings for, or others.
	o.MinFreeSpace, o.CPUShare, o.Workers, o.SQLiteOnly, o.MapFile = free, f.CPUShare, f.Workers, f.SQLiteOnly, f.MapFile
	return o, err
}

func (x *exportCommand) Run(c *call, kctx *kong.Context) error {
	if err := x.fromList(c, kctx, x.Take); err != nil {
		return err
	}
	if err := x.check(); err != nil {
		return err
	}
	from, limited, err := x.read(x.TimeZone, c.program.Now.now())
	if err != nil {
		return err
	}
	if x.DryRun {
		return x.try(c, from, limited)
	}
	exporter, err := x.open(c)
	if err != nil {
		return err
	}
	request := pipeline.Request{Forced: x.Force}
	if limited {
		if request.FromDate, err = x.fromOfSnapshot(c, exporter, from); err != nil {
			return errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx)))
		}
	}
	job, runErr := x.run(c, exporter, request)
	runErr = adviseUnlock(runErr, x.Home)
	files := filesOf(c, exporter, job)
	err = errors.Join(runErr, exporter.Close(context.WithoutCancel(c.ctx)))
	if !job.Exists() {
		return err
	}
	return x.print(c, job, files, err)
}

// closeGrace bounds how long a signal may wait for the job to be marked.
const closeGrace = 10 * time.Second

// runToEnd begins an export and follows it. When the context of the call ends,
// the job is cancelled and marked before it returns errSignal. A job that somebody
// else has cancelled is an elsewhereError.
func runToEnd(c *call, exporter *localexport.Exporter, begin func(context.Context) (pipeline.Job, error)) (pipeline.Job, error) {
	stop := drawProgress(c.ctx, c.program.Err, c.program.Now, exporter)
	defer stop()
	job, err := begin(c.ctx)
	if err == nil {
		job, err = exporter.WaitFor(c.ctx, job.ID)
	}
	var (
		running *pipeline.RunningError
		invalid *pipeline.ValidationError
	)
	switch {
	case errors.As(err, &running):
		return running.Job, err
	case errors.As(err, &invalid):
		return invalid.Job, err
	case c.ctx.Err() != nil:
		return cancelled(c, exporter, job)
	case err != nil:
		return job, err
	case job.Status == pipeline.Completed:
		return job, nil
	}
	return job, endedError(job)
}

// cancelled marks the job of this process CANCELLED and returns it. The job is the
// zero Job if a signal came before there was one.
func cancelled(c *call, exporter *localexport.Exporter, job pipeline.Job) (pipeline.Job, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), closeGrace)
	defer cancel()
	if err := exporter.Stop(ctx); err != nil {
		return job, errors.Join(errSignal, err)
	}
	if !job.Exists() {
		return job, errSignal
	}
	if ended, err := exporter.WaitFor(ctx, job.ID); err == nil {
		job = ended
	}
	return job, errSignal
}

func filesOf(c *call, exporter pipeline.FileLister, job pipeline.Job) []pipeline.File {
	if !job.Exists() {
		return nil
	}
	files, err := exporter.Files(context.WithoutCancel(c.ctx), job.ID)
	if err != nil {
		c.logger.Warn("list the files of the job", "job", job.ID, "error", err)
	}
	return files
}

// print prints the job, and returns err.
func (x *exportCommand) print(c *call, job pipeline.Job, files []pipeline.File, err error) error {
	if x.JSON {
		return c.jobDocument(job, files, err)
	}
	describeJob(c.program.Out, job, c.program.Now.now())
	if !job.Running() {
		describeFiles(c.program.Out, files)
	}
	return err
}
