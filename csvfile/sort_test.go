package csvfile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/extsort"
)

// numbersCSV is a table of so many numbers, in no order.
func numbersCSV(rows int) string {
	var b strings.Builder
	b.WriteString("id,text\n")
	for i := range rows {
		fmt.Fprintf(&b, "%d,row %d of some length\n", i*7919%rows, i)
	}
	return b.String()
}

func TestSortRefuses(t *testing.T) {
	f := openContent(t, numbersCSV(10))
	for want, keys := range map[string][]SortKey{
		"no column to sort by": nil, "no column 3 to sort by": {{Column: 2}}, "no column 0": {{Column: -1}}, "no kind 9": {{Kind: 9}},
	} {
		if _, err := Sort(t.Context(), f, keys); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", keys, err)
		}
	}
	if _, err := Sort(t.Context(), openContent(t, "a\n1\n", WithFollow()), []SortKey{{}}); err == nil {
		t.Error("a file that is followed is sorted")
	}
	if _, err := Sort(t.Context(), struct{ Source }{f}, []SortKey{{}}); err == nil {
		t.Error("rows that are of no file are sorted")
	}
}

// TestSortOfNothing: files without rows are sorted, too.
func TestSortOfNothing(t *testing.T) {
	for _, text := range []string{"", "a,b\n", "a,b"} {
		f := openContent(t, text, WithHeader(true))
		if len(f.Header()) == 0 {
			continue // and no columns
		}
		v := sortedRows(t, f, smallSort, SortKey{})
		if rows, err := v.Rows(t.Context(), 0, 5); len(rows) != 0 || err != nil {
			t.Errorf("%q: %v, %v", text, rows, err)
		}
		if _, ok, err := v.FindNext(t.Context(), Query{Text: "a", Column: AllColumns}, Position{Row: -1}); ok || err != nil {
			t.Errorf("%q: found %v, %v", text, ok, err)
		}
		if p, err := SaveView(t.Context(), v, filepath.Join(t.TempDir(), "x.csv"), SaveOptions{}, nil); err != nil || p.Rows != 0 {
			t.Errorf("%q: saved %+v, %v", text, p, err)
		}
	}
}

