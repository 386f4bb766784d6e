package calibrate

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"sluice/changes"
	"sluice/columns"
	"sluice/figures"
)

// Finding is a systematic difference.
type Finding struct {
	File   string `json:"file"`
	Column string `json:"column,omitempty"` // "" for rows that only one side has
	// Option is what would mend it, as on the command line; "" if there is none.
	Option string `json:"option"`
	Rule   string `json:"rule"`  // what the vendor's files do, in a sentence
	Count  int64  `json:"count"` // cells or rows that it explains
	Of     int64  `json:"of"`    // that differ in the column, or are on that side only
	// Example is the key of the first row of which nothing explains the difference.
	Example string `json:"example,omitempty"`
}

// Sentence tells a finding to people.
func (f Finding) Sentence() string {
	where := f.File
	if f.Column != "" {
		where += "." + f.Column
	}
	count, of := figures.N(f.Count), figures.N(f.Of)
	switch {
	case f.Option != "":
		return fmt.Sprintf("%s: %s (%d of %d differences): export with %s", where, f.Rule, count, of, f.Option)
	case f.Example != "":
		return fmt.Sprintf("%s: %s (%d of %d differences): no option mends it, the first is that of %s", where, f.Rule, count, of, f.Example)
	}
	return fmt.Sprintf("%s: %s (%d of %d differences): no option mends it", where, f.Rule, count, of)
}

// Run compares files of the vendor's exporter, side A, with an export by Sluice, side B.
func Run(ctx context.Context, o changes.Options, tell func(changes.Progress)) (changes.Report, []Finding, error) {
	c := &calibration{from: o.B.From, counts: map[subject]*tally{}, spaces: map[string]bool{}, seen: map[string]*span{}}
	if o.B.Options != nil {
		c.full, c.base = o.B.Options.FullContent, o.B.Options.BaseURL
		c.escape = o.B.Options.LineBreakEscape
	}
	if c.escape == "" {
		c.escape = `\n`
	}
	o.Observer, o.Dir = c, ""
	for _, s := range []*changes.Set{o.A, o.B} { // cells are to be seen as they stand
		for i := range s.Files {
			s.Files[i].Breaks = changes.Breaks{}
		}
	}
	if o.A.FromKnown {
		c.since = o.A.From.Add(1)
	}
	report, err := changes.Compare(ctx, o, tell)
	if since, later := c.beginsLater(); err == nil && later && !o.A.FromKnown {
		c.since = since
		report, err = changes.Compare(ctx, o, tell)
	}
	if err != nil {
		return report, nil, err
	}
	report.Notes = append(report.Notes, c.windowNotes(o.A, o.B)...)
	return report, c.findings(), nil
}

// subject is what differs: a column of a file, or the rows of one side.
type subject struct {
	file, column string
	onlyA, onlyB bool
}

// tally counts what was found about a subject.
type tally struct {
	differ  int64
	reasons []reason
	unknown int64
	example string
}

// reason is an explanation, and how often it was one.
type reason struct {
	explanation
	count int64
}

// explanation says what makes a difference.
type explanation struct{ option, rule string }

// calibration is an Observer that tries hypotheses.
type calibration struct {
	from   time.Time
	full   bool
	base   string
	escape string
	counts map[subject]*tally
	order  []subject
	spaces map[string]bool // keys of the spaces that only the vendor has
	since  time.Time       // nothing that the vendor's files have changed before; zero: not known
	seen   map[string]*span
}

var _ changes.Observer = (*calibration)(nil)

// note counts a difference and what explains it.
func (c *calibration) note(s subject, key string, why []explanation) {
	t := c.counts[s]
	if t == nil {
		t = &tally{}
		c.counts[s] = t
		c.order = append(c.order, s)
	}
	t.differ++
	if len(why) == 0 {
		if t.unknown++; t.unknown == 1 {
			t.example = key
		}
	}
	for _, e := range why {
		i := slices.IndexFunc(t.reasons, func(r reason) bool { return r.explanation == e })
		if i < 0 {
			if len(t.reasons) == mostReasons {
				continue
			}
			i = len(t.reasons)
			t.reasons = append(t.reasons, reason{explanation: e})
		}
		t.reasons[i].count++
	}
}

// mostReasons is how many explanations of one subject are kept: values that an option
// has are taken from cells, and could be as many as those.
const mostReasons = 64

// fewReasons is how many of them are told, the most frequent first, unless they explain
// less than one difference in so many.
const (
	fewReasons = 4
	rare       = 50
)

// findings are what was found, in the order of the files.
func (c *calibration) findings() (all []Finding) {
	for _, s := range c.order {
		t := c.counts[s]
		slices.SortStableFunc(t.reasons, func(a, b reason) int { return int(b.count - a.count) })
		for i, r := range t.reasons {
			if i >= fewReasons || i > 0 && r.count*rare < t.differ { // chance, or values that are all different
				t.unknown += r.count
				continue
			}
			all = append(all, Finding{File: s.file, Column: s.column, Option: r.option, Rule: r.rule, Count: r.count, Of: t.differ})
		}
		if t.unknown > 0 {
			all = append(all, Finding{File: s.file, Column: s.column, Rule: unexplained(s), Count: t.unknown, Of: t.differ, Example: t.example})
		}
	}
	return all
}

func unexplained(s subject) string {
	switch {
	case s.onlyA:
		return "rows that only the vendor's files have, for a reason that is not known"
	case s.onlyB:
		return "rows that the vendor's files have not, for a reason that is not known"
	}
	return "cells differ for a reason that is not known"
}

// Begin implements changes.Observer.
func (c *calibration) Begin(file string) {
	c.order = slices.DeleteFunc(c.order, func(s subject) bool { return s.file == file })
	maps.DeleteFunc(c.counts, func(s subject, _ *tally) bool { return s.file == file })
	if file == "spaces" {
		clear(c.spaces)
	}
	c.seen[file] = &span{}
}

// Both implements changes.Observer.
func (c *calibration) Both(file string, r changes.Row) { c.vendors(file, r) }

// Cell implements changes.Observer.
func (c *calibration) Cell(file, column string, a, b changes.Row) {
	d := difference{c: c, file: file, name: column, vendor: string(a.Cell(column)), ours: string(b.Cell(column)), row: b}
	if f, ok := columns.Find(columns.Confluence, file); ok {
		d.column = f.Column(column)
	}
	c.note(subject{file: file, column: column}, keyOf(file, b), d.explain())
}

// OnlyA implements changes.Observer.
func (c *calibration) OnlyA(file string, r changes.Row, asked bool) {
	c.vendors(file, r)
	if file == "spaces" {
		c.spaces[string(r.Cell("space_key"))] = true
	}
	if !asked && !c.atFrom(r) {
		c.seen[file].earlier++
		return
	}
	c.note(subject{file: file, onlyA: true}, keyOf(file, r), c.onlyVendor(file, r))
}

// OnlyB implements changes.Observer.
func (c *calibration) OnlyB(file string, r changes.Row) {
	if c.beforeVendors(file, r) {
		return
	}
	c.note(subject{file: file, onlyB: true}, keyOf(file, r), c.onlyOurs(file, r))
}

// keyOf is the key of a row, for people.
func keyOf(file string, r changes.Row) string {
	f, ok := columns.Find(columns.Confluence, file)
	if !ok {
		return ""
	}
	return f.Key().Name + " " + string(r.Cell(f.Key().Name))
}
