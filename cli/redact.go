package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/redact"
	"sluice/redact/folder"
	"sluice/visible"
)

// redactCommand redacts the files of a finished job into a new folder.
type redactCommand struct {
	From   string `arg:"" type:"raw" name:"job|folder" help:"The number of a job of the home, or a folder with the files of a finished job, also of a server."`
	To     string `arg:"" type:"path" name:"out" help:"The folder to make."`
	Redact string `default:"gdpr" placeholder:"RULES" help:"The rules: no-content, no-people or gdpr, or a file with rules in YAML (${default})."`
	Home   string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs are kept, and the key for pseudonyms (${default})."`
	JSON   bool   `name:"json" help:"Print JSON."`
}

// redaction is what redact prints as JSON.
type redaction struct {
	Folder    string                  `json:"folder"`
	Redaction *redact.Record          `json:"redaction"`
	Files     []jobfiles.ManifestFile `json:"files"`
	KeyMade   string                  `json:"keyMade,omitempty"` // the file of a key that was made
}

func (x *redactCommand) Run(c *call) error {
	rules, err := redact.Load(x.Redact)
	if err != nil {
		return usageError{fmt.Errorf("--redact: %w", err)}
	}
	o := folder.Options{To: x.To, Rules: rules, Version: c.program.Version}
	if o.From, err = jobFolder(c, x.Home, x.From); err != nil {
		return err
	}
	done := redaction{Folder: o.To}
	if rules.NeedsKey() {
		path := redact.KeyFile(x.Home)
		var made bool
		if o.Key, made, err = redact.LoadKey(path, func(w string) { c.logger.Warn(w) }); err != nil {
			return err
		}
		if made {
			done.KeyMade = path
		}
	}
	m, err := x.redact(c, o)
	if err != nil {
		return err
	}
	done.Redaction, done.Files = m.Redaction, m.Files
	if x.JSON {
		return c.document(done, nil)
	}
	describeRedaction(c.program.Out, done)
	return nil
}

// redact redacts, and tells how far it is.
func (x *redactCommand) redact(c *call, o folder.Options) (jobfiles.Manifest, error) {
	line := newLiveLine(c.program.Err)
	last := time.Time{}
	m, err := folder.Redact(c.ctx, o, func(p folder.Progress) {
		if now := time.Now(); line.live() && now.Sub(last) >= sampleInterval {
			last = now
			line.draw(fmt.Sprintf("redacting %s%s", p.File, percent(p.Done, p.Total)))
		}
	})
	line.wipe()
	if errors.Is(err, context.Canceled) {
		err = errSignal
	}
	return m, err
}

// describeRedaction tells people what was redacted.
func describeRedaction(w io.Writer, r redaction) {
	rows := map[string]int64{}
	for _, f := range r.Files {
		rows[f.Name] = f.Rows
	}
	for _, f := range r.Redaction.Files {
		if f.LeftOut != "" {
			visible.Fprintf(w, "  %s: left out, %s\n", f.Name, f.LeftOut)
			continue
		}
		visible.Fprintf(w, "  %s: %s rows", f.Name, number(rows[f.Name]))
		for _, part := range []struct {
			what    string
			columns []string
		}{{"dropped", f.Dropped}, {"masked", f.Masked}, {"pseudonymised", f.Pseudonymised}, {"cut", f.Cut}, {"in part", f.InPart}} {
			if len(part.columns) > 0 {
				visible.Fprintf(w, "; %s: %s", part.what, strings.Join(part.columns, ", "))
			}
		}
		if f.Excluded > 0 {
			fmt.Fprintf(w, "; %s rows of excluded spaces are left out", number(f.Excluded))
		}
		if f.Unplaced > 0 {
			fmt.Fprintf(w, "; %s rows are left out because nothing tells what space they are of", number(f.Unplaced))
		}
		fmt.Fprintln(w)
	}
	for _, n := range r.Redaction.Notes {
		visible.Fprintf(w, "note: %s\n", n)
	}
	if r.KeyMade != "" {
		visible.Fprintf(w, "The key for pseudonyms was made: %s. Keep it: only with it do later jobs have the same pseudonyms.\n", r.KeyMade)
	}
	visible.Fprintf(w, "The redacted files are in %s.\n", r.Folder)
}
