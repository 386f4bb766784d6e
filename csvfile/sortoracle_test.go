package csvfile

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/extsort"
	"sluice/intake"
)

// smallSort forces every sort aside, in many runs, with keys that tell little.
var smallSort = sortLimits{Limits: extsort.Limits{Memory: 3 << 10, FanIn: 3, Buffer: 100}, text: 9, rows: 100, places: 50, bucket: 2 << 10, stretch: 10, pieces: 100, memory: 4 << 10, rounds: 3, free: intake.Free}

// oracle compares rows the plain way, as the documentation of SortKey and Sorted says.
type oracle struct {
	keys     []SortKey
	limit    int // of a text that is compared by collation
	collator *collate.Collator
}

var numberForm = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?$`)

// rank is whether a cell is of a kind, other, or empty.
func (o *oracle) rank(k SortKey, cell string) int {
	ok := true
	switch {
	case cell == "":
		return 2
	case k.Kind == SortNumber:
		ok = numberForm.MatchString(strings.TrimSpace(cell)) && len(cell) <= o.limit
	case k.Kind == SortTime:
		_, _, ok = parseTime([]byte(cell))
	}
	if !ok {
		return 1
	}
	return 0
}

func (o *oracle) values(k SortKey, a, b string) int {
	switch k.Kind {
	case SortNumber:
		x, _ := new(big.Rat).SetString(strings.TrimSpace(a))
		y, _ := new(big.Rat).SetString(strings.TrimSpace(b))
		return x.Cmp(y)
	case SortTime:
		x, _, _ := parseTime([]byte(a))
		y, _, _ := parseTime([]byte(b))
		return x.Compare(y)
	case SortText:
		x, y := []byte(a[:min(len(a), o.limit)]), []byte(b[:min(len(b), o.limit)])
		if len(a) > o.limit {
			x = x[:wholeRunes(x)]
		}
		if len(b) > o.limit {
			y = y[:wholeRunes(y)]
		}
		var buf collate.Buffer
		kx, ky := o.collator.Key(&buf, x), o.collator.Key(&buf, y)
		if c := bytes.Compare(kx, ky); c != 0 || len(a) <= o.limit && len(b) <= o.limit {
			return c
		}
		if (len(a) > o.limit) != (len(b) > o.limit) {
			return cmp.Compare(len(a), len(b))
		}
	}
	return strings.Compare(a, b)
}

func (o *oracle) compare(a, b []string) int {
	for _, k := range o.keys {
		x, y := cellOf(a, k.Column), cellOf(b, k.Column)
		rx, ry := o.rank(k, x), o.rank(k, y)
		if c := cmp.Compare(rx, ry); c != 0 {
			return c
		}
		if rx > 0 {
			continue
		}
		c := o.values(k, x, y)
		if k.Desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func cellOf(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

// randomCell is a cell of a kind, by chance another, and often one of a few.
func randomCell(rng *rand.Rand, kind SortKind, few bool) string {
	n := rng.IntN(1 << 20)
	if few {
		n = rng.IntN(4)
	}
	switch r := rng.IntN(40); {
	case r == 0:
		return ""
	case r == 1:
		return []string{"n/a", "-", "2026-13-01", "Ä", " "}[rng.IntN(5)]
	}
	switch kind {
	case SortNumber:
		return []string{fmt.Sprint(n), fmt.Sprint(-n), fmt.Sprintf("%d.%d", n%50, n%7), fmt.Sprintf("%de%d", n%100, n%9-4), fmt.Sprintf(" %d", n), fmt.Sprintf("9007199254740%03d", n%1000), fmt.Sprintf("0.%09d", n)}[rng.IntN(7)]
	case SortTime:
		at := time.Date(2020+n%9, 1, 1, 0, 0, n, 0, time.UTC)
		return at.Format([]string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05.000Z", "2006-01-02T15:04:05+0200"}[rng.IntN(6)])
	}
	letters := []rune("abAB-äÄé1 ß漢🙂\x01")
	var b strings.Builder
	inner := rand.New(rand.NewPCG(uint64(n), 3))
	for range inner.IntN(14) {
		b.WriteRune(letters[inner.IntN(len(letters))])
	}
	if inner.IntN(30) == 0 {
		b.WriteString("\xff\xc3")
	}
	return b.String()
}

// randomTable makes a file of rows with three columns of some kinds, now and then
// ragged, blank, with line breaks or with a giant cell.
func randomTable(rng *rand.Rand, kinds [3]SortKind, rows int, delim, quote, end string, giants bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "a%sb%sc%s", delim, delim, end)
	few := rng.IntN(2) == 0
	for range rows {
		if rng.IntN(50) == 0 {
			b.WriteString(end) // a blank line
			continue
		}
		for c := range 3 - rng.IntN(12)/11*rng.IntN(3) {
			if c > 0 {
				b.WriteString(delim)
			}
			cell := randomCell(rng, kinds[c], few)
			if r := rng.IntN(60); r == 0 && kinds[c] <= SortBytes {
				cell += "line\nbreak" + quote + delim
			} else if r == 1 && giants {
				cell = strings.Repeat("long "+end, 200) + fmt.Sprint(rng.IntN(5))
				if rng.IntN(8) == 0 {
					cell = strings.Repeat("giant", 150_000) + fmt.Sprint(rng.IntN(3))
				}
			}
			if strings.ContainsAny(cell, delim+quote+"\n\r") || rng.IntN(5) == 0 {
				cell = quote + strings.ReplaceAll(cell, quote, quote+quote) + quote
			}
			b.WriteString(cell)
		}
		b.WriteString(end)
	}
	return strings.TrimSuffix(b.String(), end[:rng.IntN(2)*len(end)])
}

// sortedRows sorts and waits.
func sortedRows(t testing.TB, src Source, limits sortLimits, keys ...SortKey) *Sorted {
	t.Helper()
	rs := src.(recordSource)
	v, err := sortRows(context.Background(), rs, keys, limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	<-v.Done()
	if p := v.Progress(); !p.Done || p.Err != nil || p.Bytes != p.TotalBytes {
		t.Fatalf("sorting ended: %+v", p)
	}
	return v
}

// TestSortOracle holds sorted rows against those that a plain, stable sort in memory
// gives, on random files in several dialects, with everything forced out of memory.
func TestSortOracle(t *testing.T) {
	dialects := []struct{ delim, quote, end string }{{",", `"`, "\n"}, {";", `"`, "\r\n"}, {"\t", "'", "\n"}, {"|", `"`, "\r"}}
	for seed := range uint64(12) {
		rng := rand.New(rand.NewPCG(seed, 14))
		d := dialects[seed%4]
		var kinds [3]SortKind
		var keys []SortKey
		for c := range kinds {
			kinds[c] = SortText + SortKind(rng.IntN(4))
		}
		for range 1 + rng.IntN(3) {
			c := rng.IntN(3)
			keys = append(keys, SortKey{Column: c, Kind: kinds[c], Desc: rng.IntN(2) == 0})
		}
		content := randomTable(rng, kinds, 100+rng.IntN(900), d.delim, d.quote, d.end, seed%3 == 0)
		t.Run(fmt.Sprint(seed, keys), func(t *testing.T) {
			f := openContent(t, content, WithReading(Reading{Encoding: "utf-8", Delimiter: d.delim, Quote: d.quote, Escape: "doubled", Comment: None, Header: "yes", Skip: new(int)}), WithWorkers(3), WithCellLimit(1<<30))
			n := indexed(t, f)
			all, err := f.Rows(t.Context(), 0, int(n))
			if err != nil {
				t.Fatal(err)
			}
			o := &oracle{keys: keys, limit: smallSort.text, collator: collate.New(language.Und)}
			slices.SortStableFunc(all, func(a, b Row) int { return o.compare(a.Fields, b.Fields) })
			v := sortedRows(t, f, smallSort, keys...)
			holdRows(t, v, all, rng)
			for i, name := range slices.Sorted(maps.Keys(spreads)) {
				if i%3 != int(seed/2)%3 {
					continue
				}
				t.Run(name, func(t *testing.T) {
					spreads[name](&v.limits)
					holdSaved(t, v, all)
					v.limits = smallSort
				})
			}
			holdHits(t, v, all)
			holdOdd(t, v, all, o)
		})
	}
}

