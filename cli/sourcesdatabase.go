package cli

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/alecthomas/kong"

	"sluice/places"
	"sluice/secret"
	"sluice/source"
	"sluice/takes"
	"sluice/takes/tunnel"
)

// takenFlags say what the snapshots of a source are taken of. A password is never a flag:
// it would show in the process list.
type takenFlags struct {
	Database        string `type:"raw" placeholder:"ADDRESS" help:"With add: a running database, in place of a server: its address (postgres://user@host:5432/name, mysql://…), or the confluence.cfg.xml of its Confluence; also a dump or backup. Its snapshots are taken by \"sluice snapshot --source NAME\", export --take and schedules."`
	Schema          string `placeholder:"NAME" help:"Of a database: the schema to take. Default: the only one that holds Confluence's tables."`
	MaxRate         string `placeholder:"RATE" help:"Of a database: read no more than that in a second, such as 20MB/s."`
	Load            string `placeholder:"PERCENT" help:"Of a database: read so much of the time only."`
	SSH             string `name:"ssh" placeholder:"USER@HOST" help:"Of a database: reach it through this server of SSH, with --ssh-key and --ssh-known-hosts."`
	PasswordFile    string `type:"path" placeholder:"FILE" help:"Of a database: file with its password. Default: that in confluence.cfg.xml, PGPASSWORD, ~/.pgpass (of MySQL and MariaDB: MYSQL_PWD, ~/.my.cnf), the keyring."`
	PasswordCommand string `placeholder:"COMMAND" help:"Of a database: command that prints its password; it gets the address as SLUICE_DATABASE."`
	Home            string `name:"home" type:"path" placeholder:"DIR" help:"Where the jobs and files of the source go: of exports, or those that are fetched from a server. Default: a folder of its own."`
}

// takenOf are the settings of what a snapshot is taken of that are texts, by their flags.
func takenOf(t *source.Taken) map[string]*string {
	return map[string]*string{"schema": &t.Schema, "max-rate": &t.MaxRate, "load": &t.Load, "ssh": &t.SSH.Target,
		"ssh-key": &t.SSH.KeyFile, "ssh-known-hosts": &t.SSH.KnownHosts, "password-file": &t.PasswordFile, "password-command": &t.PasswordCommand}
}

// applyTaken writes what was typed into the settings of what a snapshot is taken of.
func (x *sourcesCommand) applyTaken(c *call, t *source.Taken) error {
	for flag, value := range map[string]string{"schema": x.Schema, "max-rate": x.MaxRate, "load": x.Load, "ssh": x.SSH, "ssh-key": x.SSHKey,
		"ssh-known-hosts": x.SSHKnownHosts, "password-file": x.PasswordFile, "password-command": x.PasswordCommand} {
		if c.typed[flag] {
			*takenOf(t)[flag] = value
		}
	}
	switch { // one place of the password takes the place of the other
	case c.typed["password-file"] && c.typed["password-command"]:
		return usageError{errors.New("--password-file and --password-command name two places of the password: give one of them")}
	case c.typed["password-file"]:
		t.PasswordCommand = ""
	case c.typed["password-command"]:
		t.PasswordFile = ""
	}
	return usableTaken(c, *t)
}

// usableTaken refuses settings by which no snapshot could be taken. A command is not run,
// and the database is not reached.
func usableTaken(c *call, t source.Taken) error {
	if _, err := source.ParseRate(t.MaxRate); err != nil {
		return usageError{fmt.Errorf("--max-rate: %w", err)}
	}
	if _, err := source.ParseLoad(t.Load); err != nil {
		return usageError{fmt.Errorf("--load: %w", err)}
	}
	if t.PasswordFile != "" {
		if _, err := readPassword("--password-file", t.PasswordFile, c.logger); err != nil {
			return err
		}
	}
	switch {
	case t.SSH.Target == "" && (t.SSH.KeyFile != "" || t.SSH.KnownHosts != ""):
		return usageError{errors.New("the flags of SSH need the server: give --ssh user@host")}
	case tunnel.HasPassword(t.SSH.Target):
		return usageError{errors.New("a password in --ssh would stand in the list of sources, and none is used: log in with a key")}
	case t.SSH.Target != "":
		if err := tunnel.Check(t.SSH.Target); err != nil {
			return usageError{fmt.Errorf("--ssh: %w", err)}
		}
	}
	return nil
}

