package filtertext

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sluice/csvfile"
)

// oracle decides whether a row meets an expression, written to be obviously right.
func oracle(e csvfile.Expr, row []string) bool {
	ok := e.Join == csvfile.JoinAnd
	switch e.Join {
	case csvfile.JoinNone:
		ok = oracleIs(e.Is, row)
	case csvfile.JoinAnd:
		for _, of := range e.Of {
			ok = oracle(of, row) && ok
		}
	case csvfile.JoinOr:
		for _, of := range e.Of {
			ok = oracle(of, row) || ok
		}
	}
	return ok != e.Not
}

func oracleIs(c csvfile.Condition, row []string) bool {
	cell := ""
	if c.Column < len(row) {
		cell = row[c.Column]
	}
	fold := func(s string) string {
		if c.IgnoreCase {
			return strings.ToLower(s)
		}
		return s
	}
	ok := false
	switch c.Op {
	case csvfile.OpEmpty:
		ok = cell == ""
	case csvfile.OpEquals:
		ok = fold(cell) == fold(c.Text)
	case csvfile.OpContains:
		ok = strings.Contains(fold(cell), fold(c.Text))
	case csvfile.OpMatches:
		ok = regexp.MustCompile(fold("(?:" + c.Text + ")")).MatchString(fold(cell))
	case csvfile.OpNumber:
		ok = inBounds(cell, c, number)
	case csvfile.OpTime:
		ok = inBounds(cell, c, moment)
	case csvfile.OpText:
		ok = cell != "" && inBounds(cell, c, func(a, b string) (int, bool) { return strings.Compare(a, b), true })
	case csvfile.OpIn:
		for _, v := range c.In {
			op := map[csvfile.ValueKind]csvfile.Op{csvfile.ValueNumber: csvfile.OpNumber, csvfile.ValueTime: csvfile.OpTime}[v.Kind]
			ok = ok || oracleIs(csvfile.Condition{Op: op, Text: v.Text, Min: v.Text, Max: v.Text, IgnoreCase: c.IgnoreCase}, []string{cell})
		}
	}
	return ok != c.Not
}

// inBounds compares a cell with both bounds, which compare may not be able to.
func inBounds(cell string, c csvfile.Condition, compare func(cell, bound string) (int, bool)) bool {
	if _, ok := compare(cell, cell); !ok {
		return false
	}
	if c.Min != "" {
		if d, _ := compare(cell, c.Min); d < 0 || d == 0 && c.MinOpen {
			return false
		}
	}
	if c.Max != "" {
		if d, _ := compare(cell, c.Max); d > 0 || d == 0 && c.MaxOpen {
			return false
		}
	}
	return true
}

var numbers = regexp.MustCompile(`^[ \t]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t]*$`)

func number(cell, bound string) (int, bool) {
	if !numbers.MatchString(cell) || len(strings.TrimSpace(cell)) > 64 {
		return 0, false
	}
	var a, b big.Rat
	a.SetString(strings.TrimPrefix(strings.TrimSpace(cell), "+"))
	b.SetString(strings.TrimPrefix(strings.TrimSpace(bound), "+"))
	return a.Cmp(&b), true
}

// moment compares times; with the whole day if the bound is only a date.
func moment(cell, bound string) (int, bool) {
	read := func(s string) (time.Time, bool) {
		for _, layout := range []string{time.RFC3339, time.DateTime, time.DateOnly} {
			if t, err := time.Parse(layout, s); err == nil {
				return t.UTC(), true
			}
		}
		return time.Time{}, false
	}
	a, ok := read(cell)
	b, _ := read(bound)
	if len(bound) == len(time.DateOnly) {
		a = a.Truncate(24 * time.Hour)
	}
	return a.Compare(b), ok
}

// cells are what the columns of the file are made of.
var cells = [][]string{
	{"ENG", "eng", "OPS", "H,R", "", "Ünï", "say \"hi\"", "a\r\nb", "not", "5"},
	{"1", "01", "1.0", "+1", "-1", "9007199254740992", "9007199254740993", "9007199254740993.0", "0.1", "1e-1", ".10", "", "x", "00", "-0", " 7 ", "123456789012345678901234567890", "123456789012345678901234567891"},
	{"2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T23:59:59Z", "2026-01-02T00:00:00Z", "2026-01-02T01:00:00+02:00", "2026-01-01 12:00:00", "", "soon", "2025-12-31T23:59:59Z"},
}

