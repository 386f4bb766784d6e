// Package cli is the command line of Sluice: the headless commands for scripts
// and cron, and the window when no command is given.
//
// JSON goes to the standard output and is the REST document of the vendor;
// progress and messages for people go to the standard error.
package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"github.com/jonboulle/clockwork"

	"sluice/localexport/confluence"
	"sluice/places"
	"sluice/release"
	"sluice/secret"
	"sluice/source"
	"sluice/takes"
	"sluice/visible"
)

// Program is Sluice as a command.
type Program struct {
	Version string
	Release release.Release // what --version tells besides
	Out     io.Writer       // results
	Err     io.Writer       // progress and messages
	Now     Clock
	// Clock is what schedules wait by, and what all that they start takes for the time; nil
	// is the computer's. Now need not be set beside it.
	Clock clockwork.Clock

	// Window runs the window until it is closed; nil in a build that has none.
	Window func(context.Context, WindowOptions) error

	// OpenGL names what would draw a window, or says why nothing can; Fonts says what is
	// wrong with its letters. Both are called on the goroutine of main, and nil in a build
	// without a window.
	OpenGL func() (driver string, err error)
	Fonts  func() error
	// Tray tells whether a panel of the desktop shows the icon of the window; nil in builds
	// without one.
	Tray func(context.Context) (bool, error)

	// Hangups takes SIGHUP for a command that reads its settings anew by it; nil: the
	// signal ends the program.
	Hangups func() <-chan struct{}

	redactor secret.Redactor // set by Run
}

// WindowOptions say how the window starts.
type WindowOptions struct {
	Home     string // where the local exporter keeps jobs and files
	Named    bool   // somebody has named that home, be it the usual one
	Snapshot string // a snapshot to open at once, or ""
	Take     string // a dump or backup to take a snapshot of at once, or ""
	File     string // a CSV file to show at once, or ""
	Version  string
	Warnings []string // about files that hold secrets, or may
	Logger   *slog.Logger
	LogFile  string         // where the log of the window lies; "": none is kept
	LogLevel *slog.LevelVar // what is kept in it
	// SetHome writes a home into the config file, for the next start and for all commands; nil
	// where the command line or the environment names one, which comes first.
	SetHome func(path string) error
	// Every is how often servers are asked for their status, and SetEvery writes that into the
	// config file; nil where the command line says it.
	Every    time.Duration
	SetEvery func(time.Duration) error
}

