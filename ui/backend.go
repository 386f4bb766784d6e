package ui

import (
	"context"
	"errors"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/session"
)

// Engine runs the exports of one source. It may also be a
// pipeline.ProgressReporter, a pipeline.Historian or a pipeline.FileLister.
type Engine interface {
	pipeline.Exporter
	session.Watcher
	// Close gives the source up. A job that runs in this process is cancelled
	// first.
	Close(ctx context.Context) error
}

// Warner is an Engine that knows what is doubtful about the way to its server: that
// it is not encrypted, for example.
type Warner interface{ Warnings() []string }

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
	Storage     string // how keys and times are stored, in a sentence
	Counts      []Count
	Diagnostics []pipeline.Diagnostic
	Origin      *present.Origin // where Sluice took it from; nil if it did not
}

// Count is how many there are of something in a snapshot.
type Count struct {
	Name      string
	N         int64 // -1 if not known
	Estimated bool
}

// Backend is what the window needs from the rest of the program.
type Backend interface {
	// OpenLocal opens a snapshot. The error is one sentence for people.
	OpenLocal(ctx context.Context, s source.Source) (Engine, Info, error)
	// MakeDemo writes the demo snapshot, unless it is there already, and
	// returns its path. progress gets pages; it is called from one goroutine.
	MakeDemo(ctx context.Context, progress func(done, total int64)) (path string, err error)
}

// Secrets is the part of the Backend that keeps tokens and passwords, each under the
// account of its source.
type Secrets interface {
	// Secret returns what is kept for an account; ErrNoSecret if nothing is.
	Secret(ctx context.Context, account string) (string, error)
	// KeepSecret keeps a secret, in the keyring if there is one. kept is false if
	// it lasts only for this session.
	KeepSecret(ctx context.Context, account, secret string) (kept bool, err error)
	// ForgetSecret removes it.
	ForgetSecret(ctx context.Context, account string) error
	// KeyringWorks tells whether secrets are kept between sessions here.
	KeyringWorks(ctx context.Context) bool
}

// Takes is the part of the Backend that takes snapshots of databases, dumps and
// backups. A Backend that does not implement it takes none.
type Takes interface {
	Secrets
	// IsAddress, CutPassword, UserIn and WithUser take the address of a database
	// apart, and CheckAddress says in a sentence what is wrong with one.
	present.Addresses
	// Recognise tells what a file or folder is, by its first bytes. The error is one
	// sentence for people.
	Recognise(ctx context.Context, path string) (present.TakeSource, error)
	// TakeName is what the snapshot of a source is called, and TakePath the file
	// below homes that it is taken into: always the same for a source.
	TakeName(from string) string
	TakePath(homes, from string) string
	// TakeAccount is the name under which the password of a source is kept, the same as
	// that of the command line. It may read a file.
	TakeAccount(from string) string
	// KeepForSession keeps a secret until the window closes; InSession reports whether
	// that is all that keeps it.
	KeepForSession(account, secret string)
	InSession(account string) bool
	// Survey asks a source what would be read, and reads no rows. What was found out
	// comes with an error, too; that is as of Take.
	Survey(ctx context.Context, t source.Taken, password string, ask Ask) (present.Survey, error)
	// Take takes the snapshot of a source into its file, which is replaced once the
	// new one is complete; again, it reads only what has changed where it can. The
	// error is one sentence for people, and wraps pipeline.ErrNotAuthorised where
	// another password is wanted. progress is called from another goroutine.
	Take(ctx context.Context, s source.Source, password string, ask Ask, again bool, progress func(present.TakeProgress)) error
}

// Ask asks a person for a secret that a server wants, and waits for the answer; "" means
// that none was given. It must not be called on the UI goroutine.
type Ask func(ctx context.Context, q present.SecretQuestion) (string, error)

// Servers is the part of the Backend that talks to servers. A Backend that does
// not implement it has no servers.
type Servers interface {
	Secrets
	// OpenServer makes an engine for a server. It does not talk to it yet.
	OpenServer(ctx context.Context, s source.Source, secret string) (Engine, error)
	// TestServer tries everything that works without changing the server.
	TestServer(ctx context.Context, s source.Server, secret string) Report
	// NormalizeURL gives the one spelling of a base URL. The error is a
	// sentence for people.
	NormalizeURL(url string) (string, error)
}

// ErrNoSecret is wrapped by the error for a server without a stored secret.
var ErrNoSecret = errors.New("no token is stored for this server: enter it once more")

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
