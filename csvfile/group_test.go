package csvfile

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// groupCells are cells of many kinds, to be drawn at random.
var groupCells = [][]string{
	{"ENG", "OPS", "", "a,b", "say \"hi\"", "two\nlines", "eng", " ENG", "Ä", "\xff"},
	{"2026-01-31T23:59:59Z", "2026-02-01T00:30:00+01:00", "2026-02-01", "2025-12-31 23:00", "2024-02-29T12:00:00-0500", "", "yesterday", "2026-13-01T00:00:00Z", "2026-01-31T23:59:59.25Z"},
	{"1", "2", "-3", "", "0.1", "0.20", "9007199254740993", "99999999999999999999", "-0.000000001", "1e3", "2.5E-2", "x", "1.", ".5", " 7 "},
	{"10", "20.5", "-4", "3", "", "12"},
	{"2026-01-01T00:00:00Z", "2026-01-01T01:00:00+02:00", "2025-06-30", ""},
	{"red", "green", "", "blue", strings.Repeat("long ", 300), "!" + strings.Repeat("long ", 300)},
}

var groupNames = []string{"space", "when", "size", "n", "t", "word"}

// groupFile is a random file of such cells, and its rows.
func groupFile(rng *rand.Rand, rows int, delimiter, quote byte) (content string, cells [][]string) {
	var b strings.Builder
	write := func(rec []string) {
		for i, c := range rec {
			if i > 0 {
				b.WriteByte(delimiter)
			}
			q := string(quote)
			if rng.IntN(4) == 0 || strings.ContainsAny(c, "\n"+q+string(delimiter)) {
				c = q + strings.ReplaceAll(c, q, q+q) + q
			}
			b.WriteString(c)
		}
		b.WriteByte('\n')
	}
	write(groupNames)
	for i := range rows {
		rec := make([]string, len(groupCells))
		for k, choice := range groupCells {
			rec[k] = choice[rng.IntN(len(choice))]
		}
		if rng.IntN(8) == 0 {
			rec[5] = fmt.Sprint("w", i)
		}
		if n := 1 + rng.IntN(40); n < len(rec) {
			rec = rec[:n]
		}
		if len(rec) == 1 && rec[0] == "" {
			rec = []string{"OPS"} // not a blank line here: what Go writes, and reads, differs
		}
		write(rec)
		cells = append(cells, rec)
	}
	return b.String(), cells
}

// oracleGroups groups rows with a map, one after the other.
func oracleGroups(rows [][]string, by Grouping) (out [][]string) {
	type group struct {
		keys []string
		rows [][]string
	}
	at := func(row []string, i int) string {
		if i < len(row) {
			return row[i]
		}
		return ""
	}
	groups := map[string]*group{}
	for _, row := range rows {
		var keys []string
		for _, k := range by.Keys {
			cell := at(row, k.Column)
			if k.Bucket != BucketNone && cell != "" {
				if at, _, ok := parseTime([]byte(cell)); ok {
					cell = at.UTC().Format(map[Bucket]string{BucketDay: time.DateOnly, BucketMonth: "2006-01", BucketYear: "2006"}[k.Bucket])
				} else {
					cell = NoTime
				}
			}
			keys = append(keys, cell)
		}
		name := fmt.Sprintf("%q", keys)
		if groups[name] == nil {
			groups[name] = &group{keys: keys}
		}
		groups[name].rows = append(groups[name].rows, row)
	}
	var list []*group
	for _, g := range groups {
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b *group) int {
		if c := cmp.Compare(len(b.rows), len(a.rows)); c != 0 && !by.ByKeys() {
			return c
		}
		return slices.CompareFunc(a.keys, b.keys, func(x, y string) int {
			late := func(s string) int { return map[string]int{"": 2, NoTime: 1}[s] }
			return cmp.Or(cmp.Compare(late(x), late(y)), cmp.Compare(x, y))
		})
	})
	for _, g := range list {
		line := slices.Clone(g.keys)
		for i, k := range line {
			line[i] = k[:min(len(k), 1024)]
		}
		for _, a := range by.Aggregates {
			line = append(line, oracleAnswer(g.rows, a, at))
		}
		out = append(out, line)
	}
	return out
}

