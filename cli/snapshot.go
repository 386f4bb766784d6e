package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/alecthomas/kong"

	"sluice/figures"
	"sluice/takes"
	"sluice/visible"
)

// snapshotCommand takes a snapshot of a dump, a backup or a database.
type snapshotCommand struct {
	Source  string `arg:"" optional:"" type:"raw" help:"A dump or backup (a file, a folder, or - for the standard input), a SQLite file of a converter, or a running database: the confluence.cfg.xml of its Confluence, or its address: postgres://user@host:5432/name, mysql://user@host:3306/name, mariadb://…, jdbc:…; with --host or --dbname it may be left out."`
	Out     string `arg:"" name:"out.db" optional:"" type:"path" help:"The snapshot to write. Default: the name of the source with .db, in the current folder."`
	Named   string `name:"source" placeholder:"NAME" help:"Take the snapshot of a source of the list (\"sluice sources\") again, into its file and with its settings."`
	Schema  string `placeholder:"NAME" help:"The schema of the database to take. Default: the only one that holds Confluence's tables; of MySQL and MariaDB, the database in the address."`
	Replace bool   `help:"Replace the snapshot if it exists, once the new one is complete."`
	Refresh bool   `help:"Take the snapshot again, in the place of the one that is there. Of a running database only what has changed since is read; where that cannot be told, and of a dump or backup, everything is, and a note says why."`
	JSON    bool   `name:"json" help:"Print what was taken as JSON."`
	DryRun  bool   `help:"Tell what would be read, and take no snapshot: tables, sizes, product, the time to expect, and what is missing of rights, as the statements that give it. No rows are read but those of the product's build."`
	MaxRate string `placeholder:"RATE" help:"Read no more than that in a second, such as 20MB/s. Of a server the bytes on the network count, of a file those on the disk."`
	Load    int    `default:"100" placeholder:"PERCENT" help:"Read so much of the time only, in pieces with pauses between, which leave the server or disk to others: 25 reads a quarter of the time. Default: ${default}."`

	databaseFlags
}

func (s *snapshotCommand) Run(c *call, kctx *kong.Context) error {
	if s.Named != "" {
		return s.byName(c)
	}
	if err := s.refusePassword(); err != nil {
		return err
	}
	rate, err := s.limits()
	if err != nil {
		return err
	}
	if err := s.sort(); err != nil {
		return err
	}
	if err := s.refuseFor(s.Source, kctx); err != nil {
		return err
	}
	database, err := s.database(c)
	if err != nil {
		return err
	}
	out := s.Out
	if out == "" {
		out = takes.Name(s.Source) + ".db"
	}
	options := takes.Options{Database: database, Schema: s.Schema, Replace: s.Replace, Refresh: s.Refresh, MaxRate: rate, Load: s.Load}
	if filepath.Base(s.Out) == "-" && !s.DryRun {
		return usageError{errors.New("a snapshot cannot be written to the standard output: name a file")}
	}
	if err := meantSource(s.Source); err != nil {
		return err
	}
	if s.DryRun {
		options.Stdin = os.Stdin
		return s.survey(c, options)
	}
	taken, err := takeSnapshot(c, s.Source, out, options)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w, or add --replace", err)
	}
	if err != nil {
		return err
	}
	if s.JSON {
		return c.document(taken, nil)
	}
	describeTake(c.program.Out, taken)
	return nil
}

// byName takes the snapshot of a source of the list.
func (s *snapshotCommand) byName(c *call) error {
	for flag := range c.typed {
		if !slices.Contains([]string{"source", "refresh", "replace", "json", "dry-run", "verbose"}, flag) {
			return usageError{fmt.Errorf("--%s stands beside --source, which has its own settings: \"sluice sources edit\" changes them", flag)}
		}
	}
	if s.Source != "" {
		return usageError{errors.New("--source names what is taken already: leave the other out")}
	}
	named, err := localSource(s.Named)
	if err != nil {
		return err
	}
	if s.DryRun {
		return (&sourcesCommand{connectionFlags: connectionFlags{JSON: s.JSON}}).testTaken(c, named)
	}
	taken, err := c.takeNamed(named)
	if err != nil {
		return err
	}
	if s.JSON {
		return c.document(taken, nil)
	}
	describeTake(c.program.Out, taken)
	return nil
}

