package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"sluice/takes/servers"
)

// workshop is a run.
type workshop struct {
	sluice string
	dir    string
	demos  string // folder with the demo
	user   servers.User
	out    io.Writer
	cuts   int
	schema string // of dumps that are cut
	// servers and forms are what is asked for.
	servers, forms *regexp.Regexp

	right   map[string]string // SHA-256 of each file of the demo's export, by its name
	rows    int64             // in them
	content int64             // rows of the demo's table content

	results []result
	abouts  []string // what is to be known about servers
	// troubles is true while it is tried what goes wrong.
	troubles bool
	n        int // of folders
	// noServer is true for sources that hold the demo and nothing beside it.
	noServer bool
}

// verdict is what became of something that was tried.
type verdict int

const (
	right verdict = iota
	skipped
	wrong
)

// result is what became of something that was tried.
type result struct {
	server  string
	form    string
	verdict verdict
	note    string
	trouble bool // it is about something that goes wrong
}

// errSkip says why something cannot be tried.
type errSkip struct{ reason string }

func (e errSkip) Error() string { return e.reason }

// try does something, unless it is not asked for, and keeps what became of it.
func (w *workshop) try(server, form string, do func() (note string, err error)) {
	if !w.servers.MatchString(server) || !w.forms.MatchString(form) {
		return
	}
	note, err := do()
	r := result{server, form, right, note, w.troubles}
	var skip errSkip
	switch {
	case errors.As(err, &skip):
		r.verdict, r.note = skipped, skip.reason
	case err != nil:
		r.verdict, r.note = wrong, err.Error()
	}
	w.results = append(w.results, r)
	fmt.Fprintf(w.out, "%-7s %s: %s %s\n", [...]string{"right", "skipped", "WRONG"}[r.verdict], server, form, r.note)
}

func (w *workshop) wrong() int {
	n := 0
	for _, r := range w.results {
		if r.verdict == wrong {
			n++
		}
	}
	return n
}

// folder makes a new folder.
func (w *workshop) folder(name string) (string, error) {
	w.n++
	dir := filepath.Join(w.dir, fmt.Sprintf("%s%d", name, w.n))
	return dir, os.Mkdir(dir, 0o755)
}

// branch is a workshop for a part of the run, which goes on beside others.
func (w *workshop) branch() (*workshop, error) {
	b := *w
	b.results, b.abouts = nil, nil
	var err error
	b.dir, err = w.folder("part")
	return &b, err
}

// merge takes over what was tried in a branch.
func (w *workshop) merge(b *workshop) {
	w.results, w.abouts = append(w.results, b.results...), append(w.abouts, b.abouts...)
}

// demo is a file with the demo in a form.
func (w *workshop) demo(form string) string { return filepath.Join(w.demos, "demo."+form) }

// prepare writes the demo and exports it.
func (w *workshop) prepare(ctx context.Context, pages int, seed int64) error {
	for _, form := range []string{"sqlite", "pgsql", "pgdump", "mysqldump", "xml"} {
		e := w.run(ctx, call{args: []string{"demo", w.demo(form), "--as", form, "--pages", fmt.Sprint(pages), "--seed", fmt.Sprint(seed)}})
		if e.code != 0 {
			return fmt.Errorf("write the demo: %s", e)
		}
	}
	var err error
	if w.right, w.rows, err = w.export(ctx, w.demo("sqlite"), zone); err != nil {
		return fmt.Errorf("export the demo: %w", err)
	}
	w.content, err = count(ctx, w.demo("sqlite"), "content")
	return err
}

// call is how the program is run.
type call struct {
	args  []string
	env   []string
	stdin io.Reader
	begun func(pid int) // called once it runs
}

// end is how the program has ended.
type end struct {
	code        int
	out, errors string
}

func (e end) String() string {
	text := strings.TrimSpace(e.errors)
	return fmt.Sprintf("exit %d, %q", e.code, text[max(0, len(text)-600):])
}

// run runs the program, without the settings of whoever runs this, and in a time
// zone that has nothing to do with anything.
func (w *workshop) run(ctx context.Context, c call) end {
	cmd := exec.CommandContext(ctx, w.sluice, c.args...)
	cmd.Env = append([]string{"HOME=" + filepath.Join(w.dir, "nobody"), "TMPDIR=" + w.dir, "TZ=Asia/Tokyo"}, c.env...)
	cmd.Dir, cmd.Stdin = w.dir, c.stdin
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		return end{code: -1, errors: err.Error()}
	}
	if c.begun != nil {
		c.begun(cmd.Process.Pid)
	}
	err := cmd.Wait()
	e := end{code: cmd.ProcessState.ExitCode(), out: out.String(), errors: errs.String()}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		e.code, e.errors = -1, e.errors+err.Error()
	}
	return e
}

// zone is the time zone in which the demo's server ran.
const zone = "Europe/Berlin"

// export exports a snapshot, in a zone or, if that is empty, in the one that is
// found. It returns the SHA-256 of each file by its name, and the rows in them.
func (w *workshop) export(ctx context.Context, snapshot, zone string) (map[string]string, int64, error) {
	home, err := w.folder("home")
	if err != nil {
		return nil, 0, err
	}
	defer os.RemoveAll(home)
	args := []string{"export", snapshot, "--home", home, "--from-date", "1990-01-01T00:00Z", "--min-free-space=-1", "--json"}
	if zone != "" {
		args = append(args, "--time-zone", zone)
	}
	e := w.run(ctx, call{args: args})
	if e.code != 0 {
		return nil, 0, fmt.Errorf("export: %s", e)
	}
	var job struct {
		Statistics struct {
			WrittenRows int64 `json:"writtenRows"`
		} `json:"statistics"`
		Files []struct{ Name, Path string } `json:"files"`
	}
	if err := json.Unmarshal([]byte(e.out), &job); err != nil {
		return nil, 0, fmt.Errorf("what the export prints: %w", err)
	}
	sums := map[string]string{}
	for _, f := range job.Files {
		b, err := os.ReadFile(f.Path)
		if err != nil {
			return nil, 0, err
		}
		sum := sha256.Sum256(b)
		sums[f.Name] = hex.EncodeToString(sum[:])
	}
	if len(sums) != 5 {
		return nil, 0, fmt.Errorf("the export has %d files", len(sums))
	}
	return sums, job.Statistics.WrittenRows, nil
}

// different lists the files that are not as they have to be.
func different(got, want map[string]string) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			names = append(names, name)
		}
	}
	return names
}
