package localexport

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"time"
	_ "time/tzdata" // zones are needed on machines without a zone database, too

	"sluice/localexport/disk"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/rules"
	"sluice/wording"
)

// DefaultMinFreeSpace is what an export leaves free on its volume: the vendor's
// 5 GB (spec/behaviour.md §5).
const DefaultMinFreeSpace = 5_000_000_000

// DefaultPollInterval is how often a running job looks for a cancellation that
// another process has asked for.
const DefaultPollInterval = 100 * time.Millisecond

// DefaultReportInterval is how often a running job measures the free space and
// writes its progress down for other processes.
const DefaultReportInterval = 500 * time.Millisecond

// Options say where an Exporter works and how it exports. Every field but Product,
// Home and Snapshot may be left at its zero value, which means the default.
type Options struct {
	// Product is the one whose snapshots are exported.
	Product product.Product
	// Home is the folder that gets the data-pipeline folder. It is created if
	// it does not exist.
	Home string
	// Snapshot is the SQLite file to export. It is opened at each start, so a
	// newer snapshot may take its place between two exports. Without it
	// everything works but Start.
	Snapshot string

	// TimeZone is the zone of the times in the snapshot: "Europe/Berlin",
	// "UTC", "Local" or an offset such as "+10:00". Empty: guessed from the
	// data, else the machine's; a warning on the job says which.
	TimeZone string
	// BaseURL replaces the base URL that the snapshot names; see pipeline.ParseBaseURL.
	BaseURL string
	// FullContent exports bodies uncut.
	FullContent bool
	// PreserveLineBreaks keeps line breaks inside fields.
	PreserveLineBreaks bool
	// LineBreakEscape is written for each line break inside a field that is
	// not preserved; empty means the two characters \n.
	LineBreakEscape string
	// Workers is how many goroutines read; 0 means one per CPU.
	Workers int
	// CPUShare limits the CPU time of the process to a percentage of one core
	// while an export runs, and makes its reading yield the disk to others
	// where the system can; 0 means no limit.
	CPUShare float64
	// SQLiteOnly reads everything with SQLite, nothing from the file itself, which is
	// slower and gives the same files.
	SQLiteOnly bool
	// MapFile maps the snapshot into memory instead of reading it.
	MapFile bool
	// Formats are those of the files; none means CSV.
	Formats []product.Format
	// ByteOrderMark begins CSV files with one.
	ByteOrderMark bool
	// Rules are the choices that the vendor's documentation leaves open, by the names
	// of Product.Rules.
	Rules rules.Chosen

	// Redact names the rules by which files are redacted: a profile, or a file with rules,
	// which is read at each start; "" for none. See redact.Load. The key for pseudonyms
	// lies in the home.
	Redact string

	// MinFreeSpace is how many bytes stay free on the volume of the home,
	// checked before and during an export; 0 means DefaultMinFreeSpace, -1 no
	// check.
	MinFreeSpace int64
	// StartedBy is who starts the jobs; see pipeline.Job.StartedBy.
	StartedBy string
	// Node names this computer in the jobs; empty means its host name.
	Node string
	// Version is the version of the program, for the manifest; empty means
	// what the build information says.
	Version string

	// Disk is what the folders and files of the home are made with; nil means
	// the machine's. Tests put one in place that fails.
	Disk disk.Disk

	// KeepEvery says how often a job records how far its files are, so that it can
	// be gone on with; zero means jobfiles.DefaultInterval.
	KeepEvery jobfiles.Interval

	Logger         *slog.Logger     // nil: slog.Default()
	Now            func() time.Time // nil: time.Now
	PollInterval   time.Duration    // 0: DefaultPollInterval
	ReportInterval time.Duration    // 0: DefaultReportInterval

	// BeforePhase, if not nil, is called by a running job before each of its
	// phases, which waits for the return. An error fails the job; ctx ends
	// when the job is cancelled. A caller can hold exports back with it.
	BeforePhase BeforePhase
}

