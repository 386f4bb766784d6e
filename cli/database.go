package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"sluice/secret"
	"sluice/takes"
	"sluice/takes/dburl"
	"sluice/takes/tunnel"
)

// databaseFlags say how a running database is reached. A password is never a flag: it
// would show in the process list. What has the
// tag "database" means nothing where the source is a file.
type databaseFlags struct {
	Host   string `placeholder:"HOST" database:"" help:"Host of the database, or the folder of its socket, in place of the one in the address."`
	Port   string `placeholder:"PORT" database:"" help:"Its port."`
	DBName string `name:"dbname" placeholder:"NAME" database:"" help:"Name of the database."`
	User   string `placeholder:"NAME" database:"" help:"User to log in as."`

	PasswordFile      string `type:"path" placeholder:"FILE" database:"" help:"File with the password of the database. Default: that in confluence.cfg.xml, PGPASSWORD, ~/.pgpass (of MySQL and MariaDB: MYSQL_PWD, ~/.my.cnf), the keyring, else it is asked for on the terminal."`
	SavePassword      bool   `database:"" help:"Keep the password in the keyring, once the database has accepted it."`
	SSH               string `name:"ssh" placeholder:"USER@HOST" database:"" help:"Reach the database through this server of SSH ([user@]host[:port], or a name of ~/.ssh/config). --host is then as that server sees it."`
	SSHKey            string `name:"ssh-key" type:"path" placeholder:"FILE" database:"" help:"File with the private key for --ssh. Default: those of ~/.ssh/config, of the agent, and the usual ones."`
	SSHPassphraseFile string `name:"ssh-passphrase-file" type:"path" placeholder:"FILE" database:"" help:"File with the passphrase of that key. Default: it is asked for on the terminal."`
	SSHKnownHosts     string `name:"ssh-known-hosts" type:"path" placeholder:"FILE" database:"" help:"File with the keys of known hosts. Default: ~/.ssh/known_hosts."`

	StatementTimeout time.Duration `default:"0" placeholder:"D" database:"" help:"End a query of the database that takes longer. Default: none."`
	Retries          int           `default:"${retries}" placeholder:"N" database:"" help:"Read again up to so many times when a standby cancels the reading (${default})."`
}

// access is how a database is reached where no flag says more: its password is
// looked for in the keyring, and asked for on the terminal.
func access(c *call) takes.Database {
	d := takes.Database{Keyring: secret.New(secret.Service, keyringTimeout), Retries: takes.Retries}
	if t := openTerminal(c.program.Err); t != nil {
		d.Ask = t.ask
	}
	return d
}

// check refuses what is no name and no port. Its errors repeat no value: one may hold
// a password.
func (f *databaseFlags) check() error {
	noAddress := func(flag string) error {
		return usageError{fmt.Errorf("%s takes a name alone and no address: an address stands before the flags", flag)}
	}
	for flag, value := range map[string]string{"--host": f.Host, "--user": f.User} {
		if strings.Contains(value, "://") || takes.MeantAsAddress(value) {
			return noAddress(flag)
		}
	}
	// A name with a "=" is a list of settings to PostgreSQL's own tools.
	if strings.Contains(f.DBName, "://") || strings.Contains(f.DBName, "=") {
		return noAddress("--dbname")
	}
	if f.Port != "" && !dburl.IsPort(f.Port) {
		return usageError{errors.New("--port takes a number from 1 to 65535, such as 5432")}
	}
	switch {
	case f.Retries < 0:
		return usageError{fmt.Errorf("--retries %d is negative: 0 reads once", f.Retries)}
	case f.StatementTimeout < 0:
		return usageError{fmt.Errorf("--statement-timeout %s is negative: leave it out for none", f.StatementTimeout)}
	}
	return nil
}

// refuseFor refuses flags on the command line where the source is no database: they
// would mean nothing, and may stand there because the source is another than was meant.
func (f *databaseFlags) refuseFor(source string, kctx *kong.Context) error {
	var names []string
	for _, path := range kctx.Path {
		if path.Flag != nil && path.Flag.Tag.Has("database") && !path.Resolved {
			names = append(names, "--"+path.Flag.Name)
		}
	}
	if names == nil {
		return nil
	}
	if target, err := takes.Resolve(source); err != nil || target.Product != "" {
		return nil // what is wrong with an address is said when it is read
	}
	say := "says"
	if len(names) > 1 {
		say = "say"
	}
	return usageError{fmt.Errorf("%s %s how a database is reached, and %s is none: leave out what is not meant", strings.Join(names, " and "), say, source)}
}

// database is what the flags say.
func (f *databaseFlags) database(c *call) (takes.Database, error) {
	if err := f.check(); err != nil {
		return takes.Database{}, err
	}
	d := access(c)
	d.Host, d.Port, d.Name, d.User = f.Host, f.Port, f.DBName, f.User
	d.SavePassword, d.StatementTimeout, d.Retries = f.SavePassword, f.StatementTimeout, f.Retries
	if f.PasswordFile != "" {
		password, err := readPassword("--password-file", f.PasswordFile, c.logger)
		if err != nil {
			return d, err
		}
		d.Password, d.PasswordFrom = password, "--password-file"
	}
	var err error
	d.SSH, err = f.tunnel(c)
	return d, err
}

// tunnel is what the flags say about SSH; nil for none.
func (f *databaseFlags) tunnel(c *call) (*tunnel.Options, error) {
	if f.SSH == "" {
		if f.SSHKey != "" || f.SSHKnownHosts != "" || f.SSHPassphraseFile != "" {
			return nil, usageError{errors.New("the flags of SSH need the server: give --ssh user@host")}
		}
		return nil, nil
	}
	if tunnel.HasPassword(f.SSH) {
		return nil, usageError{errors.New("a password in --ssh would show in the list of processes, and none is used: log in with a key (ssh-add, or --ssh-key)")}
	}
	o := &tunnel.Options{Target: f.SSH, KeyFile: f.SSHKey, KnownHosts: f.SSHKnownHosts}
	if f.SSHPassphraseFile != "" {
		var err error
		if o.Passphrase, err = readPassword("--ssh-passphrase-file", f.SSHPassphraseFile, c.logger); err != nil {
			return nil, err
		}
	}
	return o, nil
}
