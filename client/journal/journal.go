// Package journal keeps the jobs that were seen of a server, in a file. The API
// tells the last job only (spec/rest-api.md §2); with a journal, those before it
// are known after the program was closed, too.
package journal

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"sync"

	"sluice/formats"
	"sluice/pipeline"
	"sluice/wholefile"
	"sluice/wording"
)

// most is how many jobs are kept: three years of one a day.
const most = 1000

// Journal is the journal of one server. It is safe for use by several
// goroutines, and several processes may keep one file: each adds to what the
// others have written.
type Journal struct {
	path string

	mu        sync.Mutex
	jobs      []pipeline.Job // newest first
	unwritten bool           // the last write has failed
}

var _ pipeline.Historian = (*Journal)(nil)

// file is what is written.
type file struct {
	Version int             `json:"version"`
	Jobs    []pipeline.Kept `json:"jobs"`
}

// Open reads the journal in a file; one that does not exist is empty. A file that
// cannot be understood is set aside under a name that ends in .broken, so that
// nothing is lost; the error says so, and the journal that is returned with it
// works.
func Open(path string) (*Journal, error) {
	j := &Journal{path: path}
	jobs, err := read(path)
	j.jobs = jobs
	if err == nil {
		return j, nil
	}
	if !errors.Is(err, errBroken) {
		return j, wording.Errorf("read the journal of a server: %w", err)
	}
	aside := path + ".broken"
	if renameErr := os.Rename(path, aside); renameErr != nil {
		return j, wording.Errorf("read the journal of a server %s: %w", path, errors.Join(err, renameErr))
	}
	return j, wording.Errorf("read the journal of a server: %w; the file was kept as %s, and the journal starts empty", err, aside)
}

// errBroken is wrapped by the error for a file that was read and not understood.
var errBroken = wording.New("cannot be understood")

func read(path string) ([]pipeline.Job, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := formats.Journal.CheckJSON(b); err != nil {
		return nil, wording.Errorf("%s: %w", path, err)
	}
	var f file
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, wording.Errorf("%s %w: %w", path, errBroken, err)
	}
	var jobs []pipeline.Job
	for _, job := range f.Jobs {
		if job := pipeline.Job(job); job.Exists() {
			jobs = append(jobs, job)
		}
	}
	slices.SortStableFunc(jobs, pipeline.NewestFirst)
	return jobs, nil
}

// Note takes in a job as it was seen, in the place of its earlier state. It
// writes the file when the job is new, or when its status has changed or what it
// says at its end; the counters of a job that runs are kept in memory only.
func (j *Journal) Note(job pipeline.Job) error {
	if !job.Exists() {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	at := find(j.jobs, job)
	if at >= 0 && job.StartedBy == "" {
		job.StartedBy = j.jobs[at].StartedBy
	}
	if at >= 0 && !j.unwritten && reflect.DeepEqual(j.jobs[at], job) {
		return nil
	}
	news := at < 0 || j.unwritten || j.jobs[at].Status != job.Status || !job.Running()
	j.jobs = with(j.jobs, job.Clone())
	if !news {
		return nil
	}
	err := j.write()
	if j.unwritten = err != nil; err != nil {
		return wording.Errorf("write the journal of a server %s: %w", j.path, err)
	}
	return nil
}

// StartedBy is who started a job, as far as that was noted; no answer of a server tells.
func (j *Journal) StartedBy(job pipeline.Job) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	if at := find(j.jobs, job); at >= 0 {
		return j.jobs[at].StartedBy
	}
	return ""
}

// find is the place of a job, or -1.
func find(jobs []pipeline.Job, job pipeline.Job) int { return slices.IndexFunc(jobs, job.Same) }

// with returns the jobs with one more, or with one of them replaced.
func with(jobs []pipeline.Job, job pipeline.Job) []pipeline.Job {
	if at := find(jobs, job); at >= 0 {
		jobs[at] = job
		return jobs
	}
	at, _ := slices.BinarySearchFunc(jobs, job, pipeline.NewestFirst)
	jobs = slices.Insert(jobs, at, job)
	return jobs[:min(len(jobs), most)]
}

// write adds what other processes have written meanwhile, and replaces the file
// in one step.
func (j *Journal) write() error {
	// A file that cannot be read any more is written anew, but for that of a newer Sluice.
	others, err := read(j.path)
	if formats.Refused(err) {
		return err
	}
	if err == nil {
		for _, job := range others {
			at := find(j.jobs, job)
			if at >= 0 && j.jobs[at].StartedBy == "" {
				j.jobs[at].StartedBy = job.StartedBy
			}
			if at < 0 || j.jobs[at].Running() && !job.Running() { // an end that was not seen here
				j.jobs = with(j.jobs, job)
			}
		}
	}
	f := file{Version: formats.Journal.Known, Jobs: make([]pipeline.Kept, len(j.jobs))}
	for i, job := range j.jobs {
		f.Jobs[i] = pipeline.Kept(job)
	}
	b, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return wholefile.Write(j.path, append(b, '\n'))
}

// Jobs implements pipeline.Historian.
func (j *Journal) Jobs(ctx context.Context, limit int) ([]pipeline.Job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := len(j.jobs)
	if limit > 0 {
		n = min(n, limit)
	}
	jobs := make([]pipeline.Job, n)
	for i := range jobs {
		jobs[i] = j.jobs[i].Clone()
	}
	return jobs, ctx.Err()
}
