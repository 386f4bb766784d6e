package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"sluice/kit"
	"sluice/kit/ofjob"
	"sluice/localexport"
	"sluice/pipeline"
	"sluice/visible"
	"sluice/wholefile"
)

// kitCommand prints what brings the files of a job into an engine.
type kitCommand struct {
	Engine string `arg:"" optional:"" help:"The program that is to read the files; without it all are listed."`
	Folder string `arg:"" optional:"" type:"path" help:"A folder with CSV files, such as that of a job of a server. Default: the job of --home."`
	Home   string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs and files are kept (${default})."`
	Job    int64  `placeholder:"N" help:"The number of the job. Default: the last that was completed."`
	Out    string `short:"o" type:"path" placeholder:"FILE" help:"Write the statements to this file instead of the standard output."`
	JSON   bool   `name:"json" help:"Print JSON."`
}

// kitDocument is what kit prints as JSON.
type kitDocument struct {
	Engine     string   `json:"engine"`
	Title      string   `json:"title"`
	File       string   `json:"file"`             // what the statements are usually called
	Tested     string   `json:"tested,omitempty"` // absent: never run
	Warnings   []string `json:"warnings,omitempty"`
	Statements string   `json:"statements,omitempty"`
}

func (x *kitCommand) Run(c *call) error {
	if x.Engine == "" {
		return x.list(c)
	}
	engine, err := kit.Find(x.Engine)
	if err != nil {
		return usageError{err}
	}
	job, err := x.job(c)
	if err != nil {
		return err
	}
	var statements bytes.Buffer
	if err := engine.Write(&statements, job); err != nil {
		return err
	}
	warnings := engine.Warnings(job)
	if x.Out != "" {
		if err := replaceable(x.Out, "file of statements", kit.Begins); err != nil {
			return err
		}
		if err := wholefile.Write(x.Out, statements.Bytes()); err != nil {
			return err
		}
		statements.Reset()
	}
	if x.JSON {
		return c.document(kitDocument{engine.Name, engine.Title, engine.File, engine.Tested, warnings, statements.String()}, nil)
	}
	for _, w := range warnings {
		visible.Fprintf(c.program.Err, "%s\n", w)
	}
	_, err = c.program.Out.Write(statements.Bytes())
	return err
}

// list tells which kits there are.
func (x *kitCommand) list(c *call) error {
	if x.JSON {
		var list []kitDocument
		for _, e := range kit.Engines {
			list = append(list, kitDocument{Engine: e.Name, Title: e.Title, File: e.File, Tested: e.Tested})
		}
		return c.document(struct {
			Kits []kitDocument `json:"kits"`
		}{list}, nil)
	}
	lines := [][]string{{"engine", "for", "tested on"}}
	for _, e := range kit.Engines {
		tested := e.Tested
		if tested == "" {
			tested = "untested"
		}
		lines = append(lines, []string{e.Name, e.Title, tested})
	}
	aligned(c.program.Out, "", lines)
	return nil
}

// job is what the kit is made for.
func (x *kitCommand) job(c *call) (_ kit.Job, err error) {
	if x.Folder != "" {
		if x.Job != 0 {
			return kit.Job{}, usageError{errors.New("a folder and --job name two jobs: give one")}
		}
		return ofjob.Folder(x.Folder)
	}
	if x.Job < 0 {
		return kit.Job{}, usageError{errors.New("jobs have numbers from 1")}
	}
	id := x.Job
	if id == 0 {
		if id, err = lastCompleted(c, x.Home); err != nil {
			return kit.Job{}, err
		}
	}
	dir, err := localexport.FindJobFolder(c.ctx, x.Home, id)
	if err != nil {
		return kit.Job{}, err
	}
	j, err := ofjob.Finished(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return j, fmt.Errorf("job %d of the home %s has no finished files in %s: \"sluice jobs\" lists its jobs", id, x.Home, dir)
	}
	return j, err
}

// lastCompleted is the number of the newest job of a home that was completed.
func lastCompleted(c *call, home string) (_ int64, err error) {
	exporter, err := openHome(c, home)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))) }()
	jobs, err := exporter.Jobs(c.ctx, 0)
	if err != nil {
		return 0, err
	}
	for _, job := range jobs {
		if job.Status == pipeline.Completed {
			return job.ID, nil
		}
	}
	return 0, fmt.Errorf("the home %s has no completed job yet", home)
}
