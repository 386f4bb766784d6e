package damage

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/localexport/demo"
)

// TestDamage: every way to damage a file changes it, leaves the original alone
// and does the same for the same random numbers.
func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 5}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v := Victim{Bytes: bytes.Clone(whole), Earlier: bytes.Repeat([]byte{7}, len(whole)/2), PageSize: 4096}
	for n := range len(whole) / v.PageSize {
		v.Pages = append(v.Pages, n)
	}
	same, ways := 0, map[string]bool{}
	const all = 800
	for seed := range uint64(all) {
		b, what := Damage(v, rand.New(rand.NewPCG(seed, 1)))
		again, _ := Damage(v, rand.New(rand.NewPCG(seed, 1)))
		if !bytes.Equal(b, again) {
			t.Fatalf("seed %d: not the same twice: %s", seed, what)
		}
		if bytes.Equal(b, whole) {
			same++ // a byte was set to what it was, or pages are alike
		}
		ways[strings.Trim(strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return -1
			}
			return r
		}, what), " ")] = true
	}
	if !bytes.Equal(v.Bytes, whole) {
		t.Error("the original was changed")
	}
	if same > all/5 || len(ways) < 15 {
		t.Errorf("%d of %d are as before, %d ways: %q", same, all, len(ways), slices.Collect(maps.Keys(ways)))
	}
}
