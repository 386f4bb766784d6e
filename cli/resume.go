package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sluice/localexport"
	"sluice/pipeline"
)

// errNoSnapshot is what a missing flag that is required gives.
var errNoSnapshot = usageError{errors.New("no snapshot is named: give its file, as in \"sluice export wiki.db\", or --snapshot")}

// check refuses flags that do not go together.
func (x *exportCommand) check() error {
	switch {
	case x.Job != 0 && !x.Resume:
		return usageError{errors.New("--job names the job to go on with: give --resume, too")}
	case x.Job < 0:
		return usageError{fmt.Errorf("--job %d: jobs have numbers from 1", x.Job)}
	case x.Resume:
		return checkExports(x.Home)
	case x.Snapshot == "":
		return errNoSnapshot
	}
	return nil
}

// run runs the export, or goes on with one.
func (x *exportCommand) run(c *call, exporter *localexport.Exporter, request pipeline.Request) (pipeline.Job, error) {
	if !x.Resume {
		return runToEnd(c, exporter, func(ctx context.Context) (pipeline.Job, error) { return exporter.Start(ctx, request) })
	}
	left, err := exporter.Resumable(c.ctx, x.Job)
	if err != nil {
		return pipeline.Job{}, err
	}
	err = exporter.Contradiction(c.ctx, left.Job.ID, request)
	var contradiction *localexport.ContradictionError
	if errors.As(err, &contradiction) {
		return pipeline.Job{}, usageError{fmt.Errorf("--%s %s contradicts job %d, which was exported with %s and is resumed as it was: leave the flag out, or export anew without --resume",
			contradiction.Option, contradiction.Given, contradiction.JobID, contradiction.Kept)}
	}
	if err != nil {
		return pipeline.Job{}, err
	}
	if !x.JSON {
		fmt.Fprintln(c.program.Err, resumeSentence(left))
	}
	return runToEnd(c, exporter, func(ctx context.Context) (pipeline.Job, error) { return exporter.Resume(ctx, left.Job.ID) })
}

// resumeSentence tells what will be gone on with.
func resumeSentence(r pipeline.Resumable) string {
	var kept []string
	for _, k := range r.Kept {
		what := k.Name
		if !k.Whole {
			what = fmt.Sprintf("%s of %s", size(k.Bytes), k.Name)
		}
		kept = append(kept, what)
	}
	if len(kept) == 0 {
		return fmt.Sprintf("Job %d (%s) had nothing on disk yet: it is begun again as it was asked for.", r.Job.ID, strings.ToLower(r.Job.Status.String()))
	}
	return fmt.Sprintf("Going on with job %d (%s); on disk already: %s.", r.Job.ID, strings.ToLower(r.Job.Status.String()), strings.Join(kept, ", "))
}
