package csvfile

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

// walkRows reads all rows of [from, to) with a walk, large ones as a stream. Blank
// lines are passed over.
func walkRows(t *testing.T, f *File, from, to int64) (rows [][]string, blank int64) {
	t.Helper()
	w := f.NewWalk()
	defer w.Close()
	err := w.Do(func() error {
		if err := w.Range(from, to); err != nil {
			return err
		}
		for {
			ok, n, err := w.Load(t.Context())
			blank += n
			if err != nil || !ok {
				return err
			}
			if w.Large() {
				var c rowCollector
				n, err := w.Stream(t.Context(), -1, &c)
				if err != nil {
					return err
				}
				rows = append(rows, c.row)
				w.Skip(n)
				continue
			}
			if same, err := w.Begins(w.Raw()); err != nil || !same {
				t.Fatalf("the row at %d does not begin with itself: %v", w.Offset(), err)
			}
			lead, has := w.Lead(1)
			row := make([]string, w.Cells())
			for i := range row {
				row[i] = string(w.Cell(i))
			}
			if has != (len(row) > 1) || has && string(lead) != row[1] {
				t.Fatalf("Lead(1) = %q, %v of %q", lead, has, row)
			}
			rows = append(rows, row)
			w.Next()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, blank
}

func TestWalk(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	for _, kind := range []string{"plain", "quoted", "foreign", "wide"} {
		text := makeCSV(kind, 3*block.Size, 7) + "7,\"" + strings.Repeat("big \"\"cell\"\"\n", 60_000) + "\"\n\n\r\n8,last"
		want := slices.DeleteFunc(reference([]byte(text), ',')[1:], func(row []string) bool { return len(row) == 0 })
		for form, disk := range map[string]string{"plain": text, "packed": gzipped(t, text)} {
			for _, opts := range [][]Option{nil, {WithoutMap()}} {
				f := openFile(t, writeFile(t, disk), append(opts, WithCacheDir(t.TempDir()))...)
				end, err := f.TextEnd(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				first, err := f.FirstRow(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				f.StartIndex(t.Context())
				if err := f.waitIndexed(t.Context()); err != nil {
					t.Fatal(err)
				}
				got, blank := walkRows(t, f, first, end)
				equalRecords(t, kind+", "+form, got, want)
				if blank < 2 {
					t.Errorf("%d blank lines", blank)
				}
				for range 4 { // in two parts
					at, err := f.RowFrom(t.Context(), first+rng.Int64N(end-first+2))
					if err != nil {
						t.Fatal(err)
					}
					head, _ := walkRows(t, f, first, at)
					rest, _ := walkRows(t, f, at, end)
					equalRecords(t, kind+", "+form+", in two parts", append(head, rest...), want)
				}
			}
		}
	}
}

// TestRowFromIsTheNext: RowFrom gives the next start of a row, for each offset.
func TestRowFromIsTheNext(t *testing.T) {
	text := "a,b\n1,\"x\ny\"\n\n2,\"\"\"\"\r\n3,z"
	f := openFile(t, writeFile(t, text), WithCacheDir(""))
	starts := []int64{4, 12, 13, 21, int64(len(text))}
	for off := int64(4); off <= int64(len(text))+1; off++ {
		want := starts[min(len(starts)-1, slices.IndexFunc(append(starts, 1<<40), func(s int64) bool { return s >= off }))]
		if got, err := f.RowFrom(t.Context(), off); err != nil || got != want {
			t.Errorf("RowFrom(%d) = %d, %v, want %d", off, got, err, want)
		}
	}
}
