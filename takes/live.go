package takes

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"sluice/figures"
	"sluice/secret"
	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/live"
	"sluice/takes/login"
	"sluice/takes/mylive"
	"sluice/takes/pglive"
	"sluice/takes/shape"
	"sluice/takes/throttle"
	"sluice/takes/tunnel"
)

// Database says how a running database is reached; the source is its address, or
// the configuration of the Confluence whose database it is.
type Database struct {
	// Host (or the folder of a socket, or several hosts with commas), Port, Name
	// and User, if not empty, come before what the source says.
	Host, Port, Name, User string
	// Password comes before all others; PasswordFrom says in words where it is
	// from. The others are, in this order: that of the source, that of the
	// environment (PGPASSWORD, MYSQL_PWD), that of the tools' own files (~/.pgpass,
	// ~/.my.cnf), and, once the server asks for one, the keyring's and Ask's.
	Password     secret.Secret
	PasswordFrom string
	// Keyring has the passwords that were saved; nil means that it is not asked.
	// SavePassword keeps there what the server has accepted.
	Keyring      login.Keyring
	SavePassword bool
	// Ask asks a person for a password or passphrase; nil means nobody is there.
	Ask login.Ask
	// SSH, if not nil, is the server through which the database is reached. Its Ask
	// is that of the database, if it has none.
	SSH *tunnel.Options

	StatementTimeout time.Duration
	// LockTimeout is how long a lock on a table is waited for; 0 means ten
	// seconds.
	LockTimeout time.Duration
	// Retries is how often reading begins anew after a standby cancelled it.
	Retries int
}

// marks are the tables by which a schema of Confluence is recognised.
var marks = requiredTables()

func requiredTables() []string {
	var names []string
	for _, t := range shape.Tables {
		if t.Required {
			names = append(names, t.Name)
		}
	}
	return names
}

// wanted is what a snapshot needs of a database.
type wanted struct{}

func (wanted) Tables() []string {
	var names []string
	for _, t := range shape.Tables {
		names = append(names, t.Name)
	}
	return names
}

func (wanted) Columns(table string) []string {
	var names []string
	if t := shape.Find(table); t != nil {
		for _, c := range t.Columns {
			if !c.Private {
				names = append(names, c.Name)
			}
		}
	}
	return names
}

// Marked says of which tables the versions of rows are wanted: of those that are large.
func (wanted) Marked(table string) (m feed.Marked) {
	t := shape.Find(table)
	if t == nil || t.Compared == shape.Whole {
		return m
	}
	m.Check = t.Summed
	for _, c := range t.Columns {
		switch {
		case c.Private:
			m.Mark = c.Name
		case c.Long:
			m.Value = c.Name
		}
	}
	return m
}

// MayLack reports whether there are Confluences without the table: plugins make
// theirs, the settings moved from one to the other, and who restores some tables
// leaves out the permissions.
func (wanted) MayLack(table string) bool {
	return strings.HasPrefix(table, "AO_") || slices.Contains([]string{"bandana", "plugin_setting", "content_perm_set", "content_perm"}, table)
}

// MayLackColumn reports whether there is something to export without the column.
func (wanted) MayLackColumn(table, column string) bool {
	t := shape.Find(table)
	at := -1
	if t != nil {
		at = t.Index(column)
	}
	return at < 0 || !t.Columns[at].Required
}

// throttle counts what is read, and waits where there are limits.
func (in *input) throttle(ctx context.Context, n int) error {
	in.read.Add(int64(n))
	return in.limiter.Wait(ctx, n)
}

// wrap counts what comes over a connection, and keeps to the limits.
func (in *input) wrap(c net.Conn) net.Conn { return throttle.NewConn(in.ctx, c, in.limiter, &in.read) }

// began notes that a transaction was opened, in which about so many bytes are to be
// read. What an earlier one has read counts no more.
func (in *input) began(opened time.Time, bytes int64) {
	in.opened.Store(opened.UnixNano())
	in.read.Store(0)
	in.rows.Store(0)
	in.expected.Store(bytes)
}

// stoodOpen says how long the transaction was open.
func stoodOpen(d time.Duration) string {
	return fmt.Sprintf("The transaction was open for %s.", d.Round(10*time.Millisecond))
}

