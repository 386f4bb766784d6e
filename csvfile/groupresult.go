package csvfile

import (
	"context"
	"fmt"
	"io"
	"time"

	"sluice/csvfile/internal/groupby"
	"sluice/csvfile/internal/record"
	"sluice/wording"
)

// write writes the groups to a file that only its owner can read, and opens it.
func (g *grouping) write(ctx context.Context, out *Groups) (err error) {
	var line []byte
	out.Made, err = makeTable(ctx, g.f, "groups", g.Header(g.header), func(to io.Writer) error {
		return g.to.Finish(ctx, g.asked(), func(group groupby.Group) error {
			out.Count++
			line = g.appendGroup(line[:0], &group)
			_, err := to.Write(line)
			return err
		})
	})
	return err
}

// appendGroup appends a group as a line of the file.
func (g *grouping) appendGroup(line []byte, group *groupby.Group) []byte {
	for _, cell := range group.Keys {
		line = append(record.AppendField(line, cell, madeSyntax, false), ',')
	}
	for i, a := range g.Aggregates {
		if i > 0 {
			line = append(line, ',')
		}
		switch at := g.places[i]; {
		case at < 0:
			line = fmt.Append(line, group.Rows)
		case a.Op == AggregateMean:
			line = append(line, group.Means[at]...)
		default:
			line = record.AppendField(line, group.Results[at], madeSyntax, false)
		}
	}
	return append(line, '\n')
}

// kindsOf counts the cells of asked column i by what they are.
func (g *grouping) kindsOf(i int) (n [groupby.Kinds]int64, all int64) {
	for _, w := range g.all {
		for k, c := range w.kinds[i] {
			n[k] += c
			all += c
		}
	}
	return n, all
}

// kindOf is what the cells of asked column i are compared as.
func (g *grouping) kindOf(i int) groupby.Kind {
	n, all := g.kindsOf(i)
	for _, k := range []groupby.Kind{groupby.Number, groupby.Time} {
		if all > 0 && float64(n[k]) >= typeShare*float64(all) {
			return k
		}
	}
	return groupby.Text
}

// asked is what the cells are compared as for each of the grouper's questions.
func (g *grouping) asked() []groupby.Kind {
	kinds := make([]groupby.Kind, len(g.ops))
	for i, c := range g.columns {
		for _, op := range c.ops {
			kinds[op] = g.kindOf(i)
		}
	}
	return kinds
}

// leftOut says which cells took no part.
func (g *grouping) leftOut() (out []LeftOut) {
	add := func(of string, n int64, one, many string) {
		if n > 0 {
			out = append(out, LeftOut{Of: of, Cells: n, Said: wording.Of("%s: %s", of, some(int(n), one, many))})
		}
	}
	names := g.Header(g.header)
	for i := range g.Keys {
		var noTime, cut int64
		for _, w := range g.all {
			noTime += w.keys[i].noTime
			cut += w.keys[i].cut
		}
		add(names[i], noTime, wording.Format("one cell is no time: its row is in the group "+NoTime), wording.Format("%d cells are no times: their rows are in the group "+NoTime))
		add(names[i], cut, wording.Format("one cell has more than 1,024 bytes: its group shows the start of it"), wording.Format("%d cells have more than 1,024 bytes: they are told apart by all of it, and their groups show the start"))
	}
	for i, a := range g.Aggregates {
		name := names[len(g.Keys)+i]
		for k, c := range g.columns {
			if c.column == a.Column && a.Column != AllRows {
				g.leftOutOf(a, k, func(n int64, one, many string) { add(name, n, one, many) })
			}
		}
	}
	return out
}

// leftOutOf says which cells of asked column i took no part in an aggregate.
func (g *grouping) leftOutOf(a Aggregate, i int, add func(n int64, one, many string)) {
	n, all := g.kindsOf(i)
	kind := groupby.Number
	switch a.Op {
	case AggregateSum, AggregateMean:
	case AggregateMin, AggregateMax:
		kind = g.kindOf(i)
	default:
		return
	}
	switch kind {
	case groupby.Number:
		add(all-n[kind], wording.Format("one cell is no number, and is left out"), wording.Format("%d cells are no numbers, and are left out"))
	case groupby.Time:
		add(all-n[kind], wording.Format("one cell is no time, and is left out"), wording.Format("%d cells are no times, and are left out"))
	case groupby.Text:
		var long int64
		for _, w := range g.all {
			long += w.long[i]
		}
		add(long, wording.Format("one cell has more than 1,024 bytes: the start of it is compared"), wording.Format("%d cells have more than 1,024 bytes: the start of them is compared"))
	}
}

// Conditions are what the rows of a group have in common, to filter the file by: row is
// one of File. ok is false if a key is too long to be told by its start.
func (g *Groups) Conditions(row Row) (conds []Condition, ok bool) {
	for i, k := range g.Keys {
		if i >= len(row.Fields) || row.Size(i) >= groupby.TextLimit || row.Cut(i) {
			return nil, false
		}
		text := row.Fields[i]
		switch {
		case text == "":
			conds = append(conds, Condition{Column: k.Column, Op: OpEmpty})
		case k.Bucket == BucketNone:
			conds = append(conds, Condition{Column: k.Column, Op: OpEquals, Text: text})
		case text == NoTime:
			conds = append(conds, Condition{Column: k.Column, Op: OpEmpty, Not: true}, Condition{Column: k.Column, Op: OpTime, Not: true})
		default:
			from, to := k.Bucket.span(text)
			conds = append(conds, Condition{Column: k.Column, Op: OpTime, Min: from, Max: to})
		}
	}
	return conds, true
}

// span is the first and the last day of a bucket.
func (b Bucket) span(name string) (from, to string) {
	first, err := time.Parse(bucketLayouts[b], name)
	if err != nil {
		return name, name
	}
	last := first
	switch b {
	case BucketMonth:
		last = first.AddDate(0, 1, -1)
	case BucketYear:
		last = first.AddDate(1, 0, -1)
	}
	return first.Format(time.DateOnly), last.Format(time.DateOnly)
}

// bucketWords are spans of time, as many.
var bucketWords = map[Bucket]string{BucketDay: wording.Format("days"), BucketMonth: wording.Format("months"), BucketYear: wording.Format("years")}

// Notes are the sentences on how rows were grouped, and on what took no part.
func (g *Groups) Notes() (out []string) {
	for _, t := range g.Texts() {
		out = append(out, t.String())
	}
	return out
}

// Texts are the Notes, for who says them in another language.
func (g *Groups) Texts() (out []wording.Text) {
	var buckets wording.Text
	for _, k := range g.Keys {
		switch of := (wording.Text{Format: bucketWords[k.Bucket]}); {
		case of.Format == "":
		case buckets.Format == "":
			buckets = of
		default:
			buckets = wording.Of("%s and %s", buckets, of)
		}
	}
	if buckets.Format != "" {
		out = append(out, wording.Of("%s are those of UTC, and times without a zone are taken as UTC", buckets))
	}
	for _, l := range g.LeftOut {
		out = append(out, l.Said)
	}
	return out
}
