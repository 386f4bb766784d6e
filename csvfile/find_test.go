package csvfile

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

// hitsIn is what Find must give, found the slow way.
func hitsIn(rows [][]string, column int, match func(string) bool) (hits []Position) {
	for r, row := range rows {
		for c, cell := range row {
			if (column == AllColumns || column == c) && match(cell) {
				hits = append(hits, Position{int64(r), c})
			}
		}
	}
	return hits
}

func TestFind(t *testing.T) {
	ctx := context.Background()
	for _, kind := range []string{"plain", "quoted", "foreign", "wide"} {
		content := makeCSV(kind, 10*block.Size, 11) + "999999,\"Needle\",\"in a\nHAYSTACK\"\nx,y,needle and needle\n"
		rows := reference([]byte(content), ',')[1:]
		f := openContent(t, content, WithWorkers(3))
		for _, c := range []struct {
			q     Query
			match func(string) bool
		}{
			{Query{Text: "title 77", Column: AllColumns}, func(s string) bool { return strings.Contains(s, "title 77") }},
			{Query{Text: "7", Column: 0}, func(s string) bool { return strings.Contains(s, "7") }},
			{Query{Text: "needle", Column: AllColumns}, func(s string) bool { return strings.Contains(s, "needle") }},
			{Query{Text: "NEEDLE", Mode: IgnoreCase, Column: AllColumns}, func(s string) bool { return strings.Contains(strings.ToLower(s), "needle") }},
			{Query{Text: `"7`, Column: AllColumns}, func(s string) bool { return strings.Contains(s, `"7`) }},
			{Query{Text: `"`, Column: 1}, func(s string) bool { return strings.Contains(s, `"`) }},
			{Query{Text: "and more", Column: 1}, func(s string) bool { return strings.Contains(s, "and more") }},
			{Query{Text: "d and m", Column: 1}, func(s string) bool { return strings.Contains(s, "d and m") }},
			{Query{Text: "one\nline", Column: AllColumns}, func(s string) bool { return strings.Contains(s, "one\nline") }},
			{Query{Text: "in a\nh", Mode: IgnoreCase, Column: 2}, func(s string) bool { return strings.Contains(strings.ToLower(s), "in a\nh") }},
			{Query{Text: `^title \d7$`, Mode: Regexp, Column: AllColumns}, regexp.MustCompile(`^title \d7$`).MatchString},
			{Query{Text: `^[0-9]*5$`, Mode: Regexp, Column: 0}, regexp.MustCompile(`^[0-9]*5$`).MatchString},
			{Query{Text: "not there at all", Column: AllColumns}, func(string) bool { return false }},
			{Query{Text: "title", Column: 17}, func(string) bool { return false }},
		} {
			t.Run(fmt.Sprint(kind, c.q), func(t *testing.T) {
				want := hitsIn(rows, c.q.Column, c.match)
				var got []Position
				for h, err := range f.Find(ctx, c.q) {
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, Position{h.Row, h.Column})
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%d hits, want %d", len(got), len(want))
				}
				n, err := f.CountHits(ctx, c.q, nil)
				if err != nil || n != int64(len(want)) {
					t.Fatalf("CountHits = %d, %v, want %d", n, err, len(want))
				}
				checkSteps(t, f, c.q, want)
			})
		}
	}
}

// finder is a File or a View.
type finder interface {
	Source
	FindNext(ctx context.Context, q Query, from Position) (Hit, bool, error)
	FindPrevious(ctx context.Context, q Query, from Position) (Hit, bool, error)
}

// checkSteps goes through hits with FindNext and FindPrevious.
func checkSteps(t *testing.T, f finder, q Query, want []Position) {
	t.Helper()
	ctx := context.Background()
	at := Position{Row: -1}
	for i := 0; i < len(want) && i < 5; i++ {
		h, ok, err := f.FindNext(ctx, q, at)
		if at = (Position{h.Row, h.Column}); !ok || err != nil || at != want[i] {
			t.Fatalf("next hit %d is %v (%v, %v), want %v", i, at, ok, err, want[i])
		}
		if rows, err := f.Rows(ctx, h.Row, 1); err != nil || rows[0].Offset != h.Offset {
			t.Fatalf("hit in row %d has the offset %d of another row: %v", h.Row, h.Offset, err)
		}
	}
	total, _ := f.Total()
	at = Position{Row: total}
	for i := len(want) - 1; i >= 0 && i > len(want)-5; i-- {
		h, ok, err := f.FindPrevious(ctx, q, at)
		if at = (Position{h.Row, h.Column}); !ok || err != nil || at != want[i] {
			t.Fatalf("previous hit %d is %v (%v, %v), want %v", i, at, ok, err, want[i])
		}
	}
	if len(want) == 0 {
		_, ok1, err1 := f.FindNext(ctx, q, Position{Row: -1})
		_, ok2, err2 := f.FindPrevious(ctx, q, at)
		if ok1 || ok2 || err1 != nil || err2 != nil {
			t.Fatalf("found what is not there: %v %v %v %v", ok1, ok2, err1, err2)
		}
	}
}

func TestFindInView(t *testing.T) {
	ctx := context.Background()
	for _, kind := range []string{"plain", "quoted", "foreign", "wide"} {
		t.Run(kind, func(t *testing.T) {
			content := makeCSV(kind, 12*block.Size, 19)
			f := openContent(t, content, WithWorkers(3))
			var rows [][]string // of the view
			for _, r := range reference([]byte(content), ',')[1:] {
				if len(r) > 0 && strings.Contains(r[0], "7") {
					rows = append(rows, r)
				}
			}
			v := filtered(t, f, Condition{Column: 0, Op: OpContains, Text: "7"})
			for _, q := range []Query{{Text: "title 5", Column: 1}, {Text: "3", Column: 0}, {Text: "a", Column: AllColumns}, {Text: "none", Column: AllColumns}} {
				want := hitsIn(rows, q.Column, func(s string) bool { return strings.Contains(s, q.Text) })
				var got []Position
				for h, err := range v.Find(ctx, q) {
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, Position{h.Row, h.Column})
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%v: %d hits, want %d", q, len(got), len(want))
				}
				if n, err := v.CountHits(ctx, q, nil); err != nil || n != int64(len(want)) {
					t.Fatalf("CountHits = %d, %v, want %d", n, err, len(want))
				}
				checkSteps(t, v, q, want)
			}
		})
	}
}

func TestFindRefusesAndStops(t *testing.T) {
	f := openContent(t, makeCSV("quoted", 1<<20, 1))
	for _, q := range []Query{{Text: "", Column: AllColumns}, {Text: "(", Mode: Regexp, Column: AllColumns}, {Text: "x", Column: -2}} {
		if _, err := f.CountHits(context.Background(), q, nil); err == nil {
			t.Errorf("query %+v is accepted", q)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.CountHits(ctx, Query{Text: "x", Column: AllColumns}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled search: %v", err)
	}
	for range f.Find(context.Background(), Query{Text: "title", Column: AllColumns}) {
		break // leaves the search cleanly
	}
}

func TestFindInEmptyFile(t *testing.T) {
	for _, content := range []string{"", "a,b\n", "\n"} {
		f := openContent(t, content)
		if n, err := f.CountHits(context.Background(), Query{Text: "a", Column: AllColumns}, nil); n != 0 || err != nil {
			t.Errorf("%q: %d hits, %v", content, n, err)
		}
		if _, ok, err := f.FindPrevious(context.Background(), Query{Text: "a", Column: AllColumns}, Position{Row: 5}); ok || err != nil {
			t.Errorf("%q: previous %v, %v", content, ok, err)
		}
	}
}
