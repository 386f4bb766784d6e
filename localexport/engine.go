package localexport

import (
	"context"
	"reflect"
	"time"

	"sluice/localexport/confluence"
	"sluice/localexport/jobfiles"
	"sluice/localexport/snapshot"
)

// engine is an open snapshot and what can be done with it. Tests put their own
// in place of Confluence's.
type engine interface {
	// identity tells which state of the file is open.
	identity() jobfiles.Snapshot
	// unchanged returns an error if the file is not in that state any more.
	unchanged() error
	plan(ctx context.Context, o confluence.Options, c *confluence.Counters) (confluence.Plan, error)
	validate(ctx context.Context, o confluence.Options, c *confluence.Counters) (confluence.Validation, error)
	export(ctx context.Context, o confluence.Options, open confluence.Sink, c *confluence.Counters) (confluence.Result, error)
	close() error
}

// engineOpener opens the snapshot at path.
type engineOpener func(ctx context.Context, path string) (engine, error)

// openConfluence is the engineOpener of snapshots of Confluence databases.
func openConfluence(ctx context.Context, path string) (engine, error) {
	s, err := snapshot.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return confluenceEngine{s}, nil
}

type confluenceEngine struct{ s *snapshot.Snapshot }

func (e confluenceEngine) identity() jobfiles.Snapshot {
	id := e.s.Identity()
	return jobfiles.Snapshot{Path: e.s.Path(), Identity: id.String(), Content: id.Content(),
		Bytes: id.File.Size, Modified: id.Modified(), ChangeCounter: id.ChangeCounter}
}

func (e confluenceEngine) unchanged() error { return e.s.Unchanged() }

func (e confluenceEngine) plan(ctx context.Context, o confluence.Options, c *confluence.Counters) (confluence.Plan, error) {
	return confluence.MakePlan(ctx, e.s, o, c)
}

func (e confluenceEngine) validate(ctx context.Context, o confluence.Options, c *confluence.Counters) (confluence.Validation, error) {
	return confluence.Validate(ctx, e.s, o, c)
}

func (e confluenceEngine) export(ctx context.Context, o confluence.Options, open confluence.Sink, c *confluence.Counters) (confluence.Result, error) {
	return confluence.Export(ctx, e.s, o, open, c)
}

func (e confluenceEngine) close() error { return e.s.Close() }

// optionalFiles are files that an engine opens only if it has something for them.
var optionalFiles = []string{"rejected"}

// engineOptions are the options of one job.
func (e *Exporter) engineOptions() confluence.Options {
	return e.options.engine(e.zone, e.home.temp)
}

// engine are the options for the engine, with the zone of naive times (nil: to be
// guessed) and the folder for work files.
func (o Options) engine(zone *time.Location, temp string) confluence.Options {
	x := o.Rules
	x.Location = zone
	x.BaseURL = o.BaseURL
	x.FullContent = o.FullContent
	x.PreserveLineBreaks = o.PreserveLineBreaks
	x.LineBreakEscape = o.LineBreakEscape
	x.Workers = o.Workers
	x.CPUShare = o.CPUShare
	x.TempDir = temp
	return x
}

// defaultEscape is written for a line break where nothing else is said.
const defaultEscape = `\n`

// manifestOptions are the choices that shaped the files of a result.
func manifestOptions(o confluence.Options, r confluence.Result) jobfiles.Options {
	m := jobfiles.Options{
		From: r.From, TimeZone: r.Location, BaseURL: r.BaseURL, FullContent: o.FullContent,
		PreserveLineBreaks: o.PreserveLineBreaks, Rules: chosenRules(o),
	}
	if !o.PreserveLineBreaks {
		m.LineBreakEscape = o.LineBreakEscape
		if m.LineBreakEscape == "" {
			m.LineBreakEscape = defaultEscape
		}
	}
	return m
}

// notRules are the options that manifestOptions names itself, and those that
// leave no trace in the files.
var notRules = map[string]bool{
	"Plan": true, "From": true, "Location": true, "BaseURL": true, "FullContent": true,
	"PreserveLineBreaks": true, "LineBreakEscape": true, "Workers": true, "CPUShare": true, "TempDir": true,
	"SQLiteOnly": true, "MapFile": true,
}

// chosenRules lists the rules that are not at their default, by field name. A
// rule that the engine gains later is listed without a change here.
func chosenRules(o confluence.Options) map[string]any {
	rules := map[string]any{}
	v := reflect.ValueOf(o)
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if notRules[field.Name] || v.Field(i).IsZero() {
			continue
		}
		rules[field.Name] = v.Field(i).Interface()
	}
	return rules
}

// emptyTemp removes what a killed process has left behind. Only the holder of
// the lock may call it.
func (h home) emptyTemp() error {
	if err := h.disk.RemoveAll(h.temp); err != nil {
		return err
	}
	return h.disk.Mkdir(h.temp)
}
