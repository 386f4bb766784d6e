package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// judged is what a home is looked at for.
type judged struct {
	home   string
	before []pipeline.Job // that were in the home before the fault
	failed bool           // the process has reported a failure, so its job is FAILED
	exited bool           // the process ended by itself, with code
	code   int
}

// judge looks at a home after a fault: it opens, its history is true and what
// is called complete is complete and right. It reports survived, or what is
// wrong.
func (s *specimen) judge(ctx context.Context, j judged) outcome {
	jobs, o := history(ctx, j.home)
	if o.verdict.bad() {
		return o
	}
	known := map[int64]pipeline.Job{}
	for _, job := range jobs {
		known[job.ID] = job
		if !job.Status.Ended() {
			return loss("job %d is %s although nothing runs", job.ID, job.Status)
		}
	}
	for _, job := range j.before {
		if known[job.ID].Status != job.Status {
			return loss("job %d was %s and is now %q", job.ID, job.Status, string(known[job.ID].Status))
		}
	}
	folders, err := jobFolders(j.home)
	if err != nil {
		return loss("%v", err)
	}
	for id, dir := range folders {
		if o := s.judgeFiles(dir, known[id]); o.verdict.bad() {
			return o.at("job %d", id)
		}
	}
	for _, job := range jobs {
		if _, ok := folders[job.ID]; job.Status == pipeline.Completed && !ok {
			return falsehood("job %d is COMPLETED and has no folder", job.ID)
		}
	}
	return j.judgeEnd(jobs)
}

// judgeEnd compares how the process ended with the newest job.
func (j judged) judgeEnd(jobs []pipeline.Job) outcome {
	if len(jobs) <= len(j.before) {
		if j.exited && j.code == 0 {
			return falsehood("exit 0 without a job")
		}
		return fine("no job")
	}
	newest := jobs[0]
	switch {
	case j.exited && j.code == 0 && newest.Status != pipeline.Completed:
		return falsehood("exit 0, and job %d is %s", newest.ID, newest.Status)
	case j.failed && newest.Status == pipeline.Cancelled:
		return loss("exit %d, and job %d is %s: nobody cancelled it", j.code, newest.ID, newest.Status)
	}
	return fine("job %d is %s", newest.ID, newest.Status)
}

// history opens a home as the next command does, and returns its jobs.
func history(ctx context.Context, home string) ([]pipeline.Job, outcome) {
	e, err := localexport.Open(ctx, localexport.Options{Product: confluence.Product{}, Home: home, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, loss("the home does not open: %v", err)
	}
	jobs, err := e.Jobs(ctx, 0)
	if err != nil {
		err = errors.Join(err, e.Close(ctx))
		return nil, loss("the history cannot be read: %v", err)
	}
	for _, job := range jobs {
		if _, err := e.Files(ctx, job.ID); err != nil {
			return nil, loss("the files of job %d cannot be listed: %v", job.ID, errors.Join(err, e.Close(ctx)))
		}
	}
	if err := e.Close(ctx); err != nil {
		return nil, loss("the home does not close: %v", err)
	}
	return jobs, fine("")
}

// judgeFiles: what has its final name is right, and a manifest stands for a
// COMPLETED job whose files are all there.
func (s *specimen) judgeFiles(dir string, job pipeline.Job) outcome {
	files, err := sums(dir)
	if err != nil {
		return loss("%v", err)
	}
	for name, sum := range files {
		if sum != s.right[name] {
			return falsehood("%s has its final name and other bytes than it should", name)
		}
	}
	m, err := jobfiles.ReadManifest(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && job.Status == pipeline.Completed:
		return falsehood("COMPLETED without a manifest")
	case errors.Is(err, fs.ErrNotExist):
		return fine("")
	case err != nil:
		return falsehood("%v", err)
	case job.Status != pipeline.Completed:
		return falsehood("%q with a manifest: %v", string(job.Status), job.Errors)
	case len(m.Files) != len(s.right) || len(files) != len(s.right):
		return falsehood("a manifest with %d files, %d of which lie there", len(m.Files), len(files))
	}
	for _, f := range m.Files {
		if f.SHA256 != s.right[f.Name] {
			return falsehood("the manifest gives %s another SHA-256", f.Name)
		}
	}
	return fine("")
}

// next exports once more into a home after a fault: nothing stands in its way,
// and it gives the right bytes.
func (s *specimen) next(ctx context.Context, home string) outcome {
	e, err := s.w.run(ctx, s.arguments(home)...)
	return s.complete(ctx, home, e, err)
}

// complete is the outcome of an export that must be complete.
func (s *specimen) complete(ctx context.Context, home string, e end, err error) outcome {
	if err != nil {
		return loss("the next export: %v", err)
	}
	if o, ok := e.panicked(); ok {
		return o.at("the next export")
	}
	if e.code != 0 {
		return loss("the next export fails: %s", e.says())
	}
	jobs, o := history(ctx, home)
	if o.verdict.bad() {
		return o.at("after the next export")
	}
	if len(jobs) == 0 || jobs[0].Status != pipeline.Completed {
		return falsehood("the next export says that it is complete, and is not")
	}
	folders, err := jobFolders(home)
	if err != nil {
		return loss("%v", err)
	}
	for id, dir := range folders {
		if id > jobs[0].ID {
			return loss("folder %d is newer than the newest job %d", id, jobs[0].ID)
		}
		if id == jobs[0].ID {
			return s.judgeFiles(dir, jobs[0])
		}
	}
	return falsehood("the next export has no folder")
}

// tidy removes what a survived fault has left; what was lost stays to be looked
// at, as long as the campaign lasts.
func tidy(folder string, o outcome) outcome {
	if !o.verdict.bad() {
		if err := os.RemoveAll(folder); err != nil {
			return loss("remove %s: %v", folder, err)
		}
	}
	return o
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
