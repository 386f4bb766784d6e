package ui

import (
	"context"
	"time"

	"sluice/source"
	"sluice/ui/present"
)

// Warner is an engine that knows what is doubtful about the way to its server: that
// it is not encrypted, for example.
type Warner interface{ Warnings() []string }

// Backend is what the window needs from the rest of the program.
type Backend interface {
	// OpenLocal opens a snapshot. The error is one sentence for people.
	OpenLocal(ctx context.Context, s source.Source) (source.Engine, source.Info, error)
	// MakeDemo writes the demo snapshot, unless it is there already, and
	// returns its path. progress gets pages; it is called from one goroutine.
	MakeDemo(ctx context.Context, progress func(done, total int64)) (path string, err error)
}

// Secrets is the part of the Backend that keeps tokens and passwords, each under the
// account of its source.
type Secrets interface {
	// Secret returns what is kept for an account; source.ErrNoSecret if nothing is.
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
	Recognise(ctx context.Context, path string) (source.Recognised, error)
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
	Survey(ctx context.Context, t source.Taken, password string, ask source.Ask) (source.Survey, error)
	// Take takes the snapshot of a source into its file, which is replaced once the
	// new one is complete; again, it reads only what has changed where it can. The
	// error is one sentence for people, and wraps pipeline.ErrNotAuthorised where
	// another password is wanted. progress is called from another goroutine.
	Take(ctx context.Context, s source.Source, password string, ask source.Ask, again bool, progress func(source.Progress)) error
}

// Paced asks servers for their status in a pace that can be changed: a Backend those that it
// opens, and an engine its own.
type Paced interface{ SetEvery(time.Duration) }

// Servers is the part of the Backend that talks to servers. A Backend that does
// not implement it has no servers.
type Servers interface {
	Secrets
	// ServerSecret returns the secret of a server from where its settings say that it is.
	// The error wraps source.ErrNoSecret where a person may enter it.
	ServerSecret(ctx context.Context, s source.Server) (string, error)
	// OpenServer makes an engine for a server. It does not talk to it yet.
	OpenServer(ctx context.Context, s source.Source, secret string) (source.Engine, error)
	// TestServer tries everything that works without changing the server.
	TestServer(ctx context.Context, s source.Server, secret string) source.Report
	// NormalizeURL gives the one spelling of a base URL. The error is a
	// sentence for people.
	NormalizeURL(url string) (string, error)
	// NormalizeProxy is the same for the address of a proxy, and CheckSharedHome says what
	// is wrong with that of a shared home.
	NormalizeProxy(address string) (string, error)
	CheckSharedHome(address string) error
}
