package pipeline

import (
	"context"
	"time"

	"sluice/wording"
)

// The interfaces below are optional: an Exporter that can say more implements
// them, and callers ask with a type assertion.

// ProgressReporter tells how far the running job is. Progress is cheap: it
// reads counters and may be called ten times a second.
type ProgressReporter interface {
	Progress() Progress
}

// Phase is what a local job does at the moment.
type Phase string

// The phases of a local job, in their order.
const (
	PhaseNone      Phase = ""          // no job runs in this process
	PhaseChecking  Phase = "checking"  // pre-validation
	PhaseExporting Phase = "exporting" // writing the files
	PhaseFinishing Phase = "finishing" // syncing, manifest
)

// Progress is a sample of the counters of a running job.
type Progress struct {
	JobID   int64
	Phase   Phase
	Started time.Time
	// Done and Total measure the whole job in one unit of the exporter's
	// choice; Total is 0 while it is not known.
	Done, Total int64
	Files       []FileProgress // in the order in which they are documented
}

// FileState is how far one file is.
type FileState string

// The states of a file of a running job.
const (
	FileWaiting FileState = "waiting"
	FileWriting FileState = "writing"
	FileDone    FileState = "done"
)

// FileProgress is a sample of the counters of one file.
type FileProgress struct {
	Name     string // "users", "spaces", "pages", "comments", "analytics_events"
	State    FileState
	Rows     int64 // data records written
	Bytes    int64 // bytes written
	Expected int64 // records expected; -1 if that is not cheaply known
	About    bool  // Expected is an estimate
	// Done and Total measure the reading of the file in one unit of the exporter's
	// choice; Total is 0 while it is not known, or if nothing is measured.
	Done, Total int64
}

// Historian lists earlier jobs, newest first; at most limit of them if limit
// is above 0.
type Historian interface {
	Jobs(ctx context.Context, limit int) ([]Job, error)
}

// Reacher knows how far the exports of its site reach.
type Reacher interface {
	// Reach tells of the last completed export of the site, the zero Reach if there is
	// none: what "since the last export" goes on from.
	Reach(ctx context.Context) (Reach, error)
}

// Reach is how far a completed export reaches.
type Reach struct {
	Job int64     // 0 is none
	At  time.Time // up to then the job has everything
	// Guessed is true if the job has not written down how far it has read: then At is
	// the earliest moment that what is known of it allows.
	Guessed bool
	// Other is, if there is no export of the site, the base URL of another one that the
	// exports beside it are of; usually empty.
	Other string
}

// FileLister lists the files of a job, in the order in which they are
// documented. A job without files gives an empty list.
type FileLister interface {
	Files(ctx context.Context, jobID int64) ([]File, error)
}

// File is an exported file.
type File struct {
	Name     string // "users", "spaces", "pages", "comments", "analytics_events"
	Path     string // where it lies on this computer
	Rows     int64  // data records; -1 if not known
	Bytes    int64
	SHA256   string // hexadecimal; "" if not known
	Complete bool   // false for the partial files of an unfinished job
}

// ManifestName is the name of the file, beside those of a complete export on this
// computer, that says what they are.
const ManifestName = "manifest.json"

// ExportPather is an exporter whose export path can be told and changed: the folder
// below which each job gets a folder of its own (spec/rest-api.md §9).
type ExportPather interface {
	// ExportPath is where the next job writes. The error is errors.ErrUnsupported, in
	// the sense of errors.Is, where a server turns out not to have the operations.
	ExportPath(ctx context.Context) (string, error)
	// SetExportPath changes it, for the jobs that start from then on, and returns it
	// as it was understood. The error wraps ErrExportPath if the path cannot be used.
	SetExportPath(ctx context.Context, path string) (string, error)
	// ResetExportPath goes back to the default.
	ResetExportPath(ctx context.Context) error
}

// ErrExportPath is wrapped by the errors for export paths that cannot be used.
var ErrExportPath = wording.New("the export path cannot be used")

// Stopper ends the job that it runs itself, as opposed to one that it only knows
// of: that of another process, or of a server. Stop returns when that job has
// ended as CANCELLED, or at once if there is none.
type Stopper interface {
	Stop(ctx context.Context) error
}

// Resumer goes on with exports that ended too early.
type Resumer interface {
	// Resumable tells what is left of the job, which must have ended before it was
	// complete; 0 means the newest that can be gone on with. The error is a
	// *NotResumableError if there is nothing to go on with.
	Resumable(ctx context.Context, jobID int64) (Resumable, error)
	// Resume starts a job that goes on with it, with the same time range and
	// options, as Start does. The error may be one of Resumable or of Start.
	Resume(ctx context.Context, jobID int64) (Job, error)
}

// Resumable is what is left of an export that ended too early.
type Resumable struct {
	Job  Job
	Kept []KeptFile // files that need not be written again, in their documented order
}

// KeptFile is the start of a file, or all of it.
type KeptFile struct {
	Name  string // "users", "spaces", "pages", "comments", "analytics_events"
	Bytes int64
	Whole bool // there is nothing more to come
}

// NotResumableError says why there is nothing to go on with.
type NotResumableError struct {
	JobID int64 // 0: no job of the home
	Why   string
	Err   error // what is behind it, if anything
}

func (e *NotResumableError) Error() string { return e.Why }

func (e *NotResumableError) Unwrap() error { return e.Err }

// Cleaner removes what exports that ended too early have left.
type Cleaner interface {
	// Remains lists it, newest first: of one job or, for 0, of all that have
	// ended.
	Remains(ctx context.Context, jobID int64) ([]Remains, error)
	// Clean removes what Remains lists, and returns it. Complete files and the
	// history stay.
	Clean(ctx context.Context, jobID int64) ([]Remains, error)
}

// Remains are the partial files of a job that ended too early.
type Remains struct {
	Job          Job // only with an id if nothing else is known of it
	Files        []File
	Bytes        int64
	NotResumable error // why the job cannot be gone on with; nil if it can
}

// Resumable reports whether the job can be gone on with from these files.
func (r Remains) Resumable() bool { return r.Job.Status != "" && r.NotResumable == nil }

// Unlocker ends a job of which nobody can tell whether its process lives (see
// RunningError.Owner). The caller answers for it that the process is gone.
type Unlocker interface {
	Unlock(ctx context.Context) (Job, error)
}

// Waiter waits for the end of the running job. It returns the job in its last
// state, at once if none runs.
type Waiter interface {
	Wait(ctx context.Context) (Job, error)
}
