package preview

import (
	"context"
	"fmt"

	"sluice/csvfile"
	"sluice/csvfile/grouptext"
	"sluice/ui/preview/celltext"
	"sluice/ui/preview/chart"
	"sluice/ui/preview/grid"
	"sluice/ui/preview/pager"
	"sluice/ui/texts"
)

// grouped is the groups that are shown: the rows of their table, and what is drawn.
type grouped struct {
	*csvfile.Groups
	header []string
	first  []csvfile.Row // as many as are drawn
	model  chart.Model
	drawn  bool           // there is something to draw
	of     []csvfile.Expr // of the rows that were grouped
	pages  *pager.Pager
}

// group puts the rows shown into groups, and reads what is to be drawn of them.
func (f csvFile) group(ctx context.Context, v filtered, by csvfile.Grouping, progress func(csvfile.Progress)) (*grouped, error) {
	groups, err := csvfile.GroupRows(ctx, f.source(v), by, progress)
	if err != nil {
		return nil, err
	}
	g, err := readGroups(ctx, groups)
	if err != nil {
		groups.Close()
		return nil, err
	}
	return g, nil
}

// readGroups reads the first groups, once all can be scrolled to.
func readGroups(ctx context.Context, groups *csvfile.Groups) (*grouped, error) {
	groups.File.StartIndex(ctx)
	select {
	case <-groups.File.Done():
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	g := &grouped{Groups: groups, header: groups.File.Header()}
	var err error
	if g.first, err = groups.File.Rows(ctx, 0, chart.MostRows); err != nil {
		return nil, fmt.Errorf("read the groups: %w", err)
	}
	g.model, g.drawn = chart.Build(chart.Table{
		By: groups.Grouping, Header: g.header, Rows: sampleOf(g.first), Count: groups.Count, Empty: texts.T.Preview.Groups.EmptyKey,
	})
	return g, nil
}

// close lets go of the groups.
func (g *grouped) close() {
	g.pages.Close()
	go g.Groups.Close()
}

// columns lays the table of groups out.
func (g *grouped) columns(w wide) []grid.Column {
	sample := sampleOf(g.first[:min(len(g.first), 200)])
	out := columnsFor(fileKind{}, g.header, sample, w, Layout{})
	for i := range out {
		if i < len(g.Keys) {
			out[i].Align, out[i].Frozen = grid.AlignLeft, i == 0
		}
	}
	return out
}

// found is how many groups there are.
func (g *grouped) found() string { return texts.T.Preview.Groups.Found.Of(g.Count, group(g.Rows)) }

// note is what is to be said of the groups: how many they are, and what took no part.
func (g *grouped) note() string {
	t, text := texts.T.Preview.Groups, g.found()
	if g.ByKeys() {
		text += " " + t.ByKeys
	} else {
		text += " " + t.ByRows
	}
	for _, n := range g.Texts() {
		text += " " + said(texts.Say(n))
	}
	return text
}

// groupTable is groups as the grid asks for them.
type groupTable struct{ g *grouped }

// Rows is how many groups there are.
func (t *groupTable) Rows() int64 {
	if t.g == nil {
		return 0
	}
	return t.g.Count
}

// Cell is a key, or what was computed of a group.
func (t *groupTable) Cell(row int64, col int) grid.Cell {
	r, ok := t.g.pages.Row(row)
	switch {
	case !ok:
		return grid.Cell{Text: waiting, Tone: grid.ToneFaint}
	case col >= len(r.Fields):
		return grid.Cell{Text: noField, Tone: grid.ToneFaint}
	case r.Fields[col] == "" && col < len(t.g.Keys):
		return grid.Cell{Text: texts.T.Preview.Groups.EmptyKey, Tone: grid.ToneFaint}
	}
	return grid.Cell{Text: celltext.OneLine(r.Fields[col], shownRunes)}
}

// RowLabel is the number of a group, from 1.
func (t *groupTable) RowLabel(row int64) (string, grid.Tone) { return group(row + 1), grid.TonePlain }

// WidestLabel has as many digits as the last number.
func (t *groupTable) WidestLabel() string { return group(t.Rows()) }

// groupsOffered are the ways to group by a column: of one that holds times by its months
// first.
func groupsOffered(header []string, col int, sample []string) (out []string) {
	buckets := []csvfile.Bucket{csvfile.BucketNone}
	if looksLikeTimes(sample) {
		buckets = []csvfile.Bucket{csvfile.BucketMonth, csvfile.BucketDay, csvfile.BucketYear, csvfile.BucketNone}
	}
	for _, b := range buckets {
		keys, _ := grouptext.Format(csvfile.Grouping{Keys: []csvfile.GroupKey{{Column: col, Bucket: b}}}, header)
		out = append(out, keys)
	}
	return out
}

// looksLikeTimes reports whether all cells that are not empty are times, and one is.
func looksLikeTimes(sample []string) bool {
	found := false
	for _, cell := range sample {
		if cell == "" {
			continue
		}
		if _, ok := parseTime(cell); !ok {
			return false
		}
		found = true
	}
	return found
}
