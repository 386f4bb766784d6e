package confluence

import (
	"slices"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/localexport/product"
)

// TestForecast gives it the rows of 100 ranges, one after the other.
func TestForecast(t *testing.T) {
	for _, test := range []struct {
		name  string
		rows  func(r int64) int64
		from  int64 // ranges that were written before
		least int64 // ranges after which it tells
	}{
		{"even", func(int64) int64 { return 600 }, 0, 8},
		{"nearly even", func(r int64) int64 { return 500 + r%7*30 }, 0, 8},
		{"gone on with", func(int64) int64 { return 600 }, 50, 58},
		{"behind a from date", func(r int64) int64 { return max(0, (r-70)*100) }, 0, -1},
		{"nothing", func(int64) int64 { return 0 }, 0, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			var total, rows int64
			for r := range int64(100) {
				total += test.rows(r)
			}
			for r := range test.from {
				rows += test.rows(r)
			}
			var f forecast
			f.begin(test.from, rows)
			for r := test.from; r < 100; r++ {
				rows += test.rows(r)
				got := f.after(r+1, 100, rows)
				switch {
				case test.least < 0 || r+1 < test.least:
					if got >= 0 && (got < total/2 || got > total*2) {
						t.Errorf("after %d ranges it tells %d of %d", r+1, got, total)
					}
				case got < total*9/10 || got > total*11/10:
					t.Errorf("after %d ranges it tells %d, there are %d", r+1, got, total)
				}
			}
		})
	}
}

// sampled looks at the counters of its file with each write.
type sampled struct {
	counter  *FileCounter
	at, told []int64 // ranges that were written, and the forecast then
}

func (s *sampled) Write(b []byte) (int, error) {
	s.at, s.told = append(s.at, s.counter.RangesDone.Load()), append(s.told, s.counter.Forecast.Load())
	return len(b), nil
}
func (*sampled) Commit() error { return nil }
func (*sampled) Close() error  { return nil }

// TestForecastOfARealExport: while a large file is written it is known how far it
// is, and about how many records it will have.
func TestForecastOfARealExport(t *testing.T) {
	s := demoSnapshot(t, demo.Options{Pages: 4000, Seed: 5})
	c := product.NewCounters(fileCount)
	files := map[string]*sampled{}
	o := Options{From: time.Unix(0, 0), Workers: 2, TempDir: t.TempDir()}
	_, err := Export(t.Context(), s, o, func(name string) (Output, error) {
		files[name] = &sampled{counter: &c.Files[slices.Index(FileNames, name)]}
		return files[name], nil
	}, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range FileNames[filePages:] {
		f := files[name]
		total, rows := f.counter.Ranges.Load(), f.counter.Rows.Load()
		between, told := 0, 0
		for i, at := range f.at {
			if at > 0 && at < total {
				between++
			}
			if f.told[i] > 0 {
				told++
				if f.told[i] < rows*7/10 || f.told[i] > rows*13/10 {
					t.Errorf("%s: after %d of %d ranges it tells %d records, there are %d", name, at, total, f.told[i], rows)
				}
			}
		}
		t.Logf("%s: %d ranges, seen between %d times, %d forecasts", name, total, between, told)
		if total >= 16 && told == 0 || between == 0 && total > 4 {
			t.Errorf("%s: of %d ranges nothing was seen between, or nothing was forecast (%d)", name, total, told)
		}
	}
}