// The columns whose cells are nearly all numbers or times in groupCells.
var oracleNumbers, oracleTimes = []int{3}, []int{4}

func oracleAnswer(rows [][]string, a Aggregate, at func([]string, int) string) string {
	if a.Column == AllRows {
		return fmt.Sprint(len(rows))
	}
	var cells []string
	for _, r := range rows {
		if c := at(r, a.Column); c != "" {
			cells = append(cells, c)
		}
	}
	number := func(s string) (*big.Rat, bool) {
		s = strings.TrimSpace(s)
		if s == "x" || strings.HasPrefix(s, "w") {
			return nil, false
		}
		return new(big.Rat).SetString(s)
	}
	switch a.Op {
	case AggregateCount:
		return fmt.Sprint(len(cells))
	case AggregateDistinct:
		slices.Sort(cells)
		return fmt.Sprint(len(slices.Compact(cells)))
	case AggregateSum, AggregateMean:
		sum, n := new(big.Rat), int64(0)
		scale := 0
		for _, c := range cells {
			if v, ok := number(c); ok {
				sum.Add(sum, v)
				n++
				scale = max(scale, decimalsOf(c))
			}
		}
		if n == 0 {
			return ""
		}
		if a.Op == AggregateMean {
			sum.Quo(sum, big.NewRat(n, 1))
			scale += 6
		}
		s := sum.FloatString(scale)
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		if s == "-0" {
			s = "0"
		}
		return s
	}
	return oracleExtreme(cells, a, number)
}

// decimalsOf is how many decimals a number has, written without an exponent.
func decimalsOf(s string) int {
	s = strings.TrimSpace(s)
	for scale := range 20 {
		if v, ok := new(big.Rat).SetString(s); ok && v.Mul(v, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))).IsInt() {
			return max(scale, map[string]int{"0.20": 2}[s])
		}
	}
	return 20
}

func oracleExtreme(cells []string, a Aggregate, number func(string) (*big.Rat, bool)) string {
	compare := strings.Compare
	switch {
	case slices.Contains(oracleNumbers, a.Column):
		compare = func(x, y string) int { u, _ := number(x); v, _ := number(y); return u.Cmp(v) }
	case slices.Contains(oracleTimes, a.Column):
		compare = func(x, y string) int {
			u, _, _ := parseTime([]byte(x))
			v, _, _ := parseTime([]byte(y))
			return u.Compare(v)
		}
	}
	best := ""
	for _, c := range cells {
		c = c[:min(len(c), 1024)]
		if best == "" || a.Op == AggregateMin && compare(c, best) < 0 || a.Op == AggregateMax && compare(c, best) > 0 {
			best = c
		}
	}
	return best
}

