package changes

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sluice/figures"
	"sluice/wording"
)

// setNotes are what is to be said of two sets before their files are compared.
func setNotes(a, b *Set) (notes []string) {
	say := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if s := b.say(); s != "" {
		notes = append(notes, s)
	}
	if a.Doubt != "" {
		say("Rows that are told as added may have been there before: %s is not to be relied on, since %s.", a.Title, a.Doubt)
	}
	if a.FromKnown && b.FromKnown && a.From.After(b.From) {
		say("%s begins at %s, later than %s (%s): rows that were not changed since are told as added, because %s did not ask for them.",
			wording.Capital(a.Title), stamp(a.From), b.Title, stamp(b.From), a.Title)
	}
	for _, s := range []struct{ here, there *Set }{{a, b}, {b, a}} {
		for _, f := range s.here.Files {
			if _, ok := s.there.File(f.Name); !ok && !(len(a.Files) == 1 && len(b.Files) == 1) {
				say("%s was not compared: only %s has it.", f.Name, s.here.Title)
			}
		}
	}
	if a.Schema != b.Schema && a.Schema > 0 && b.Schema > 0 {
		say("%s has the columns of schema version %d, %s those of version %d.", wording.Capital(a.Title), a.Schema, b.Title, b.Schema)
	}
	if a.Options != nil && b.Options != nil {
		notes = append(notes, optionNotes(a, b)...)
	}
	return notes
}

// breakNotes tell of files of one side of which it is not known how line breaks stand in
// their cells, while it is of the other.
func (d *diff) breakNotes() (notes []string) {
	for _, s := range []struct{ here, there *Set }{{d.A, d.B}, {d.B, d.A}} {
		var names []string
		title := s.here.Title
		for _, f := range d.report.Files {
			a, b := d.inputs(f.Name)
			if s.here == d.B {
				a, b = b, a
			}
			if !a.Breaks.Known && b.Breaks.Known {
				names = append(names, f.Name)
				title = a.Title
			}
		}
		if len(names) > 1 {
			title = fmt.Sprintf("%s (%s)", s.here.Title, strings.Join(names, ", "))
		}
		if len(names) > 0 {
			notes = append(notes, fmt.Sprintf("Nothing tells how line breaks stand in the cells of %s: cells are compared as they stand.", title))
		}
	}
	return notes
}

// optionNotes tell the options that shaped the files of two jobs differently: cells and
// rows can differ for that alone.
func optionNotes(a, b *Set) (notes []string) {
	var differ []string
	note := func(name string, va, vb any) {
		if fmt.Sprint(va) != fmt.Sprint(vb) {
			differ = append(differ, fmt.Sprintf("%s (%v, then %v)", name, va, vb))
		}
	}
	x, y := a.Options, b.Options
	note("time zone", x.TimeZone, y.TimeZone)
	note("base URL", x.BaseURL, y.BaseURL)
	note("full content", x.FullContent, y.FullContent)
	rules := slices.Sorted(maps.Keys(x.Rules))
	for name := range y.Rules {
		if _, ok := x.Rules[name]; !ok {
			rules = append(rules, name)
		}
	}
	for _, name := range rules {
		note(name, orDefault(x.Rules[name]), orDefault(y.Rules[name]))
	}
	if len(differ) > 0 {
		notes = append(notes, fmt.Sprintf("%s and %s were exported with different options, so rows differ for that alone: %s.", wording.Capital(a.Title), b.Title, strings.Join(differ, ", ")))
	}
	if p, q := a.breaks(), b.breaks(); p != q {
		notes = append(notes, fmt.Sprintf("Line breaks stand in the cells of %s and %s in different ways: cells that differ in nothing else count as the same, and rows are written as they stand in their file.", a.Title, b.Title))
	}
	return notes
}

func orDefault(v any) any {
	if v == nil {
		return "default"
	}
	return v
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// tableNotes are what was odd about the rows of a table.
func tableNotes(name string, t *table, seen tally) (notes []string) {
	say := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if t.list != nil && !slices.Contains(unordered, name) {
		say("%s is not in the order of %s: its %d rows were brought in order in memory.", t.input.Title, t.keyNames(), figures.N(len(t.list)))
	}
	if t.sorted {
		say("%s is not in the order of %s: its rows were sorted in a file that is gone again.", t.input.Title, t.keyNames())
	}
	if seen.repeated > 0 {
		say("Rows of %s with the same %s as a row before: %d; they were compared in their order.", t.input.Title, t.keyNames(), figures.N(seen.repeated))
	}
	if seen.blank > 0 {
		say("Blank lines of %s that were passed over: %d.", t.input.Title, figures.N(seen.blank))
	}
	if seen.ragged > 0 {
		say("Rows of %s with another number of cells than its header: at least %d; cells that are missing count as empty.", t.input.Title, figures.N(seen.ragged))
	}
	if seen.cut {
		say("The last row of %s is cut and was left out.", t.input.Title)
	}
	return notes
}
