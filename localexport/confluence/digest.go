package confluence

import (
	"bytes"
	"context"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"sync"

	"sluice/localexport/sqlread"
)

// digest sums up the keys and row numbers of an index or of its table,
// whatever their order.
type digest struct {
	count    int64
	sum      uint64
	disorder int64 // places where a key is smaller than the one before
}

// digestSeed makes the hashes of texts; both sides of a comparison use it.
var digestSeed = maphash.MakeSeed()

// mix spreads the bits of a number (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// add adds a row whose column 0 is the row number, behind which come the keys.
func (d *digest) add(r *sqlread.Stmt, columns int) {
	h := uint64(r.Int(0)) + 0x9e3779b97f4a7c15
	for i := 1; i <= columns; i++ {
		v := uint64(r.Kind(i))
		switch r.Kind(i) {
		case sqlread.Integer:
			v ^= mix(uint64(r.Int(i)))
		case sqlread.Real:
			v ^= mix(math.Float64bits(r.Float(i)))
		case sqlread.Text, sqlread.Blob:
			v ^= maphash.Bytes(digestSeed, r.Bytes(i))
		}
		h = mix(h) ^ v
	}
	d.count++
	d.sum += mix(h)
}

// batch is how many entries are counted at once.
const batch = 4096

// rows reads the table side, with several connections.
func (v *validator) rows(ctx context.Context, x check) (digest, error) {
	var mu sync.Mutex
	var parts []*digest
	columns := len(x.index.Columns)
	err := v.s.Scan(ctx, x.table, v.workers, "", x.index.Columns, func() func(*sqlread.Stmt) error {
		d := &digest{}
		mu.Lock()
		parts = append(parts, d)
		mu.Unlock()
		return func(r *sqlread.Stmt) error {
			d.add(r, columns)
			if d.count%batch == 0 {
				v.c.Checked.Add(batch)
				return v.pace.Wait(ctx)
			}
			return nil
		}
	})
	var all digest
	for _, d := range parts {
		all.count += d.count
		all.sum += d.sum
	}
	return all, err
}

// entries reads the index side in the order of the index.
func (v *validator) entries(ctx context.Context, x check) (digest, error) {
	c, err := v.s.Conn(ctx)
	if err != nil {
		return digest{}, err
	}
	defer c.Close()
	quoted := make([]string, len(x.index.Columns))
	for i, name := range x.index.Columns {
		quoted[i] = sqlread.Quote(name)
	}
	columns := len(quoted)
	sql := "SELECT " + strings.Join(slices.Concat([]string{x.table.Rowid}, quoted), ", ") + " FROM " + sqlread.Quote(x.table.Name) +
		" INDEXED BY " + sqlread.Quote(x.index.Name) + " ORDER BY " + quoted[0] + " COLLATE BINARY"
	var d digest
	var last key
	err = c.Each(sql, func(r *sqlread.Stmt) error {
		if last.descends(r, 1) {
			d.disorder++
		}
		d.add(r, columns)
		if d.count%batch == 0 {
			v.c.Checked.Add(batch)
			return v.pace.Wait(ctx)
		}
		return nil
	})
	return d, err
}

// key is the first key of an entry.
type key struct {
	kind sqlread.Kind
	n    float64
	i    int64
	text []byte
}

// descends takes the key of the next entry and reports whether it is smaller
// than the one before. Nulls come first, then numbers, texts, blobs (SQLite
// documentation, "Datatypes", §4.1).
func (k *key) descends(r *sqlread.Stmt, column int) bool {
	before := *k
	k.kind = r.Kind(column)
	class := func(kind sqlread.Kind) sqlread.Kind {
		if kind == sqlread.Real {
			return sqlread.Integer
		}
		return kind
	}
	less := class(k.kind) < class(before.kind)
	same := class(k.kind) == class(before.kind)
	switch k.kind {
	case sqlread.Integer:
		k.i = r.Int(column)
		k.n = float64(k.i)
		if before.kind == sqlread.Integer {
			return k.i < before.i
		}
		return less || same && k.n < before.n
	case sqlread.Real:
		k.n = r.Float(column)
		return less || same && k.n < before.n
	case sqlread.Text, sqlread.Blob:
		b := r.Bytes(column)
		less = less || same && bytes.Compare(b, before.text) < 0
		k.text = append(before.text[:0], b...)
	}
	return less
}
