// Package pglive reads the tables of a running PostgreSQL, 10 or newer, primary
// or standby, in one consistent transaction that changes nothing. It sends plain
// queries and COPY only, so that a pooler such as PgBouncer may stand between.
package pglive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"sluice/secret"
	"sluice/takes/feed"
	"sluice/takes/live"
	"sluice/takes/login"
)

// Options say how a database is read.
type Options live.Options

// IsAddress reports whether a source is the address of a PostgreSQL database.
func IsAddress(s string) bool {
	for _, prefix := range []string{"postgres://", "postgresql://", "jdbc:postgresql:"} {
		if strings.HasPrefix(strings.ToLower(s), prefix) {
			return true
		}
	}
	return false
}

// database is a connection to a database.
type database struct {
	c       *pgconn.PgConn
	o       Options
	address string // for people: host, port and name
	name    string // of the database
	user    string
	safety  feed.Safety
	ordered bool // the planner takes the way that gives rows in order
}

func connect(ctx context.Context, o Options) (*database, error) {
	a, err := o.parse()
	if err != nil {
		return nil, err
	}
	if o.Schema == "" {
		o.Schema = a.schema
	}
	config, err := o.config(a)
	if err != nil {
		return nil, err
	}
	d := &database{o: o, user: config.User, name: config.Database, address: forPeople(config)}
	if o.Login == nil {
		o.Login = &login.Ways{}
	}
	own := ownPassword(config, a)
	return d, o.Login.Connect(ctx, who(config), own, func(password secret.Secret) error {
		config.Password = password.Reveal()
		c, err := pgconn.ConnectConfig(ctx, config)
		if err != nil {
			return d.describe(ctx, err)
		}
		d.c, d.safety = c, safety(config, c)
		return nil
	}, func(err error) bool { return errors.Is(err, errPassword) })
}

// who is the user that an address names.
func who(config *pgconn.Config) login.Who {
	return login.Who{Product: "postgres", Host: config.Host, Port: fmt.Sprint(config.Port), Name: config.Database, User: config.User, Address: forPeople(config), Ways: "PGPASSWORD, ~/.pgpass"}
}

// ownPassword is what the environment and the files of PostgreSQL's own tools hold. The
// driver reads the variable and the file of services, of which the file counts more.
func ownPassword(config *pgconn.Config, a address) login.Found {
	if config.Password == "" {
		hosts := []string{config.Host}
		if strings.HasPrefix(config.Host, "/") {
			hosts = append(hosts, "localhost")
		}
		return login.Pgpass(a.settings["passfile"], hosts, fmt.Sprint(config.Port), config.Database, config.User)
	}
	from := "the file of services"
	if config.Password == os.Getenv("PGPASSWORD") {
		from = "PGPASSWORD"
	}
	return login.Found{Password: secret.Of(config.Password), From: from}
}

// forPeople names the servers and the database.
func forPeople(config *pgconn.Config) string {
	place := func(host string, port uint16) string {
		if strings.HasPrefix(host, "/") {
			return fmt.Sprintf("%s, port %d", host, port)
		}
		return net.JoinHostPort(host, fmt.Sprint(port))
	}
	places := []string{place(config.Host, config.Port)}
	for _, f := range config.Fallbacks {
		if p := place(f.Host, f.Port); p != places[len(places)-1] {
			places = append(places, p)
		}
	}
	return fmt.Sprintf("%s (database %s)", strings.Join(places, " or "), config.Database)
}

// config makes what the driver takes of an address. What a pooler would refuse is
// left out: it is set inside the transaction.
func (o Options) config(a address) (*pgconn.Config, error) {
	config, err := pgconn.ParseConfigWithOptions(a.text(), pgconn.ParseConfigOptions{GetSSLPassword: o.keyPassphrase(a)})
	if err != nil {
		return nil, cmp.Or(a.notOfEnvironment(), noConfig(err))
	}
	for name := range config.RuntimeParams {
		delete(config.RuntimeParams, name)
	}
	if config.Database == "" {
		config.Database = config.User // as the server would
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = live.ConnectTimeout
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

// Locate reads the address of a database and connects to nothing.
func Locate(o Options) (live.Place, error) {
	a, err := o.parse()
	if err != nil {
		return live.Place{}, err
	}
	config, err := o.config(a)
	if err != nil {
		return live.Place{}, err
	}
	return live.Place{Account: who(config).Account(), Address: forPeople(config), Name: config.Database, User: config.User, Schema: a.schema, Password: a.password, Unused: a.unused}, nil
}

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
