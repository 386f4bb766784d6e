package parquet

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/columns"
)

// TestGivenAgain: what is read of a file and written anew is the same file.
func TestGivenAgain(t *testing.T) {
	for _, file := range columns.Confluence {
		o := Options{Application: "sluice", Version: "1", Metadata: map[string]string{"sluice.job": "7"}, Milliseconds: true}
		b, want := write(t, 3, file, 900, o)
		r, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range r.Columns() {
			if x := file.Columns[i]; c.Name != x.Name || c.Type != x.Type || c.Nullable != x.Nullable {
				t.Errorf("%s: %+v, want %+v", file.Name, c, x)
			}
		}
		if r.Metadata()["sluice.job"] != "7" || r.Rows() != int64(len(want)) {
			t.Error(r.Metadata(), r.Rows())
		}
		f := New(o)
		words := f.Words(columns.HoldsLabel, r.Items())
		var out bytes.Buffer
		w, err := f.Writer(&out, file, nil)
		if err != nil {
			t.Fatal(err)
		}
		e := f.Encoder(file)
		e.Reuse(nil)
		row := 0
		err = r.Each(t.Context(), func() error {
			for i, c := range file.Columns {
				if got := string(r.AppendText(nil, i)); c.Type == columns.TypeText && want[row][i] != none && got != want[row][i] {
					t.Errorf("%s, row %d, %s: %q, want %q", file.Name, row, c.Name, got, want[row][i])
				}
			}
			row++
			return r.Give(e, words)
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Append(e.Take()); err != nil {
			t.Fatal(err)
		}
		if err := w.End(); err != nil {
			t.Fatal(err)
		}
		_, before := read(t, b)
		_, after := read(t, out.Bytes())
		if !slices.EqualFunc(before, after, slices.Equal[[]string]) {
			t.Errorf("%s has other cells", file.Name)
		}
	}
}

// TestOpenRefuses: what is cut is told, and reading ends with its context.
func TestOpenRefuses(t *testing.T) {
	b, _ := write(t, 1, columns.Confluence[0], 10, Options{})
	if _, err := Open(bytes.NewReader(b[:len(b)-9]), int64(len(b)-9)); err == nil || !strings.Contains(err.Error(), "no whole Parquet file") {
		t.Error(err)
	}
	r, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Each(ctx, func() error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
