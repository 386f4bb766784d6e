package source

import (
	"context"
	"time"

	"sluice/pipeline"
	"sluice/wording"
)

// Engine runs the exports of one source. It may also be a
// pipeline.ProgressReporter, a pipeline.Historian or a pipeline.FileLister.
type Engine interface {
	pipeline.Exporter
	// Watch calls tell with every new state, from one goroutine, until ctx ends.
	Watch(ctx context.Context, tell func(pipeline.State))
	// Poke asks for the status at once, and often for a while.
	Poke()
	// Close gives the source up. A job that runs in this process is cancelled
	// first.
	Close(ctx context.Context) error
}

// ErrNoSecret is wrapped by the error for a server without a stored secret.
var ErrNoSecret = wording.New("no token is stored for this server: enter it once more")

// Info is what is known about a source before any export.
type Info struct {
	Product string // "Confluence"
	Version string // "8.5"; may be empty
	Build   string // "9012"; may be empty
	BaseURL string

	// The following are known of snapshots only.

	Newest      time.Time // the newest change or event
	NewestAbout bool      // Newest was found on a sample
	TimeZone    string    // what the zone of the tables seems to be; "" if nothing tells
	Bytes       int64
	Storage     wording.Text // how keys and times are stored, in a sentence
	Counts      []Count
	Diagnostics []pipeline.Diagnostic
	Origin      *Origin // where Sluice took it from; nil if it did not
}

// Count is how many there are of something in a snapshot.
type Count struct {
	Of        Counted
	N         int64 // -1 if not known
	Estimated bool
}

// Counted is what is counted in a snapshot.
type Counted int

// What is counted, in the order in which it is shown.
const (
	Users Counted = iota
	Spaces
	Pages
	Comments
	Events
)

// Verdict is the outcome of a check of a connection.
type Verdict string

// The outcomes.
const (
	NotChecked Verdict = "unknown" // an earlier check failed
	Passed     Verdict = "yes"
	Refused    Verdict = "no"
)

// Report is what was found out about a connection.
type Report struct {
	Took       time.Duration
	Reachable  Verdict
	Authorised Verdict
	Feature    Verdict // the export API is there
	Job        pipeline.Job
	Product    string // "Confluence"; empty if not recognised
	Version    string
	Warnings   []string
	Err        error
}

// SecretError says that the token or password of a server cannot be had from the file or the
// command that its settings name.
type SecretError struct{ error }

// SecretAway is the SecretError for what is wrong.
func SecretAway(err error) error { return &SecretError{err} }

func (e *SecretError) Unwrap() error { return e.error }