// refusePassword refuses a password in the source. Of a database that Sluice does not
// read, that is said when the source is looked at.
func (s *snapshotCommand) refusePassword() error {
	ways, has := takes.PasswordIn(s.Source)
	switch {
	case !has || ways == "":
		return nil
	case takes.IsAddress(s.Source):
		return usageError{fmt.Errorf("a password in the address would show in the list of processes: leave it out, and give it with %s or --password-file", ways)}
	}
	return usageError{fmt.Errorf("a password would show in the list of processes, and Sluice knows no address of this form: write an address as postgres://user@host:5432/name or mysql://user@host:3306/name, "+
		"and give the password with %s or --password-file", ways)}
}

// sort tells the source from the snapshot: where flags name the database, a single
// argument that is no address and no configuration is the snapshot.
func (s *snapshotCommand) sort() error {
	if s.Host == "" && s.DBName == "" {
		if s.Source == "" {
			return usageError{errors.New("no source is named: name a dump, a backup, a confluence.cfg.xml or the address of a database, or give --host and --dbname")}
		}
		return nil
	}
	if s.Source != "" {
		target, err := takes.Resolve(s.Source)
		if err != nil && takes.IsAddress(s.Source) || target.Product != "" {
			return nil
		}
		if s.Out != "" {
			return usageError{fmt.Errorf("--host and --dbname name a database, and %s is none: leave one of them out", s.Source)}
		}
		if s.Out, err = filepath.Abs(kong.ExpandPath(s.Source)); err != nil {
			return err
		}
	}
	s.Source = takes.BarePostgres
	return nil
}

// takeSnapshot takes a snapshot with its progress on the standard error.
func takeSnapshot(c *call, source, out string, o takes.Options) (takes.Report, error) {
	line := newLiveLine(c.program.Err)
	defer line.wipe()
	o.Version, o.Stdin, o.Now = c.program.Version, os.Stdin, c.program.Now
	waits := false
	o.Progress = func(p takes.Progress) {
		line.draw(takeProgress(p))
		if p.Waiting && !waits {
			waits = true
			fmt.Fprintf(c.program.Err, "sluice: all is read; waiting until the export of %s has ended\n", out)
		}
	}
	return takes.Take(c.ctx, source, out, o)
}

// named takes the snapshot that is named without a flag for the one that --snapshot
// names, which the environment or the config file may have set.
func (f *localFlags) named(kctx *kong.Context) error {
	if f.Source == "" {
		return nil
	}
	for _, p := range kctx.Path {
		if p.Flag != nil && p.Flag.Name == "snapshot" && !p.Resolved {
			return usageError{errors.New("the file and --snapshot name two snapshots: give one of them")}
		}
	}
	f.Snapshot = f.Source
	return meantSource(f.Source)
}

// takeFirst makes a snapshot in the home if --snapshot names a dump, and goes on
// with that.
func (f *localFlags) takeFirst(c *call) error {
	if f.Snapshot == "" || !takes.IsDump(f.Snapshot) {
		return nil
	}
	out := takes.PathIn(f.Home, f.Snapshot)
	if err := takes.MakeFolder(out); err != nil {
		return err
	}
	taken, err := takeSnapshot(c, f.Snapshot, out, takes.Options{Replace: true, Database: access(c)})
	if err != nil {
		return err
	}
	describeTake(c.program.Err, taken)
	f.Snapshot = taken.Path
	return nil
}

// describeTake tells people what was taken.
func describeTake(w io.Writer, taken takes.Report) {
	fmt.Fprintf(w, "%s: %s, from %s\n", taken.Path, size(taken.Bytes), taken.Kind)
	for _, t := range taken.Tables {
		skipped := ""
		if t.Skipped > 0 {
			skipped = "  (" + figures.Some(t.Skipped, "one row holds nothing that an export needs)", "%d rows hold nothing that an export needs)")
		}
		fmt.Fprintf(w, "  %-28s %12s%s\n", t.Table, number(t.Rows), skipped)
	}
	for _, lack := range taken.Partial {
		fmt.Fprintln(w, folded(visible.Line(lack), "  partial: ", "    "))
	}
	for _, note := range taken.Notes {
		fmt.Fprintln(w, folded(visible.Line(note), "  note: ", "    "))
	}
	for _, doubt := range taken.Doubts {
		fmt.Fprintln(w, folded(visible.Line(doubt), "  warning: ", "    "))
	}
}
