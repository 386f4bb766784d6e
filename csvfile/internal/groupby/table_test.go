package groupby

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var allOps = []Op{Filled, Distinct, Numbers, Least, Greatest}

func newTestTable() *Table { return newTable(New(Config{Workers: 1}).seed, allOps) }

// valuesOf are values of all kinds.
func valuesOf(t *testing.T) []Value {
	t.Helper()
	out := []Value{{Text: []byte("text")}, {Text: []byte{}}, {Text: bytes.Repeat([]byte("x"), TextLimit)},
		{Text: []byte("2026-01-01"), Kind: Time, Sec: 1767225600}, {Text: []byte("1969"), Kind: Time, Sec: -1, Nanos: 999}}
	for _, n := range []string{"12", "-0.5", "123456789012345678901234567890", "-1e30"} {
		s, ok := ParseSum([]byte(n))
		if !ok {
			t.Fatal(n)
		}
		out = append(out, Value{Text: []byte(n), Kind: Number, Sum: s})
	}
	return out
}

// written is all of a table, in the order of its keys.
func written(t *Table) string {
	var all []string
	for i := range t.Len() {
		all = append(all, fmt.Sprintf("%q", t.append(nil, i)))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// fill adds rows to tables: row i goes to the table that to names.
func fill(rng *rand.Rand, values []Value, rows, keys int, to func(i int) *Table) {
	for i := range rows {
		key, v := fmt.Appendf(nil, "key %d", rng.IntN(keys)), values[rng.IntN(len(values))]
		t := to(i)
		g := t.group(key)
		t.rows[g]++
		for op := range allOps {
			t.states[op].add(g, &v)
		}
	}
}

// TestTableFindsGroups: a key has one group, whatever else there is, and after the table
// was emptied none.
func TestTableFindsGroups(t *testing.T) {
	table, want := newTestTable(), map[string]int{}
	rng := rand.New(rand.NewPCG(8, 8))
	for round := range 2 {
		for range 20_000 {
			key := fmt.Sprint("k", rng.IntN(6000))
			g := table.group([]byte(key))
			if was, ok := want[key]; ok && was != g {
				t.Fatalf("round %d: %s is group %d, and was %d", round, key, g, was)
			}
			want[key] = g
			if got := string(table.key(g)); got != key {
				t.Fatalf("the key of %s is %q", key, got)
			}
		}
		if table.Len() != len(want) {
			t.Fatalf("%d groups, want %d", table.Len(), len(want))
		}
		if round == 0 && table.used() < 6000*30 {
			t.Errorf("they take %d bytes", table.used())
		}
		table.reset()
		if table.Len() != 0 || table.used() != 0 {
			t.Errorf("an empty table has %d groups and %d bytes", table.Len(), table.used())
		}
		clear(want)
	}
}

// TestMergeIsOneTable: tables that are merged, also by way of a file, are as if one had
// taken all rows.
func TestMergeIsOneTable(t *testing.T) {
	values := valuesOf(t)
	one := newTestTable()
	fill(rand.New(rand.NewPCG(4, 4)), values, 5000, 300, func(int) *Table { return one })
	a, b := newTestTable(), newTestTable()
	fill(rand.New(rand.NewPCG(4, 4)), values, 5000, 300, func(i int) *Table { return []*Table{a, b}[i%2] })
	again := newTestTable()
	for _, part := range []*Table{a, b} {
		for i := range part.Len() {
			if rest := again.read(append(part.append(nil, i), "rest"...)); string(rest) != "rest" {
				t.Fatalf("what follows is %q", rest)
			}
		}
	}
	a.merge(b)
	if written(a) != written(one) || written(again) != written(one) {
		t.Error("they differ")
	}
}

// TestPartitions: what is written down comes back, each group in one partition, and small
// ones where memory is small.
func TestPartitions(t *testing.T) {
	values := slices.Delete(valuesOf(t), 2, 3) // without the long one
	one := newTestTable()
	fill(rand.New(rand.NewPCG(6, 6)), values, 20_000, 15_000, func(int) *Table { return one })
	want := written(one)
	for _, limit := range []int{1 << 30, 20_000} {
		to := NewScratch(t.TempDir())
		s := &spill{to: to}
		part := newTable(one.seed, allOps)
		part.merge(one)
		if err := s.take(part); err != nil || part.Len() != 0 || !s.spilled() {
			t.Fatal(err, part.Len())
		}
		all, largest, handed := newTable(one.seed, allOps), 0, 0
		for p := range parts {
			err := s.load(context.Background(), p, part, limit, func(t *Table) error {
				largest, handed = max(largest, t.Len()), handed+1
				all.merge(t)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if written(all) != want {
			t.Errorf("limit %d: the groups differ", limit)
		}
		if cut := handed > parts; cut != (limit < 1<<30) {
			t.Errorf("limit %d: %d tables were handed on, the largest of %d groups", limit, handed, largest)
		}
		if err := to.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestLoadEnds: reading back ends with its context.
func TestLoadEnds(t *testing.T) {
	table := newTestTable()
	fill(rand.New(rand.NewPCG(6, 6)), valuesOf(t)[:1], 30_000, 20_000, func(int) *Table { return table })
	to := NewScratch(t.TempDir())
	defer to.Close()
	s := &spill{to: to}
	if err := s.take(table); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.load(ctx, 0, table, 1<<30, func(*Table) error { return nil }); err == nil {
		t.Error("it goes on")
	}
}

// TestKeys: the cells of a key come back; long ones by their start, told apart by all.
func TestKeys(t *testing.T) {
	d := NewDigests()
	long := strings.Repeat("y", TextLimit)
	var key []byte
	cells := []string{"", "a", "two words", long, long + "1", long + "2"}
	for i, c := range cells {
		var cut bool
		if key, cut = d.AppendKey(key, []byte(c)); cut != (i > 3) {
			t.Errorf("%d bytes are cut: %v", len(c), cut)
		}
	}
	var digests []string
	rest := key
	for _, c := range cells {
		var cell, digest []byte
		cell, digest, rest = cutKey(rest)
		if string(cell) != c[:min(len(c), TextLimit)] {
			t.Errorf("%.20q is %.20q", c, cell)
		}
		digests = append(digests, string(digest))
	}
	if len(rest) != 0 || digests[3] != "" || digests[4] == "" || digests[4] == digests[5] {
		t.Errorf("digests %q", digests)
	}
	digest, err := d.OfReader(strings.NewReader(cells[4]))
	if err != nil || string(digest) != digests[4] {
		t.Errorf("read in pieces it is %q, %v", digest, err)
	}
	whole, _ := d.AppendKey(nil, []byte(cells[4]))
	if !bytes.Equal(d.AppendLongKey(nil, []byte(cells[4]), digest), whole) {
		t.Error("a key made of its digest is another")
	}
	for _, c := range cells {
		if got := groupOf(d.appendPair(nil, whole, []byte(c))); !bytes.Equal(got, whole) {
			t.Errorf("the group of a pair is %.20q", got)
		}
	}
	if a, b := d.appendPair(nil, whole, []byte(cells[4])), appendLongPair(nil, whole, digest); !bytes.Equal(a, b) {
		t.Error("a pair made of a digest is another")
	}
}
