package cli

import (
	"errors"
	"fmt"
	"time"

	"sluice/client/watch"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/schedule/steps"
	"sluice/schedule/work"
	"sluice/source"
	"sluice/visible"
)

// runner runs schedules for a command. o may have steps and more.
func (c *call) runner(files schedules, home string, o runner.Options) *runner.Runner {
	o.Folder = files.folder
	o.Sources = source.NewFileIn(files.folder)
	o.Clock = c.program.Clock
	if o.Logger == nil {
		o.Logger = newServerLogger(c.program.Err, c.verbose)
	}
	b := c.backendIn(home)
	o.Steps = append(o.Steps, steps.All(steps.Options{Folder: files.folder, Version: c.program.Version, Open: b.OpenHome, Fetch: b.FetchFiles, FetchHome: b.FetchHome, Clock: o.Clock, Logger: o.Logger})...)
	o.Work = work.New(work.Options{Backend: b, Watch: watch.Options{Every: c.every}, Logger: o.Logger, Clock: o.Clock, Now: c.program.Now})
	return runner.New(o)
}

// run runs a schedule at once, or if it is due, and waits for the end.
func (x *scheduleCommand) run(c *call) error {
	files, err := openSchedules()
	if err != nil {
		return err
	}
	r := c.runner(files, x.Home, runner.Options{Logger: c.logAs(x.LogFormat)})
	if x.Due {
		is, err := r.IsDue(c.ctx, x.Name)
		if err != nil || !is {
			if err == nil && !x.JSON {
				visible.Fprintf(c.program.Out, "%s is not due: it is disabled, or was run already.\n", x.Name)
			}
			return err
		}
	}
	result, err := r.ToEnd(c.ctx, x.Name, func(result schedule.Result, at time.Time) {
		visible.Fprintf(c.program.Err, "sluice: %s; trying again at %s\n", resultWords(result), at.Local().Format("15:04:05"))
	})
	if err != nil {
		return err
	}
	err = outcomeError(result)
	if x.JSON {
		return c.document(result, err)
	}
	visible.Fprintf(c.program.Out, "%s: %s\n", x.Name, resultWords(result))
	if err != nil {
		return silentError{err}
	}
	return nil
}

// outcomeError is the error of a run that was not completed. Where this process has run it
// the exit code is that which export or start would have had.
func outcomeError(r schedule.Result) error {
	err := r.Why
	if err == nil {
		err = errors.New(r.Says)
	}
	var gaveUp *watch.GaveUpError
	switch {
	case r.Outcome == schedule.Completed:
		return nil
	case r.Outcome == schedule.Refused:
		return fmt.Errorf("%w: %w", runner.ErrBusy, err)
	case r.Outcome == schedule.Interrupted:
		return fmt.Errorf("%w: %w", errSignal, err)
	case r.Outcome == schedule.Cancelled:
		return elsewhereError{id: r.Job}
	case errors.Is(err, runner.ErrJobFailed):
		return fmt.Errorf("%w: %w", jobFailedError{r.Job}, err)
	case errors.As(err, &gaveUp):
		return gaveUpError{err}
	}
	return err
}