func groupRows(t *testing.T, src Source, by Grouping) *Groups {
	t.Helper()
	g, err := GroupRows(context.Background(), src, by, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	return g
}

func linesOf(t *testing.T, g *Groups) [][]string {
	t.Helper()
	indexed(t, g.File)
	rows, err := g.File.Rows(context.Background(), 0, int(g.Count)+1)
	if err != nil {
		t.Fatal(err)
	}
	return fieldsOf(rows)
}

// TestGroupsAgainstMap: whatever the dialect, the keys, what is asked, and however little
// memory there is, the groups are those of a simple map.
func TestGroupsAgainstMap(t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 6))
	ops := []AggregateOp{AggregateCount, AggregateDistinct, AggregateSum, AggregateMin, AggregateMax, AggregateMean}
	dialects := []struct{ delimiter, quote byte }{{',', '"'}, {';', '"'}, {'\t', '"'}, {'|', '\''}}
	spilled := false
	for round := range 24 {
		d := dialects[round%len(dialects)]
		content, rows := groupFile(rng, 200+rng.IntN(4000), d.delimiter, d.quote)
		dir := t.TempDir()
		f := openContent(t, content, WithWorkers(1+rng.IntN(3)), WithCellLimit(1<<20), WithCacheDir(dir),
			WithReading(Reading{Delimiter: string(rune(d.delimiter)), Quote: string(rune(d.quote)), Encoding: "utf-8", Header: "yes"}))
		by := Grouping{Aggregates: []Aggregate{{Op: AggregateCount, Column: AllRows}}}
		for _, c := range rng.Perm(len(groupNames))[:1+rng.IntN(3)] {
			k := GroupKey{Column: c}
			if c == 1 || c == 4 {
				k.Bucket = []Bucket{BucketNone, BucketDay, BucketMonth, BucketYear}[rng.IntN(4)]
			}
			by.Keys = append(by.Keys, k)
		}
		for range rng.IntN(6) {
			by.Aggregates = append(by.Aggregates, Aggregate{Op: ops[rng.IntN(len(ops))], Column: rng.IntN(len(groupNames))})
		}
		if rng.IntN(2) == 0 {
			by.Memory = 1 + rng.IntN(200_000)
		}
		g := groupRows(t, f, by)
		if g.Rows != int64(len(rows)) {
			t.Fatalf("round %d: %d rows, want %d", round, g.Rows, len(rows))
		}
		want := oracleGroups(rows, by)
		if g.Count != int64(len(want)) {
			t.Fatalf("round %d: %d groups, want %d", round, g.Count, len(want))
		}
		if got := g.File.Header(); !slices.Equal(got, by.Header(groupNames)) {
			t.Fatalf("round %d: header %q", round, got)
		}
		equalRecords(t, fmt.Sprintf("round %d, %+v", round, by), linesOf(t, g), want)
		spilled = spilled || g.Spilled > 0
		if left, err := filepath.Glob(filepath.Join(dir, "*", "groups-*")); err != nil || len(left) > 0 {
			t.Fatalf("%v is left, %v", left, err)
		}
	}
	if !spilled {
		t.Error("memory was enough in every round")
	}
}

// TestGroupsOfView: a filtered view is grouped by itself, also while it is being found.
func TestGroupsOfView(t *testing.T) {
	content, rows := groupFile(rand.New(rand.NewPCG(1, 2)), 9000, ',', '"')
	f := openContent(t, content, WithWorkers(2), WithReading(Reading{Encoding: "utf-8"}))
	v, err := f.Filter(context.Background(), []Condition{{Column: 0, Text: "ENG"}})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	rows = slices.DeleteFunc(rows, func(r []string) bool { return r[0] != "ENG" })
	by := Grouping{Keys: []GroupKey{{Column: 1, Bucket: BucketMonth}}, Aggregates: []Aggregate{{AggregateCount, AllRows}, {AggregateSum, 3}}}
	equalRecords(t, "view", linesOf(t, groupRows(t, v, by)), oracleGroups(rows, by))
}

// TestGroupLeftOut: what takes no part is counted and said.
func TestGroupLeftOut(t *testing.T) {
	f := openContent(t, "k,t,n\na,2026-01-01,1\na,soon,2\nb,,x\n,2026-02-01,\nb,2026-02-01,"+strings.Repeat("9", 70)+"\n", WithHeader(true))
	by := Grouping{Keys: []GroupKey{{Column: 0}, {1, BucketMonth}}, Aggregates: []Aggregate{{AggregateSum, 2}, {AggregateMin, 2}}}
	g := groupRows(t, f, by)
	equalRecords(t, "groups", linesOf(t, g), [][]string{
		{"a", "2026-01", "1", "1"}, {"a", NoTime, "2", "2"}, {"b", "2026-02", "", strings.Repeat("9", 70)}, {"b", "", "", "x"}, {"", "2026-02", "", ""},
	})
	want := []string{
		"months are those of UTC, and times without a zone are taken as UTC",
		"month(t): one cell is no time: its row is in the group (no time)",
		"sum(n): 2 cells are no numbers, and are left out",
	}
	if got := g.Notes(); !slices.Equal(got, want) {
		t.Errorf("notes %q", got)
	}
}

