package confluence

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"sluice/figures"
	"sluice/localexport/pace"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
	"sluice/pipeline"
	"sluice/wording"
)

// Validate compares the indexes that an export of the snapshot would read, and
// no others, with their tables: the number of entries, their order, and a sum
// of hashes over keys and row numbers that is the same on both sides whatever
// the order. A snapshot without such indexes is consistent. On cancellation the
// error wraps context.Canceled.
func Validate(ctx context.Context, s *snapshot.Snapshot, o Options, c *Counters) (Validation, error) {
	c = counters(c)
	v := &validator{s: s, workers: o.workers(), pace: pace.New(o.CPUShare), c: c, done: map[string]bool{},
		accepted: o.accepted(), sqliteOnly: o.SQLiteOnly, mapFile: o.MapFile}
	if err := v.sanity(ctx); err != nil {
		return Validation{}, wording.Errorf("check %s: %w", s.Path(), err)
	}
	checks := v.plan()
	if err := v.expect(ctx, checks); err != nil {
		return Validation{}, wording.Errorf("check %s: %w", s.Path(), err)
	}
	file := v.openFile()
	if file != nil {
		defer file.Close()
	}
	for _, x := range checks {
		if err := v.check(ctx, file, x); err != nil {
			return Validation{}, wording.Errorf("check %s: %w", s.Path(), err)
		}
	}
	if err := v.order(ctx); err != nil {
		return Validation{}, wording.Errorf("check %s: %w", s.Path(), err)
	}
	// A verdict on two states of the file is one on none of them.
	if err := s.Unchanged(); err != nil {
		return Validation{}, wording.Errorf("check: %w", err)
	}
	c.Checked.Store(c.CheckTotal.Load())
	return Validation{Consistent: len(v.findings) == 0, Findings: v.findings, Warnings: v.warnings}, nil
}

// validator compares indexes with tables.
type validator struct {
	s        *snapshot.Snapshot
	workers  int
	pace     *pace.Pacer
	c        *Counters
	findings []pipeline.Diagnostic
	warnings []pipeline.Diagnostic
	// done are the tables whose keys are known to be in order, or that a finding
	// names already.
	done map[string]bool

	accepted            snapshot.Accepted
	sqliteOnly, mapFile bool
}

// check is an index to compare with its table.
type check struct {
	table *snapshot.Table
	index snapshot.Index
	use   wording.Text // what is wrong in the files if the index is
}

// plan lists the indexes that an export reads.
func (v *validator) plan() []check {
	var checks []check
	with := func(table, column, use string, name func(*snapshot.Table) string) {
		t := v.s.Table(table)
		if t == nil || name(t) == "" {
			return
		}
		index, _ := t.IndexOn(column)
		checks = append(checks, check{t, index, wording.Text{Format: use}})
	}
	with("bodycontent", "contentid", wording.Format("bodies of pages and comments would be missing"), bodyIndex)
	with("content_label", "contentid", wording.Format("labels of pages would be missing"), labelIndex)
	with("cwd_user", "lower_user_name", wording.Format("names of users would be missing"), nameIndex)
	with("user_mapping", "user_key", wording.Format("users would be missing"), userIndex)
	return checks
}

func (v *validator) find(format string, args ...any) {
	v.findings = append(v.findings, pipeline.Say(pipeline.KeyPreValidation, format, args...))
}

// expect counts what there is to compare, which SQLite does without looking at
// the entries.
func (v *validator) expect(ctx context.Context, checks []check) error {
	c, err := v.s.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	for _, x := range checks {
		n, _, err := c.Int("SELECT count(*) FROM " + sqlread.Quote(x.table.Name))
		if err != nil && !errors.Is(err, sqlread.ErrCorrupt) { // damage is found below
			return err
		}
		v.c.CheckTotal.Add(2 * n)
	}
	return nil
}

// check compares one index with its table, without SQLite if that can be. What the
// file reader has proved to be damaged stays a finding if SQLite reads over it.
func (v *validator) check(ctx context.Context, file *sqlitefile.File, x check) error {
	same, damage, err := v.confirm(ctx, file, x)
	if err != nil || same {
		v.done[x.table.Name] = v.done[x.table.Name] || same
		return err
	}
	found := len(v.findings)
	if err := v.compare(ctx, x); err != nil {
		return err
	}
	page := new(sqlitefile.PageError)
	if len(v.findings) == found && errors.As(damage, &page) {
		v.done[x.table.Name] = true
		v.find("The table %s or its index %s is damaged (page %d: %s), so %s: copy the file or convert the database again.",
			x.table.Name, x.index.Name, page.Page, page.What, x.use)
	}
	return nil
}

// compare compares one index with its table.
func (v *validator) compare(ctx context.Context, x check) error {
	var entries, rows digest
	var entriesErr, rowsErr error
	g, inner := errgroup.WithContext(ctx)
	g.Go(func() error {
		entries, entriesErr = v.entries(inner, x)
		return unlessDamage(entriesErr)
	})
	g.Go(func() error {
		rows, rowsErr = v.rows(inner, x)
		return unlessDamage(rowsErr)
	})
	if err := g.Wait(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}
	name := wording.Of("Index %s on %s(%s)", x.index.Name, x.table.Name, x.index.Columns[0])
	switch {
	case rowsErr != nil:
		v.done[x.table.Name] = true
		v.find("The table %s cannot be read to its end, since the file is damaged: copy it or convert the database again.", x.table.Name)
	case entriesErr != nil:
		v.find("%s cannot be read to its end, since the file is damaged: copy it or convert the database again.", name)
	case entries.count < rows.count:
		v.find("%s has %d entries for %d rows: %d rows are missing from it, so %s.", name, figures.N(entries.count), figures.N(rows.count), figures.N(rows.count-entries.count), x.use)
	case entries.count > rows.count:
		v.find("%s has %d entries for %d rows: %d entries belong to no row, so %s.", name, figures.N(entries.count), figures.N(rows.count), figures.N(entries.count-rows.count), x.use)
	case entries.disorder > 0:
		v.find("%s is out of order in %d places, so %s.", name, figures.N(entries.disorder), x.use)
	case entries.sum != rows.sum:
		v.find("%s has as many entries as there are rows, but they do not belong to them, so %s.", name, x.use)
	}
	return nil
}

// unlessDamage hides an error about a damaged file, which is a finding.
func unlessDamage(err error) error {
	if errors.Is(err, sqlread.ErrCorrupt) {
		return nil
	}
	return err
}