// randomExpr is any expression over the columns.
func randomExpr(rng *rand.Rand, depth int) csvfile.Expr {
	if depth > 0 && rng.IntN(3) > 0 {
		e := csvfile.Expr{Join: csvfile.JoinAnd + csvfile.Join(rng.IntN(2)), Not: rng.IntN(4) == 0}
		for range 2 + rng.IntN(2) {
			e.Of = append(e.Of, randomExpr(rng, depth-1))
		}
		return e
	}
	col := rng.IntN(len(cells))
	pick := func() string {
		for {
			if s := cells[col][rng.IntN(len(cells[col]))]; s != "" {
				return s
			}
		}
	}
	c := csvfile.Condition{Column: col, Not: rng.IntN(3) == 0}
	switch op := rng.IntN(8); {
	case op == 0:
		c.Op = csvfile.OpEmpty
	case op == 1:
		c.Op, c.Text, c.IgnoreCase = csvfile.OpContains, pick(), rng.IntN(2) == 0
	case op == 2:
		c.Op, c.Text, c.IgnoreCase = csvfile.OpMatches, "^"+regexp.QuoteMeta(string([]rune(pick())[:1])), rng.IntN(2) == 0
		if rng.IntN(2) == 0 {
			c.Text = "n|[0-9]+7|" + regexp.QuoteMeta(pick())
		}
	case op == 3:
		c.Op, c.IgnoreCase = csvfile.OpIn, col == 0 && rng.IntN(2) == 0
		for range 1 + rng.IntN(3) {
			v := csvfile.Value{Text: pick()}
			if rng.IntN(2) == 0 {
				v.Kind = csvfile.KindOf(v.Text)
			}
			c.In = append(c.In, v)
		}
	case op == 4:
		c.Op, c.Text, c.IgnoreCase = csvfile.OpEquals, pick(), rng.IntN(2) == 0
	default:
		randomBounds(rng, &c, pick)
	}
	return csvfile.Is(c)
}

func randomBounds(rng *rand.Rand, c *csvfile.Condition, pick func() string) {
	c.Op, c.MinOpen, c.MaxOpen = csvfile.OpText, rng.IntN(2) == 0, rng.IntN(2) == 0
	ofKind := func(k csvfile.ValueKind) string {
		for {
			if s := pick(); csvfile.KindOf(s) == k {
				return strings.TrimSpace(s)
			}
		}
	}
	kind := csvfile.ValueText
	switch c.Column {
	case 1:
		c.Op, kind = csvfile.OpNumber, csvfile.ValueNumber
	case 2:
		c.Op, kind = csvfile.OpTime, csvfile.ValueTime
	}
	if rng.IntN(3) > 0 {
		c.Min = ofKind(kind)
	}
	if c.Min == "" || rng.IntN(2) == 0 {
		c.Max = ofKind(kind)
	}
	c.MinOpen, c.MaxOpen = c.MinOpen && c.Min != "", c.MaxOpen && c.Max != ""
}

// TestAgainstOracle: a view has the rows that meet its expression, as it was made and as
// it is read back from its text.
func TestAgainstOracle(t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 7))
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"space key", "size", "when"})
	for range 1000 {
		row := make([]string, 0, 3)
		for _, of := range cells[:1+rng.IntN(30)/10] { // some rows are short
			row = append(row, of[rng.IntN(len(of))])
		}
		if len(row) == 1 && row[0] == "" {
			row[0] = "x"
		}
		w.Write(row)
	}
	w.Flush()
	path := filepath.Join(t.TempDir(), "rows.csv")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := csvfile.Open(t.Context(), path, csvfile.WithCacheDir(""), csvfile.WithReading(csvfile.Reading{Delimiter: ",", Quote: `"`, Header: "yes"}))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.StartIndex(t.Context())
	<-f.Done()
	all, err := f.Rows(t.Context(), 0, 3000)
	if err != nil || len(all) != 1000 {
		t.Fatalf("%d rows, %v", len(all), err)
	}
	for i := range 200 {
		e := randomExpr(rng, i%4)
		var want []int64
		for _, r := range all {
			if oracle(e, r.Fields) {
				want = append(want, r.Number)
			}
		}
		text := Format(e, f.Header())
		read, err := Parse(text, f.Header())
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for _, e := range []csvfile.Expr{e, read} {
			if got := numbersOf(t, f, e); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("%s (%+v): %d rows, want %d", text, e, len(got), len(want))
			}
		}
	}
}

// numbersOf are the numbers of the rows that meet an expression.
func numbersOf(t *testing.T, f *csvfile.File, e csvfile.Expr) (out []int64) {
	t.Helper()
	v, err := f.FilterBy(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	err = csvfile.EachRow(t.Context(), v, []int{}, func(r csvfile.FullRow) error {
		out = append(out, r.Number)
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
