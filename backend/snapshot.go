package backend

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"sluice/client/watch"
	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/product"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/rules"
	"sluice/source"
	"sluice/wording"
)

// Snapshot runs the exports of a snapshot.
type Snapshot struct {
	*localexport.Exporter
	follower
	site localexport.Site
}

// Reach tells how far the last export of the site reaches.
func (e Snapshot) Reach(ctx context.Context) (pipeline.Reach, error) { return e.LastOf(ctx, e.site) }

// OpenLocal inspects a snapshot and opens the exporter over it. Its status is
// read often: it is in a file on this computer.
func (b *Backend) OpenLocal(ctx context.Context, s source.Source) (source.Engine, source.Info, error) {
	i, err := snapshot.Inspect(ctx, s.Snapshot, snapshot.InspectOptions{})
	if err != nil {
		return nil, source.Info{}, err
	}
	o, err := b.ExportOptions(s)
	if err != nil {
		return nil, source.Info{}, err
	}
	e, err := localexport.Open(ctx, o)
	if err != nil {
		return nil, source.Info{}, err
	}
	// At rest only what another process does in the home can change, and each look wakes
	// the processor up: most of what a window with a snapshot costs.
	w := watch.New(e, watch.Options{Fast: 150 * time.Millisecond, Slow: time.Second, Idle: 10 * time.Second, Backoff: 10 * time.Second, Patience: -1,
		Predecessors: b.predecessors(ctx, e), Now: b.now})
	info := infoOf(i)
	info.Diagnostics = append(info.Diagnostics, e.Warnings()...)
	site := localexport.Site{BaseURL: cmp.Or(s.Local.BaseURL, i.BaseURL), Newest: i.Newest}
	return Snapshot{e, follower{Watcher: w, quiet: true}, site}, info, nil
}

// ExportOptions are what a snapshot is exported with, by its settings. The error names
// the setting that cannot be read.
func (b *Backend) ExportOptions(s source.Source) (localexport.Options, error) {
	free, err := source.ParseSize(s.Local.MinFreeSpace)
	if err != nil {
		return localexport.Options{}, wording.Errorf("minimum free space of %s: %w", s.Name, err)
	}
	share, err := source.ParseShare(s.Local.CPUShare)
	if err != nil {
		return localexport.Options{}, wording.Errorf("settings of %s: %w", s.Name, err)
	}
	formats, err := product.ParseFormats(s.Local.Format)
	if err != nil {
		return localexport.Options{}, wording.Errorf("settings of %s: %w", s.Name, err)
	}
	o := b.homeOptions(s.Home)
	o.Snapshot, o.TimeZone, o.BaseURL, o.Rules = s.Snapshot, s.Local.TimeZone, s.Local.BaseURL, s.Local.Rules
	o.Formats, o.ByteOrderMark, o.FullContent = formats, s.Local.ByteOrderMark, s.Local.FullContent
	o.PreserveLineBreaks, o.LineBreakEscape = s.Local.PreserveLineBreaks, s.Local.LineBreakEscape
	o.MinFreeSpace, o.CPUShare, o.Redact = free, share, s.Local.Redact
	return o, nil
}

// OpenHome opens a home to look at its jobs; without a snapshot it exports nothing.
func (b *Backend) OpenHome(ctx context.Context, home string) (*localexport.Exporter, error) {
	return localexport.Open(ctx, b.homeOptions(home))
}

func (b *Backend) homeOptions(home string) localexport.Options {
	return localexport.Options{Product: confluence.Product{}, Home: home, Version: b.version, Logger: b.logger, StartedBy: b.by, Now: b.now}
}

func infoOf(i snapshot.Inspection) source.Info {
	info := source.Info{Product: i.Product, Version: i.Version, BaseURL: i.BaseURL, Newest: i.Newest, NewestAbout: i.Counts.Estimated, TimeZone: i.TimeZone,
		Bytes: i.Bytes, Storage: i.Stored, Diagnostics: i.Diagnostics, Origin: originOf(i.Origin)}
	if i.Build != 0 {
		info.Build = strconv.FormatInt(i.Build, 10)
	}
	c := i.Counts
	info.Counts = []source.Count{
		{Of: source.Users, N: c.Users}, {Of: source.Spaces, N: c.Spaces},
		{Of: source.Pages, N: c.Pages, Estimated: c.Estimated}, {Of: source.Comments, N: c.Comments, Estimated: c.Estimated},
		{Of: source.Events, N: c.Events},
	}
	return info
}

// originOf is where a snapshot was taken from, as the window shows it.
func originOf(o *snapshot.Origin) *source.Origin {
	if o == nil {
		return nil
	}
	taken, _ := time.Parse(time.RFC3339, o.Taken) // else it is not known
	origin := &source.Origin{Kind: o.Kind, Place: o.Place, Tool: o.Tool, TimeZone: o.TimeZone, Taken: taken,
		Partial: o.Partial, Doubts: o.Doubts, Notes: o.Notes}
	for _, table := range o.Tables() {
		origin.Tables = append(origin.Tables, source.TableRows{Table: table, Rows: o.Rows[table]})
	}
	return origin
}

// CheckRules says what is wrong with the rules of redaction that a word names.
func CheckRules(word string) error {
	_, err := redact.Load(word)
	return err
}

// Rules are those that an export of a snapshot can have.
func Rules() rules.Table { return confluence.Rules() }
