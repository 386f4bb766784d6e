package product

import (
	"context"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/rules"
)

// Product is one kind of server whose snapshots can be exported. Its methods may be
// called from any goroutine; what they return is not to be changed.
type Product interface {
	// Files are the names of the files of an export, in the order in which they are
	// documented and written.
	Files() []string
	// Optional are the names of files that come behind those, and that an export
	// opens only if it has something for them.
	Optional() []string
	// Parts are the names of Files again, as an export is tried: those of one part
	// are read at once, because each part begins by reading what several files need.
	Parts() [][]string
	// Rules are the choices that the vendor's documentation leaves open.
	Rules() rules.Table
	// IsNote tells a diagnostic of an export that is worth knowing, but says nothing
	// against the files, from a warning.
	IsNote(pipeline.Diagnostic) bool
	// Open opens the snapshot at path for reading. The error is one sentence about
	// the file.
	Open(ctx context.Context, path string) (Snapshot, error)
}

// Snapshot is an open snapshot and what can be done with it.
type Snapshot interface {
	// Identity tells which state of the file is open.
	Identity() jobfiles.Snapshot
	// Unchanged returns an error if the file is not in that state any more.
	Unchanged() error
	// Plan resolves what an export with these options does. It ends with ctx, as
	// Validate and Export do, and like them takes nil for counters that nobody reads.
	Plan(ctx context.Context, o Options, c *Counters) (Plan, error)
	// Validate judges whether what an export reads is consistent.
	Validate(ctx context.Context, o Options, c *Counters) (Validation, error)
	// Export writes the files, or those of Options.Only, one after the other.
	Export(ctx context.Context, o Options, open Sink, c *Counters) (Result, error)
	Close() error
}