// TestGroupGiants: cells too large to be held are told apart by all of them.
func TestGroupGiants(t *testing.T) {
	giant := strings.Repeat("g", maxWhole+100_000)
	f := openContent(t, "k,n\n"+giant+"1,1\n"+giant+"2,2\n"+giant+"1,3\nshort,4\n"+giant[:2000]+"a,5\n"+giant[:2000]+"b,6\n", WithHeader(true))
	by := Grouping{Keys: []GroupKey{{Column: 0}}, Aggregates: []Aggregate{{AggregateCount, AllRows}, {AggregateDistinct, 0}, {AggregateSum, 1}}}
	g := groupRows(t, f, by)
	start := giant[:1024]
	got := linesOf(t, g)
	slices.SortFunc(got, func(a, b []string) int { return strings.Compare(a[3], b[3]) })
	equalRecords(t, "giants", got, [][]string{{start, "1", "1", "2"}, {start, "2", "1", "4"}, {"short", "1", "1", "4"}, {start, "1", "1", "5"}, {start, "1", "1", "6"}})
	if len(g.LeftOut) != 1 || g.LeftOut[0].Cells != 5 {
		t.Errorf("left out %+v", g.LeftOut)
	}
}

// TestGroupConditions: the rows of a group are those that meet its conditions.
func TestGroupConditions(t *testing.T) {
	content, _ := groupFile(rand.New(rand.NewPCG(7, 7)), 3000, ',', '"')
	f := openContent(t, content, WithReading(Reading{Encoding: "utf-8"}))
	for _, keys := range [][]GroupKey{{{Column: 0}}, {{1, BucketDay}}, {{1, BucketMonth}, {Column: 5}}, {{4, BucketYear}, {Column: 2}}} {
		by := Grouping{Keys: keys, Aggregates: []Aggregate{{AggregateCount, AllRows}}}
		g := groupRows(t, f, by)
		rows, err := g.File.Rows(context.Background(), 0, 40)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			conds, ok := g.Conditions(row)
			if long := slices.ContainsFunc(row.Fields, func(s string) bool { return len(s) >= 1024 }); ok == long {
				t.Fatalf("%v: %.40q can be filtered by: %v", keys, row.Fields, ok)
			}
			if !ok {
				continue
			}
			n, _ := filtered(t, f, conds...).Total()
			if want := row.Fields[len(by.Keys)]; fmt.Sprint(n) != want {
				t.Errorf("%v %q: %d rows meet %+v, want %s", keys, row.Fields, n, conds, want)
			}
		}
	}
}

// TestGroupCancelled: grouping ends with its context, and leaves nothing.
func TestGroupCancelled(t *testing.T) {
	content, _ := groupFile(rand.New(rand.NewPCG(3, 3)), 20_000, ',', '"')
	dir := t.TempDir()
	f := openContent(t, content, WithCacheDir(dir), WithWorkers(2))
	ctx, cancel := context.WithCancel(context.Background())
	by := Grouping{Keys: []GroupKey{{Column: 5}, {Column: 2}}, Aggregates: []Aggregate{{AggregateDistinct, 1}}, Memory: 1000}
	seen := 0
	_, err := GroupRows(ctx, f, by, func(p Progress) {
		if seen++; seen == 2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || seen < 2 {
		t.Errorf("%v after %d steps", err, seen)
	}
	if left, _ := os.ReadDir(filepath.Join(dir)); slices.ContainsFunc(left, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), "groups-") }) {
		t.Errorf("%v is left", left)
	}
}
