package takes

import (
	"context"
	"time"

	"sluice/intake/unpack"
	"sluice/localexport/snapshot"
	"sluice/takes/shape"
	"sluice/wording"
)

// Survey is what is known of a source before its rows are read. Its JSON is what
// "sluice snapshot --dry-run --json" prints. Sizes and numbers of rows are those
// that the source tells by itself, which may be estimates; -1 means that it does
// not tell.
type Survey struct {
	DryRun bool   `json:"dryRun"` // true
	Kind   string `json:"kind"`   // such as "PostgreSQL database (standby)"
	Place  string `json:"source"` // file or address, without a password
	Tool   string `json:"tool,omitempty"`
	// Made is when a dump was made, by the clock of the machine that made it.
	Made   string `json:"made,omitempty"`
	Schema string `json:"schema,omitempty"` // of the tables, as it is spelled
	// User is as whom the database knows us.
	User     string `json:"user,omitempty"`
	TimeZone string `json:"databaseTimeZone,omitempty"`
	// Version is the release line of Confluence that the build number belongs
	// to; Build the highest build number that the source holds, 0 if that is not
	// known.
	Version string `json:"version,omitempty"`
	Build   int64  `json:"build,omitempty"`
	// Bytes is about how much is to be read: of a database the size of the
	// tables on its disk, of a file its own.
	Bytes int64 `json:"bytes"`
	// Seconds is about how long taking the snapshot will be; -1 if that is not
	// known.
	Seconds float64 `json:"seconds"`
	// Tables are those that will be read.
	Tables []SurveyTable `json:"tables"`
	// Listed is true if the source told all of its tables; else there may be
	// more than Tables, and Missing is empty.
	Listed  bool           `json:"listed"`
	Missing []MissingTable `json:"missing,omitempty"`
	// Grants are the statements, one SQL statement each, that an administrator
	// of the database has to run before the snapshot can be taken.
	Grants []string `json:"grants,omitempty"`
	// Ready is true if nothing is known that would keep the snapshot from being
	// taken.
	Ready bool `json:"ready"`
	// Partial says, in sentences, what a source of this kind lacks.
	Partial []string `json:"partial,omitempty"`
	// Doubts say what may be missing or wrong.
	Doubts []string `json:"warnings,omitempty"`
	Notes  []string `json:"notes,omitempty"`

	packed  bool     // what is read is packed
	schemas []string // of the tables of a dump
}

// SurveyTable is a table that will be read.
type SurveyTable struct {
	Table string `json:"table"` // as the source spells it
	Rows  int64  `json:"rows"`  // about; -1 if not known
	Bytes int64  `json:"bytes"` // about; -1 if not known
	// Denied is true if it may not be read, or not all that is needed of it.
	Denied bool `json:"denied,omitempty"`
}

// MissingTable is a table that the source does not have.
type MissingTable struct {
	Table    string `json:"table"`
	Required bool   `json:"required,omitempty"` // without it there is no snapshot
	// Unseen is true if the table may be there, without a right to see it.
	Unseen bool `json:"unseen,omitempty"`
	// Lack says what the export lacks without it; empty if nothing.
	Lack string `json:"lack,omitempty"`
}

// Plan looks at a source, which Take would take with the same options, and reads
// none of its rows but the few that tell the product's build. An error is what
// Take would fail with before its first row; the Survey is filled as far as it
// goes all the same, and says which rights are missing.
func Plan(ctx context.Context, source string, o Options) (Survey, error) {
	s := Survey{DryRun: true, Place: source, Bytes: -1, Seconds: -1, Tables: []SurveyTable{}}
	target, err := locate(source, o.Database)
	if err != nil {
		return s, err
	}
	switch target.Product {
	case PostgreSQL:
		s.Place = target.Place
		err = s.postgres(ctx, target, o)
	case MySQL:
		s.Place = target.Place
		err = s.mySQL(ctx, target, o)
	default:
		err = s.file(ctx, source, o)
	}
	s.Ready = err == nil
	return s, err
}

func (s *Survey) file(ctx context.Context, source string, o Options) error {
	in, err := open(ctx, source, o)
	s.Place = in.place
	if err != nil {
		return wording.Errorf("snapshot of %s: %w", in.place, err)
	}
	defer in.close()
	s.Kind = in.kind.name
	if in.total > 0 {
		s.Bytes = in.total
	}
	if err = in.kind.survey(in, s); err == nil {
		err = s.complete(o.Schema)
	}
	rate := rates[in.kind.name]
	if in.packed != unpack.None || s.packed {
		rate = min(rate, unpacking) / packing
	}
	s.expect(s.Bytes, rate, o)
	if err != nil {
		return wording.Errorf("snapshot of %s: %w", in.place, err)
	}
	return nil
}

// build notes the newest of the build numbers that a source holds.
func (s *Survey) build(numbers []int64) {
	for _, n := range numbers {
		s.Build = max(s.Build, n)
	}
	s.Version = snapshot.Release(s.Build)
}

// table notes a table that will be read.
func (s *Survey) table(t SurveyTable) {
	s.Tables = append(s.Tables, t)
	if t.Bytes >= 0 {
		s.Bytes = max(s.Bytes, 0) + t.Bytes
	}
}

// missing notes what is not among the tables, all of which are known.
func (s *Survey) missing(has, unseen func(name string) bool) {
	s.Listed = true
	for _, t := range shape.Tables {
		if !has(t.Name) {
			s.Missing = append(s.Missing, MissingTable{Table: t.Name, Required: t.Required, Unseen: unseen(t.Name), Lack: t.Lack})
		}
	}
}

// packing is how much longer a text is than its packed form, about, and unpacking how
// many bytes of a text come out of that in a second.
const (
	packing   = 6
	unpacking = 120_000_000
)

// expect reckons how long it takes to read so many bytes, of which the rate come in a
// second.
func (s *Survey) expect(bytes, rate int64, o Options) {
	if bytes >= 0 && rate > 0 {
		d := time.Duration(float64(bytes) / float64(rate) * float64(time.Second))
		s.Seconds = o.limits().Stretch(d, bytes).Round(10 * time.Millisecond).Seconds()
	}
}
