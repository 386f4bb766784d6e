package confluence

import (
	"context"
	"slices"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/rules"
)

// The vocabulary of exports, which is that of all products.
type (
	Plan        = product.Plan
	Validation  = product.Validation
	Result      = product.Result
	FileResult  = product.FileResult
	Sink        = product.Sink
	Output      = product.Output
	Keeper      = product.Keeper
	State       = product.State
	RejectedRow = product.RejectedRow
	Counters    = product.Counters
	FileCounter = product.FileCounter
)

// Product is Confluence to the local exporter.
type Product struct{}

var (
	_ product.Product  = Product{}
	_ product.Snapshot = opened{}
)

// Files implements product.Product.
func (Product) Files() []string { return slices.Clone(FileNames) }

// Optional implements product.Product.
func (Product) Optional() []string { return []string{RejectedName} }

// Parts implements product.Product: the small files are one.
func (Product) Parts() [][]string {
	return [][]string{FileNames[:filePages], {FileNames[filePages]}, {FileNames[fileComments]}, {FileNames[fileEvents]}}
}

// Rules implements product.Product.
func (Product) Rules() rules.Table { return Rules() }

// IsNote implements product.Product.
func (Product) IsNote(d pipeline.Diagnostic) bool { return IsNote(d) }

// Open implements product.Product.
func (Product) Open(ctx context.Context, path string) (product.Snapshot, error) {
	s, err := snapshot.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return opened{s}, nil
}

// opened is an open snapshot of a Confluence database.
type opened struct{ s *snapshot.Snapshot }

func (x opened) Identity() jobfiles.Snapshot {
	id := x.s.Identity()
	return jobfiles.Snapshot{Path: x.s.Path(), Identity: id.String(), Content: id.Content(),
		Bytes: id.File.Size, Modified: id.Modified(), ChangeCounter: id.ChangeCounter}
}

func (x opened) Unchanged() error { return x.s.Unchanged() }

func (x opened) Plan(ctx context.Context, o product.Options, c *Counters) (Plan, error) {
	own, err := optionsOf(o)
	if err != nil {
		return Plan{}, err
	}
	plan, err := MakePlan(ctx, x.s, own, c)
	return plan, own.muteError(err)
}

func (x opened) Validate(ctx context.Context, o product.Options, c *Counters) (Validation, error) {
	own, err := optionsOf(o)
	if err != nil {
		return Validation{}, err
	}
	verdict, err := Validate(ctx, x.s, own, c)
	return verdict, own.muteError(err)
}

func (x opened) Export(ctx context.Context, o product.Options, open Sink, c *Counters) (Result, error) {
	own, err := optionsOf(o)
	if err != nil {
		return Result{}, err
	}
	r, err := Export(ctx, x.s, own, open, c)
	return r, own.muteError(err)
}

func (x opened) Close() error { return x.s.Close() }

// optionsOf are the options of any product as Confluence's.
func optionsOf(o product.Options) (Options, error) {
	own := Options{
		From: o.From, Plan: o.Plan, Location: o.Location, BaseURL: o.BaseURL,
		Formats: o.Formats, Metadata: o.Metadata, ByteOrderMark: o.ByteOrderMark,
		Redaction: o.Redaction, FullContent: o.FullContent, PreserveLineBreaks: o.PreserveLineBreaks, LineBreakEscape: o.LineBreakEscape,
		Workers: o.Workers, CPUShare: o.CPUShare, TempDir: o.TempDir, SQLiteOnly: o.SQLiteOnly, MapFile: o.MapFile, Only: o.Only,
	}
	return own, own.choose(o.Rules)
}

// counters are those that are given, or some that nobody reads.
func counters(c *Counters) *Counters {
	if c == nil {
		return product.NewCounters(fileCount)
	}
	return c
}
