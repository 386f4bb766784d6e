package groupby

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// grouped adds rows of a key and a number in turn to the workers and returns what comes.
func grouped(t *testing.T, c Config, rows [][2]string, kind Kind) (out []string, spilled int64) {
	t.Helper()
	c.Dir = t.TempDir()
	c.Ops = []Op{Filled, Distinct, Numbers, Least, Greatest}
	g := New(c)
	for i, r := range rows {
		w := g.Workers()[i%len(g.Workers())]
		key, _ := g.AppendKey(nil, []byte(r[0]))
		at, err := w.Row(key)
		if err != nil {
			t.Fatal(err)
		}
		v := Value{Text: []byte(r[1])}
		if s, ok := ParseSum(v.Text); ok {
			v.Kind, v.Sum = Number, s
		}
		for op, o := range c.Ops {
			if o == Distinct {
				w.Distinct(op, key, v.Text)
				continue
			}
			w.Cell(op, at, &v)
		}
	}
	err := g.Finish(context.Background(), []Kind{kind, kind, kind, kind, kind}, func(g Group) error {
		out = append(out, fmt.Sprintf("%s %d %s %s", g.Keys[0], g.Rows, g.Results, g.Means[2]))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	spilled = g.Spilled()
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(c.Dir); err != nil || len(left) > 0 {
		t.Fatalf("%v is left, %v", left, err)
	}
	return out, spilled
}

// TestSpillsChangeNothing: however little memory there is and however many workers, what
// comes out is the same; partitions that do not fit are cut again.
func TestSpillsChangeNothing(t *testing.T) {
	var rows [][2]string
	for i := range 12_000 {
		rows = append(rows, [2]string{fmt.Sprint("key ", i*i%9001), fmt.Sprint(i%13, ".", i%3)})
	}
	want, spilled := grouped(t, Config{Workers: 1, Limit: 1 << 30, Order: Order{Keys: 1}}, rows, Number)
	if spilled != 0 || len(want) < 3000 {
		t.Fatalf("%d groups, %d bytes spilled", len(want), spilled)
	}
	for _, c := range []struct{ workers, limit int }{{2, 1 << 30}, {1, 100_000}, {3, 40_000}, {2, 1}} {
		got, spilled := grouped(t, Config{Workers: c.workers, Limit: c.limit, Order: Order{Keys: 1}}, rows, Number)
		if !slices.Equal(got, want) {
			t.Errorf("%+v: %d groups, want %d", c, len(got), len(want))
		}
		if (spilled > 0) != (c.limit < 1<<30) {
			t.Errorf("%+v: %d bytes spilled", c, spilled)
		}
	}
}

// TestOrders: most rows first, or by keys; late keys behind others, the empty one last.
func TestOrders(t *testing.T) {
	var rows [][2]string
	for _, k := range strings.Split("b,c,,late,b,late,late,a,,a,b", ",") {
		rows = append(rows, [2]string{k, "1"})
	}
	for _, c := range []struct {
		order Order
		want  string
	}{
		{Order{Keys: 1, Late: "late"}, "[b 3 late 3 a 2  2 c 1]"},
		{Order{Keys: 1, ByKeys: true, Late: "late"}, "[a 2 b 3 c 1 late 3  2]"},
	} {
		got, _ := grouped(t, Config{Workers: 2, Limit: 1 << 20, Order: c.order}, rows, Number)
		for i, g := range got {
			got[i] = strings.Join(strings.SplitN(g, " ", 3)[:2], " ")
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%+v: %v, want %s", c.order, got, c.want)
		}
	}
}

// TestExtremes: what is least depends on what the cells are.
func TestExtremes(t *testing.T) {
	rows := [][2]string{{"k", "10"}, {"k", "9"}, {"k", "x"}, {"k", "9.0"}}
	for kind, want := range map[Kind]string{Number: "k 4 [4 4 28 9 10] 9.3333333", Text: "k 4 [4 4 28 10 x] 9.3333333", Time: "k 4 [4 4 28  ] 9.3333333"} {
		if got, _ := grouped(t, Config{Workers: 1, Limit: 1 << 20, Order: Order{Keys: 1}}, rows, kind); got[0] != want {
			t.Errorf("%d: %q, want %q", kind, got[0], want)
		}
	}
}

// TestScratchThatCannotBe: a folder that nothing can be written to is said.
func TestScratchThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	g := New(Config{Workers: 1, Limit: 1, Order: Order{Keys: 1}, Dir: filepath.Join(file, "below")})
	var err error
	for i := 0; err == nil && i < 5000; i++ {
		key, _ := g.AppendKey(nil, fmt.Append(nil, i))
		_, err = g.Workers()[0].Row(key)
	}
	if err == nil || !strings.Contains(err.Error(), "do not fit in memory") {
		t.Errorf("the error is %v", err)
	}
	if err := g.Close(); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	g = New(Config{Workers: 1, Limit: 1 << 20, Order: Order{Keys: 1}, Dir: t.TempDir()})
	key, _ := g.AppendKey(nil, []byte("a"))
	if _, err := g.Workers()[0].Row(key); err != nil {
		t.Fatal(err)
	}
	if err := g.Finish(ctx, nil, func(Group) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}
