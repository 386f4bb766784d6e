package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"sluice/localexport"
	"sluice/pipeline"
)

// openHome opens a home that exists, without a snapshot. It makes nothing where
// there is none.
func openHome(c *call, home string) (*localexport.Exporter, error) {
	if _, err := os.Stat(localexport.Database(home)); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("in %s is no home of exports: name the folder that was given to \"sluice export --home\"", home)
	}
	return localexport.Open(c.ctx, localexport.Options{Home: home, Version: c.program.Version, Logger: c.logger})
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
	return x.cancel(c, exporter, func() (pipeline.Job, error) { return exporter.WaitFor(c.ctx, running.ID) })
}
