// Package live is what running databases have in common, whatever their product: how
// they are reached, and what their addresses say.
package live

import (
	"cmp"
	"context"
	"net"
	"strings"
	"time"

	"sluice/secret"
	"sluice/takes/login"
)

const (
	// LockPatience is how long a lock is waited for unless something else is said.
	LockPatience = 10 * time.Second
	// ConnectTimeout bounds the making of a connection, unless the address says
	// otherwise.
	ConnectTimeout = 15 * time.Second
)

// Options say how a database is read.
type Options struct {
	// Address is a URL of the product or one of its JDBC drivers. What it leaves
	// open comes from the product's own variables and files. A password in it is
	// told by Locate, and not used.
	Address string
	// Host, Port, Name (of the database) and User, if not empty, come before
	// what the address says.
	Host, Port, Name, User string
	// Login finds the password; nil means that only the product's own variable and
	// file are looked at.
	Login *login.Ways
	// Schema is the one to read, of PostgreSQL; empty means the only one that holds
	// Confluence's tables.
	Schema string
	// Dial, if not nil, makes the connection, for example through a tunnel.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// StatementTimeout bounds each query; 0 means none.
	StatementTimeout time.Duration
	// LockTimeout is how long a table may be locked by somebody else, such as a
	// migration, before reading gives up: who waits for a lock keeps others
	// waiting. 0 means LockPatience.
	LockTimeout time.Duration
	// Retries is how often reading begins anew after a standby of PostgreSQL had to
	// cancel it.
	Retries int
	// Wrap, if not nil, stands between the server and what is read of it, and
	// may wait. Paused says that it does.
	Wrap   func(net.Conn) net.Conn
	Paused bool
	// Since is the Info.State of a reading of before, for a sink that compares.
	Since string
}

// Patience is how long a lock is waited for.
func (o Options) Patience() time.Duration { return cmp.Or(o.LockTimeout, LockPatience) }

// Place is where a database is, as an address says it.
type Place struct {
	Account    string // under which the keyring has the password
	Address    string // for people: hosts, ports and name
	Name, User string // of the database; the user's
	Schema     string // "" if it names none
	Password   secret.Secret
	Unused     []string // names of parameters that Sluice does not use
}

// List writes names as identifiers, with commas between.
func List(names []string, quote func(string) string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = quote(n)
	}
	return strings.Join(quoted, ", ")
}
