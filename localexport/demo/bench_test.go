package demo

import (
	"fmt"
	"path/filepath"
	"testing"
)

// BenchmarkWrite reports pages per second; run it with -benchtime 1x for the large sizes.
func BenchmarkWrite(b *testing.B) {
	for _, pages := range []int{3_000, 100_000} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			var bytes int64
			for b.Loop() {
				s, err := Write(b.Context(), filepath.Join(b.TempDir(), "demo.db"), Options{Pages: pages, Seed: 1})
				if err != nil {
					b.Fatal(err)
				}
				bytes = s.Bytes
			}
			b.SetBytes(bytes)
			b.ReportMetric(float64(pages)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
