package demo

import (
	"math"
	"math/rand/v2"
)

// random is the one source of chance of a snapshot: PCG with a fixed stream, used in a fixed order.
type random struct{ src *rand.PCG }

func newRandom(seed int64, stream uint64) *random {
	return &random{src: rand.NewPCG(uint64(seed), stream)}
}

// below returns a number from 0 to n-1, n >= 1. The bias of the remainder (below n/2^64) does not matter here, and
// unlike rand.Rand's methods the result rests on nothing but the generator's published algorithm.
func (r *random) below(n int64) int64 { return int64(r.src.Uint64() % uint64(n)) }

// in reports true once in n times on average.
func (r *random) in(n int64) bool { return r.below(n) == 0 }

// percent reports true in p of 100 cases.
func (r *random) percent(p int64) bool { return r.below(100) < p }

// skewed returns a number from 0 to n-1, small ones far more often than large ones (the density falls with the
// square root), for n up to 2^31.
func (r *random) skewed(n int64) int64 {
	const unit = 1 << 16
	u := r.below(unit)
	return (n * (u * u / unit)) / unit
}

// pick returns an element of a list.
func pick[T any](r *random, list []T) T { return list[r.below(int64(len(list)))] }

// sizes is a log-normal distribution of text lengths, as a table of equally likely values.
type sizes [4096]int32

// newSizes makes the distribution with the given median and spread (standard deviation of the logarithm).
func newSizes(median, spread float64) *sizes {
	var s sizes
	for i := range s {
		p := (float64(i) + 0.5) / float64(len(s))
		z := math.Sqrt2 * math.Erfinv(2*p-1)
		s[i] = int32(math.Round(median * math.Exp(spread*z)))
	}
	return &s
}

func (s *sizes) draw(r *random) int { return int(s[r.below(int64(len(s)))]) }
