package sketch

import (
	"fmt"
	"slices"

	tdigest "github.com/caio/go-tdigest/v4"
)

const (
	// digestBuffer is how many values are sorted at once before they go into
	// the t-digest as centroids: adding them one by one costs a microsecond each.
	digestBuffer = 16 << 10
	compression  = 200
)

// Digest is a t-digest that takes values in bulk.
type Digest struct {
	d   *tdigest.TDigest
	buf []float64
}

// NewDigest returns an empty digest of about 150 KB.
func NewDigest() (*Digest, error) {
	d, err := tdigest.New(tdigest.Compression(compression))
	if err != nil {
		return nil, fmt.Errorf("make a t-digest: %w", err)
	}
	return &Digest{d: d, buf: make([]float64, 0, digestBuffer)}, nil
}

// Add adds a value, which must be finite.
func (d *Digest) Add(v float64) error {
	d.buf = append(d.buf, v)
	if len(d.buf) < digestBuffer {
		return nil
	}
	return d.flush()
}

// flush groups the sorted values as the t-digest itself would: single values at
// both ends, larger groups towards the median.
func (d *Digest) flush() error {
	slices.Sort(d.buf)
	n := float64(len(d.buf))
	for i := 0; i < len(d.buf); {
		q := (float64(i) + 0.5) / n
		size := max(int(4*n*q*(1-q)/compression), 1)
		group := d.buf[i:min(i+size, len(d.buf))]
		sum := 0.0
		for _, v := range group {
			sum += v / float64(len(group))
		}
		if err := d.d.AddWeighted(sum, uint64(len(group))); err != nil {
			return fmt.Errorf("add to a t-digest: %w", err)
		}
		i += len(group)
	}
	d.buf = d.buf[:0]
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
