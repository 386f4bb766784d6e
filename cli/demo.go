package cli

import (
	"errors"
	"fmt"
	"os"

	"sluice/localexport/demo"
	"sluice/localexport/demo/dumps"
	"sluice/visible"
)

// demoCommand writes a demo snapshot.
type demoCommand struct {
	File         string `arg:"" type:"path" help:"The file to write."`
	As           string `default:"sqlite" enum:"sqlite,pgsql,pgdump,mysqldump,xml" help:"Its form: a SQLite file, a text dump (pgsql) or a custom archive (pgdump) of PostgreSQL's pg_dump, a dump of mysqldump, or the zip archive of an XML backup (${default})."`
	Pages        int    `default:"3000" help:"Live pages and blog posts; comments and events follow from it (${default})."`
	Seed         int64  `default:"1" help:"The same number of pages and the same seed give the same file (${default})."`
	Inconsistent bool   `help:"Leave rows out of an index, so that the pre-validation of an export fails."`
	Overwrite    bool   `help:"Replace the file if it exists."`
}

func (d *demoCommand) Run(c *call) error {
	if d.Pages < 1 {
		return usageError{fmt.Errorf("--pages %d: at least one page is needed", d.Pages)}
	}
	if d.Inconsistent && d.As != string(dumps.SQLite) {
		return usageError{errors.New("--inconsistent: only a SQLite file has indexes that can be inconsistent")}
	}
	report, stop := drawCount(c.program.Err, "rows")
	summary, err := demo.Write(c.ctx, d.File, demo.Options{
		Pages: d.Pages, Seed: d.Seed, Inconsistent: d.Inconsistent, Overwrite: d.Overwrite, As: dumps.Form(d.As), Progress: report,
	})
	stop()
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%w, or add --overwrite", err)
	}
	if err != nil {
		return fmt.Errorf("write demo snapshot: %w", err)
	}
	visible.Fprintf(c.program.Out, "%s: %s pages, %s blog posts, %s comments, %s events, %s users, %s spaces, %s\n", d.File,
		number(summary.LivePages), number(summary.BlogPosts), number(summary.Comments), number(summary.Events),
		number(summary.Users), number(summary.Spaces), size(summary.Bytes))
	return nil
}
