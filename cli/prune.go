package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"sluice/deliver"
	"sluice/figures"
	"sluice/localexport"
	"sluice/localexport/jobfiles"
	"sluice/places"
	"sluice/retention"
)

// pruneCommand removes the files of exports that are beyond the bounds of what is kept.
type pruneCommand struct {
	Home       string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs and files are kept (${default})."`
	Keep       int    `placeholder:"N" help:"Keep the files of so many complete exports, the newest."`
	MaxAge     string `placeholder:"AGE" help:"Keep the files of exports that ended less long ago: 90d, 12w or 36h."`
	MaxSize    string `placeholder:"SIZE" help:"Keep so much, the newest first: 500GB."`
	PartialAge string `default:"1d" placeholder:"AGE" help:"Remove the partial files of exports that ended early so long ago; 0 for never (${default})."`
	Job        int64  `placeholder:"ID" help:"Remove the files of this job, whatever the bounds are."`
	Save       bool   `help:"Keep these bounds as those of the home: later calls without bounds, the runs of schedules without their own, and the window go by them."`
	DryRun     bool   `help:"Tell what would be removed, and remove nothing."`
	JSON       bool   `name:"json" help:"Print JSON."`
}

// pruned is what prune prints as JSON.
type pruned struct {
	Removed      bool        `json:"removed"`             // false after --dry-run
	RemovedBytes int64       `json:"removedBytes"`        // or those that would be removed
	KeptBytes    *int64      `json:"keptBytes,omitempty"` // absent with --job, which looks at no other
	Saved        bool        `json:"saved"`               // the bounds are those of the home now
	Jobs         []prunedJob `json:"jobs"`
}

type prunedJob struct {
	JobID  int64            `json:"jobId"`
	Status string           `json:"status"` // how it ended; "" if that is not known
	Ended  time.Time        `json:"ended,omitzero"`
	Bytes  int64            `json:"bytes"`
	Goes   bool             `json:"goes"`
	Reason retention.Reason `json:"reason"`
	Why    string           `json:"unreadable,omitempty"`
}

func (x *pruneCommand) Run(c *call) (err error) {
	settings := retention.Settings{Keep: x.Keep, MaxAge: x.MaxAge, MaxSize: x.MaxSize, PartialAge: x.PartialAge}
	policy, err := x.policy(c, &settings)
	if err != nil {
		return err
	}
	exporter, err := x.open(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))) }()
	if x.Save && !x.DryRun {
		if err := exporter.SetKept(c.ctx, settings); err != nil {
			return err
		}
	}
	choices, pruneErr := x.prune(c, exporter, policy)
	done := prunedOf(choices, !x.DryRun)
	done.Saved = x.Save && !x.DryRun
	if x.Job != 0 {
		done.KeptBytes = nil
	}
	if x.JSON {
		return c.document(done, pruneErr)
	}
	if pruneErr == nil || len(done.Jobs) > 0 {
		describePruned(c.program.Out, done)
		if x.Save && x.DryRun {
			fmt.Fprintln(c.program.Out, "Nor were the bounds kept as those of the home: --save does that without --dry-run.")
		}
	}
	return pruneErr
}

// open opens the home, which may be one into which jobs of a server were fetched: nothing was
// exported there, and it has no history yet.
func (x *pruneCommand) open(c *call) (*localexport.Exporter, error) {
	none := checkExports(x.Home)
	if none == nil {
		return openHome(c, x.Home)
	}
	exports := filepath.Dir(localexport.JobFolder(x.Home, 1))
	entries, err := os.ReadDir(exports)
	if err != nil {
		return nil, none
	}
	for _, e := range entries {
		if m, err := jobfiles.ReadManifest(filepath.Join(exports, e.Name())); err == nil && m.Fetched != nil {
			return c.backend().OpenHome(c.ctx, x.Home)
		}
	}
	return nil, none
}

// prune removes the files of one job, or those beyond the bounds. What a delivery owes stays.
func (x *pruneCommand) prune(c *call, exporter *localexport.Exporter, policy retention.Policy) ([]retention.Choice, error) {
	folder, err := places.Config()
	if err != nil {
		return nil, err
	}
	owed, err := deliver.NewOwedFile(folder).Folders()
	if err != nil {
		return nil, err
	}
	if x.Job == 0 {
		return exporter.Prune(c.ctx, policy, x.DryRun, owed...)
	}
	choice, err := exporter.RemoveFiles(c.ctx, x.Job, x.DryRun, owed...)
	switch choice.Reason {
	case "":
		return nil, err
	case retention.ReasonOwed:
		err = fmt.Errorf("the files of job %d stay, since a delivery has to bring them yet: \"sluice deliveries retry\" does so, or remove the delivery", x.Job)
	}
	return []retention.Choice{choice}, err
}

