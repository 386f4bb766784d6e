package csvfile

import (
	"context"
	"math/rand/v2"
	"testing"
)

// benchFile opens an indexed file of about 64 MB.
func benchFile(b *testing.B, kind string) *File {
	b.Helper()
	f := openContent(b, makeCSV(kind, 64<<20, 1), func(c *config) { c.chunkBlocks = chunkBlocks })
	indexed(b, f)
	b.SetBytes(f.info.Size)
	return f
}

func forKinds(b *testing.B, fn func(b *testing.B, f *File)) {
	for _, kind := range []string{"plain", "quoted", "foreign"} {
		b.Run(kind, func(b *testing.B) { fn(b, benchFile(b, kind)) })
	}
}

func BenchmarkIndex(b *testing.B) {
	forKinds(b, func(b *testing.B, f *File) {
		for b.Loop() {
			indexed(b, openFile(b, f.Path(), func(c *config) { c.chunkBlocks = chunkBlocks }))
		}
	})
}

func BenchmarkFind(b *testing.B) {
	for _, q := range []Query{
		{Text: "not there", Column: AllColumns},
		{Text: "title 77", Column: 1},
		{Text: "TITLE 77", Mode: IgnoreCase, Column: 1},
		{Text: "title 7+$", Mode: Regexp, Column: 1},
		{Text: "^[0-9]+7777$", Mode: Regexp, Column: 0},
	} {
		b.Run(q.Text, func(b *testing.B) {
			forKinds(b, func(b *testing.B, f *File) {
				for b.Loop() {
					if _, err := f.CountHits(context.Background(), q, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

func BenchmarkFilter(b *testing.B) {
	for name, c := range map[string]Condition{
		"number": {Column: 0, Op: OpNumber, Min: "1000", Max: "2000"},
		"equals": {Column: 1, Text: "title 77"},
	} {
		b.Run(name, func(b *testing.B) {
			forKinds(b, func(b *testing.B, f *File) {
				for b.Loop() {
					v, err := f.Filter(context.Background(), []Condition{c})
					if err != nil {
						b.Fatal(err)
					}
					<-v.Done()
					v.Close()
				}
			})
		})
	}
}

func BenchmarkProfile(b *testing.B) {
	for name, column := range map[string]int{"id": 0, "title": 1, "body": 2} {
		b.Run(name, func(b *testing.B) {
			forKinds(b, func(b *testing.B, f *File) {
				for b.Loop() {
					if _, err := ProfileColumn(context.Background(), f, column, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	forKinds(b, func(b *testing.B, f *File) {
		for b.Loop() {
			if err := f.check(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkRandomRow(b *testing.B) {
	forKinds(b, func(b *testing.B, f *File) {
		total, _ := f.Total()
		rng := rand.New(rand.NewPCG(1, 1))
		b.SetBytes(0)
		for b.Loop() {
			if _, err := f.Rows(context.Background(), rng.Int64N(total), 40); err != nil {
				b.Fatal(err)
			}
		}
	})
}