// holdRows reads all rows, and some at random places.
func holdRows(t *testing.T, v *Sorted, want []Row, rng *rand.Rand) {
	t.Helper()
	if n, final := v.Total(); n != int64(len(want)) || !final {
		t.Fatalf("%d rows, %v, want %d", n, final, len(want))
	}
	got, err := v.Rows(t.Context(), 0, len(want)+1)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range got {
		if r.Number != want[i].Number || r.Offset != want[i].Offset || !slices.Equal(r.Fields, want[i].Fields) {
			t.Fatalf("row %d is row %d of the file, %.80q; want %d, %.80q", i, r.Number, r.Fields, want[i].Number, want[i].Fields)
		}
	}
	for range 5 {
		i := rng.IntN(len(want))
		got, err := v.Rows(t.Context(), int64(i), 3)
		if err != nil || len(got) != min(3, len(want)-i) || got[0].Offset != want[i].Offset {
			t.Fatalf("from %d: %d rows, %v", i, len(got), err)
		}
	}
}

// holdSaved saves the rows, as they are and with columns chosen, and reads them again.
func holdSaved(t *testing.T, v *Sorted, want []Row) {
	t.Helper()
	i := 0
	err := EachRow(t.Context(), v, nil, func(r FullRow) error {
		for c, cell := range r.Cells {
			if string(cell) != want[i].Fields[c] {
				return fmt.Errorf("cell %d of row %d is %.80q", c, i, cell)
			}
		}
		if r.Number != int64(i) || r.Width != len(want[i].Fields) {
			return fmt.Errorf("row %d: %d cells, number %d", i, r.Width, r.Number)
		}
		i++
		return nil
	}, nil)
	if err != nil || i != len(want) {
		t.Errorf("%d rows one by one: %v", i, err)
	}
	for _, o := range []SaveOptions{{}, {Columns: []int{1, 0}}} {
		path := filepath.Join(t.TempDir(), "sorted.csv")
		var last SaveProgress
		p, err := SaveView(t.Context(), v, path, o, func(p SaveProgress) {
			if p.Bytes < last.Bytes || p.Rows < last.Rows {
				t.Errorf("progress goes back from %+v to %+v", last, p)
			}
			last = p
		})
		if err != nil {
			t.Fatal(err)
		}
		if p != last || p.Rows != int64(len(want)) || p.Bytes != p.TotalBytes {
			t.Errorf("progress %+v, last seen %+v, of %d rows", p, last, len(want))
		}
		d := v.f.Dialect()
		f := openFile(t, path, WithReading(Reading{Encoding: "utf-8", Delimiter: d.Delimiter, Quote: d.Quote, Escape: "doubled", Comment: None, Header: "yes", Skip: new(int)}), WithCellLimit(1<<30))
		n := indexed(t, f)
		got, err := f.Rows(t.Context(), 0, int(n))
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d rows were saved, %v; want %d", len(got), err, len(want))
		}
		for i, r := range got {
			fields := want[i].Fields
			if len(fields) > 0 && o.Columns != nil {
				fields = []string{cellOf(fields, 1), cellOf(fields, 0)}
			}
			if !slices.Equal(r.Fields, fields) {
				t.Fatalf("saved row %d is %.80q, want %.80q", i, r.Fields, fields)
			}
		}
	}
}

