package changes

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// TestParts: the parts follow each other without a gap in either file, and no key of a
// part comes again in a later one.
func TestParts(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for round := range 40 {
		write := func() string {
			var b strings.Builder
			b.WriteString("page_id,x\n")
			for id := 0; id < 300; id += rng.IntN(9) { // now and then a key comes again
				b.WriteString(strconv.Itoa(id) + ",\"" + strings.Repeat("x\n", rng.IntN(20)) + "\"\n" + strings.Repeat("\n", rng.IntN(2)))
			}
			return b.String()
		}
		a, b := opened(t, "pages", write()), opened(t, "pages", write())
		p := newPlanner(a, b, int64(1+rng.IntN(300)), false)
		aAt, bAt, highest := a.first, b.first, int64(-1)
		for last := false; !last; {
			x, err := p.next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if x.a.from != aAt || x.b.from != bAt || x.a.to < aAt || x.b.to < bAt {
				t.Fatalf("round %d: %+v follows %d, %d", round, x, aAt, bAt)
			}
			most := highest
			for _, s := range []struct {
				t    *table
				span span
			}{{a, x.a}, {b, x.b}} {
				for _, key := range keysIn(t, s.t, s.span) {
					if key <= highest {
						t.Fatalf("round %d: the key %d comes in two parts", round, key)
					}
					most = max(most, key)
				}
			}
			aAt, bAt, highest, last = x.a.to, x.b.to, most, x.last
		}
		if aAt != a.end || bAt != b.end {
			t.Fatalf("round %d: the parts end at %d, %d, not %d, %d", round, aAt, bAt, a.end, b.end)
		}
		p.close()
	}
}

// opened is a table with a text, whose kinds of keys are known.
func opened(t *testing.T, name, text string) *table {
	t.Helper()
	x, err := openTable(t.Context(), name, Input{Path: put(t, name+".csv", text), Title: name}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.file.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// keysIn are the keys of the rows in a part of a table.
func keysIn(t *testing.T, x *table, part span) (keys []int64) {
	t.Helper()
	s := newSide(x)
	defer s.walk.Close()
	err := s.walk.Do(func() error {
		if err := s.begin(part.from, part.to); err != nil {
			return err
		}
		for {
			ok, err := s.load(t.Context())
			if err != nil || !ok {
				return err
			}
			keys = append(keys, s.key.number)
			s.next()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}
