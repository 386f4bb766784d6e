package csvfile

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

// TestUnseen: without an index the same rows are read, and their starts are found from
// every place in the text; where counting quotes is not enough, that is said.
func TestUnseen(t *testing.T) {
	for _, kind := range []string{"plain", "quoted", "foreign"} {
		text := makeCSV(kind, 2*block.Size, 7)
		f := openFile(t, writeFile(t, text), WithCacheDir(t.TempDir()))
		first, err := f.FirstRow(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w := f.NewWalk()
		defer w.Close()
		var starts []int64
		err = w.Do(func() error {
			if err := w.RangeUnseen(first, int64(len(text))); err != nil {
				return err
			}
			for {
				ok, _, err := w.Load(t.Context())
				if err != nil || !ok {
					return err
				}
				starts = append(starts, w.Offset())
				w.Next()
			}
		})
		if kind == "foreign" {
			if !errors.Is(err, ErrIrregular) {
				t.Errorf("quotes in fields: %v", err)
			}
			continue
		}
		if err != nil || w.Offset() != int64(len(text)) {
			t.Fatalf("%s: %v at %d of %d", kind, err, w.Offset(), len(text))
		}
		want := slices.DeleteFunc(reference([]byte(text), ',')[1:], func(row []string) bool { return len(row) == 0 })
		if len(starts) != len(want) {
			t.Errorf("%s: %d rows, want %d", kind, len(starts), len(want))
		}
		wrong := 0
		for off := first; off < int64(len(text)); off += 97 {
			err := w.Do(func() error {
				row, ok, err := w.GuessRow(off)
				i, _ := slices.BinarySearch(starts, off)
				want := append(starts[i:], int64(len(text)))[0]
				if !ok || row < off || row > want || strings.Trim(text[row:want], "\r\n") != "" { // blank lines are rows, too
					wrong++
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if wrong > 0 {
			t.Errorf("%s: %d guesses are wrong", kind, wrong)
		}
		if _, _, complete := f.idx.last(); complete {
			t.Errorf("%s: the index was made", kind)
		}
	}
}
