// Package fetch brings the files of a finished job of a server to this computer, from
// the server's shared home: a folder that is mounted here, or SFTP. The job is there whole
// or not at all: its folder has its name once every file was compared with the place and
// found whole, and the manifest is written.
//
//	job, err := fetch.Choose(status, seen, 0)
//	r, err := fetch.Job(ctx, place, job, fetch.Options{Home: home, Server: "https://wiki.example.com"})
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"sluice/deliver/target"
	"sluice/localexport"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/wholefile"
	"sluice/wording"
)

// Options say where the files of a job go.
type Options struct {
	Home    string // the folder of the job is made in it, as one of its own exports
	Server  string // address of the server, for the manifest
	Version string // of the program
	// Again fetches what is there already.
	Again bool
	// Unseen says that it is not known how the job ended; the manifest says so.
	Unseen bool
	Now    func() time.Time // nil: time.Now
	// Progress, if not nil, is called often, never twice at once.
	Progress func(Progress)
}

// Progress says how far it is.
type Progress struct {
	File       string // which is being fetched or checked
	Checking   bool   // all is here, and is looked at
	Bytes      int64  // of those of the phase
	TotalBytes int64
}

// Result is what was fetched.
type Result struct {
	Job     int64    `json:"job"`
	Server  string   `json:"server"`
	From    string   `json:"from"`   // the place, without a secret
	Folder  string   `json:"folder"` // here
	Already bool     `json:"already"`
	Kept    int      `json:"kept"` // files that an attempt before had brought
	Files   []File   `json:"files"`
	Rows    int64    `json:"rows"`
	Bytes   int64    `json:"bytes"`
	Notes   []string `json:"notes,omitempty"`
}

// File is a file that was fetched.
type File struct {
	Name   string `json:"name"` // "users", "spaces", …
	File   string `json:"file"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// ErrBusy is wrapped by the error while another process fetches into the same home.
var ErrBusy = wording.New("another fetch into this home is at work: wait until it has ended")

// ErrChanged is wrapped by the error for files that are not as they were when it began.
var ErrChanged = wording.New("the files changed while they were fetched: does an export run, or does somebody remove them? Fetch again")

// Job fetches the files of a job, which Choose has chosen. What an attempt that was cut
// off has brought whole is not fetched again. An error leaves nothing under the job's name
// that was not there before.
func Job(ctx context.Context, from target.Place, job pipeline.Job, o Options) (Result, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	f := &fetching{from: from, job: job, o: o, final: localexport.JobFolder(o.Home, job.ID)}
	if o.Unseen {
		f.job = unseen(job)
	}
	f.temp = filepath.Join(filepath.Dir(f.final), fmt.Sprintf(".fetching-%d", job.ID))
	r, err := f.run(ctx)
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return r, wording.Errorf("fetch job %d from %s: %w", job.ID, from, err)
	}
	return r, nil
}

// fetching is one fetch at work.
type fetching struct {
	from        target.Place
	job         pipeline.Job
	o           Options
	final, temp string
	there       remote
	own         *jobfiles.Manifest // that the place has; nil: none
	notes       []string
	kept        int
}

func (f *fetching) run(ctx context.Context) (Result, error) {
	r := Result{Job: f.job.ID, Server: f.o.Server, From: f.from.String(), Folder: f.final}
	var err error
	if f.there, err = look(ctx, f.from, f.job); errors.Is(err, ErrGone) && !f.o.Again {
		if m, _ := f.here(); m != nil { // what was fetched before is whole, and stays all there is of it
			r.Already, f.notes = true, append(f.notes, fmt.Sprintf("Its files are not in %s any more.", f.from))
			return f.told(r, *m), nil
		}
	}
	if err != nil {
		return r, err
	}
	if f.own, err = ownManifest(ctx, f.from, f.there); err != nil {
		return r, err
	}
	unlock, err := f.lock()
	if err != nil {
		return r, err
	}
	defer unlock()
	switch m, err := f.standing(); {
	case err != nil:
		return r, err
	case m != nil && !f.o.Again:
		r.Already = true
		return f.told(r, *m), nil
	}
	m, err := f.bring(ctx)
	if err != nil {
		return r, err
	}
	return f.told(r, m), f.put()
}

// told is the result with what a manifest says.
func (f *fetching) told(r Result, m jobfiles.Manifest) Result {
	r.Notes, r.Kept = append(append(f.from.Told(), f.there.notes...), f.notes...), f.kept
	for _, file := range m.Files {
		r.Files = append(r.Files, File{file.Name, file.File, file.Rows, file.Bytes, file.SHA256})
		r.Rows += max(file.Rows, 0)
		r.Bytes += file.Bytes
	}
	return r
}

// lock keeps other processes from fetching into the home.
func (f *fetching) lock() (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(f.final), 0o700); err != nil {
		return nil, err
	}
	l := flock.New(filepath.Join(filepath.Dir(f.final), ".fetching.lock"), flock.SetPermissions(0o600))
	held, err := l.TryLock()
	switch {
	case err != nil:
		return nil, wording.Errorf("lock the home: %w", err)
	case !held:
		return nil, ErrBusy
	}
	return func() { _ = l.Unlock() }, nil // the end of the process would, too
}

// standing is the manifest of a job that was fetched before, is whole, and lies at the place as it
// does here; nil if there is none.
func (f *fetching) standing() (*jobfiles.Manifest, error) {
	m, err := f.here()
	if m == nil || !f.there.has(*m) {
		return nil, err
	}
	return m, nil
}

// here is the manifest of a job that was fetched before and is whole; nil if there is none.
// Another job of the number stays as it is.
func (f *fetching) here() (*jobfiles.Manifest, error) {
	if _, err := os.Lstat(f.final); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	m, err := jobfiles.ReadManifest(f.final)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, wording.Errorf("%s is there already and was not fetched: remove it, or fetch into another home", f.final)
	case err != nil:
		return nil, err
	case m.Fetched == nil || m.Fetched.Server != f.o.Server || !m.Job.Same(f.job):
		return nil, wording.Errorf("%s has another job of that number, started %s: remove it, or fetch into another home", f.final, m.Job.StartTime.Format(time.RFC3339))
	case !m.Intact(f.final):
		return nil, nil
	}
	return &m, nil
}

// put gives the folder of the job its name, in the place of one of before.
func (f *fetching) put() error {
	if _, err := os.Lstat(f.final); errors.Is(err, fs.ErrNotExist) {
		return wholefile.Rename(f.temp, f.final)
	}
	old := f.temp + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(f.final, old); err != nil {
		return err
	}
	if err := wholefile.Rename(f.temp, f.final); err != nil && !errors.Is(err, wholefile.ErrNotDurable) {
		return errors.Join(err, os.Rename(old, f.final))
	} else if err != nil {
		return err
	}
	return os.RemoveAll(old)
}
