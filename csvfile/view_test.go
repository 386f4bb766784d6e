package csvfile

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

func filtered(t *testing.T, f *File, conds ...Condition) *View {
	t.Helper()
	v, err := f.Filter(context.Background(), conds)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	<-v.Done()
	if p := v.Progress(); !p.Done || p.Bytes != p.TotalBytes {
		t.Fatalf("filtering ended: %+v", p)
	}
	return v
}

func TestFilter(t *testing.T) {
	ctx := context.Background()
	cell := func(row []string, i int) string {
		if i < len(row) {
			return row[i]
		}
		return ""
	}
	for _, kind := range []string{"plain", "quoted", "foreign", "wide"} {
		content := makeCSV(kind, 20*block.Size, 21)
		rows := reference([]byte(content), ',')[1:]
		f := openContent(t, content, WithWorkers(3), WithCellLimit(1<<30))
		for _, c := range []struct {
			name  string
			conds []Condition
			keep  func(row []string) bool
		}{
			{"all", nil, func([]string) bool { return true }},
			{"equals", []Condition{{Column: 1, Text: "title 7"}}, func(r []string) bool { return cell(r, 1) == "title 7" }},
			{"equals in any case", []Condition{{Column: 1, Text: "TITLE 7", IgnoreCase: true}}, func(r []string) bool { return strings.EqualFold(cell(r, 1), "title 7") }},
			{"not equals", []Condition{{Column: 2, Text: "plain text", Not: true}}, func(r []string) bool { return cell(r, 2) != "plain text" }},
			{"contains", []Condition{{Column: 2, Op: OpContains, Text: `"quotes"`}}, func(r []string) bool { return strings.Contains(cell(r, 2), `"quotes"`) }},
			{"contains far away", []Condition{{Column: 2, Op: OpContains, Text: `body`}}, func(r []string) bool { return strings.Contains(cell(r, 2), `body`) }},
			{"empty", []Condition{{Column: 1, Op: OpEmpty}}, func(r []string) bool { return cell(r, 1) == "" }},
			{"not empty", []Condition{{Column: 1, Op: OpEmpty, Not: true}}, func(r []string) bool { return cell(r, 1) != "" }},
			{"matches", []Condition{{Column: 1, Op: OpMatches, Text: "^title [0-9]$"}}, func(r []string) bool {
				return len(cell(r, 1)) == 7 && strings.HasPrefix(cell(r, 1), "title ")
			}},
			{"number", []Condition{{Column: 0, Op: OpNumber, Min: "100", Max: "2e2"}}, func(r []string) bool {
				n, err := strconv.Atoi(cell(r, 0))
				return err == nil && n >= 100 && n <= 200
			}},
			{"two", []Condition{{Column: 0, Op: OpNumber, Min: "100"}, {Column: 1, Op: OpContains, Text: "5"}}, func(r []string) bool {
				n, err := strconv.Atoi(cell(r, 0))
				return err == nil && n >= 100 && strings.Contains(cell(r, 1), "5")
			}},
			{"three on two columns", []Condition{{Column: 1, Op: OpContains, Text: "1"}, {Column: 0, Op: OpContains, Text: "2"}, {Column: 1, Op: OpContains, Text: "3"}}, func(r []string) bool {
				return strings.Contains(cell(r, 1), "1") && strings.Contains(cell(r, 0), "2") && strings.Contains(cell(r, 1), "3")
			}},
			{"none", []Condition{{Column: 0, Text: "no such id"}}, func([]string) bool { return false }},
		} {
			t.Run(kind+" "+c.name, func(t *testing.T) {
				var want [][]string
				var numbers []int64
				for i, r := range rows {
					if c.keep(r) {
						want, numbers = append(want, r), append(numbers, int64(i))
					}
				}
				v := filtered(t, f, c.conds...)
				if n, final := v.Total(); n != int64(len(want)) || !final {
					t.Fatalf("%d rows, %v, want %d", n, final, len(want))
				}
				got, err := v.Rows(ctx, 0, len(want)+1)
				if err != nil {
					t.Fatal(err)
				}
				equalRecords(t, "all", fieldsOf(got), want)
				rng := rand.New(rand.NewPCG(1, 1))
				for range min(20, len(want)) {
					i := rng.IntN(len(want))
					got, err := v.Rows(ctx, int64(i), 5)
					if err != nil {
						t.Fatal(err)
					}
					equalRecords(t, fmt.Sprint("from ", i), fieldsOf(got), want[i:min(i+5, len(want))])
					if got[0].Number != numbers[i] {
						t.Fatalf("row %d of the view is row %d of the file, want %d", i, got[0].Number, numbers[i])
					}
				}
			})
		}
	}
}

func TestFilterTimes(t *testing.T) {
	f := openContent(t, "when\n2026-01-31T23:59:59Z\n2026-02-01T00:00:00Z\n2026-02-01 01:00:00\n2026-02-01T01:30:00+0200\nnot a time\n\n2026-02-30T00:00:00Z\n2026-01-31\n")
	for _, c := range []struct {
		lo, hi string
		want   int64
	}{
		{"", "", 5}, {"2026-02-01", "", 2}, {"", "2026-01-31", 3}, {"2026-01-31T12:00:00Z", "2026-01-31", 2}, {"2027-01-01", "", 0},
	} {
		v := filtered(t, f, Condition{Op: OpTime, Min: c.lo, Max: c.hi})
		if n, _ := v.Total(); n != c.want {
			t.Errorf("from %q to %q: %d rows, want %d", c.lo, c.hi, n, c.want)
		}
	}
}

func TestFilterRefuses(t *testing.T) {
	f := openContent(t, "a,b\n1,2\n")
	for _, c := range []Condition{
		{Column: 2, Text: "x"}, {Column: -1, Text: "x"}, {Text: ""}, {Op: OpContains}, {Op: OpMatches, Text: "("},
		{Op: OpNumber, Min: "abc"}, {Op: OpTime, Max: "yesterday"}, {Op: 99},
	} {
		if _, err := f.Filter(context.Background(), []Condition{c}); err == nil {
			t.Errorf("condition %+v is accepted", c)
		}
	}
}

func TestViewCancelledAndClosed(t *testing.T) {
	f := openContent(t, makeCSV("quoted", 3<<20, 1))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	v, err := f.Filter(ctx, []Condition{{Column: 1, Op: OpContains, Text: "t"}})
	if err != nil {
		t.Fatal(err)
	}
	<-v.Done()
	if p := v.Progress(); p.Done || !errors.Is(p.Err, context.Canceled) {
		t.Fatalf("cancelled filter: %+v", p)
	}
	var ne *NotIndexedError
	if _, err := v.Rows(context.Background(), 1<<40, 1); !errors.As(err, &ne) {
		t.Fatalf("row behind an unfinished view: %v", err)
	}
	v.Close()
	if n := len(f.views.all()); n != 0 {
		t.Fatalf("%d views are left", n)
	}
	// A file closes with views and an index still at work.
	if _, err := f.Filter(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