// commands is the grammar of the command line.
type commands struct {
	Verbose     bool             `short:"v" help:"Log what happens, in detail, to the standard error."`
	VersionFlag kong.VersionFlag `name:"version" help:"Print the version and quit."`

	Window     windowCommand     `cmd:"" default:"withargs" help:"Open the window (the default), with a snapshot, a dump or a CSV file."`
	Demo       demoCommand       `cmd:"" help:"Write a demo snapshot with the real table names."`
	Snapshot   snapshotCommand   `cmd:"" help:"Make a snapshot of a dump, a backup or a running database of Confluence."`
	Inspect    inspectCommand    `cmd:"" help:"Tell what a snapshot holds."`
	Export     exportCommand     `cmd:"" help:"Export a snapshot to CSV files."`
	Jobs       jobsCommand       `cmd:"" help:"List the exports of this computer, or tell of one with its files."`
	Verify     verifyCommand     `cmd:"" help:"Compare the files of a job with what its manifest says of them."`
	Kit        kitCommand        `cmd:"" help:"Print the statements that load the files of a job into Spark, PostgreSQL, DuckDB and others."`
	Diff       diffCommand       `cmd:"" help:"Tell how two exports differ: which rows were added, changed and removed."`
	Redact     redactCommand     `cmd:"" help:"Take people, what they wrote, or spaces out of the files of a finished job, into a new folder."`
	Deliver    deliverCommand    `cmd:"" help:"Bring the files of a finished job to a share, a server of SFTP or S3-compatible storage."`
	Fetch      fetchCommand      `cmd:"" help:"Bring the files of a finished job of a server here, from its shared home: a mounted folder or SFTP."`
	Clean      cleanCommand      `cmd:"" help:"Remove the partial files of exports that ended early."`
	Prune      pruneCommand      `cmd:"" help:"Remove the files of exports beyond what is to be kept: by number, age and size."`
	Unlock     unlockCommand     `cmd:"" help:"Release a home from a job whose process is gone, where locks do nothing."`
	Preview    previewCommand    `cmd:"" help:"Show rows of a CSV file of any size."`
	Query      queryCommand      `cmd:"" help:"Ask CSV and Parquet files, or those of a job together, with SQL."`
	Serve      serveCommand      `cmd:"" help:"Serve the vendor's export REST API over a snapshot."`
	Start      startCommand      `cmd:"" help:"Start an export on a server, or on several."`
	Status     statusCommand     `cmd:"" help:"Tell how the export on a server stands, or on all."`
	Cancel     cancelCommand     `cmd:"" help:"Cancel the export on a server, or release its lock; with --home one on this computer. With --wait any end of the job is a success."`
	Sources    sourcesCommand    `cmd:"" help:"List the servers and snapshots that have a name, or add, edit, remove or test one."`
	Schedule   scheduleCommand   `cmd:"" help:"List what is exported again and again, or add, edit, remove, enable, disable or run one; or print it for systemd, cron and others."`
	Run        runCommand        `cmd:"" help:"Run schedules when they are due, until a signal comes."`
	Deliveries deliveriesCommand `cmd:"" help:"List the deliveries that follow the runs of schedules, or add, remove or test one."`
	Hooks      hooksCommand      `cmd:"" help:"List the programs and web servers that are told what became of exports, or add, remove or test one."`
	ExportPath exportPathCommand `cmd:"" help:"Read, set or reset the folder that a server, or a home on this computer, exports to."`
	Doctor     doctorCommand     `cmd:"" help:"Look on this computer for what keeps Sluice from working well; with --bundle write an archive for a report."`
	Completion completionCommand `cmd:"" help:"Print what completes command lines in bash, zsh, fish or PowerShell, or the page for man."`
	Version    versionCommand    `cmd:"" help:"Print the version."`
	Help       helpCommand       `cmd:"" help:"Explain a command and its flags, a task, or the exit codes."`
}

// call is what a command is run with.
type call struct {
	ctx       context.Context
	program   *Program
	logger    *slog.Logger
	verbose   bool
	every     time.Duration   // how often servers are asked; 0: the usual
	homeNamed bool            // the home is not just the default
	typed     map[string]bool // the flags that stand on the command line, without dashes
	// startedBy is who starts jobs; "" is the person who has typed the command.
	startedBy string
	// journals is the home in which the journals of servers lie; "" is no place.
	journals string
	// server is what the list of sources has of the server that the command is about; the
	// zero Source if that is not in the list.
	server source.Source
	// warnings are about files that hold secrets, or may; they are logged already.
	warnings []string
	// documented is true once a JSON document was printed, or begun.
	documented bool
}

// Run runs the command that args (without the program's name) ask for, and
// returns the exit code of the process. When ctx ends, a running job is marked
// CANCELLED first.
//
// A failure of the standard output is a failure of every command. Messages and
// the log never show what stands before the @ of a URL. Text from outside reaches
// neither of the outputs as it is: what a terminal would obey, or what would not
// show, is made visible.
func (p *Program) Run(ctx context.Context, args []string) int {
	run := *p
	if p.Clock != nil && p.Now == nil {
		run.Now = p.Clock.Now
	}
	run.redactor = secret.NewRedactor(append(slices.Clone(args), os.Environ()...)...)
	messages := visible.NewWriter(p.Err)
	run.Err = run.redactor.Writer(messages)
	out := &output{w: p.Out}
	results := visible.NewWriter(out)
	run.Out = results
	code := run.run(ctx, args)
	_ = results.Flush() // the output keeps the error
	code = run.account(code, out.failed())
	_ = messages.Flush() // there is no place left to tell
	return code
}

