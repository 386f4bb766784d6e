package parquet

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/parquet-go/parquet-go"

	"sluice/columns"
)

// TestGiantTexts: every cell is read back, from the start and from any row, wherever the
// pages of giant texts lie, and bounds hold.
func TestGiantTexts(t *testing.T) {
	before := giantSize
	defer func() { giantSize = before }()
	giantSize = 600
	for _, file := range columns.Confluence {
		for seed := range uint64(4) {
			b, want := write(t, seed, file, 300, Options{KeepNUL: seed%2 == 0})
			f, got := read(t, b)
			for i := range want {
				if seed%2 == 0 {
					break // the model replaces U+0000
				}
				if fmt.Sprint(got[i]) != fmt.Sprint(want[i]) {
					t.Fatalf("%s, seed %d, record %d:\n%.900q\nwant\n%.900q", file.Name, seed, i, got[i], want[i])
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%s, seed %d: %d records, want %d", file.Name, seed, len(got), len(want))
			}
			fromTheMiddle(t, f, got)
			bounded(t, f)
		}
	}
}

// fromTheMiddle reads the last row of each row group by the index of the pages.
func fromTheMiddle(t *testing.T, f *parquet.File, want [][]string) {
	t.Helper()
	at := 0
	for _, g := range f.RowGroups() {
		n := int(g.NumRows())
		at += n
		rows := g.Rows()
		if err := rows.SeekToRow(int64(n - 1)); err != nil {
			t.Fatal(err)
		}
		buffer := make([]parquet.Row, 1)
		if k, err := rows.ReadRows(buffer); k != 1 {
			t.Fatal(k, err)
		}
		if got := texts(f, buffer[0]); fmt.Sprint(got) != fmt.Sprint(want[at-1]) {
			t.Fatalf("row %d: %.300q, want %.300q", at-1, got, want[at-1])
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// bounded holds the texts of each row group against what its end tells of them.
func bounded(t *testing.T, f *parquet.File) {
	t.Helper()
	for k, g := range f.RowGroups() {
		rows := g.Rows()
		buffer := make([]parquet.Row, 400)
		n, _ := rows.ReadRows(buffer)
		for i, c := range f.Metadata().RowGroups[k].Columns {
			low, high := c.MetaData.Statistics.MinValue, c.MetaData.Statistics.MaxValue
			for _, row := range buffer[:n] {
				for _, v := range row {
					if v.Column() == i && v.Kind() == parquet.ByteArray && !v.IsNull() && (bytes.Compare(v.ByteArray(), low) < 0 || bytes.Compare(v.ByteArray(), high) > 0) {
						t.Fatalf("row group %d, column %d: %.80q is not between %q and %q", k, i, v.ByteArray(), low, high)
					}
				}
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
