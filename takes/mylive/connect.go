// Package mylive reads the tables of a running MySQL, 5.7 or newer, or MariaDB in
// one consistent transaction that changes nothing.
package mylive

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"

	"github.com/go-sql-driver/mysql"

	"sluice/secret"
	"sluice/takes/feed"
	"sluice/takes/live"
	"sluice/takes/login"
	"sluice/wording"
)

// Options say how a database is read.
type Options live.Options

// database is a connection to a database.
type database struct {
	c       driver.Conn
	o       Options
	address string       // for people: host, port and name
	user    string       // as the server knows it, once connected
	name    string       // of the database
	cased   bool         // the names of tables differ by case
	checked feed.Checked // of the server's certificate, where there is TLS
}

func connect(ctx context.Context, o Options) (*database, error) {
	client := login.MyCnf()
	p, err := o.parse(client)
	if err != nil {
		return nil, err
	}
	if p.database == "" {
		return nil, feed.Misused("the address names no database: write it as mysql://host:3306/name?user=NAME, or name one with --dbname")
	}
	if o.Login == nil {
		o.Login = &login.Ways{}
	}
	d := &database{o: o, user: p.user, name: p.database, address: p.String(), checked: p.checked}
	return d, o.Login.Connect(ctx, p.who(), o.password(p, client), func(password secret.Secret) error {
		return d.reach(ctx, p, password)
	}, func(err error) bool { return slices.Contains([]uint16{accessDenied, accessDeniedMaria}, number(err)) })
}

// who is the user that an address names. The account in the keyring has the network's
// address apart from its port.
func (p place) who() login.Who {
	where, port, err := net.SplitHostPort(p.hosts[0].address)
	if err != nil {
		where, port = p.hosts[0].address, defaultPort // of a socket
	}
	return login.Who{Product: "mysql", Host: where, Port: port, Name: p.database, User: p.user, Address: p.String(), Ways: "MYSQL_PWD, ~/.my.cnf"}
}

// password is what the environment and the file of MySQL's own clients hold.
func (o Options) password(p place, client login.Client) login.Found {
	remark := strings.Join(client.Remarks, " ")
	if env := os.Getenv("MYSQL_PWD"); env != "" {
		return login.Found{Password: secret.Of(env), From: "MYSQL_PWD"}
	}
	ours := client.Host == "" || slices.ContainsFunc(p.hosts, func(h host) bool { return h.name == client.Host || h.address == client.Host })
	switch {
	case client.Password.Empty():
		return login.Found{Remark: remark}
	case client.User != "" && client.User != p.user || !ours:
		return login.Found{Remark: strings.TrimSpace(remark + " " + wording.Of("The password in %s is for another user or host.", client.File).String())}
	}
	return login.Found{Password: client.Password, From: client.File, Remark: remark}
}

// reach tries one host after the other.
func (d *database) reach(ctx context.Context, p place, password secret.Secret) (err error) {
	for _, h := range p.hosts {
		config := mysql.NewConfig()
		config.User, config.Net, config.Addr, config.DBName = p.user, h.network, h.address, p.database
		config.AllowFallbackToPlaintext = p.optional
		if p.tls != nil {
			config.TLS = p.tls.Clone()
			config.TLS.ServerName = h.name
		}
		config.Logger = &mysql.NopLogger{} // it writes to the standard error; errors come back as well
		config.Passwd, config.DialFunc = password.Reveal(), d.o.dialer()
		if err = d.reachOne(ctx, config); !errors.Is(err, feed.ErrUnreachable) {
			return err
		}
	}
	return err
}

// dialer makes connections as Dial and Wrap say; nil leaves it to the driver.
func (o Options) dialer() func(ctx context.Context, network, address string) (net.Conn, error) {
	if o.Wrap == nil {
		return o.Dial
	}
	dial := o.Dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return o.Wrap(c), nil
	}
}

func (d *database) reachOne(ctx context.Context, config *mysql.Config) error {
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return notUnderstood()
	}
	within, cancel := context.WithTimeout(ctx, live.ConnectTimeout)
	defer cancel()
	c, err := dial(within, connector)
	if err == nil {
		d.c = c
		return nil
	}
	if within.Err() == nil && (errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, mysql.ErrMalformPkt)) {
		return feed.Unreachable("what answers at %s is no MySQL or MariaDB, or ends the connection at once: check host and port", config.Addr)
	}
	return d.describe(ctx, err)
}

// Locate reads the address of a database and connects to nothing.
func Locate(o Options) (live.Place, error) {
	p, err := o.parse(login.MyCnf())
	if err != nil {
		return live.Place{}, err
	}
	return live.Place{Account: p.who().Account(), Address: p.String(), Name: p.database, User: p.user, Password: p.password, Unused: p.unused}, nil
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

// close ends the connection; of nil it does nothing.
func (d *database) close() {
	if d != nil {
		_ = d.c.Close() // the server notices in any case
	}
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
func list(names []string) string { return live.List(names, quote) }
