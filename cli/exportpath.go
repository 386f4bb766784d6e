package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"sluice/pipeline"
	"sluice/visible"
)

// exportPathCommand reads, sets and resets the folder that exports are written below:
// on a server, as documented for config/export-path, or of a home on this computer.
type exportPathCommand struct {
	remoteFlags `embed:""`
	Action      string `arg:"" optional:"" enum:"get,set,reset" default:"get" help:"get prints the path (the default), set changes it, reset goes back to the default."`
	Path        string `arg:"" optional:"" help:"With set: an absolute path on the server, which exists and which every node sees."`
	Home        string `type:"path" placeholder:"DIR" help:"Of the home on this computer, instead of a server."`
}

func (x *exportPathCommand) Run(c *call) (err error) {
	switch {
	case x.Action == "set" && x.Path == "":
		return usageError{errors.New("set which path? Write: sluice export-path set /mnt/exports")}
	case x.Action != "set" && x.Path != "":
		return usageError{fmt.Errorf("%s takes no path; to change it write: sluice export-path set %s", x.Action, visible.Cut(x.Path, longestWord))}
	case x.Home != "" && x.URL != "" && x.URL != os.Getenv("SLUICE_URL"):
		return usageError{errors.New("--home and --url name two places: give one of them")}
	}
	if x.Home != "" {
		exporter, err := openHome(c, x.Home)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))) }()
		return x.run(c, exporter)
	}
	server, err := x.connect(c)
	if err != nil {
		return err
	}
	defer server.CloseIdleConnections()
	return x.run(c, server)
}

// run does what was asked for, and prints the path that holds from then on. One that
// cannot be read after a change is not printed, and that is no failure of the change.
func (x *exportPathCommand) run(c *call, e pipeline.ExportPather) error {
	path, err := "", error(nil)
	switch x.Action {
	case "set":
		path, err = e.SetExportPath(c.ctx, x.Path)
	case "reset":
		if err = e.ResetExportPath(c.ctx); err == nil {
			path, _ = e.ExportPath(c.ctx)
		}
	default:
		path, err = e.ExportPath(c.ctx)
	}
	switch {
	case errors.Is(err, pipeline.ErrExportPath):
		return usageError{err}
	case err != nil:
		return advise(err)
	case x.JSON:
		return c.document(map[string]string{"path": path}, nil)
	case x.Action == "get":
		visible.Fprintf(c.program.Out, "%s\n", path)
		return nil
	}
	told := "the default path"
	if path != "" {
		told = path
	}
	visible.Fprintf(c.program.Out, "Exports that start from now on are written below %s. A running one goes on where it is.\n", told)
	return nil
}