func (p *Program) run(ctx context.Context, args []string) int {
	var grammar commands
	settings := &configured{load: loadConfig}
	home, noHome := places.Data()
	if noHome != nil {
		home = noPath
	}
	parser, err := p.parser(&grammar, settings, home)
	if err != nil {
		return p.end(fmt.Errorf("command line: %w", err), false)
	}
	if err := checkCommand(parser.Model, args); err != nil {
		return p.end(err, settings.asksJSON(args))
	}
	kctx, early, err := parse(parser, args)
	if early {
		return p.end(err, false)
	}
	if err != nil {
		return p.end(err, settings.asksJSON(args))
	}
	json := printsJSON(kctx)
	if err := checkHome(kctx, noHome); err != nil {
		return p.end(err, json)
	}
	c := &call{ctx: ctx, program: p, logger: newLogger(p.Err, grammar.Verbose), verbose: grammar.Verbose, homeNamed: namesHome(kctx), typed: typedFlags(kctx)}
	if noHome == nil {
		c.journals = home
	}
	named, _ := settings.config.values["home"].(string)
	c.journals = cmp.Or(os.Getenv("SLUICE_HOME"), named, c.journals)
	defer hearLibraries(c.logger)()
	if w := settings.config.warning; w != "" {
		c.logger.Warn(w)
		c.warnings = append(c.warnings, w)
	}
	err = settings.origin(kctx.Run(c))
	return p.end(err, json && !c.documented)
}

// parser reads the command line into grammar; home is where jobs and files are
// kept if nothing else is said.
func (p *Program) parser(grammar *commands, settings kong.Resolver, home string) (*kong.Kong, error) {
	return kong.New(grammar,
		kong.Name("sluice"),
		kong.Description("Data pipeline exports of Confluence, Jira and Bitbucket Data Center. \"sluice FILE\" opens a snapshot, a dump or a CSV file; "+
			"\"sluice help topics\" lists guides, one for each task; \"sluice help exit-codes\" the exit codes."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Writers(p.Out, p.Err),
		kong.Vars{"version": p.whole(), "home": home, "break": `\n`, "retries": strconv.Itoa(takes.Retries)},
		kong.Resolvers(settings),
		kong.WithHyphenPrefixedParameters(true), // --min-free-space -1
		kong.NamedMapper("path", pathMapper{}),
		kong.NamedMapper("input", inputMapper{}),
		kong.NamedMapper("raw", rawMapper{}),
		kong.NamedMapper(rawListType, rawListMapper{}),
		kong.KindMapper(reflect.String, textMapper{}),
		kong.PostBuild(withRules(confluence.Rules())),
		kong.PostBuild(dropEmptyVariables),
		kong.Exit(func(code int) { panic(earlyExit(code)) }),
	)
}

// end tells people of err, if there is something to tell, and programs in a JSON
// document if they asked for one and have none yet. It returns the exit code.
func (p *Program) end(err error, json bool) int {
	told := withoutOutput(err)
	if told == nil {
		return exitCode(err)
	}
	told = bySignal(told)
	if !isSilent(told) {
		complain(p.Err, told)
	}
	if json {
		// That it could not be printed is told for all commands in one place.
		_ = printJSON(p.Out, struct {
			Error problem `json:"error"`
		}{problemOf(told)})
	}
	return exitCode(err)
}

// longestComplaint is how many characters of an error are shown.
const longestComplaint = 8000

// complain tells an error to people. Its lines after the first are indented, so that
// text from outside, which may be part of it, cannot pass for a message of its own.
func complain(w io.Writer, err error) {
	text := visible.CutText(err.Error(), longestComplaint)
	fmt.Fprintf(w, "sluice: %s\n", strings.ReplaceAll(text, "\n", "\n  "))
}

// typedFlags are the names of the flags that stand on the command line itself.
func typedFlags(kctx *kong.Context) map[string]bool {
	typed := map[string]bool{}
	for _, p := range kctx.Path {
		if p.Flag != nil && !p.Resolved {
			typed[p.Flag.Name] = true
		}
	}
	return typed
}

// namesHome reports whether the command line, the environment or the config file names
// a home.
func namesHome(kctx *kong.Context) bool {
	for _, p := range kctx.Path { // what the first and the last of them have named
		if p.Flag != nil && p.Flag.Name == "home" {
			return true
		}
	}
	return os.Getenv("SLUICE_HOME") != ""
}

// checkHome refuses a command that needs a home where none was named and there
// is no place for one. The current folder is none.
func checkHome(kctx *kong.Context, err error) error {
	for _, flag := range kctx.Flags() {
		if err != nil && flag.Name == "home" && flag.HasDefault && flag.Target.String() == "" {
			return usageError{fmt.Errorf("--home: %w. Name a folder with --home or SLUICE_HOME", err)}
		}
	}
	return nil
}
