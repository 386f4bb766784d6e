package csvfile

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

type parquetRow struct {
	ID     int64    `parquet:"id"`
	Title  *string  `parquet:"title,optional"`
	Labels []string `parquet:"labels,list"`
}

// parquetFile writes rows in several row groups: every third has an empty title, and every
// third none.
func parquetFile(t *testing.T, rows int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[parquetRow](&b, parquet.Compression(&parquet.Zstd))
	empty := ""
	for i := range rows {
		title := fmt.Sprintf("page %d, \"%s\"", i, strings.Repeat("long ", i%50))
		row := parquetRow{int64(i), &title, []string{"a", "b c"}}
		switch i % 3 {
		case 1:
			row.Title = &empty
		case 2:
			row.Title, row.Labels = nil, nil
		}
		if _, err := w.Write([]parquetRow{row}); err != nil {
			t.Fatal(err)
		}
		if i%10_000 == 9_999 {
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestParquet: a Parquet file has rows as any other, tells what has no value, and is found
// in and filtered; one that is cut is refused.
func TestParquet(t *testing.T) {
	const total = 25_000
	whole := parquetFile(t, total)
	path := filepath.Join(t.TempDir(), "pages.dat") // its name tells nothing
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(t.Context(), path, WithCacheDir(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows(t.Context(), 0, 3) // before the rest is read
	if err != nil {
		t.Fatal(err)
	}
	equalRecords(t, "first rows", fieldsOf(rows), [][]string{{"0", `page 0, ""`, `["a", "b c"]`}, {"1", "", `["a", "b c"]`}, {"2", "", "[]"}})
	if rows[0].Null(1) || rows[1].Null(1) || !rows[2].Null(1) || rows[2].Null(2) || rows[2].Null(7) {
		t.Errorf("what has no value: %v, %v", rows[1], rows[2])
	}
	if n := indexed(t, f); n != total || f.Damage() != nil {
		t.Errorf("%d rows, %v", n, f.Damage())
	}
	if i := f.Info(); i.Packed != "Parquet" || i.Columns != 3 || !i.HasHeader || len(i.Findings) != 0 {
		t.Errorf("%+v", i)
	}
	if p := f.Progress(); p.Bytes != p.TotalBytes || p.Bytes != int64(len(whole)) {
		t.Errorf("%+v", p)
	}
	view, err := f.Filter(t.Context(), []Condition{{Column: 0, Op: OpEquals, Text: "24998"}})
	if err != nil {
		t.Fatal(err)
	}
	<-view.Done()
	if rows, err := view.Rows(t.Context(), 0, 2); err != nil && len(rows) != 1 || !rows[0].Null(1) {
		t.Errorf("%v, %v", rows, err)
	}
	if n, err := f.CountHits(t.Context(), Query{Text: "page 24", Column: 1}, nil); err != nil || n != 373 {
		t.Errorf("%d hits, %v", n, err)
	}
	if _, err := Open(t.Context(), path, WithReading(Reading{Delimiter: ";"})); err == nil || !strings.Contains(err.Error(), "Parquet") {
		t.Errorf("with a delimiter: %v", err)
	}
	if _, err := Open(t.Context(), writeFile(t, string(whole[:len(whole)/2]))); err == nil || !strings.Contains(err.Error(), "was cut") {
		t.Errorf("cut: %v", err)
	}
	stream, err := spooled(t, &pieces{string(whole), 4096})
	if err != nil {
		t.Fatal(err)
	}
	if n := indexed(t, stream); n != total {
		t.Errorf("%d rows of a stream", n)
	}
}
