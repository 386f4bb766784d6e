package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sluice/bench/faults/damage"
	"sluice/bench/faults/oracle"
	"sluice/localexport/confluence"
	"sluice/pipeline"
)

// damaged is a snapshot that is damaged again and again.
type damaged struct {
	of     *specimen
	victim damage.Victim
	usual  map[string]bool // warnings of the whole snapshot
	whole  oracle.Truth
}

// beginSnapshots makes snapshots of several forms.
func beginSnapshots(ctx context.Context, w *workshop, _ int) (attempt, error) {
	var all []*damaged
	for _, form := range []struct {
		name   string
		change func(string) error
	}{
		{"snapshots", nil},
		{"snapshots-small-pages", func(path string) error { return statements(path, "PRAGMA page_size = 1024", "VACUUM") }},
		{"snapshots-without-keys", dropKeys},
	} {
		d, err := w.damaged(ctx, form.name, form.change)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return func(ctx context.Context, n int, r *rand.Rand) outcome { return all[n%len(all)].attempt(ctx, r) }, nil
}

// snapshotPages make trees of two levels and bodies that overflow.
const snapshotPages = 60

func (w *workshop) damaged(ctx context.Context, name string, change func(string) error) (*damaged, error) {
	s, err := w.demoSpecimen(ctx, name, snapshotPages, change, "--full-content", "--preserve-line-breaks")
	if err != nil {
		return nil, err
	}
	d := &damaged{of: s, usual: map[string]bool{}}
	if d.victim.Earlier, err = os.ReadFile(s.snapshot); err != nil {
		return nil, err
	}
	// Its last changes, as a server makes them.
	err = statements(s.snapshot,
		"UPDATE content SET title = title || ' (changed)', version = version + 1 WHERE contentid % 7 = 0",
		"UPDATE bodycontent SET body = body || body WHERE contentid % 5 = 0",
		"INSERT INTO content (contentid, hibernateversion, contenttype, title, version, creator, creationdate, lastmodifier, lastmoddate, spaceid, content_status) "+
			"SELECT contentid + 100000000, 0, contenttype, 'New ' || title, 1, creator, creationdate, lastmodifier, lastmoddate, spaceid, content_status FROM content WHERE contentid % 11 = 0",
		"DELETE FROM AO_7B47A5_EVENT WHERE ID % 13 = 0")
	if err != nil {
		return nil, err
	}
	if d.victim.Bytes, err = os.ReadFile(s.snapshot); err != nil {
		return nil, err
	}
	d.victim.PageSize = int(d.victim.Bytes[16])<<8 | int(d.victim.Bytes[17])
	if d.victim.Pages, err = pagesThatMatter(s.snapshot); err != nil {
		return nil, err
	}
	whole, e, o := d.export(ctx, s.snapshot)
	if o.verdict.bad() || e.code != 0 {
		return nil, fmt.Errorf("the whole snapshot: %s %s", o.note, e.says())
	}
	for _, x := range whole.job.Warnings {
		d.usual[x.Message] = true
	}
	if d.whole, err = oracle.Read(ctx, s.snapshot); err != nil || len(d.whole.Doubts) > 0 {
		return nil, fmt.Errorf("the whole snapshot has doubts: %v, %w", d.whole.Doubts, err)
	}
	return d, whole.differ(d.whole)
}

// produced is what an export says and has written.
type produced struct {
	job   pipeline.Job
	files map[string][][]string // records, the header first
}

// export exports a snapshot, anything goes but a defect or a silent failure.
func (d *damaged) export(ctx context.Context, path string, more ...string) (x produced, e end, o outcome) {
	folder, err := d.of.w.folder()
	if err != nil {
		return x, e, loss("prepare: %v", err)
	}
	defer os.RemoveAll(folder)
	s := *d.of
	s.snapshot = path
	if e, err = d.of.w.run(ctx, s.arguments(folder, append(more, "--json")...)...); err != nil {
		return x, e, loss("%v", err)
	}
	if o, ok := e.panicked(); ok {
		return x, e, o
	}
	if e.code != 0 {
		if e.code == 1 && strings.TrimSpace(e.errors) == "" {
			_ = json.Unmarshal([]byte(e.out), &x.job) // its errors are the words, then
			if len(x.job.Errors) == 0 {
				return x, e, loss("exit 1 without a word")
			}
		}
		return x, e, fine("refused")
	}
	if err := json.Unmarshal([]byte(e.out), &x.job); err != nil || x.job.Status != pipeline.Completed {
		return x, e, falsehood("exit 0, and the job is %q, %v", string(x.job.Status), err)
	}
	x.files, err = records(filepath.Join(exports(folder), "1"))
	if err != nil {
		return x, e, falsehood("%v", err)
	}
	return x, e, fine("")
}

// records reads the files of a job.
func records(dir string) (map[string][][]string, error) {
	all := map[string][][]string{}
	for _, name := range confluence.FileNames {
		found, err := filepath.Glob(filepath.Join(dir, name+"_job*.csv"))
		if err != nil || len(found) != 1 {
			return nil, fmt.Errorf("%d files are called %s, %w", len(found), name, err)
		}
		f, err := os.Open(found[0])
		if err != nil {
			return nil, err
		}
		all[name], err = csv.NewReader(f).ReadAll()
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return all, nil
}

// differ is the first difference between what was written and what SQLite reads.
func (x produced) differ(truth oracle.Truth) error {
	for _, name := range confluence.FileNames {
		if d := truth.Files[name].Compare(x.files[name][0], x.files[name][1:]); d != "" {
			return fmt.Errorf("%s: %s", name, d)
		}
	}
	return nil
}

// elsewhere are warnings that say nothing of rows that are missing.
var elsewhere = []string{confluence.KeyTimeZone, confluence.KeyUnknownBuild, confluence.KeyUnknownUser, confluence.KeyImplausibleTime,
	confluence.KeyMissingIndex, confluence.KeyZeroDate}

// complains reports whether a job says that something is wrong with its rows.
func (d *damaged) complains(job pipeline.Job) bool {
	return slices.ContainsFunc(job.Warnings, func(x pipeline.Diagnostic) bool {
		return !d.usual[x.Message] && !slices.Contains(elsewhere, x.Key)
	})
}

// attempt damages the snapshot and exports it: it is refused, or the export says
// what is wrong, or it has exactly what SQLite reads.
func (d *damaged) attempt(ctx context.Context, r *rand.Rand) outcome {
	bytes, what := damage.Damage(d.victim, r)
	folder, err := d.of.w.folder()
	if err != nil {
		return loss("prepare: %v", err)
	}
	path := filepath.Join(folder, "snapshot.db")
	if err := os.WriteFile(path, bytes, 0o600); err != nil {
		return loss("prepare: %v", err)
	}
	way := [][]string{nil, nil, {"--sqlite-only"}, {"--map-file"}}[r.IntN(4)]
	return tidy(folder, d.judge(ctx, path, way)).at("%s, %s %v", filepath.Base(d.of.snapshot), what, way)
}

func (d *damaged) judge(ctx context.Context, path string, way []string) outcome {
	x, e, o := d.export(ctx, path, way...)
	if o.verdict.bad() {
		return o
	}
	if e.code == 4 { // the check has found it; forced, the export says so again
		x, e, o = d.export(ctx, path, append(slices.Clone(way), "--force")...)
		if o.verdict.bad() {
			return o.at("forced")
		}
		if e.code == 0 && !d.complains(x.job) {
			return loss("forced, nothing is said of what the check has found")
		}
		return fine("found by the check")
	}
	if e.code != 0 {
		return fine("refused: exit %d", e.code)
	}
	if d.complains(x.job) {
		return fine("with a warning: %s", x.job.Warnings[len(x.job.Warnings)-1].Key)
	}
	truth, err := oracle.Read(ctx, path)
	if err != nil {
		return loss("the oracle: %v", err)
	}
	if len(truth.Doubts) > 0 {
		// What SQLite cannot read may be of no use to an export; then nothing is missing.
		if err := x.differ(d.whole); err != nil {
			return loss("nothing is said of %s, and %v", truth.Doubts[0], err)
		}
		return fine("as before the damage")
	}
	if err := x.differ(truth); err != nil {
		return loss("without a word, %v", err)
	}
	return fine("the same as SQLite reads")
}
