package product

import (
	"time"

	"sluice/columns"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/rules"
)

// Options say what to export and how. The zero value is the documented default of
// everything.
type Options struct {
	// From is the lower bound: what was created or updated after it. The zero time
	// means the default time range of the product.
	From time.Time
	// Plan, if not nil, is what an earlier export has resolved: this one goes on with
	// it, whatever From, Location and BaseURL say.
	Plan *Plan
	// Location is the zone of naive times; nil means that it is to be found out.
	Location *time.Location
	// BaseURL of the instance; "" means the one that the snapshot holds.
	BaseURL string
	// ByteOrderMark begins CSV files with one.
	ByteOrderMark bool
	// FullContent writes long texts whole, where the vendor documents a limit.
	FullContent bool
	// PreserveLineBreaks writes line breaks inside of cells as they are.
	PreserveLineBreaks bool
	// LineBreakEscape is written for a line break otherwise; "" means `\n`.
	LineBreakEscape string
	// Formats are those of the files; none means CSV.
	Formats []Format
	// Metadata is what files whose format has a place for it tell of the job.
	Metadata map[string]string
	// Rules are the rules of the product that are not at their default.
	Rules rules.Chosen
	// Redaction is what is taken out of the files; nil means nothing.
	Redaction *Redaction

	// What follows leaves no trace in the files.

	// Workers is how many goroutines read at once; 0 means one for each CPU.
	Workers int
	// CPUShare limits the CPU time of the process to a percentage of one core, and
	// makes its reading yield the disk to others where the system can; 0 means no limit.
	CPUShare float64
	// TempDir is where work files go; "" means the system's folder for them.
	TempDir string
	// SQLiteOnly reads everything with SQLite, nothing from the file itself.
	SQLiteOnly bool
	// MapFile maps the snapshot into memory instead of reading it.
	MapFile bool
	// Only are the names of files to write; none means all. The others are not opened.
	Only []string
}

// Redaction is by which rules files are redacted.
type Redaction struct {
	Rules redact.Rules
	Key   *redact.Key // nil if the rules need none
	Made  bool        // the key was made for this export
}

// Plan is what an export will do, resolved from options and snapshot.
type Plan struct {
	From     time.Time             `json:"from"`      // lower bound, never zero
	Location string                `json:"location"`  // zone of the naive times: an IANA name or a fixed offset
	ZoneSum  string                `json:"zoneRules"` // tells whether the rules of the zone are still the same
	BaseURL  string                `json:"baseUrl"`
	Warnings []pipeline.Diagnostic `json:"warnings,omitempty"` // about the choices above

	Zone *time.Location `json:"-"` // Location as it was resolved; nil of a plan that was read
}

// Validation is the verdict on a snapshot.
type Validation struct {
	Consistent bool
	// Findings say what is inconsistent: table, index, how many.
	Findings []pipeline.Diagnostic
	// Warnings say what is unusual and does no harm.
	Warnings []pipeline.Diagnostic
}

// Result is what an export has done.
type Result struct {
	Files    []FileResult // in the order of Product.Files, optional ones behind them
	From     time.Time
	Location string
	BaseURL  string
	// Newest is the newest plausible change of what was read, also of what lies
	// outside the time range: up to then the export has everything. Zero if nothing
	// has a date.
	Newest   time.Time
	Warnings []pipeline.Diagnostic
	// Entities counts what was exported; Rows the data records of all files but the
	// optional ones.
	Entities, Rows int64
	// OptedOut are the keys of the spaces that were left out because they are
	// excluded in the product.
	OptedOut []string
	// Redaction says what was taken out of the files; nil: nothing was to be.
	Redaction *redact.Record
}

// FileResult is one written file.
type FileResult struct {
	Name        string
	Rows, Bytes int64            // data records without the header; bytes with it
	Columns     []columns.Column // none if the product does not tell
}
