package sketch

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/axiomhq/hyperloglog"
)

func TestTopExactWhileItFits(t *testing.T) {
	top := NewTop()
	for i := range 3000 {
		v := fmt.Appendf(nil, "v%d", i%(1+i%40))
		top.Add(Hash(v), v, 1)
	}
	want := map[string]int64{}
	for i := range 3000 {
		want[fmt.Sprintf("v%d", i%(1+i%40))]++
	}
	got := top.Values(-1)
	if top.Slack() != 0 || len(got) != len(want) {
		t.Fatalf("slack %d, %d values, want %d", top.Slack(), len(got), len(want))
	}
	for i, v := range got {
		if want[v.Text] != v.Count {
			t.Errorf("%s: %d, want %d", v.Text, v.Count, want[v.Text])
		}
		if i > 0 && got[i-1].Count < v.Count {
			t.Errorf("values are not in order of count")
		}
	}
}

// TestTopBounds: what the sketch promises when values are many more than counters.
func TestTopBounds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	true1 := map[string]int64{}
	parts := []*Top{NewTop(), NewTop(), NewTop()}
	const n = 300_000
	for i := range n {
		v := fmt.Sprintf("rare %d", rng.IntN(1<<40))
		if rng.IntN(3) == 0 {
			v = fmt.Sprintf("often %d", rng.IntN(1+rng.IntN(30)))
		}
		true1[v]++
		parts[i%3].Add(Hash([]byte(v)), []byte(v), 1)
	}
	parts[0].Merge(parts[1])
	parts[0].Merge(parts[2])
	slack := parts[0].Slack()
	if slack == 0 || slack > n/(topMax/2) {
		t.Fatalf("slack is %d", slack)
	}
	got := map[string]int64{}
	for _, v := range parts[0].Values(-1) {
		got[v.Text] = v.Count
		if d := true1[v.Text] - v.Count; d < 0 || d > slack {
			t.Errorf("%s: counted %d, truly %d, slack %d", v.Text, v.Count, true1[v.Text], slack)
		}
	}
	for v, c := range true1 {
		if _, ok := got[v]; !ok && c > slack {
			t.Errorf("%s occurs %d times and is missing", v, c)
		}
	}
	if top := parts[0].Values(1); top[0].Text != "often 0" {
		t.Errorf("most frequent is %v", top)
	}
}

func TestDigest(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(i, n int, rng *rand.Rand) float64
		want func(q float64) float64
	}{
		{"uniform", func(_, _ int, rng *rand.Rand) float64 { return rng.Float64() }, func(q float64) float64 { return q }},
		{"rising", func(i, n int, _ *rand.Rand) float64 { return float64(i) / float64(n) }, func(q float64) float64 { return q }},
		{"square", func(_, _ int, rng *rand.Rand) float64 { v := rng.Float64(); return v * v }, func(q float64) float64 { return q * q }},
	} {
		t.Run(c.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(2, 2))
			var ds [2]*Digest
			for i := range ds {
				var err error
				if ds[i], err = NewDigest(); err != nil {
					t.Fatal(err)
				}
			}
			const n = 200_000
			for i := range n {
				if err := ds[i/1000%2].Add(c.make(i, n, rng)); err != nil {
					t.Fatal(err)
				}
			}
			if err := ds[0].Merge(ds[1]); err != nil {
				t.Fatal(err)
			}
			for _, q := range []float64{0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999} {
				if got := ds[0].Quantile(q); math.Abs(got-c.want(q)) > 0.01 {
					t.Errorf("quantile %v is %v, want %v", q, got, c.want(q))
				}
				if got := ds[0].CDF(c.want(q)); math.Abs(got-q) > 0.01 {
					t.Errorf("share up to %v is %v, want %v", c.want(q), got, q)
				}
			}
		})
	}
}

// TestHashCounts: the hash spreads well enough for HyperLogLog, also over values
// that differ little.
func TestHashCounts(t *testing.T) {
	for _, format := range []string{"%d", "user-%08d", "%d-0000-aaaa-bbbb", "x%dyyyyyyyyyyyyy"} {
		h := hyperloglog.NewNoSparse()
		const n = 500_000
		for i := range n {
			h.InsertHash(Hash(fmt.Appendf(nil, format, i)))
		}
		if e := float64(h.Estimate()); math.Abs(e-n) > 0.03*n {
			t.Errorf("%s: estimate %v of %d", format, e, n)
		}
	}
}

func TestSortKeys(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for _, n := range []int{0, 1, 2, 1000} {
		vs := make([]float64, n)
		keys := make([]uint64, n)
		for i := range vs {
			vs[i] = math.Trunc(rng.NormFloat64()*1e6) / 100
			if i%7 == 0 {
				vs[i] = 0
			}
			keys[i] = toKey(vs[i])
		}
		slices.Sort(vs)
		for i, k := range sortKeys(keys, make([]uint64, n)) {
			if fromKey(k) != vs[i] {
				t.Fatalf("value %d of %d is %v, want %v", i, n, fromKey(k), vs[i])
			}
		}
	}
}

func BenchmarkTopUnique(b *testing.B) {
	top, v := NewTop(), []byte("0123456789")
	for i := uint64(0); b.Loop(); i++ {
		top.Add(i*mix1, v, 1)
	}
}

func BenchmarkDigest(b *testing.B) {
	d, err := NewDigest()
	if err != nil {
		b.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(2, 2))
	for b.Loop() {
		if err := d.Add(rng.Float64()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	v := []byte("2026-01-02T03:04:05Z")
	for b.Loop() {
		Hash(v)
	}
}
