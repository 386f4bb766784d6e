package cli

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"sluice/schedule/runner"
	"sluice/schedule/sdnotify"
)

// runCommand runs schedules until a signal comes.
type runCommand struct {
	Home      string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where the journals of servers are kept (${default})."`
	LogFormat string `default:"text" enum:"text,json" placeholder:"FORMAT" help:"How lines of the log are written: text or json (${default})."`

	paceFlag     `embed:""`
	metricsFlags `embed:""`
	MetricsFile  string `type:"path" placeholder:"FILE" help:"Write the same into this file, whose name ends in .prom, for the textfile collector of node_exporter."`
}

func (x *runCommand) Run(c *call) error {
	if err := x.check(); err != nil {
		return err
	}
	files, err := openSchedules()
	if err != nil {
		return err
	}
	release, err := runner.Guard(files.folder, fmt.Sprintf("\"sluice run\", process %d", os.Getpid()))
	if err != nil {
		return err
	}
	defer release()
	logger := c.logAs(x.LogFormat)
	list, err := files.list.Load()
	if err != nil { // a file that is wrong from the start is told at once, not in the log
		return err
	}
	o := runner.Options{Logger: logger}
	ctx, stop := context.WithCancel(context.WithoutCancel(c.ctx)) // what ends with the signal is told, too
	told, err := x.metrics(ctx, c, files.folder, &o)
	defer func() { stop(); told() }()
	if err != nil {
		return err
	}
	c.every = x.Poll
	r := c.runner(files, x.Home, o)
	logger.Info("runs schedules", "schedules", len(list), "file", files.list.Path(), "pid", os.Getpid())
	d := daemon{logger: logger, notifier: sdnotify.FromEnvironment(), runner: r}
	if c.program.Hangups != nil {
		d.hangups = c.program.Hangups()
	}
	debug.FreeOSMemory() // what the start has left over
	d.run(c.ctx)
	return nil
}

// daemon runs schedules, and tells the service manager how it stands.
type daemon struct {
	logger   *slog.Logger
	notifier sdnotify.Notifier
	runner   *runner.Runner
	hangups  <-chan struct{} // nil: none come
}

// run returns when ctx has ended, and what ran in this process has stopped.
func (d daemon) run(ctx context.Context) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		d.runner.Run(ctx)
	}()
	d.tell(sdnotify.Ready)
	var life <-chan time.Time
	if every := d.notifier.SignOfLife(); every > 0 {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		life = ticker.C
	}
	asked := ctx.Done()
	for {
		select {
		case <-d.hangups:
			d.tell(sdnotify.Reloading())
			d.logger.Info("reads the schedules anew")
			d.runner.Reload()
			d.tell(sdnotify.Ready)
		case <-life:
			d.tell(sdnotify.Watchdog)
		case <-asked:
			asked = nil
			d.logger.Info("ends", "busy", d.runner.Busy())
			d.tell(sdnotify.Stopping)
		case <-ended:
			d.logger.Info("ended")
			return
		}
	}
}

func (d daemon) tell(state string) {
	if err := d.notifier.Tell(state); err != nil {
		d.logger.Warn("service manager", "error", err)
	}
}
