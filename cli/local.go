package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"sluice/figures"
	"sluice/localexport"
	"sluice/pipeline"
)

// openHome opens a home that exists, without a snapshot. It makes nothing where
// there is none.
func openHome(c *call, home string) (*localexport.Exporter, error) {
	if err := checkExports(home); err != nil {
		return nil, err
	}
	return c.backend().OpenHome(c.ctx, home)
}

// checkExports returns an error if there never was an export in a home.
func checkExports(home string) error {
	if _, err := os.Stat(localexport.Database(home)); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("in %s is no home of exports: name the folder that was given to \"sluice export --home\"", home)
	}
	return nil
}

// local cancels the job that runs in a home of this computer, whichever process
// runs it.
func (x *cancelCommand) local(c *call) (err error) {
	if x.URL != "" && x.URL != os.Getenv("SLUICE_URL") {
		return usageError{errors.New("--home and --url name two jobs: give one of them")}
	}
	exporter, err := openHome(c, x.Home)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))) }()
	running, err := exporter.Status(c.ctx)
	if err != nil {
		return err
	}
	return x.cancel(c, exporter, func() (pipeline.Job, error) { return waitHere(c, exporter, running, x.WaitTimeout) })
}

// waitHere waits for the end of a job of a home of this computer, for the given time if
// that is not 0.
func waitHere(c *call, exporter *localexport.Exporter, running pipeline.Job, limit time.Duration) (pipeline.Job, error) {
	ctx := c.ctx
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	job, err := exporter.WaitFor(ctx, running.ID)
	if err != nil && ctx.Err() != nil && c.ctx.Err() == nil {
		if !job.Exists() {
			job = running
		}
		return job, gaveUpError{fmt.Errorf("gave up waiting for the end of job %d after %s: it stops as soon as its process looks", running.ID, figures.Span(limit))}
	}
	return job, err
}

// unlockCommand ends a job of which nobody can tell whether its process lives.
type unlockCommand struct {
	Home string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"The home (${default})."`
	JSON bool   `name:"json" help:"Print the job as JSON."`
}

func (x *unlockCommand) Run(c *call) (err error) {
	exporter, err := openHome(c, x.Home)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))) }()
	job, err := exporter.Unlock(c.ctx)
	if running := (*pipeline.RunningError)(nil); errors.As(err, &running) {
		return fmt.Errorf("%w. Its process lives: cancel it by \"sluice cancel --home %s\"", err, x.Home)
	}
	if errors.Is(err, pipeline.ErrNotRunning) {
		return fmt.Errorf("the home is not locked: %w", err)
	}
	if err != nil {
		return err
	}
	if x.JSON {
		return c.document(job, nil)
	}
	describeJob(c.program.Out, job, c.program.Now.now())
	return nil
}

// adviseUnlock says how a home is unlocked whose job has an owner that cannot be
// seen.
func adviseUnlock(err error, home string) error {
	if running := (*pipeline.RunningError)(nil); errors.As(err, &running) && running.Owner != nil {
		return fmt.Errorf("%w by \"sluice unlock --home %s\"", err, home)
	}
	return err
}