// tunnel opens the way to the database; nil if there is none but the network.
func (d Database) tunnel(ctx context.Context) (*tunnel.Tunnel, error) {
	if d.SSH == nil {
		return nil, nil
	}
	o := *d.SSH
	if o.Ask == nil {
		o.Ask = d.Ask
	}
	return tunnel.Open(ctx, o)
}

// way is how a running database is reached.
type way struct {
	options live.Options
	login   *login.Ways
	through *tunnel.Tunnel // nil if there is none but the network
}

// reach opens the way to a database, which has to be closed.
func (o Options) reach(ctx context.Context, t Target) (way, error) {
	d := o.Database
	through, err := d.tunnel(ctx)
	if err != nil {
		return way{}, err
	}
	w := way{options: t.options(d), login: d.ways(t), through: through}
	w.options.Login, w.options.Dial = w.login, through.Dialer()
	w.options.StatementTimeout, w.options.LockTimeout, w.options.Retries = d.StatementTimeout, d.LockTimeout, d.Retries
	if t.Product == PostgreSQL {
		w.options.Schema = cmp.Or(o.Schema, t.Schema)
	} else { // its schemas are its databases
		w.options.Name = cmp.Or(o.Schema, w.options.Name)
	}
	return w, nil
}

// read are the options for a reading whose rows go through in.
func (w way) read(in *input, since string) live.Options {
	o := w.options
	o.Since, o.Wrap, o.Paused = since, in.wrap, in.limiter != nil
	return o
}

// postgresKind is the kind of source that a PostgreSQL is.
func postgresKind(info pglive.Info) string {
	if info.Standby {
		return "PostgreSQL database (standby)"
	}
	return "PostgreSQL database"
}

// takePostgres takes a snapshot of a running PostgreSQL.
func takePostgres(ctx context.Context, t Target, out string, o Options) (Report, error) {
	w, err := o.reach(ctx, t)
	if err != nil {
		return Report{}, err
	}
	defer w.through.Close()
	return takeRunning(ctx, out, o, func(in *input, since string, begin func() (feed.Sink, error)) (dbfile.Origin, []string, error) {
		info, err := pglive.Read(ctx, pglive.Options(w.read(in, since)), wanted{}, marks, func(i pglive.Info) (feed.Sink, error) {
			in.began(i.Opened, i.Sent())
			return begin()
		})
		notes := append(t.reached(info.User, info.Safety, w), stoodOpen(info.Open))
		if n := int64(info.Restarts); n > 0 {
			notes = append(notes, figures.Some(n, "The standby cancelled the reading once; it began anew.", "The standby cancelled the reading %d times; it began anew each time."))
		}
		return dbfile.Origin{Kind: postgresKind(info), Place: info.Address, Tool: "PostgreSQL " + info.Server, TimeZone: info.TimeZone, State: info.State}, notes, err
	})
}

// takeMySQL takes a snapshot of a running MySQL or MariaDB.
func takeMySQL(ctx context.Context, t Target, out string, o Options) (Report, error) {
	w, err := o.reach(ctx, t)
	if err != nil {
		return Report{}, err
	}
	defer w.through.Close()
	return takeRunning(ctx, out, o, func(in *input, since string, begin func() (feed.Sink, error)) (dbfile.Origin, []string, error) {
		info, err := mylive.Read(ctx, mylive.Options(w.read(in, since)), wanted{}, marks, func(i mylive.Info) (feed.Sink, error) {
			in.began(i.Opened, i.Bytes())
			return begin()
		})
		tool, untested := tried(info)
		notes := slices.Concat(t.reached(info.User, info.Safety, w), []string{stoodOpen(info.Open)}, untested)
		return dbfile.Origin{Kind: info.Product + " database", Place: info.Address, Tool: tool, TimeZone: info.TimeZone, State: info.State}, notes, err
	})
}

// tried names a server, and says whether Sluice was tried with it.
func tried(info mylive.Info) (tool string, notes []string) {
	if info.Tested {
		return fmt.Sprintf("%s %s (tested)", info.Product, info.Server), nil
	}
	return fmt.Sprintf("%s %s (untested)", info.Product, info.Server),
		[]string{fmt.Sprintf("Sluice was never tried with %s %s, only with MariaDB 10.11: compare what it exports with the wiki.", info.Product, info.Server)}
}
