package csvfile

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

// makeCSV makes a file of about size bytes. kind: "plain", "quoted" (embedded
// breaks and doubled quotes), "foreign" (quotes in the middle of fields, too)
// or "wide" (cells far larger than a block).
func makeCSV(kind string, size int, seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 7))
	var b strings.Builder
	b.WriteString("id,title,body\n")
	for id := 0; b.Len() < size; id++ {
		title, body := fmt.Sprintf("title %d", rng.IntN(1000)), "plain text"
		switch n := rng.IntN(8); {
		case kind == "plain":
		case n < 3:
			title = fmt.Sprintf("\"a \"\"%d\"\" title\"", rng.IntN(100))
			body = "\"line one\n" + strings.Repeat("line, with \"\"quotes\"\"\n", rng.IntN(5)) + "\""
		case n == 3 && kind == "foreign":
			title, body = `12" disk`, "say \"hi\n"[:8]
		case n == 4 && kind == "foreign":
			title = `"quoted" and more "text"`
		case n == 5 && kind == "wide":
			body = "\"" + strings.Repeat("long body\n\"\",", 1+rng.IntN(40000)) + "\""
		case n == 6 && id > 10 && kind != "wide":
			b.WriteString("\n")
		}
		end := "\n"
		if kind == "quoted" {
			end = "\r\n"
		}
		fmt.Fprintf(&b, "%d,%s,%s%s", id, title, body, end)
	}
	return b.String()
}

func TestRowsEverywhere(t *testing.T) {
	ctx := context.Background()
	for _, kind := range []string{"plain", "quoted", "foreign", "wide"} {
		for _, trim := range []int{0, 1, 2} {
			t.Run(fmt.Sprint(kind, trim), func(t *testing.T) {
				content := makeCSV(kind, 6*block.Size, 1)
				content = content[:len(content)-trim]
				want := reference([]byte(content), ',')[1:]
				f := openContent(t, content, WithCellLimit(1<<30))
				if n := indexed(t, f); n != int64(len(want)) {
					t.Fatalf("%d rows, want %d", n, len(want))
				}
				rows, err := f.Rows(ctx, 0, len(want)+10)
				if err != nil {
					t.Fatal(err)
				}
				equalRecords(t, "all", fieldsOf(rows), want)
				rng := rand.New(rand.NewPCG(5, 5))
				for range 200 {
					i := rng.IntN(len(want))
					got, err := f.Rows(ctx, int64(i), 3)
					if err != nil {
						t.Fatal(err)
					}
					equalRecords(t, fmt.Sprint("row ", i), fieldsOf(got), want[i:min(i+3, len(want))])
					if got[0].Number != int64(i) || got[0].Offset != rows[i].Offset {
						t.Fatalf("row %d has number %d, offset %d", i, got[0].Number, got[0].Offset)
					}
					if n, ok, err := f.RowAt(got[0].Offset); n != int64(i) || !ok || err != nil {
						t.Fatalf("RowAt(%d) = %d %v %v, want %d", got[0].Offset, n, ok, err, i)
					}
				}
			})
		}
	}
}

func TestRowsBeforeIndex(t *testing.T) {
	ctx := context.Background()
	content := makeCSV("quoted", 5*block.Size, 2)
	want := reference([]byte(content), ',')[1:]
	f := openContent(t, content)
	for _, i := range []int{0, 1, 500, len(want) - 1, len(want)} {
		got, err := f.Rows(ctx, int64(i), 2)
		if err != nil {
			t.Fatal(err)
		}
		equalRecords(t, fmt.Sprint("row ", i), fieldsOf(got), want[i:min(i+2, len(want))])
	}
	if n, final := f.Total(); n != 0 || final {
		t.Fatalf("total %d %v before the index", n, final)
	}
}

