package csvfile

import (
	"errors"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

// rowCollector is a RowSink that keeps everything.
type rowCollector struct {
	rows [][]string
	row  []string
	cell []byte
	stop int // EndRow fails once there are so many rows; 0: never
}

var errEnough = errors.New("enough")

func (c *rowCollector) Data(p []byte) { c.cell = append(c.cell, p...) }

func (c *rowCollector) EndField() {
	c.row = append(c.row, string(c.cell))
	c.cell = c.cell[:0]
}

func (c *rowCollector) EndRow() error {
	c.rows, c.row = append(c.rows, c.row), nil
	if len(c.rows) == c.stop {
		return errEnough
	}
	return nil
}

func TestReadRows(t *testing.T) {
	for _, kind := range []string{"plain", "quoted", "foreign", "wide"} {
		text := makeCSV(kind, 20*block.Size, 7) + "7,\"" + strings.Repeat("big \"\"cell\"\"\n", 100_000) + "\"\n\n8,last"
		want := reference([]byte(text), ',')
		for form, disk := range map[string]string{"plain": text, "packed": gzipped(t, text)} {
			f := openFile(t, writeFile(t, disk), WithCacheDir(t.TempDir()))
			var head rowCollector
			if err := f.ReadHeader(t.Context(), &head); err != nil {
				t.Fatal(err)
			}
			equalRecords(t, "header", head.rows, want[:1])
			all := int64(len(want) - 1)
			for _, span := range [][2]int64{{0, 3}, {0, all}, {all - 2, 100}, {all, 1}, {17, 0}, {all / 2, all / 3}} {
				var got rowCollector
				n, err := f.ReadRows(t.Context(), span[0], span[1], &got)
				if err != nil || n != int64(len(got.rows)) {
					t.Fatalf("%s, %s, %v: %d rows, %v", kind, form, span, n, err)
				}
				equalRecords(t, "rows", got.rows, want[1:][span[0]:min(span[0]+span[1], all)])
			}
			for row, want := range map[int64]bool{0: true, all - 1: true, all: false} {
				if ok, err := f.HasRow(t.Context(), row); err != nil || ok != want {
					t.Errorf("there is a row %d: %v, %v", row, ok, err)
				}
			}
			if n, err := f.ReadRows(t.Context(), 0, 10, &rowCollector{stop: 2}); n != 1 || !errors.Is(err, errEnough) {
				t.Errorf("ended by the sink: %d rows, %v", n, err)
			}
		}
	}
}

func TestReadRowsWithoutHeader(t *testing.T) {
	for text, want := range map[string][][]string{"": {nil}, "1,2\n": {{"Column 1", "Column 2"}, {"1", "2"}}} {
		f := openContent(t, text, WithHeader(false))
		var got rowCollector
		if err := f.ReadHeader(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		if _, err := f.ReadRows(t.Context(), 0, 5, &got); err != nil {
			t.Fatal(err)
		}
		equalRecords(t, "all", got.rows, want)
	}
}
