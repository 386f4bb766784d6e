package parquetcsv

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

type nested struct{ A, B string }

// TestWrite: cells of every kind stand as in an export, and what cannot stand in a cell is
// refused by the name of its column.
func TestWrite(t *testing.T) {
	type row struct {
		ID     int64     `parquet:"id"`
		Title  *string   `parquet:"title,optional"`
		Labels []string  `parquet:"labels,list"`
		At     time.Time `parquet:"at,timestamp(millisecond)"`
		Micros int64     `parquet:"micros,timestamp(microsecond)"`
		Yes    bool      `parquet:"yes"`
	}
	title := "a \"b\",\r\nc"
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	rows := []row{
		{9007199254740993, &title, []string{"x", "q\"<y>"}, at, at.UnixMicro() + 1500, true},
		{-1, nil, nil, at.Add(time.Millisecond), -1, false},
	}
	var in, out bytes.Buffer
	w := parquet.NewGenericWriter[row](&in)
	for _, r := range rows { // a row group each
		if _, err := w.Write([]row{r}); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := in.Bytes()
	if err := Write(t.Context(), bytes.NewReader(file), int64(len(file)), &out, Options{}); err != nil {
		t.Fatal(err)
	}
	want := "id,title,labels,at,micros,yes\r\n" +
		"9007199254740993,\"a \"\"b\"\",\r\nc\",\"[\"\"x\"\", \"\"q\\\"\"<y>\"\"]\",2026-01-02T03:04:05Z,2026-01-02T03:04:05.001Z,true\r\n" +
		"-1,,[],2026-01-02T03:04:05.001Z,1969-12-31T23:59:59.999Z,false\r\n"
	if out.String() != want {
		t.Errorf("%q\nwant %q", out.String(), want)
	}
	out.Reset()
	if err := Write(t.Context(), bytes.NewReader(file), int64(len(file)), &out, Options{Milliseconds: true}); err != nil || !strings.Contains(out.String(), "05.000Z") {
		t.Errorf("%q, %v", out.String(), err)
	}
	if err := Write(t.Context(), bytes.NewReader(file), int64(len(file)-9), &out, Options{}); err == nil {
		t.Error("a file that is cut is read")
	}
	var deep bytes.Buffer
	n := parquet.NewGenericWriter[struct {
		Pair nested `parquet:"pair"`
	}](&deep)
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Write(t.Context(), bytes.NewReader(deep.Bytes()), int64(deep.Len()), &out, Options{}); err == nil || !strings.Contains(err.Error(), "column pair") {
		t.Error(err)
	}
}