// madeTaken is the source that the flags describe of a database, dump or backup.
func (x *sourcesCommand) madeTaken(c *call) (source.Source, error) {
	from := x.Database
	if err := (&snapshotCommand{Source: from}).refusePassword(); err != nil {
		return source.Source{}, err
	}
	if !takes.IsAddress(from) {
		path, err := filepath.Abs(kong.ExpandPath(from))
		if err != nil {
			return source.Source{}, err
		}
		from = path
	}
	if found, err := takes.Recognise(c.ctx, from); err != nil {
		return source.Source{}, fmt.Errorf("--database: %w", err)
	} else if found.Snapshot {
		return source.Source{}, usageError{fmt.Errorf("%s is a snapshot itself: name it with --snapshot", from)}
	}
	homes, err := places.Data()
	if err != nil {
		return source.Source{}, err
	}
	s := source.NewTaken(x.Name, takes.PathIn(homes, from), homes, source.Taken{From: from})
	return s, x.applyTaken(c, &s.Taken)
}

// onlyServer refuses flags that mean nothing for a server.
func (x *sourcesCommand) onlyServer(c *call, s source.Source) error {
	for flag := range takenOf(&s.Taken) {
		if _, ofServer := settingsOf(&s.Server)[flag]; c.typed[flag] && !ofServer {
			return usageError{fmt.Errorf("--%s is of a database, and %q is a server", flag, s.Name)}
		}
	}
	return nil
}

// editedLocal is a snapshot with what the flags change: its further settings are those of
// the window, and of the flags of export.
func (x *sourcesCommand) editedLocal(c *call, s source.Source) (source.Source, error) {
	for _, flag := range slices.Sorted(maps.Keys(c.typed)) {
		_, ofServer := settingsOf(&s.Server)[flag]
		_, ofTaken := takenOf(&s.Taken)[flag]
		switch {
		case ofTaken && s.CanTake():
		case ofTaken && !ofServer:
			return s, usageError{fmt.Errorf("--%s is of a database, and %q is a snapshot that Sluice does not take", flag, s.Name)}
		case ofServer || flag == "url" || flag == "insecure":
			return s, usageError{fmt.Errorf("--%s is of a server, and %q is none", flag, s.Name)}
		}
	}
	if c.typed["tag"] {
		s.Tags = x.Tag
	}
	if c.typed["home"] {
		s = s.At(x.Home)
	}
	settings := map[string]*string{}
	if s.CanTake() {
		settings = takenOf(&s.Taken)
	}
	if err := x.unset(&s, settings); err != nil || !s.CanTake() {
		return s, err
	}
	return s, x.applyTaken(c, &s.Taken)
}

// testTaken asks a database, dump or backup what would be read, and reads no rows.
func (x *sourcesCommand) testTaken(c *call, s source.Source) error {
	o, err := c.takeOptions(s)
	if err != nil {
		return err
	}
	return (&snapshotCommand{Source: s.Taken.From, JSON: x.JSON}).survey(c, o)
}

// takeOptions say how the snapshot of a source is taken again.
func (c *call) takeOptions(s source.Source) (takes.Options, error) {
	o, err := c.backend().TakeOptions(c.ctx, s.Taken, secret.Secret{}, access(c).Ask)
	o.Replace, o.Refresh = true, true
	return o, err
}

// takeNamed takes the snapshot of a source of the list, again if there is one.
func (c *call) takeNamed(s source.Source) (takes.Report, error) {
	if !s.CanTake() {
		return takes.Report{}, usageError{fmt.Errorf("%q is a snapshot that Sluice did not take: there is nothing to take it of again", s.Name)}
	}
	o, err := c.takeOptions(s)
	if err != nil {
		return takes.Report{}, err
	}
	if err := takes.MakeFolder(s.Snapshot); err != nil {
		return takes.Report{}, err
	}
	return takeSnapshot(c, s.Taken.From, s.Snapshot, o)
}
