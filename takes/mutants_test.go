package takes

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sluice/localexport/demo"
	demodumps "sluice/localexport/demo/dumps"
	"sluice/takes/feed"
)

// mutate changes an archive in one of the ways in which files break, and some in which
// none does.
func mutate(r *rand.Rand, whole []byte) (what string, b []byte) {
	b = bytes.Clone(whole)
	// The table of contents is the smaller and the more delicate part.
	place := func() int {
		if r.IntN(2) == 0 {
			return r.IntN(min(len(b), 16<<10))
		}
		return r.IntN(len(b))
	}
	from := place()
	to := min(len(b), from+1+r.IntN(1<<r.IntN(13)))
	switch r.IntN(8) {
	case 0:
		b[from] ^= 1 << r.IntN(8)
		return "bit", b
	case 1:
		for range 1 + r.IntN(8) {
			b[place()] = byte(r.Uint32())
		}
		return "bytes", b
	case 2:
		return "cut out", slices.Delete(b, from, to)
	case 3:
		return "twice", slices.Insert(b, to, whole[from:to]...)
	case 4:
		other := place()
		n := min(to-from, len(b)-other)
		copy(b[other:other+n], whole[from:from+n])
		copy(b[from:from+n], whole[other:other+n])
		return "swapped", b
	case 5: // a length, or an offset
		n := []uint64{0, 1, 255, 65536, 1 << 31, 1<<64 - 1, uint64(len(b)), uint64(r.IntN(len(b)))}[r.IntN(8)]
		var eight [8]byte
		binary.LittleEndian.PutUint64(eight[:], n)
		copy(b[from:], eight[:4+4*r.IntN(2)])
		return "length", b
	case 6:
		clear(b[from:to])
		return "zeros", b
	}
	return "end", b[:from]
}

// TestMutatedArchives: a broken archive gives a clear error or the rows that pg_restore
// gives of it, and never other ones without a word. SLUICE_MUTANTS says how many are
// tried.
func TestMutatedArchives(t *testing.T) {
	restore, err := exec.LookPath("pg_restore")
	if err != nil {
		t.Skip("no pg_restore is installed")
	}
	n, _ := strconv.Atoi(os.Getenv("SLUICE_MUTANTS"))
	if n = cmp.Or(n, 40); testing.Short() {
		n = 10
	}
	dir := t.TempDir()
	archives := map[string][]byte{}
	for _, name := range []string{"pg15-zlib.dump", "pg15-piped.dump", "pg15-inserts.dump", "demo"} {
		path := filepath.Join("testdata", name)
		if name == "demo" {
			path = filepath.Join(dir, name)
			if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 12, Seed: 3, As: demodumps.PgDump}); err != nil {
				t.Fatal(err)
			}
		}
		if archives[name], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	counts := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(archives)) {
		m := mutants{t: t, restore: restore, dir: dir, name: name, counts: counts}
		m.whole = m.taken(archives[name]).rows
		for i := range n {
			what, b := mutate(rand.New(rand.NewPCG(uint64(i), 12)), archives[name])
			m.try(fmt.Sprintf("%s, mutant %d (%s)", name, i, what), b)
		}
	}
	for _, outcome := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%6d %s", counts[outcome], outcome)
	}
}

// mutants are those of one archive.
type mutants struct {
	t                         *testing.T
	restore, dir, name, whole string
	counts                    map[string]int
}

// outcome is what came of taking a snapshot.
type outcome struct {
	rows   string
	doubts []string
	err    error
}

func (m *mutants) taken(b []byte) outcome {
	m.t.Helper()
	source, out := filepath.Join(m.dir, "mutant"), filepath.Join(m.dir, "out.db")
	if err := os.WriteFile(source, b, 0o600); err != nil {
		m.t.Fatal(err)
	}
	defer os.Remove(out)
	r, err := Take(m.t.Context(), source, out, Options{})
	if left, _ := filepath.Glob(out + "*"); err != nil && len(left) > 0 {
		m.t.Errorf("left: %q", left)
	}
	if err != nil {
		return outcome{err: err}
	}
	return outcome{rows: contents(m.t, out), doubts: r.Doubts}
}

func (m *mutants) try(what string, b []byte) {
	ours := m.taken(b)
	switch {
	case ours.err != nil && !errors.Is(ours.err, feed.ErrDamaged):
		m.t.Errorf("%s: an error that is not about the source: %v", what, ours.err)
		return
	case ours.err != nil:
		m.counts["refused"]++
		return
	case ours.rows == m.whole:
		m.counts["the rows of the whole archive"]++
		return
	}
	path := filepath.Join(m.dir, "mutant")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		m.t.Fatal(err)
	}
	text, err := exec.Command(m.restore, "-f", "-", path).Output()
	theirs := outcome{err: err}
	if err == nil {
		theirs = m.taken(text)
	}
	switch {
	case theirs.err == nil && theirs.rows == ours.rows:
		m.counts["other rows, those of pg_restore"]++
	case len(ours.doubts) > 0:
		m.counts["other rows, and a warning"]++
	default:
		m.t.Errorf("%s: other rows than pg_restore's (%v), without a word:\n%s", what, theirs.err, difference(ours.rows, theirs.rows))
		if dir := os.Getenv("SLUICE_KEEP_MUTANTS"); dir != "" {
			os.WriteFile(filepath.Join(dir, strings.ReplaceAll(what, " ", "_")), b, 0o600)
		}
	}
}

// difference is the first line that differs.
func difference(ours, theirs string) string {
	a, b := strings.Split(ours, "\n"), strings.Split(theirs, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("ours   %.300s\ntheirs %.300s", a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines against %d", len(a), len(b))
}