// holdHits finds cells in the order of the rows.
func holdHits(t *testing.T, v *Sorted, rows []Row) {
	t.Helper()
	var cells [][]string
	for _, r := range rows {
		cells = append(cells, r.Fields)
	}
	for _, q := range []Query{{Text: "1", Column: 1}, {Text: "n/a", Column: AllColumns}, {Text: "giant2", Column: AllColumns}, {Text: "not there at all", Column: AllColumns}} {
		want := hitsIn(cells, q.Column, func(s string) bool { return strings.Contains(s, q.Text) })
		checkSteps(t, v, q, want)
		var got []Position
		for h, err := range v.Find(t.Context(), q) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, Position{h.Row, h.Column})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %d hits, want %d", q.Text, len(got), len(want))
		}
		if n, err := v.CountHits(t.Context(), q, nil); err != nil || n != int64(len(want)) {
			t.Errorf("%q: %d hits were counted, %v; want %d", q.Text, n, err, len(want))
		}
	}
}

// holdOdd counts the cells that are of another kind, as far as the columns before do not
// end the key.
func holdOdd(t *testing.T, v *Sorted, rows []Row, o *oracle) {
	t.Helper()
	k := v.keys[0]
	want := SortOddity{Key: k, First: -1}
	for _, r := range rows {
		if o.rank(k, cellOf(r.Fields, k.Column)) == 1 {
			if want.Count++; want.First < 0 || r.Number < want.First {
				want.First = r.Number
			}
		}
	}
	got := SortOddity{Key: k, First: -1}
	for _, odd := range v.Oddities() {
		if odd.Key == k {
			got = odd
			break
		}
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestSortOfViews: filtered rows are sorted, sorted rows filtered and sorted again, and
// their columns profiled.
func TestSortOfViews(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	content := randomTable(rng, [3]SortKind{SortNumber, SortText, SortTime}, 1500, ",", `"`, "\n", false)
	f := openContent(t, content, WithWorkers(2), WithCellLimit(1<<30), smallBlocks)
	all, err := f.Rows(t.Context(), 0, int(indexed(t, f)))
	if err != nil {
		t.Fatal(err)
	}
	keep := func(rows []Row, ok func(fields []string) bool) (out []Row) {
		for _, r := range rows {
			if ok(r.Fields) {
				out = append(out, r)
			}
		}
		return out
	}
	byNumber, byText := SortKey{0, SortNumber, true}, SortKey{1, SortText, false}
	odd := keep(all, func(r []string) bool { return strings.Contains(cellOf(r, 0), "1") })
	view := filtered(t, f, Condition{Op: OpContains, Text: "1"})
	o := &oracle{keys: []SortKey{byNumber}, limit: defaultSortLimits.text, collator: collate.New(language.Und)}
	slices.SortStableFunc(odd, func(a, b Row) int { return o.compare(a.Fields, b.Fields) })
	v := sortedRows(t, view, defaultSortLimits, byNumber)
	holdRows(t, v, odd, rng)
	holdSaved(t, v, odd)
	holdHits(t, v, odd)

	fewer, err := v.FilterBy(t.Context(), Is(Condition{Column: 1, Op: OpContains, Text: "a"}))
	if err != nil {
		t.Fatal(err)
	}
	defer fewer.Close()
	<-fewer.Done()
	holdRows(t, fewer, keep(odd, func(r []string) bool { return strings.Contains(cellOf(r, 1), "a") }), rng)

	again, err := Sort(t.Context(), v, []SortKey{byText})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	<-again.Done()
	o.keys = []SortKey{byText}
	slices.SortStableFunc(odd, func(a, b Row) int { return o.compare(a.Fields, b.Fields) })
	holdRows(t, again, odd, rng)

	if got, want := profileOf(t, v, 0), profileOf(t, view, 0); got.Rows != want.Rows || got.Min != want.Min {
		t.Errorf("the profile of sorted rows is %+v, that of the view %+v", got, want)
	}
}

// smallBlocks makes a chunk of each block.
func smallBlocks(c *config) { c.chunkBlocks = 1 }

// TestSortKinds: what a column is sorted as is told by what it holds.
func TestSortKinds(t *testing.T) {
	var b strings.Builder
	b.WriteString("number,time,text,empty,mostly\n")
	for i := range 4000 {
		fmt.Fprintf(&b, "%d,2026-01-%02d,x%d,,%s\n", i, 1+i%28, i, []string{"5", "n/a"}[i%100/99])
	}
	for b.Len() < 70*block.Size {
		b.WriteString("12,2026-01-01,y,,7\n")
	}
	f := openContent(t, b.String())
	for col, want := range []SortKind{SortNumber, SortTime, SortText, SortText, SortNumber} {
		v := sortedRows(t, f, defaultSortLimits, SortKey{Column: col})
		keys, err := v.Keys(t.Context())
		if err != nil || keys[0].Kind != want {
			t.Errorf("column %d is sorted as %v, %v; want %d", col, keys, err, want)
		}
		if odd := v.Oddities(); col == 4 && (len(odd) != 1 || odd[0].Count != 40 || odd[0].First != 99) {
			t.Errorf("odd: %+v", odd)
		}
	}
}
