// Package pglive reads the tables of a running PostgreSQL, 10 or newer, primary
// or standby, in one consistent transaction that changes nothing. It sends plain
// queries and COPY only, so that a pooler such as PgBouncer may stand between.
package pglive

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"sluice/secret"
	"sluice/takes/feed"
)

// Options say how a database is read.
type Options struct {
	// Address is a postgres:// URL or a list of key=value pairs, as libpq
	// takes them. What it leaves open comes from the PG… variables and
	// ~/.pgpass. It holds no password.
	Address string
	// Password, if not empty, comes before what the environment says.
	Password secret.Secret
	// Schema is the one to read; empty means the only one that holds
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
	// Retries is how often reading begins anew after a standby had to cancel
	// it.
	Retries int
	// Wrap, if not nil, stands between the server and what is read of it, and
	// may wait. Paused says that it does.
	Wrap   func(net.Conn) net.Conn
	Paused bool
}

// LockPatience is how long a lock is waited for unless something else is said.
const LockPatience = 10 * time.Second

// connectTimeout bounds the making of a connection, unless the address says
// otherwise.
const connectTimeout = 15 * time.Second

// IsAddress reports whether a source is the address of a PostgreSQL database.
func IsAddress(s string) bool {
	for _, prefix := range []string{"postgres://", "postgresql://", "jdbc:postgresql:"} {
		if strings.HasPrefix(strings.ToLower(s), prefix) {
			return true
		}
	}
	return false
}

// Check says what is wrong with an address, without asking the database.
func Check(address string) error {
	o, err := FromAddress(address)
	if err == nil {
		_, err = o.config()
	}
	return err
}

// database is a connection to a database.
type database struct {
	c       *pgconn.PgConn
	o       Options
	address string // for people: host, port and name
	name    string // of the database
	user    string
}

func connect(ctx context.Context, o Options) (*database, error) {
	config, err := o.config()
	if err != nil {
		return nil, err
	}
	d := &database{o: o, user: config.User, name: config.Database,
		address: fmt.Sprintf("%s (database %s)", net.JoinHostPort(config.Host, fmt.Sprint(config.Port)), config.Database)}
	if d.c, err = pgconn.ConnectConfig(ctx, config); err != nil {
		return nil, d.describe(ctx, err)
	}
	return d, nil
}

// config reads the address. What a pooler would refuse is left out: it is set
// inside the transaction.
func (o Options) config() (*pgconn.Config, error) {
	config, err := pgconn.ParseConfig(o.Address)
	if err != nil {
		return nil, feed.Damaged("the address of the database is not understood: write it as postgres://host:5432/name?user=NAME&sslmode=require")
	}
	for name := range config.RuntimeParams {
		delete(config.RuntimeParams, name)
	}
	if !o.Password.Empty() {
		config.Password = o.Password.Reveal()
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	if o.Dial != nil {
		config.DialFunc = o.Dial
		config.LookupFunc = func(_ context.Context, host string) ([]string, error) { return []string{host}, nil } // the far end looks it up
	}
	if o.Wrap != nil {
		dial := config.DialFunc
		config.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dial(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return o.Wrap(c), nil
		}
	}
	return config, nil
}

func (o Options) lockTimeout() time.Duration { return cmp.Or(o.LockTimeout, LockPatience) }

// close ends the connection.
func (d *database) close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = d.c.Close(ctx) // the server notices in any case
}

// query runs a query and returns its rows as text; a null is nil.
func (d *database) query(ctx context.Context, sql string) ([][][]byte, error) {
	results, err := d.c.Exec(ctx, sql).ReadAll()
	if err != nil {
		return nil, d.describe(ctx, err)
	}
	if len(results) == 0 {
		return nil, nil
	}
	return results[len(results)-1].Rows, nil
}

// literal writes a text as an SQL literal.
func literal(s string) string {
	return "E'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(s) + "'"
}

// quote writes a name as an SQL identifier.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