// withDefaults checks o and fills in what is left open.
func (o Options) withDefaults() (Options, *time.Location, error) {
	if o.Product == nil {
		return o, nil, wording.New("no product is given: name the one whose snapshots are exported")
	}
	if o.Home == "" {
		return o, nil, wording.New("no home is given: name the folder that is to keep jobs and files")
	}
	home, err := filepath.Abs(o.Home)
	if err != nil {
		return o, nil, wording.Errorf("home %s: %w", o.Home, err)
	}
	o.Home = home
	if o.Snapshot != "" {
		if o.Snapshot, err = filepath.Abs(o.Snapshot); err != nil {
			return o, nil, wording.Errorf("snapshot %s: %w", o.Snapshot, err)
		}
	}
	if o.Redact != "" && !redact.IsProfile(o.Redact) {
		if o.Redact, err = filepath.Abs(o.Redact); err != nil {
			return o, nil, wording.Errorf("rules of redaction %s: %w", o.Redact, err)
		}
	}
	zone, err := ParseZone(o.TimeZone)
	if err != nil {
		return o, nil, err
	}
	if o.BaseURL, err = pipeline.ParseBaseURL(o.BaseURL); err != nil {
		return o, nil, err
	}
	if o.Rules, err = o.Product.Rules().Normal(o.Rules); err != nil {
		return o, nil, wording.Errorf("rules of the export: %w", err)
	}
	if err := o.checkBounds(); err != nil {
		return o, nil, err
	}
	o.fill()
	return o, zone, nil
}

// checkBounds checks what is taken of the machine.
func (o Options) checkBounds() error {
	switch {
	case o.MinFreeSpace < -1:
		return wording.Errorf("minimum free space %d is negative: give bytes, or -1 to switch the check off", o.MinFreeSpace)
	case o.Workers < 0:
		return wording.Errorf("number of workers %d is negative: give 1 or more, or 0 for one per CPU", o.Workers)
	case o.CPUShare < 0 || o.CPUShare > 0 && o.CPUShare < 1 || o.CPUShare > 100:
		return wording.Errorf("share of a core %v %% is none: give 1 to 100 percent, or 0 for no limit", o.CPUShare)
	}
	return nil
}

// fill gives what is left open its default.
func (o *Options) fill() {
	if o.MinFreeSpace == 0 {
		o.MinFreeSpace = DefaultMinFreeSpace
	}
	if o.Node == "" {
		o.Node = hostName()
	}
	if o.Version == "" {
		o.Version = buildVersion()
	}
	if o.Disk == nil {
		o.Disk = disk.Real{}
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.PollInterval <= 0 {
		o.PollInterval = DefaultPollInterval
	}
	if o.ReportInterval <= 0 {
		o.ReportInterval = DefaultReportInterval
	}
}

func hostName() string {
	if name, err := os.Hostname(); err == nil && name != "" {
		return name
	}
	return "localhost"
}

func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}

var zoneOffset = regexp.MustCompile(`^([+-])(\d\d):?(\d\d)?$`)

// ParseZone reads a time zone: a name of the zone database, "UTC", "Local", or
// an offset such as "+10:00", "-0330" or "+02". Empty gives nil, which means
// that the zone is to be found out.
func ParseZone(s string) (*time.Location, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, nil
	}
	if m := zoneOffset.FindStringSubmatch(s); m != nil {
		return offsetZone(s, m)
	}
	zone, err := time.LoadLocation(s)
	if err != nil {
		return nil, wording.Errorf("time zone %q is not known: give a name such as Europe/Berlin, or an offset such as +10:00", s)
	}
	return zone, nil
}

func offsetZone(s string, m []string) (*time.Location, error) {
	var hours, minutes int
	fmt.Sscanf(m[2], "%d", &hours)
	fmt.Sscanf(m[3], "%d", &minutes)
	if hours > 14 || minutes > 59 {
		return nil, wording.Errorf("time zone offset %q is out of range: offsets lie between -12:00 and +14:00", s)
	}
	seconds := hours*3600 + minutes*60
	if m[1] == "-" {
		seconds = -seconds
	}
	return time.FixedZone(fmt.Sprintf("UTC%s%02d:%02d", m[1], hours, minutes), seconds), nil
}
