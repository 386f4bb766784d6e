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
			value, has := w.Lead(1)
			lead := string(value) // Cells may overwrite it
			row := make([]string, w.Cells())
			for i := range row {
				row[i] = string(w.Cell(i))
			}
			if has != (len(row) > 1) || has && lead != row[1] {
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

// TestWalkOfCRs: where CR ends the records, a row that begins with LF is no blank line.
func TestWalkOfCRs(t *testing.T) {
	f := openContent(t, "a,b\r1,2\"\r\n3,\n4\"\r\r5,6\r", WithReading(Reading{Header: "yes"}))
	indexed(t, f)
	first, err := f.FirstRow(t.Context())
	if err != nil || f.Info().LineEnding != "CR" {
		t.Fatal(f.Info().LineEnding, err)
	}
	got, blank := walkRows(t, f, first, f.Info().Size)
	equalRecords(t, "CR", got, [][]string{{"1", `2"`}, {"\n3", "\n4\""}, {"5", "6"}})
	if blank != 1 {
		t.Errorf("%d blank lines", blank)
	}
}

// FuzzWalk: of any text, read in the way that it is guessed to be written, a walk finds
// the rows that Rows gives, also in two parts that meet where RowFrom says that a row
// starts, and each row by itself where it is jumped to.
func FuzzWalk(f *testing.F) {
	for _, text := range []string{"a,b\n1,2\n", "a\r\n\"x\ny\",z\r\n\r\n\"", "a\n\"b\"c,\"d\ne\n", "a\n\n\n,\n\"\"\n3", "a,\"b\n\"\"\"\nc",
		"a\n\r\r\n\rb\r", "a;'b;c'\r1;2\r", "a,b\n\"x\\\"y\",1\n", makeCSV("quoted", block.Size+100, 3)} {
		f.Add([]byte(text), uint32(5))
	}
	f.Fuzz(func(t *testing.T, text []byte, at uint32) {
		file, err := Open(t.Context(), writeFile(t, string(text)), WithCacheDir(""), WithHeader(false))
		if err != nil {
			t.Skip(err) // another kind of file
		}
		defer file.Close()
		all, err := file.Rows(t.Context(), 0, int(indexed(t, file)))
		if err != nil {
			t.Fatal(err)
		}
		first, err := file.FirstRow(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		end, err := file.TextEnd(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := slices.DeleteFunc(fieldsOf(all), func(row []string) bool { return len(row) == 0 })
		got, blank := walkRows(t, file, first, end)
		equalRecords(t, "all rows", got, want)
		if int(blank) != len(all)-len(want) {
			t.Errorf("%d blank lines, want %d", blank, len(all)-len(want))
		}
		off := first + int64(at)%(end-first+1)
		next := end
		if i := slices.IndexFunc(all, func(r Row) bool { return r.Offset >= off }); i >= 0 {
			next = all[i].Offset
		}
		if from, err := file.RowFrom(t.Context(), off); err != nil || from != next {
			t.Fatalf("RowFrom(%d) = %d, %v, want %d", off, from, err, next)
		}
		head, _ := walkRows(t, file, first, next)
		rest, _ := walkRows(t, file, next, end)
		equalRecords(t, "two parts", append(head, rest...), want)
		if len(rest) > 0 {
			equalRecords(t, "jumped to", [][]string{rowJumpedTo(t, file, next)}, rest[:1])
		}
	})
}

// rowJumpedTo is the row at an offset, or the first behind it that is no blank line.
func rowJumpedTo(t *testing.T, f *File, off int64) (row []string) {
	t.Helper()
	w := f.NewWalk()
	defer w.Close()
	err := w.Do(func() error {
		w.Jump(off)
		ok, _, err := w.Load(t.Context())
		if err != nil || !ok {
			return err
		}
		for i := range w.Cells() {
			row = append(row, string(w.Cell(i)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return row
}
