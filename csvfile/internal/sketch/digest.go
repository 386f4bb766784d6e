package sketch

import (
	"fmt"
	"slices"

	tdigest "github.com/caio/go-tdigest/v4"
)

const (
	// digestBuffer is how many values are sorted at once before they go into
	// the t-digest as centroids: adding them one by one costs a microsecond each.
	digestBuffer = 64 << 10
	compression  = 200
)

// Digest is a t-digest that takes values in bulk.
type Digest struct {
	d    *tdigest.TDigest
	keys []uint64 // of values not yet in d, in an order of unsigned numbers
	room []uint64 // for sorting
}

// NewDigest returns an empty digest. It grows to about 1 MB.
func NewDigest() (*Digest, error) {
	d, err := tdigest.New(tdigest.Compression(compression))
	if err != nil {
		return nil, fmt.Errorf("make a t-digest: %w", err)
	}
	return &Digest{d: d}, nil
}

// Add adds a value, which must be finite.
func (d *Digest) Add(v float64) error {
	d.keys = append(d.keys, toKey(v))
	if len(d.keys) < digestBuffer {
		return nil
	}
	return d.flush()
}

// flush groups the sorted values as the t-digest itself would: single values at
// both ends, larger groups towards the median.
func (d *Digest) flush() error {
	d.room = slices.Grow(d.room[:0], len(d.keys))
	sorted := sortKeys(d.keys, d.room[:len(d.keys)])
	n := float64(len(sorted))
	for i := 0; i < len(sorted); {
		q := (float64(i) + 0.5) / n
		size := max(int(4*n*q*(1-q)/compression), 1)
		group := sorted[i:min(i+size, len(sorted))]
		sum := 0.0
		for _, k := range group {
			sum += fromKey(k) / float64(len(group))
		}
		if err := d.d.AddWeighted(sum, uint64(len(group))); err != nil {
			return fmt.Errorf("add to a t-digest: %w", err)
		}
		i += len(group)
	}
	d.keys = d.keys[:0]
	return nil
}

// Merge adds what o has seen; o is used up.
func (d *Digest) Merge(o *Digest) error {
	if err := o.flush(); err != nil {
		return err
	}
	if err := d.flush(); err != nil {
		return err
	}
	if err := d.d.Merge(o.d); err != nil {
		return fmt.Errorf("merge t-digests: %w", err)
	}
	return nil
}

// Quantile returns the value below which the share q of all values lies; call
// Merge or Flush before.
func (d *Digest) Quantile(q float64) float64 { return d.d.Quantile(q) }

// CDF returns the share of values up to v.
func (d *Digest) CDF(v float64) float64 { return d.d.CDF(v) }

// Flush makes the digest ready for questions.
func (d *Digest) Flush() error { return d.flush() }
