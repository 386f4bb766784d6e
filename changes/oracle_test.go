package changes

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// sheet is a file of a test, in memory.
type sheet struct {
	header []string
	rows   [][]string
}

// style is how a sheet is written.
type style struct {
	delimiter string
	end       string
	bom       bool
	quoteAll  bool
	open      bool // the last row has no line end
}

func (s sheet) text(st style) string {
	var b strings.Builder
	if st.bom {
		b.WriteString("\uFEFF")
	}
	line := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteString(st.delimiter)
			}
			if st.quoteAll || strings.ContainsAny(c, "\",;\t\r\n") || len(cells) == 1 && c == "" {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString(st.end)
	}
	line(s.header)
	for _, row := range s.rows {
		line(row)
	}
	text := b.String()
	if st.open && len(s.rows) > 0 {
		text = strings.TrimSuffix(text, st.end)
	}
	return text
}

func put(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// naive is what a comparison is to find: counts, and the rows of the output by key,
// without those whose removal is not proved.
func naive(a, b sheet, key, date int, p proof) (c Counts, out map[string][]string) {
	out = map[string][]string{}
	in := map[string][]string{}
	for _, row := range b.rows {
		in[row[key]] = row
	}
	seen := map[string]bool{}
	for _, row := range a.rows {
		seen[row[key]] = true
		other, ok := in[row[key]]
		if !ok {
			switch p.of([]byte(row[date])) {
			case proved:
				c.Removed++
				out[row[key]] = append([]string{Removed, ""}, row...)
			case outOfWindow:
				c.OutOfWindow++
			default:
				c.Unproven++
			}
			continue
		}
		var names []string
		for i := range row {
			if row[i] != other[i] {
				names = append(names, a.header[i])
			}
		}
		if len(names) == 0 {
			c.Unchanged++
			continue
		}
		c.Changed++
		out[row[key]] = append([]string{Changed, strings.Join(names, ",")}, other...)
	}
	for _, row := range b.rows {
		if !seen[row[key]] {
			c.Added++
			out[row[key]] = append([]string{Added, ""}, row...)
		}
	}
	return c, out
}

// chance makes random pairs of sheets.
type chance struct{ *rand.Rand }

func (r chance) cell() string {
	pieces := []string{"", "a", "b,", "\"", "\n", "\r\n", "ü", "long text without anything in it ", `\n`, " ", "\t", ";", "{}"}
	var b strings.Builder
	for range r.IntN(4) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func (r chance) date() string {
	return time.Unix(1_700_000_000+r.Int64N(100), 0).UTC().Format(time.RFC3339)
}

// pair makes a sheet and a changed one; keys are texts or numbers, and not in order yet.
func (r chance) pair(numbers bool) (a, b sheet) {
	header := []string{"name", "page_id", "text", "updated_date", "created_date"}
	a.header, b.header = header, slices.Clone(header)
	used := map[string]bool{}
	for range r.IntN(60) {
		k := strconv.Itoa(r.IntN(200) - 20)
		if !numbers {
			k = "k" + r.cell() + k
		}
		if used[k] {
			continue
		}
		used[k] = true
		row := []string{r.cell(), k, r.cell(), r.date(), r.date()}
		other := slices.Clone(row)
		switch r.IntN(6) {
		case 0:
			a.rows = append(a.rows, row)
			continue
		case 1:
			b.rows = append(b.rows, other)
			continue
		case 2:
			other[2*r.IntN(2)] = r.cell()
		case 3:
			other[3] = r.date()
		}
		a.rows, b.rows = append(a.rows, row), append(b.rows, other)
	}
	return a, b
}

func order(s *sheet, numbers bool) {
	slices.SortFunc(s.rows, func(x, y []string) int {
		if numbers {
			n, _ := strconv.ParseInt(x[1], 10, 64)
			o, _ := strconv.ParseInt(y[1], 10, 64)
			return int(n - o)
		}
		return strings.Compare(x[1], y[1])
	})
}

func (r chance) style() style {
	return style{delimiter: []string{",", ",", ";", "\t"}[r.IntN(4)], end: []string{"\r\n", "\n"}[r.IntN(2)],
		bom: r.IntN(3) == 0, quoteAll: r.IntN(3) == 0, open: r.IntN(4) == 0}
}

// TestAgainstOracle compares random pairs of files in parts of all sizes, and holds the
// outcome against a comparison of maps.
func TestAgainstOracle(t *testing.T) {
	rounds := 150
	if n, err := strconv.Atoi(os.Getenv("SLUICE_CHANGES_ROUNDS")); err == nil {
		rounds = n
	}
	for round := range rounds {
		oracleRound(t, uint64(round))
		if t.Failed() {
			return
		}
	}
}

func oracleRound(t *testing.T, seed uint64) {
	r := chance{rand.New(rand.NewPCG(seed, 1))}
	numbers := r.IntN(2) == 0
	a, b := r.pair(numbers)
	if r.IntN(4) > 0 { // else out of order
		order(&a, numbers)
		order(&b, numbers)
	}
	sa := r.style()
	sb := sa
	if r.IntN(3) == 0 {
		sb = r.style()
	}
	from := &Set{Title: "B", Slug: "b", FromKnown: r.IntN(3) > 0, From: time.Unix(1_700_000_050, 0)}
	if r.IntN(8) == 0 {
		from.Doubt = "of a test"
	}
	setA := &Set{Title: "A", Slug: "a", Files: []Named{{"pages", Input{Path: put(t, "a.csv", a.text(sa)), Title: "A"}}}}
	from.Files = []Named{{"pages", Input{Path: put(t, "b.csv", b.text(sb)), Title: "B"}}}
	o := Options{A: setA, B: from, Dir: t.TempDir(), Workers: 1 + r.IntN(4), Part: int64(1 + r.IntN(400))}
	if r.IntN(3) == 0 { // sorted on the disk, if at all
		setA.Files[0].sortMemory, from.Files[0].sortMemory = 1, 1
	}
	if !numbers {
		o.Key = []string{"page_id"}
	}
	report, err := Compare(t.Context(), o, nil)
	if err != nil {
		t.Fatalf("round %d: %v", seed, err)
	}
	want, rows := naive(a, b, 1, 3, proofOf(from, scheme{}, "pages"))
	if got := report.Files[0].Counts; got != want {
		t.Fatalf("round %d: %+v, want %+v", seed, got, want)
	}
	checkOutput(t, seed, report.Files[0].Path, a.header, rows, numbers)
}

func checkOutput(t *testing.T, seed uint64, path string, header []string, want map[string][]string, numbers bool) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// encoding/csv makes LF of CR LF in cells, which is not what stands there.
	const cr = "\x01"
	reader := csv.NewReader(bytes.NewReader(bytes.ReplaceAll(text, []byte("\r"), []byte(cr))))
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("round %d: %v in %q", seed, err, text)
	}
	for _, record := range records {
		record[len(record)-1] = strings.TrimSuffix(record[len(record)-1], cr)
		for i := range record {
			record[i] = strings.ReplaceAll(record[i], cr, "\r")
		}
	}
	if want := append([]string{"change", "changed_columns"}, header...); !slices.Equal(records[0], want) {
		t.Fatalf("round %d: the header is %q, want %q", seed, records[0], want)
	}
	var got sheet
	for _, record := range records[1:] {
		if !slices.Equal(record, want[record[3]]) {
			t.Fatalf("round %d: %q, want %q", seed, record, want[record[3]])
		}
		got.rows = append(got.rows, record[2:])
	}
	if len(got.rows) != len(want) {
		t.Fatalf("round %d: %d rows, want those of %v", seed, len(got.rows), slices.Sorted(maps.Keys(want)))
	}
	sorted := sheet{rows: slices.Clone(got.rows)}
	order(&sorted, numbers)
	if fmt.Sprint(sorted.rows) != fmt.Sprint(got.rows) {
		t.Fatalf("round %d: the rows are not in the order of their keys", seed)
	}
}