func TestTailBeforeIndex(t *testing.T) {
	ctx := context.Background()
	for _, kind := range []string{"plain", "quoted", "wide"} {
		t.Run(kind, func(t *testing.T) {
			content := makeCSV(kind, 12*block.Size, 3)
			want := reference([]byte(content), ',')[1:]
			f := openContent(t, content, WithCellLimit(1<<30))
			for _, n := range []int{1, 7, 100, len(want) + 5} {
				got, err := f.Tail(ctx, n)
				if err != nil {
					t.Fatal(err)
				}
				equalRecords(t, fmt.Sprint("tail ", n), fieldsOf(got), want[max(len(want)-n, 0):])
				if n < len(want) && got[0].Number != -1 {
					t.Fatalf("tail has number %d before the index", got[0].Number)
				}
				before, err := f.RowsBefore(ctx, got[0].Offset, 3)
				if err != nil {
					t.Fatal(err)
				}
				end := max(len(want)-n, 0)
				equalRecords(t, "before", fieldsOf(before), want[max(end-3, 0):end])
			}
			total := indexed(t, f)
			got, err := f.Tail(ctx, 2)
			if err != nil || got[0].Number != total-2 {
				t.Fatalf("tail after the index: %v %v", got, err)
			}
		})
	}
}

// TestRowsOfTooManyCells: a row of more cells than anybody looks at is named, and not
// held in memory; it can be read as a stream.
func TestRowsOfTooManyCells(t *testing.T) {
	for cells, refused := range map[int]bool{MaxCells: false, MaxCells + 1: true, 600_000: true} { // the last is a giant
		text := "id,b\n1,2\n" + strings.Repeat(",", cells-1) + "\n3,4\n"
		f := openContent(t, text)
		rows, err := f.Rows(t.Context(), 0, 3)
		var wide *WideError
		if errors.As(err, &wide) != refused || refused && (wide.Row != 1 || wide.Offset != 9) || !refused && (err != nil || len(rows) != 3 || len(rows[1].Fields) != cells) {
			t.Errorf("%d cells: %d rows, %v", cells, len(rows), err)
		}
		v, err := f.Filter(t.Context(), []Condition{{Column: 0, Op: OpEmpty}})
		if err != nil {
			t.Fatal(err)
		}
		<-v.Done()
		if p := v.Progress(); p.Err == nil {
			if _, err := v.Rows(t.Context(), 0, 1); errors.As(err, &wide) != refused {
				t.Errorf("%d cells in a view: %v", cells, err)
			}
		} else if !errors.As(p.Err, &wide) {
			t.Errorf("%d cells in a view: %v", cells, p.Err)
		}
		if n := indexed(t, f); n != 3 {
			t.Errorf("%d rows are counted", n)
		}
		var all rowCollector
		if n, err := f.ReadRows(t.Context(), 0, 3, &all); n != 3 || err != nil || len(all.rows[1]) != cells {
			t.Errorf("as a stream: %d rows, %v", n, err)
		}
		_, err = Open(t.Context(), writeFile(t, text[9:]), WithCacheDir(""))
		if open := new(OpenError); errors.As(err, &open) != refused {
			t.Errorf("%d columns: %v", cells, err)
		}
	}
}

// TestCheckOfTooManyCells: looking at all rows holds no more cells in memory for the
// map being larger.
func TestCheckOfTooManyCells(t *testing.T) {
	f := openContent(t, "id,b\n1,2\n"+strings.Repeat(",", 3<<20)+"\n3,4\n", WithWorkers(1))
	indexed(t, f)
	w := f.scanWindow()
	defer w.close()
	r, err := f.recordsIn(w, 0, f.blockCount())
	if err != nil {
		t.Fatal(err)
	}
	for r.next(t.Context()) {
	}
	var wide *WideError
	if !errors.As(r.err, &wide) || wide.Row != 1 || cap(r.rec.fields) > 2*maxWhole {
		t.Errorf("%v, room for %d fields", r.err, cap(r.rec.fields))
	}
}
