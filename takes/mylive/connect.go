// Package mylive reads the tables of a running MySQL, 5.7 or newer, or MariaDB in
// one consistent transaction that changes nothing.
package mylive

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"sluice/secret"
	"sluice/takes/feed"
)

// Options say how a database is read.
type Options struct {
	// Address is a mysql:// or mariadb:// URL or one of the JDBC drivers. It
	// holds no password.
	Address string
	// Password, if empty, comes from the variable MYSQL_PWD.
	Password secret.Secret
	// Database is the one to read; empty means the one in the address.
	Database string
	// StatementTimeout bounds each query; 0 means none.
	StatementTimeout time.Duration
	// LockTimeout is how long a table may be locked by somebody else, such as a
	// migration, before reading gives up: who waits for a lock keeps others
	// waiting. 0 means LockPatience.
	LockTimeout time.Duration
	// Wrap, if not nil, stands between the server and what is read of it, and
	// may wait. Paused says that it does.
	Wrap   func(net.Conn) net.Conn
	Paused bool
}

// LockPatience is how long a lock is waited for unless something else is said.
const LockPatience = 10 * time.Second

// connectTimeout bounds the making of a connection.
const connectTimeout = 15 * time.Second

// database is a connection to a database.
type database struct {
	c       driver.Conn
	o       Options
	address string // for people: host, port and name
	user    string // as the server knows it, once connected
	name    string // of the database
	cased   bool   // the names of tables differ by case
}

func connect(ctx context.Context, o Options) (*database, error) {
	p, err := parse(o.Address)
	if err != nil {
		return nil, err
	}
	if o.Database != "" {
		p.database = o.Database
	}
	if p.database == "" {
		return nil, feed.Damaged("the address names no database: write it as mysql://host:3306/name?user=NAME, or name one with --schema")
	}
	d := &database{o: o, user: p.user, name: p.database, address: fmt.Sprintf("%s (database %s)", p.address, p.database)}
	config := mysql.NewConfig()
	config.User, config.Net, config.Addr, config.DBName = p.user, p.network, p.address, p.database
	config.TLS, config.AllowFallbackToPlaintext = p.tls, p.optional
	config.Logger = &mysql.NopLogger{} // it writes to the standard error; errors come back as well
	config.Passwd = os.Getenv("MYSQL_PWD")
	if !o.Password.Empty() {
		config.Passwd = o.Password.Reveal()
	}
	if o.Wrap != nil {
		config.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := (&net.Dialer{}).DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return o.Wrap(c), nil
		}
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, feed.Damaged("the address of the database is not understood: %w", err)
	}
	within, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	if d.c, err = dial(within, connector); err != nil {
		if within.Err() == nil && (errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, mysql.ErrMalformPkt)) {
			return nil, feed.Unreachable("what answers at %s is no MySQL or MariaDB, or ends the connection at once: check host and port", d.address)
		}
		return nil, d.describe(ctx, err)
	}
	return d, nil
}

// dial makes the connection. The driver trusts the greeting of a server to be
// whole: what falls short of it ends in a panic there.
func dial(ctx context.Context, connector driver.Connector) (c driver.Conn, err error) {
	defer func() {
		if recover() != nil {
			c, err = nil, mysql.ErrMalformPkt
		}
	}()
	return connector.Connect(ctx)
}

func (o Options) lockTimeout() time.Duration { return cmp.Or(o.LockTimeout, LockPatience) }

// close ends the connection.
func (d *database) close() {
	_ = d.c.Close() // the server notices in any case
}

// each runs a query and calls take with each of its rows, whose values are valid
// until it returns.
func (d *database) each(ctx context.Context, sql string, take func(row []driver.Value) error) (err error) {
	rows, err := d.c.(driver.QueryerContext).QueryContext(ctx, sql, nil)
	if err != nil {
		return d.describe(ctx, err)
	}
	defer func() {
		if err != nil { // what is left of the rows is not read: the connection ends here
			d.close()
		}
		if e := rows.Close(); err == nil && e != nil {
			err = d.describe(ctx, e)
		}
	}()
	row := make([]driver.Value, len(rows.Columns()))
	for {
		err := rows.Next(row)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return d.describe(ctx, err)
		}
		if err := take(row); err != nil {
			return err
		}
	}
}

// query runs a query and returns its rows as text; a null is empty.
func (d *database) query(ctx context.Context, sql string) ([][]string, error) {
	var all [][]string
	err := d.each(ctx, sql, func(row []driver.Value) error {
		texts := make([]string, len(row))
		for i, v := range row {
			texts[i] = string(text(nil, v))
		}
		all = append(all, texts)
		return nil
	})
	return all, err
}

// literal writes a text as an SQL literal, whatever the server thinks of
// backslashes.
func literal(s string) string { return fmt.Sprintf("X'%x'", s) }

// quote writes a name as an SQL identifier.
func quote(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// list writes names as a list of SQL identifiers.
func list(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = quote(n)
	}
	return strings.Join(quoted, ", ")
}
