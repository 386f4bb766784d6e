package localexport

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/wording"
)

var _ pipeline.Cleaner = (*Exporter)(nil)

// Remains lists the partial files that ended jobs have left, newest first: of one
// job or, for 0, of all. Files of a job that runs, and those that it is about to
// go on with, are not among them.
func (e *Exporter) Remains(ctx context.Context, jobID int64) ([]pipeline.Remains, error) {
	busy, err := e.busy(ctx)
	if err != nil {
		return nil, err
	}
	ids, err := e.folders(ctx, jobID)
	if err != nil {
		return nil, err
	}
	remains := []pipeline.Remains{}
	for _, id := range ids {
		if slices.Contains(busy, id) {
			continue
		}
		r, err := e.remainsOf(ctx, id)
		if err != nil {
			return nil, err
		}
		if len(r.Files) > 0 {
			remains = append(remains, r)
		}
	}
	return remains, nil
}

// Clean removes what Remains lists, and returns it. The jobs stay in the history;
// they cannot be resumed any more. Complete files are not touched. If a file cannot
// be removed, what was removed before is returned with the error.
func (e *Exporter) Clean(ctx context.Context, jobID int64) ([]pipeline.Remains, error) {
	select {
	case e.starting <- struct{}{}: // nothing is begun meanwhile
		defer func() { <-e.starting }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	remains, err := e.Remains(ctx, jobID)
	if err != nil {
		return nil, err
	}
	for i, r := range remains {
		if err := e.remove(r); err != nil {
			return remains[:i], wording.Errorf("remove the partial files of job %d: %w", r.Job.ID, err)
		}
		e.log.Info("partial files removed", "job", r.Job.ID, "files", len(r.Files), "bytes", r.Bytes)
	}
	return remains, nil
}

// remove removes the record first: without it nobody goes on with the files.
func (e *Exporter) remove(r pipeline.Remains) error {
	dir := e.home.folder(r.Job)
	files := slices.Clone(r.Files)
	slices.SortStableFunc(files, func(a, b pipeline.File) int { return rank(a) - rank(b) })
	for _, f := range files {
		if err := e.home.disk.Remove(f.Path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		return err
	}
	return e.home.disk.Remove(dir)
}

func rank(f pipeline.File) int {
	if filepath.Base(f.Path) == jobfiles.ResumeName {
		return 0
	}
	return 1
}

// busy are the jobs whose files may be written or moved at the moment.
func (e *Exporter) busy(ctx context.Context) ([]int64, error) {
	job, err := e.Status(ctx) // ends a dead job
	if err != nil || !job.Running() {
		return nil, err
	}
	return []int64{job.ID, job.ResumedFrom}, nil
}

// folders are the jobs that have a folder, newest first.
func (e *Exporter) folders(ctx context.Context, jobID int64) ([]int64, error) {
	entries, err := os.ReadDir(e.home.exports)
	if err != nil {
		return nil, wording.Errorf("look for partial files: %w", err)
	}
	var ids []int64
	for _, entry := range entries {
		id, err := strconv.ParseInt(entry.Name(), 10, 64)
		if err == nil && entry.IsDir() && strconv.FormatInt(id, 10) == entry.Name() && (jobID == 0 || jobID == id) {
			ids = append(ids, id)
		}
	}
	jobs, err := e.history(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, job := range jobs { // below other export paths
		if _, err := os.Stat(e.home.folder(job)); err == nil && job.RootExportPath != "" && (jobID == 0 || jobID == job.ID) {
			ids = append(ids, job.ID)
		}
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	return slices.Compact(ids), nil
}

// remainsOf looks at the folder of a job.
func (e *Exporter) remainsOf(ctx context.Context, id int64) (pipeline.Remains, error) {
	job, found, err := e.known(ctx, id)
	if err != nil {
		return pipeline.Remains{}, err
	}
	if !found { // a history that was lost
		job = pipeline.Job{ID: id}
	}
	r := pipeline.Remains{Job: job}
	dir := e.home.folder(job)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return r, wording.Errorf("look for partial files: %w", err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if !entry.Type().IsRegular() || !strings.HasSuffix(name, jobfiles.PartialSuffix) && name != jobfiles.ResumeName {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return r, wording.Errorf("look for partial files: %w", err)
		}
		table, _, _ := strings.Cut(name, "_job")
		r.Files = append(r.Files, pipeline.File{Name: table, Path: filepath.Join(dir, name), Rows: -1, Bytes: info.Size()})
		r.Bytes += info.Size()
	}
	if len(r.Files) > 0 && found {
		_, why := e.Resumable(ctx, id)
		r.NotResumable = why
	}
	return r, nil
}
