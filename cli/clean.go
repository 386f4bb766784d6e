package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"sluice/pipeline"
)

// cleanCommand removes the partial files of exports that ended early.
type cleanCommand struct {
	Home   string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs and files are kept (${default})."`
	Job    int64  `placeholder:"N" help:"Only what this job has left. Default: what all ended jobs have left."`
	DryRun bool   `help:"Tell what would be removed, and remove nothing."`
	JSON   bool   `name:"json" help:"Print JSON."`
}

// cleaned is what clean prints as JSON.
type cleaned struct {
	Removed bool         `json:"removed"` // false after --dry-run
	Bytes   int64        `json:"bytes"`
	Jobs    []cleanedJob `json:"jobs"`
}

type cleanedJob struct {
	JobID     int64         `json:"jobId"`
	Status    string        `json:"status"` // how it ended; "" if that is not known
	Resumable bool          `json:"resumable"`
	Why       string        `json:"notResumable,omitempty"`
	Bytes     int64         `json:"bytes"`
	Files     []cleanedFile `json:"files"`
}

type cleanedFile struct {
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
}

func (x *cleanCommand) Run(c *call) (err error) {
	if x.Job < 0 {
		return usageError{fmt.Errorf("--job %d: jobs have numbers from 1", x.Job)}
	}
	exporter, err := openHome(c, x.Home)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))) }()
	clean := exporter.Clean
	if x.DryRun {
		clean = exporter.Remains
	}
	remains, cleanErr := clean(c.ctx, x.Job)
	done := cleanedOf(remains, !x.DryRun)
	if x.JSON {
		return c.document(done, cleanErr)
	}
	describeCleaned(c.program.Out, done, x.Job)
	return cleanErr
}

func cleanedOf(remains []pipeline.Remains, removed bool) cleaned {
	done := cleaned{Removed: removed, Jobs: []cleanedJob{}}
	for _, r := range remains {
		j := cleanedJob{JobID: r.Job.ID, Status: string(r.Job.Status), Resumable: r.Resumable(), Bytes: r.Bytes}
		if r.NotResumable != nil {
			j.Why = r.NotResumable.Error()
		}
		for _, f := range r.Files {
			j.Files = append(j.Files, cleanedFile{File: filepath.Base(f.Path), Bytes: f.Bytes})
		}
		done.Bytes += r.Bytes
		done.Jobs = append(done.Jobs, j)
	}
	return done
}

// describeCleaned tells people what each of the files was.
func describeCleaned(w io.Writer, done cleaned, job int64) {
	if len(done.Jobs) == 0 {
		what := "No ended job has left partial files."
		if job > 0 {
			what = fmt.Sprintf("Job %d has left no partial files, or still runs.", job)
		}
		fmt.Fprintln(w, what)
		return
	}
	for _, j := range done.Jobs {
		ended := "which ended in a way that is not known"
		if j.Status != "" {
			ended = "which ended as " + j.Status
		}
		can := "it can be resumed"
		switch {
		case done.Removed && j.Resumable:
			can = "it could have been resumed"
		case !j.Resumable:
			can = "it cannot be resumed"
		}
		fmt.Fprintf(w, "Incomplete export of job %d, %s; %s\n", j.JobID, ended, can)
		for _, f := range j.Files {
			fmt.Fprintf(w, "  %10s  %s\n", size(f.Bytes), f.File)
		}
	}
	if done.Removed {
		fmt.Fprintf(w, "Removed: %s.\n", size(done.Bytes))
		return
	}
	fmt.Fprintf(w, "Would be removed: %s. Nothing was.\n", size(done.Bytes))
}
