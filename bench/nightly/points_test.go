//go:build unix

package nightly

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/bench/faults/calls"
)

// changing are the calls by which something changes.
var changing = []string{"write", "rename", "unlink", "mkdir", "link", "sync", "truncate", "chmod"}

// point is a call of an undisturbed night: the nth of its name on a file, whatever numbers
// are in its path.
type point struct {
	call, path string
	n          int
}

// numbers differ from run to run.
var numbers = regexp.MustCompile(`\d{6,}|\[\d+\]|\d{4}_\d\d_\d\dT\d\d_\d\d_\d\dZ`)

// pattern matches the path of the point in any run.
func (p point) pattern() *regexp.Regexp {
	var text strings.Builder
	at := 0
	for _, found := range numbers.FindAllStringIndex(p.path, -1) {
		text.WriteString(regexp.QuoteMeta(p.path[at:found[0]]) + `\S+`)
		at = found[1]
	}
	return regexp.MustCompile("^" + p.call + " " + text.String() + regexp.QuoteMeta(p.path[at:]) + "$")
}

// points are every nth of the points of a night.
func (w *world) points(t *testing.T, every int) map[string]kill {
	t.Helper()
	w.back()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	var all []point
	seen := map[string]int{}
	_, err = calls.Run(t.Context(), calls.Program{Path: os.Args[0], Args: w.args(), Env: w.env(change, morning), Out: log, Errors: log}, func(c calls.Call) calls.Action {
		if !slices.Contains(changing, c.Name) || !strings.HasPrefix(c.Path, w.dir) && !strings.HasPrefix(c.Path, "socket:") || strings.HasSuffix(c.Path, "-shm") {
			return calls.Action{}
		}
		p := point{call: c.Name, path: c.Path}
		key := p.pattern().String()
		seen[key]++
		p.n = seen[key]
		all = append(all, p)
		return calls.Action{}
	})
	if err != nil {
		t.Skip(err)
	}
	w.back()
	w.heard()
	chosen := map[string]kill{}
	for i := every / 2; i < len(all); i += every {
		p := all[i]
		chosen[fmt.Sprintf("%04d %s %s (%d)", i, p.call, strings.ReplaceAll(strings.TrimPrefix(p.path, w.dir+"/"), "/", "|"), p.n)] = kill{call: p.pattern(), n: p.n, may: true}
	}
	t.Logf("%d of %d points are tried", len(chosen), len(all))
	return chosen
}