// TestSortEnds with its context: the rows say so, nothing else runs, nothing is left.
func TestSortEnds(t *testing.T) {
	dir := t.TempDir()
	f := openContent(t, numbersCSV(50_000), WithCacheDir(dir), WithWorkers(2))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	v, err := sortRows(ctx, f, []SortKey{{Kind: SortNumber}}, smallSort)
	if err != nil {
		t.Fatal(err)
	}
	<-v.Done()
	if p := v.Progress(); !errors.Is(p.Err, context.Canceled) || p.Done {
		t.Errorf("%+v", p)
	}
	var notYet *NotIndexedError
	if _, err := v.Rows(t.Context(), 0, 1); !errors.As(err, &notYet) {
		t.Errorf("a row of what was not sorted: %v", err)
	}
	for _, err := range []error{
		second(v.CountHits(ctx, Query{Text: "x", Column: AllColumns}, nil)),
		third(v.FindNext(t.Context(), Query{Text: "x", Column: AllColumns}, Position{})),
		second(SaveView(t.Context(), v, filepath.Join(t.TempDir(), "x.csv"), SaveOptions{}, nil)),
	} {
		if err == nil {
			t.Error("what was not sorted is used")
		}
	}
	v.Close()
	v = sortedRows(t, f, smallSort, SortKey{Kind: SortNumber})
	v.Close()
	v.Close() // once more does nothing
	if _, err := v.Rows(t.Context(), 0, 1); !errors.Is(err, ErrClosed) {
		t.Errorf("a row of what is closed: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

func second[T any](_ T, err error) error        { return err }
func third[T, U any](_ T, _ U, err error) error { return err }

// TestSortWithoutRoom: what does not fit into memory needs a place, and it is said which.
func TestSortWithoutRoom(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(file, "below")
	f := openContent(t, numbersCSV(5000), WithCacheDir(dir))
	for name, limits := range map[string]sortLimits{
		"keys":   {Limits: extsort.Limits{Memory: 0, FanIn: 3, Buffer: 100}, text: 9, rows: 100, places: 1 << 20},
		"places": {Limits: extsort.DefaultLimits, text: 9, rows: 100, places: 10},
	} {
		v, err := sortRows(t.Context(), f, []SortKey{{Kind: SortNumber}}, limits)
		if err != nil {
			t.Fatal(err)
		}
		<-v.Done()
		if err := v.Progress().Err; err == nil || !strings.Contains(err.Error(), "cannot be put aside in "+dir+"; make room there") {
			t.Errorf("%s: %v", name, err)
		}
		v.Close()
	}
}

// TestSortOfChangedFiles: rows of a file that was cut are not shown or saved, and what
// was appended is not seen.
func TestSortOfChangedFiles(t *testing.T) {
	for _, mapped := range []bool{true, false} {
		path := writeFile(t, numbersCSV(20_000))
		f := openFile(t, path, func(c *config) { c.mapped = mapped })
		grown, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := grown.WriteString("-1,appended\n"); err != nil {
			t.Fatal(err)
		}
		grown.Close()
		v := sortedRows(t, f, smallSort, SortKey{Kind: SortNumber})
		if rows, err := v.Rows(t.Context(), 0, 1); err != nil || rows[0].Fields[0] != "0" {
			t.Errorf("the first row is %v, %v", rows, err)
		}
		if err := os.Truncate(path, block.Size); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(t.TempDir(), "x.csv")
		if _, err := SaveView(t.Context(), v, out, SaveOptions{}, nil); !errors.Is(err, ErrChanged) {
			t.Errorf("saving what was cut: %v", err)
		}
		if _, err := os.Stat(out); err == nil {
			t.Error("a file is there")
		}
		if _, err := v.Rows(t.Context(), 0, 20_000); !errors.Is(err, ErrChanged) {
			t.Errorf("rows of what was cut: %v", err)
		}
		late, err := sortRows(t.Context(), f, []SortKey{{Kind: SortNumber}}, smallSort)
		if err != nil {
			t.Fatal(err)
		}
		<-late.Done()
		if err := late.Progress().Err; !errors.Is(err, ErrChanged) {
			t.Errorf("sorting what was cut: %v", err)
		}
	}
}

// TestSortOfDamagedFiles: what can be read of an archive is sorted.
func TestSortOfDamagedFiles(t *testing.T) {
	whole := gzipped(t, numbersCSV(20_000))
	f := openContent(t, whole[:len(whole)/2])
	v := sortedRows(t, f, smallSort, SortKey{Kind: SortNumber, Desc: true})
	total, _ := f.Total()
	if n, final := v.Total(); n != total || !final || n == 0 || f.Damage() == nil {
		t.Errorf("%d of %d rows, damage %v", n, total, f.Damage())
	}
}

// TestSortedRowsSoFar: rows that have no place yet are waited for.
func TestSortedRowsSoFar(t *testing.T) {
	f := openContent(t, numbersCSV(100))
	v := sortedRows(t, f, defaultSortLimits, SortKey{Kind: SortNumber})
	v.final.Store(false)
	rows, err := v.Rows(t.Context(), 98, 5)
	var notYet *NotIndexedError
	if !errors.As(err, &notYet) || notYet.Row != 100 || len(rows) != 2 || rows[1].Fields[0] != "99" {
		t.Errorf("%v, %v", rows, err)
	}
	if p := v.Progress(); p.Done || p.Rows != 100 {
		t.Errorf("%+v", p)
	}
}

// TestSortOfWideRows: a row of more cells than are shown is sorted, and said where it
// stands.
func TestSortOfWideRows(t *testing.T) {
	f := openContent(t, "a,b\n2,x\n1"+strings.Repeat(",", MaxCells+5)+"\n")
	v := sortedRows(t, f, defaultSortLimits, SortKey{Kind: SortNumber})
	var wide *WideError
	if _, err := v.Rows(t.Context(), 0, 1); !errors.As(err, &wide) || wide.Row != 1 {
		t.Errorf("%v", err)
	}
	if rows, err := v.Rows(t.Context(), 1, 1); err != nil || rows[0].Fields[0] != "2" {
		t.Errorf("%v, %v", rows, err)
	}
}
