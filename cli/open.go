package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"sluice/csvfile"
	"sluice/intake/web"
	"sluice/sqliteformat"
	"sluice/takes"
	"sluice/visible"
)

// windowCommand opens the window. It is what runs when no command is named, so that
// "sluice FILE" opens the file.
type windowCommand struct {
	Open     string `arg:"" optional:"" name:"file" type:"input" help:"A snapshot, a dump (of which a snapshot is made in the home first) or a table to open: a CSV or Parquet file, a pipe, - for the standard input, or an http or https address."`
	Home     string `env:"SLUICE_HOME" default:"${home}" type:"path" help:"Where jobs and files of local exports are kept."`
	Snapshot string `env:"SLUICE_SNAPSHOT" type:"path" help:"A snapshot to open at once."`
	File     string `type:"path" placeholder:"FILE.csv" help:"A CSV file to show at once."`

	paceFlag `embed:""`
}

// errNoWindow is what a build without a window says.
var errNoWindow = errors.New("this build of Sluice has no window: use the commands that \"sluice --help\" lists, or the full build")

func (w *windowCommand) Run(c *call) error {
	if w.Open != "" {
		what, err := recognise(w.Open)
		switch {
		case err != nil:
			return err
		case c.program.Window == nil:
			return showInstead(c, w.Open, what)
		case what == aTable:
			w.File = w.Open
		default: // a snapshot, or a dump
			w.Snapshot = w.Open
		}
	}
	if c.program.Window == nil {
		return errNoWindow
	}
	if err := w.check(); err != nil {
		return err
	}
	take := ""
	if w.Snapshot != "" && takes.IsDump(w.Snapshot) { // in sight of who opens it
		take, w.Snapshot = w.Snapshot, ""
	}
	var level slog.LevelVar // LevelInfo, until somebody wants another
	logger, log, closeLog := withLogFile(c.logger, c.program.redactor, &level)
	defer closeLog()
	return c.program.Window(c.ctx, WindowOptions{
		Home: w.Home, Named: c.homeNamed, Snapshot: w.Snapshot, Take: take, File: w.File, Version: c.program.Version, Warnings: c.warnings, Logger: logger, LogFile: log, LogLevel: &level, SetHome: w.setHome(c),
		Every: w.Poll, SetEvery: w.setEvery(c),
	})
}

// setHome is what writes another home into the config file; nil where what it says would not
// count.
func (w *windowCommand) setHome(c *call) func(string) error {
	if c.typed["home"] || os.Getenv("SLUICE_HOME") != "" {
		return nil
	}
	return func(path string) error { return setConfig("home", path) }
}

// setEvery is the same for how often servers are asked.
func (w *windowCommand) setEvery(c *call) func(time.Duration) error {
	if c.typed["poll"] {
		return nil
	}
	return func(d time.Duration) error {
		text := d.String()
		if d%time.Minute == 0 {
			text = fmt.Sprintf("%dm", d/time.Minute)
		}
		return setConfig("poll", text)
	}
}

// content is what a file can be opened as.
type content int

const (
	aTable content = iota // a CSV file, or what is to be shown as one
	aSnapshot
	aDump
)

// recognise tells by its first bytes what a file is, whatever its name.
func recognise(path string) (content, error) {
	if path == csvfile.StandardInput || web.IsAddress(path) {
		return aTable, nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && csvfile.IsStream(info): // to look at its bytes would take them
		return aTable, nil
	case errors.Is(err, fs.ErrNotExist):
		return 0, fmt.Errorf("there is no file %s", path)
	case err != nil:
		return 0, err
	case takes.IsDump(path):
		return aDump, nil
	case info.IsDir():
		return 0, fmt.Errorf("%s is a folder: name a snapshot, a dump or a CSV file", path)
	}
	is, err := sqliteformat.IsFile(path)
	if err == nil && is {
		return aSnapshot, nil
	}
	return aTable, err
}

// showInstead tells of a file on the command line where there is no window to open
// it in.
func showInstead(c *call, path string, what content) error {
	note := func(format string, args ...any) {
		visible.Fprintf(c.program.Err, "note: this build of Sluice has no window, so "+format+"\n", args...)
	}
	switch what {
	case aSnapshot:
		note("this is what the snapshot holds; \"sluice export %s\" exports it", path)
		return (&inspectCommand{File: path}).Run(c)
	case aDump:
		return fmt.Errorf("%s is a dump, and this build of Sluice has no window to open it in: \"sluice export %s\" exports it, \"sluice snapshot %s\" makes a snapshot of it", path, path, path)
	}
	note("its first rows are shown; \"sluice preview --help\" says how to see others")
	return (&previewCommand{File: path, Rows: firstRows}).Run(c)
}

// firstRows is how many rows are shown where nobody says how many.
const firstRows = 10