// policy is what the flags bound or, without any, the home. settings are those that hold then.
func (x *pruneCommand) policy(c *call, settings *retention.Settings) (p retention.Policy, err error) {
	bounds := c.typed["keep"] || x.MaxAge != "" || x.MaxSize != "" || c.typed["partial-age"]
	switch {
	case x.Job < 0:
		return p, usageError{errors.New("--job: no job has such a number")}
	case x.Job > 0 && (bounds || x.Save):
		return p, usageError{errors.New("--job removes the files of one job: it goes with no bounds")}
	case x.Job > 0:
		return p, nil
	case x.Keep < 0 || c.typed["keep"] && x.Keep == 0:
		return p, usageError{errors.New("--keep: at least one export is kept")}
	case !bounds && !x.Save:
		if *settings, err = localexport.KeptIn(x.Home); err != nil {
			return p, err
		}
	}
	if p, err = settings.Policy(); err != nil {
		return p, usageError{fmt.Errorf("--%w", err)}
	}
	if x.Save && !bounds {
		return p, usageError{errors.New("--save keeps the bounds that are given with it: give --keep, --max-age, --max-size or --partial-age")}
	}
	if !bounds && !p.Bounds() {
		return p, usageError{errors.New("what is to be kept? Give --keep, --max-age or --max-size, or --partial-age for partial files alone; the home has no bounds of its own")}
	}
	return p, nil
}

func prunedOf(choices []retention.Choice, removed bool) pruned {
	done := pruned{Removed: removed, KeptBytes: new(int64), Jobs: []prunedJob{}}
	for _, choice := range choices {
		j := prunedJob{JobID: choice.Job.ID, Status: string(choice.Job.Status), Ended: choice.Ended.UTC(), Bytes: choice.Bytes, Goes: choice.Reason.Goes(), Reason: choice.Reason}
		if choice.Unreadable != nil {
			j.Why = choice.Unreadable.Error()
		}
		if j.Goes {
			done.RemovedBytes += j.Bytes
		} else {
			*done.KeptBytes += j.Bytes
		}
		done.Jobs = append(done.Jobs, j)
	}
	return done
}

// reasons are the reasons in words.
var reasons = map[retention.Reason]string{
	retention.ReasonNewest:  "stays: the newest complete export",
	retention.ReasonWithin:  "stays",
	retention.ReasonRecent:  "stays: partial files, not that old",
	retention.ReasonUnread:  "stays, since its manifest cannot be read",
	retention.ReasonOwed:    "stays: a delivery has to bring it yet",
	retention.ReasonAsked:   "asked for",
	retention.ReasonKeep:    "enough newer ones are kept",
	retention.ReasonAge:     "too old",
	retention.ReasonSize:    "too large together with the newer ones",
	retention.ReasonPartial: "partial files of a job that ended early",
}

// describePruned tells people what became of each export, and what the home keeps if these are
// all.
func describePruned(w io.Writer, done pruned) {
	if len(done.Jobs) == 0 {
		fmt.Fprintln(w, "No export has files here.")
		return
	}
	n := 0
	for _, j := range done.Jobs {
		ended := "at a time that is not known"
		if !j.Ended.IsZero() {
			ended = j.Ended.Local().Format("2006-01-02 15:04")
		}
		mark := " "
		if j.Goes {
			mark = "-"
			n++
		}
		why := reasons[j.Reason]
		if j.Why != "" {
			why += ": " + j.Why
		}
		fmt.Fprintf(w, "%s job %-5d %10s  ended %s  %s\n", mark, j.JobID, size(j.Bytes), ended, why)
	}
	what, kept := figures.Some(int64(n), "one export", "%d exports"), ""
	if done.KeptBytes != nil {
		kept = " Kept: " + size(*done.KeptBytes) + "."
	}
	if done.Removed {
		fmt.Fprintf(w, "Removed the files of %s: %s.%s Manifests and history stay.\n", what, size(done.RemovedBytes), kept)
		return
	}
	fmt.Fprintf(w, "The files of %s would be removed: %s.%s Nothing was removed.\n", what, size(done.RemovedBytes), kept)
}
