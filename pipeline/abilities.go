package pipeline

import (
	"context"
	"time"
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
}

// Historian lists earlier jobs, newest first; at most limit of them if limit
// is above 0.
type Historian interface {
	Jobs(ctx context.Context, limit int) ([]Job, error)
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

// Stopper ends the job that it runs itself, as opposed to one that it only knows
// of: that of another process, or of a server. Stop returns when that job has
// ended as CANCELLED, or at once if there is none.
type Stopper interface {
	Stop(ctx context.Context) error
}

// Waiter waits for the end of the running job. It returns the job in its last
// state, at once if none runs.
type Waiter interface {
	Wait(ctx context.Context) (Job, error)
}
