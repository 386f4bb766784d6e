package cli

import (
	"errors"
	"fmt"
	"io"

	"sluice/localexport/snapshot"
	"sluice/visible"
)

// inspectCommand tells what a snapshot holds without exporting it.
type inspectCommand struct {
	File string `arg:"" type:"path" help:"The SQLite snapshot of a Confluence database."`
	Full bool   `help:"Check the integrity of the tables and count every row, however long that takes."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// errDamaged says that the integrity check found damage, which was printed.
var errDamaged = silentError{errors.New("the integrity check found damage")}

func (i *inspectCommand) Run(c *call) error {
	found, err := snapshot.Inspect(c.ctx, i.File, snapshot.InspectOptions{Full: i.Full})
	if err != nil {
		return err
	}
	if len(found.Integrity) > 0 {
		err = errDamaged
	}
	if i.JSON {
		return c.document(found, err)
	}
	describeSnapshot(c.program.Out, found)
	return err
}

// counted says why the files of an export can have fewer rows than the tables.
const counted = "rows of the tables, of any date. An export leaves out comments on what is not live, and events but the nine documented ones: \"sluice export --dry-run\" counts what it writes"

// describeSnapshot tells people what a snapshot holds.
func describeSnapshot(w io.Writer, s snapshot.Inspection) {
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "  %-10s %s\n", label, fmt.Sprintf(format, visible.Args(args...)...))
	}
	visible.Fprintf(w, "%s\n", s.Path)
	line("product", "%s", productName(s))
	if o := s.Origin; o != nil {
		line("taken", "%s, of %s (%s)", o.Taken, o.Place, o.Kind)
		for _, said := range []struct {
			label string
			texts []string
		}{{"partial", o.Partial}, {"warning", o.Doubts}, {"note", o.Notes}} {
			for _, text := range said.texts {
				line(said.label, "%s", text)
			}
		}
	}
	line("base URL", "%s", orUnknown(s.BaseURL))
	about := ""
	if s.Counts.Estimated {
		about = "about "
	}
	if !s.Newest.IsZero() {
		line("newest", "%s%s", about, s.Newest.Format("2006-01-02 15:04 -07:00"))
	}
	line("time zone", "%s", orUnknown(s.TimeZone))
	line("holds", "%s users, %s spaces, %s%s pages and blog posts, %s%s comments, %s events", number(s.Counts.Users), number(s.Counts.Spaces),
		about, number(s.Counts.Pages), about, number(s.Counts.Comments), number(s.Counts.Events))
	line("counted", "%s", counted)
	line("file", "%s, %s", size(s.Bytes), s.Storage)
	for _, d := range s.Diagnostics {
		line("note", "%s (%s)", d.Message, d.Key)
	}
	switch {
	case !s.Full:
	case len(s.Integrity) == 0:
		line("integrity", "no damage found")
	}
	for _, damage := range s.Integrity {
		line("damage", "%s", damage)
	}
}

func productName(s snapshot.Inspection) string {
	name := s.Product
	if s.Version != "" {
		name += " " + s.Version
	}
	if s.Build != 0 {
		name += fmt.Sprintf(" (build %d)", s.Build)
	}
	return name
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}
