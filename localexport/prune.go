package localexport

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/retention"
	"sluice/wording"
)

// KeyPruned is the note of a completed job whose files were removed, as a bound on what
// the home keeps asks.
const KeyPruned = "export.files.pruned"

// Holdings lists what the jobs of the home have on the disk, newest first: the files of
// complete exports, and what exports that ended early have left. Files of a job that
// runs, and those that it goes on with, are not among them.
func (e *Exporter) Holdings(ctx context.Context) ([]retention.Export, error) {
	busy, err := e.busy(ctx)
	if err != nil {
		return nil, err
	}
	ids, err := e.folders(ctx, 0)
	if err != nil {
		return nil, err
	}
	exports := []retention.Export{}
	for _, id := range ids {
		if slices.Contains(busy, id) {
			continue
		}
		held, err := e.holding(ctx, id)
		if err != nil {
			return nil, err
		}
		if held.Bytes > 0 || held.Unreadable != nil {
			exports = append(exports, held)
		}
	}
	slices.SortStableFunc(exports, func(a, b retention.Export) int { return pipeline.NewestFirst(a.Job, b.Job) })
	return exports, nil
}

// holding is what one job has on the disk.
func (e *Exporter) holding(ctx context.Context, id int64) (retention.Export, error) {
	job, found, err := e.known(ctx, id)
	if err != nil {
		return retention.Export{}, err
	}
	if !found {
		job = pipeline.Job{ID: id}
	}
	held := retention.Export{Job: job, Folder: e.home.folder(job)}
	m, err := jobfiles.ReadManifest(e.home.folder(job))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		remains, err := e.remainsOf(ctx, id)
		if err != nil {
			return held, err
		}
		held.Bytes, held.Ended = remains.Bytes, endOf(job, remains.Files)
		return held, nil
	case err != nil:
		held.Unreadable = err
		return held, nil
	case !found: // a history that was lost
		held.Job = m.Job
	}
	held.Complete = true
	files, err := jobfiles.List(e.home.folder(job), nil)
	for _, f := range files {
		held.Bytes += f.Bytes
	}
	held.Ended = endOf(held.Job, files)
	return held, err
}

// endOf is when a job ended or, if it does not say, when its files were last written.
func endOf(job pipeline.Job, files []pipeline.File) time.Time {
	if job.Status.Ended() && !job.CompletedTime.IsZero() {
		return job.CompletedTime.Time
	}
	var last time.Time
	for _, f := range files {
		if info, err := os.Stat(f.Path); err == nil && info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	return last
}

// Prune removes the files of the exports that a policy lets go, and returns what it has
// decided of all of them; with dry it removes nothing. The manifest of a complete export
// stays, and tells what it was: verifying says what is missing, and "since the last
// export" goes on as before. The job stays in the history with a note. If a file cannot
// be removed, what was done before is returned with the error. What lies in one of the spared
// folders stays.
func (e *Exporter) Prune(ctx context.Context, policy retention.Policy, dry bool, spared ...string) ([]retention.Choice, error) {
	return e.choosing(ctx, dry, func(exports []retention.Export) ([]retention.Choice, error) {
		choices := policy.Choose(exports, e.now())
		retention.Spare(choices, spared)
		return choices, nil
	})
}

// RemoveFiles removes the files of one job, as somebody has asked, also those of the newest
// complete export, but for those in one of the spared folders. It is as Prune otherwise. The
// error says which job has none to remove.
func (e *Exporter) RemoveFiles(ctx context.Context, id int64, dry bool, spared ...string) (retention.Choice, error) {
	choices, err := e.choosing(ctx, dry, func(exports []retention.Export) ([]retention.Choice, error) {
		i := slices.IndexFunc(exports, func(held retention.Export) bool { return held.Job.ID == id })
		if i < 0 {
			return nil, wording.Errorf("job %d has no files here that could be removed: they were, or it runs", id)
		}
		if why := exports[i].Unreadable; why != nil {
			return nil, wording.Errorf("what the files of job %d are nobody can tell: %w", id, why)
		}
		choices := []retention.Choice{{Export: exports[i], Reason: retention.ReasonAsked}}
		retention.Spare(choices, spared)
		return choices, nil
	})
	if len(choices) == 0 {
		return retention.Choice{}, err
	}
	return choices[0], err
}

// choosing removes what a choice among the exports lets go.
func (e *Exporter) choosing(ctx context.Context, dry bool, choose func([]retention.Export) ([]retention.Choice, error)) ([]retention.Choice, error) {
	select {
	case e.starting <- struct{}{}: // nothing is begun meanwhile
		defer func() { <-e.starting }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	exports, err := e.Holdings(ctx)
	if err != nil {
		return nil, err
	}
	choices, err := choose(exports)
	if err != nil {
		return nil, err
	}
	for i, choice := range choices {
		if dry || !choice.Reason.Goes() {
			continue
		}
		err := ctx.Err()
		if err == nil {
			err = e.prune(ctx, choice)
		}
		if err != nil {
			return choices[:i], wording.Errorf("remove the files of job %d: %w", choice.Job.ID, err)
		}
		e.log.Info("files removed", "job", choice.Job.ID, "reason", choice.Reason, "bytes", choice.Bytes)
	}
	return choices, nil
}

// prune removes the files of one export.
func (e *Exporter) prune(ctx context.Context, choice retention.Choice) error {
	if !choice.Complete {
		remains, err := e.remainsOf(ctx, choice.Job.ID)
		if err != nil {
			return err
		}
		return e.remove(remains)
	}
	// The note comes first: files that are half removed are never those of a job that
	// says nothing.
	if err := e.notePruned(ctx, choice); err != nil {
		return err
	}
	dir := e.home.folder(choice.Job)
	m, err := jobfiles.ReadManifest(dir)
	if err != nil {
		return err
	}
	for _, f := range m.Files {
		if err := e.home.disk.Remove(filepath.Join(dir, filepath.Base(f.File))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return e.home.disk.SyncDir(dir)
}

// boundedBy says which bound on the exports that are kept an export was beyond.
var boundedBy = map[retention.Reason]string{
	retention.ReasonKeep: wording.Format("The files of this export were removed on %s, as the bound on the number of the exports that are kept asks. Its manifest stays."),
	retention.ReasonAge:  wording.Format("The files of this export were removed on %s, as the bound on the age of the exports that are kept asks. Its manifest stays."),
	retention.ReasonSize: wording.Format("The files of this export were removed on %s, as the bound on the size of the exports that are kept asks. Its manifest stays."),
}

func (e *Exporter) notePruned(ctx context.Context, choice retention.Choice) error {
	if _, found, err := e.known(ctx, choice.Job.ID); err != nil || !found {
		return err
	}
	why := wording.Format("The files of this export were removed on %s, as somebody has asked. Its manifest stays.")
	if bound := boundedBy[choice.Reason]; bound != "" {
		why = bound
	}
	note := pipeline.Say(KeyPruned, why, e.now().Format(time.DateOnly))
	return e.store.Amend(ctx, choice.Job.ID, func(j *pipeline.Job) {
		j.Notes = slices.DeleteFunc(slices.Clone(j.Notes), func(d pipeline.Diagnostic) bool { return d.Key == KeyPruned })
		j.Notes = append(j.Notes, note)
	})
}
