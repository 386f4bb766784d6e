package confluence

import (
	"context"
	"errors"
	"io"
	"time"

	"sluice/localexport/snapshot"
	"sluice/pipeline"
)

// Sink opens the destination of a file of FileNames. It is called once for
// each file. Writes come in file order, in large pieces; several files may be
// open at once. Close is called once, after the last write or after an error.
type Sink func(name string) (io.WriteCloser, error)

// Plan is what an export will do, resolved from options and snapshot.
type Plan struct {
	From     time.Time // lower bound, never zero
	Location string    // zone of the naive times: an IANA name or a fixed offset
	BaseURL  string
	Warnings []pipeline.Diagnostic // about the choices above
}

// MakePlan resolves the from date, the zone and the base URL cheaply, so that
// a job can tell them at its start.
func MakePlan(ctx context.Context, s *snapshot.Snapshot, o Options) (Plan, error) {
	return Plan{}, errors.New("exports cannot be planned yet")
}

// Validation is the verdict of Validate.
type Validation struct {
	Consistent bool
	// Findings say what is inconsistent: table, index, how many.
	Findings []pipeline.Diagnostic
}

// Validate compares the indexes that an export of the snapshot would read, and
// no others, with their tables. On cancellation the error wraps
// context.Canceled.
func Validate(ctx context.Context, s *snapshot.Snapshot, o Options, c *Counters) (Validation, error) {
	return Validation{}, errors.New("snapshots cannot be validated yet")
}

// Result is what an export has done.
type Result struct {
	Files    []FileResult // in the order of FileNames
	From     time.Time
	Location string
	BaseURL  string
	Warnings []pipeline.Diagnostic
	// Entities counts users, spaces, pages, comments and events; Rows the data
	// records of all files.
	Entities, Rows int64
	// OptedOut are the keys of the spaces that were left out because they are
	// excluded in the product.
	OptedOut []string
}

// FileResult is one written file.
type FileResult struct {
	Name        string
	Rows, Bytes int64 // data records without the header; bytes with it
}

// Export writes the five files. On cancellation it returns within half a
// second with an error that wraps context.Canceled.
func Export(ctx context.Context, s *snapshot.Snapshot, o Options, open Sink, c *Counters) (Result, error) {
	return Result{}, errors.New("snapshots cannot be exported yet")
}
