package snapshot

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"time"

	"sluice/localexport/sqlread"
	"sluice/pipeline"
	"sluice/sqliteformat"
	"sluice/wording"
)

// InspectOptions says how thoroughly Inspect looks.
type InspectOptions struct {
	// Full runs SQLite's integrity check of the tables that an export reads
	// and counts every row, however long that takes.
	Full bool
	// Workers is the number of connections that read at once; 0 means one for
	// each CPU.
	Workers int
}

// Inspection is what Sluice knows about a snapshot without exporting it. Its
// JSON is what "sluice inspect --json" prints.
type Inspection struct {
	Path     string    `json:"path"`
	Bytes    int64     `json:"bytes"`
	Modified time.Time `json:"modified"`
	// Product is "Confluence".
	Product string `json:"product"`
	// Version is the release line that the build number belongs to, such as
	// "9.2"; empty if the build is not known.
	Version string `json:"version,omitempty"`
	Build   int64  `json:"build,omitempty"` // 0 if confversion does not tell
	BaseURL string `json:"baseUrl,omitempty"`
	// Origin is where the snapshot comes from, if Sluice took it.
	Origin *Origin `json:"origin,omitempty"`
	// Newest is the time of the newest change or event that is plausible (see
	// Reference); the 365 days of an export without a from date are counted back
	// from it.
	Newest time.Time `json:"newest,omitzero"`
	// TimeZone is the zone that the times of the tables seem to be in, an IANA
	// name or a fixed offset such as "UTC+02:00"; empty if nothing tells.
	TimeZone string `json:"timeZone,omitempty"`
	Counts   Counts `json:"counts"`
	// Storage says in a sentence how keys are stored and which indexes an
	// export would miss.
	Storage string `json:"storage"`
	// Stored is Storage, to be said in other languages.
	Stored wording.Text `json:"-"`
	// Integrity lists what SQLite's integrity check found; empty if it found
	// nothing or if Full was not asked.
	Integrity   []string              `json:"integrity,omitempty"`
	Full        bool                  `json:"full"`
	Diagnostics []pipeline.Diagnostic `json:"diagnostics,omitempty"`
}

// Counts are the entities of a snapshot, whatever their dates. -1 means not
// known.
type Counts struct {
	Users    int64 `json:"users"`
	Spaces   int64 `json:"spaces"`
	Pages    int64 `json:"pages"` // live pages and blog posts
	Comments int64 `json:"comments"`
	Events   int64 `json:"analyticsEvents"` // rows of the event table, whatever their name
	// Estimated is true if pages, comments and the newest change were found on
	// a sample of a large table.
	Estimated bool `json:"estimated"`
}

// Inspect tells what a snapshot holds. Without Full it is quick for a file of
// any size.
func Inspect(ctx context.Context, path string, o InspectOptions) (Inspection, error) {
	s, err := Open(ctx, path)
	if err != nil {
		return Inspection{}, err
	}
	defer s.Close()
	if o.Workers <= 0 {
		o.Workers = runtime.NumCPU()
	}
	i := inspector{s: s, o: o}
	i.out = Inspection{Path: path, Bytes: s.header.size, Modified: s.identity.Modified(), Product: "Confluence", Full: o.Full}
	for _, step := range []func(context.Context) error{i.product, i.origin, i.base, i.storage, i.count, i.census, i.sample, i.zone, i.integrity} {
		if err := step(ctx); err != nil {
			if !errors.Is(err, sqlread.ErrCorrupt) {
				return Inspection{}, wording.Errorf("inspect %s: %w", path, err)
			}
			i.say(KeyDamaged, "The file is damaged: %v. Copy it or convert the database again.", err)
		}
	}
	return i.out, nil
}

type inspector struct {
	s     *Snapshot
	o     InspectOptions
	out   Inspection
	found census
}

func (i *inspector) say(key, format string, args ...any) {
	i.out.Diagnostics = append(i.out.Diagnostics, pipeline.Say(key, format, args...))
}

func (i *inspector) product(ctx context.Context) error {
	p, err := i.s.Product(ctx)
	i.out.Build, i.out.Version = p.Build, p.Version
	if p.Version == "" && err == nil {
		i.out.Diagnostics = append(i.out.Diagnostics, p.Unknown())
	}
	return err
}

func (i *inspector) origin(ctx context.Context) (err error) {
	i.out.Origin, err = i.s.Origin(ctx)
	return err
}

func (i *inspector) base(ctx context.Context) (err error) {
	i.out.BaseURL, err = i.s.BaseURL(ctx)
	if i.out.BaseURL == "" && err == nil {
		i.say(KeyNoBaseURL, "The snapshot holds no base URL: give it for the export.")
	}
	return err
}

// storage says how keys are stored, and which indexes are missing.
func (i *inspector) storage(context.Context) error {
	for _, o := range optional {
		if i.s.Table(o.table) == nil {
			i.say(KeyMissingTable, "There is no table %s: %s.", o.table, wording.Text{Format: o.lack})
		}
	}
	i.out.Stored = i.s.Storage()
	i.out.Storage = i.out.Stored.String()
	return nil
}

// Storage says in a sentence how keys are stored and which indexes an export
// would miss.
func (s *Snapshot) Storage() wording.Text {
	kinds := map[sqliteformat.Affinity]string{sqliteformat.AffinityInteger: wording.Format("whole numbers"), sqliteformat.AffinityNumeric: wording.Format("numbers"),
		sqliteformat.AffinityReal: wording.Format("numbers with a fraction"), sqliteformat.AffinityText: wording.Format("text"), sqliteformat.AffinityNone: wording.Format("values of no declared type")}
	key, _ := s.Table("content").Column("contentid")
	kind := wording.Text{Format: kinds[key.Affinity]}
	var missing []string
	for _, x := range s.Unsorted() {
		missing = append(missing, x.Table.Name+"("+x.Column.Name+")")
	}
	if len(missing) == 0 {
		return wording.Of("Ids are stored as %s; all keys and indexes that an export reads are there.", kind)
	}
	return wording.Of("Ids are stored as %s; an export has to sort the keys of %s first, and takes up to two and a half times as long.", kind, strings.Join(missing, ", "))
}

func (i *inspector) count(ctx context.Context) error {
	c, err := i.s.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	for _, x := range []struct {
		table string
		into  *int64
	}{{"user_mapping", &i.out.Counts.Users}, {"spaces", &i.out.Counts.Spaces}, {"AO_7B47A5_EVENT", &i.out.Counts.Events}} {
		*x.into = -1
		t := i.s.Table(x.table)
		if t == nil {
			continue
		}
		if *x.into, _, err = c.Int("SELECT count(*) FROM " + sqlread.Quote(t.Name)); err != nil {
			*x.into = -1
			return wording.Errorf("count table %s: %w", t.Name, err)
		}
	}
	return nil
}

func (i *inspector) census(ctx context.Context) error {
	i.out.Counts.Pages, i.out.Counts.Comments = -1, -1
	found, err := i.s.takeCensus(ctx, i.o)
	if err != nil {
		return err
	}
	i.found = found
	i.out.Counts.Pages, i.out.Counts.Comments, i.out.Counts.Estimated = found.pages, found.comments, found.estimated
	if found.homeless > 0 {
		i.say(KeyPageWithoutSpace, "%s live pages or blog posts belong to no space: an export leaves them out.", found.about(found.homeless))
	}
	i.states(found)
	i.found.newest.events, err = i.s.newestEvents(ctx)
	return err
}
