// Sluice is a console for data pipeline exports of Confluence, Jira and
// Bitbucket Data Center: a window, and the same abilities as headless commands.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"sluice/cli"
	"sluice/release"
)

// version is that of FyneApp.toml; make package sets all three by what git says.
var (
	version = "0.1.0"
	commit  = ""
	date    = ""
)

// openGL, letters and trayHost tell whether a window can be drawn here, has its fonts, and has
// an icon in a panel; nil in builds without one.
var (
	openGL   func() (driver string, err error)
	letters  func() error
	trayHost func(context.Context) (bool, error)
)

func main() {
	// A reader of the standard output that goes away must not kill the process in
	// the middle of a job: the write fails instead.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	cli.SilenceLibraries()
	hangups := &hangups{}
	ctx, stop := untilSignal(context.Background(), hangups)
	program := cli.Program{Version: version, Release: release.Running(version, commit, date), Out: os.Stdout, Err: os.Stderr, Window: runWindow, OpenGL: openGL, Fonts: letters, Tray: trayHost, Hangups: hangups.take}
	code := program.Run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
