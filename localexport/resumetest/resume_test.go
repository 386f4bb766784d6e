package resumetest

import (
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport"
	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/redact"
)

var (
	interruptions = flag.Int("interruptions", 8, "how many exports to interrupt")
	seed          = flag.Uint64("resume-seed", 1, "of the choice of moments")
)

// pages make an export of about 4 MB, of which every 200 KB are kept.
const pages = 900

// whole is an export that nothing has interrupted.
type whole struct {
	snapshot string
	key      string // a file
	redacted *redact.Record
	files    map[string]string // name: SHA-256
	job      pipeline.Job
	took     time.Duration
	changes  int64 // of the disk
}

// TestInterruptions interrupts exports, some of them again while they are resumed,
// and compares what comes out in the end with an export without interruptions.
func TestInterruptions(t *testing.T) { interrupt(t, *interruptions, nil, "") }

// TestInterruptionsOfParquet does so with Parquet files, alone and beside CSV files.
func TestInterruptionsOfParquet(t *testing.T) {
	interrupt(t, (*interruptions+1)/2, []product.Format{product.Parquet}, "")
	interrupt(t, (*interruptions+1)/2, product.Formats, "")
}

// TestInterruptionsRedacted does so with rules of redaction, which leave rows out: what was
// left out before an interruption is counted, too.
func TestInterruptionsRedacted(t *testing.T) {
	rules := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(rules, []byte("profile: no-people\nspaces: {exclude: [ENG]}"), 0o600); err != nil {
		t.Fatal(err)
	}
	interrupt(t, (*interruptions+1)/2, nil, rules)
}

func interrupt(t *testing.T, interruptions int, formats []product.Format, rules string) {
	w := exportWhole(t, formats, rules)
	random := rand.New(rand.NewPCG(*seed, 2))
	made := map[string]int{}
	for n := 0; n < interruptions; {
		o := order{Home: filepath.Join(t.TempDir(), "home"), Snapshot: w.snapshot, Formats: formats, Redact: rules, Key: w.key}
		var done []string
		for range 1 + random.IntN(3) { // chains
			kind := kinds[n%len(kinds)]
			o.Workers, o.SQLiteOnly = 1+random.IntN(3), random.IntN(2) == 0
			kind.interrupt(t, o, w, random)
			if !resumable(t, o) {
				break // it was quicker, or there is nothing yet to go on with
			}
			done = append(done, kind.name)
			made[kind.name]++
			n++
			o.Resume = true
		}
		if len(done) > 0 {
			o.Workers, o.SQLiteOnly = 1+random.IntN(3), random.IntN(2) == 0
			checkResumed(t, o, w, strings.Join(done, ", "))
		}
	}
	t.Logf("interrupted and resumed: %v", made)
}

// kind is a way to interrupt an export, which may be complete before.
type kind struct {
	name      string
	interrupt func(*testing.T, order, whole, *rand.Rand)
}

var kinds = []kind{
	{"killed at a change of the disk", killedAtChange},
	{"cancelled", cancelled},
	{"disk failed", diskFailed},
	{"killed", func(t *testing.T, o order, w whole, r *rand.Rand) { signalled(t, o, w, r, syscall.SIGKILL) }},
	{"terminated", func(t *testing.T, o order, w whole, r *rand.Rand) { signalled(t, o, w, r, syscall.SIGTERM) }},
}

// exportWhole exports without an interruption.
func exportWhole(t *testing.T, formats []product.Format, rules string) whole {
	w := whole{snapshot: filepath.Join(t.TempDir(), "snapshot.db"), key: filepath.Join(t.TempDir(), "key")}
	if _, _, err := redact.LoadKey(w.key, func(string) {}); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Write(t.Context(), w.snapshot, demo.Options{Pages: pages, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	spoil(t, w.snapshot)
	o := order{Home: filepath.Join(t.TempDir(), "home"), Snapshot: w.snapshot, Workers: 2, Formats: formats, Redact: rules, Key: w.key}
	options := o.options()
	count := stumblingAt(1<<40, func() error { return nil })
	options.Disk = count
	began := time.Now()
	w.job = finished(t, o, options)
	w.took, w.changes = time.Since(began), 1<<40-count.left.Load()
	if w.changes < 40 {
		t.Fatalf("only %d changes of the disk: too few moments to interrupt", w.changes)
	}
	if w.files = filesOf(t, o.Home, w.job.ID); len(w.files) != 5*max(1, len(formats))+1 || len(w.job.Warnings) < 2 {
		t.Fatalf("files %v, warnings %v: want one with rejected rows, and counts", w.files, w.job.Warnings)
	}
	w.redacted = redactionOf(t, o.Home, w.job.ID)
	return w
}

// redactionOf is what the manifest of a job says of its redaction.
func redactionOf(t *testing.T, home string, id int64) *redact.Record {
	t.Helper()
	m, err := jobfiles.ReadManifest(localexport.JobFolder(home, id))
	if err != nil {
		t.Fatal(err)
	}
	return m.Redaction
}

// spoil gives a snapshot rows that are rejected, and rows that are counted.
func spoil(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{
		"UPDATE content SET lastmoddate = 'never' WHERE contentid % 60 = 0",
		"UPDATE content SET creator = 'nobody' WHERE contentid % 70 = 0",
		"UPDATE content SET spaceid = NULL WHERE contentid % 50 = 0",
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// finished carries out an order in this process, to its end.
func finished(t *testing.T, o order, options localexport.Options) pipeline.Job {
	t.Helper()
	e := opened(t, options)
	defer closed(t, e)
	if _, err := o.begin(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	job, err := e.Wait(t.Context())
	if err != nil || job.Status != pipeline.Completed {
		t.Fatalf("job = %+v, %v", job, err)
	}
	return job
}

func opened(t *testing.T, options localexport.Options) *localexport.Exporter {
	t.Helper()
	e, err := localexport.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func closed(t *testing.T, e *localexport.Exporter) {
	t.Helper()
	if err := e.Close(context.Background()); err != nil {
		t.Error(err)
	}
}

// filesOf are the checksums of the files of a job, which are those of its manifest.
func filesOf(t *testing.T, home string, id int64) map[string]string {
	t.Helper()
	dir := filepath.Join(home, "data-pipeline", "export", strconv.FormatInt(id, 10))
	m, err := jobfiles.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for _, f := range m.Files {
		kept := jobfiles.KeptFile{Name: f.Name, File: f.File, Bytes: f.Bytes, SHA256: f.SHA256}
		if err := kept.Verify(t.Context(), dir, nil); err != nil {
			t.Errorf("job %d: %v", id, err)
		}
		if info, err := os.Stat(filepath.Join(dir, f.File)); err != nil || info.Size() != f.Bytes {
			t.Errorf("%s has %v, want %d bytes", f.File, info, f.Bytes)
		}
		sums[f.Name] = f.SHA256
		if _, format := product.SplitName(f.Name); format == product.Parquet {
			sums[f.Name] = withoutJob(t, filepath.Join(dir, f.File))
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(m.Files)+1 {
		t.Errorf("folder of job %d: %v, %v", id, entries, err)
	}
	return sums
}

// jobInFile is where a Parquet file tells which job wrote it.
var jobInFile = regexp.MustCompile(`sluice\.job\x18.\d`)

// withoutJob is the checksum of a Parquet file, whichever job wrote it.
func withoutJob(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !jobInFile.Match(b) {
		t.Errorf("%s does not say which job wrote it", path)
	}
	return fmt.Sprintf("%x", sha256.Sum256(jobInFile.ReplaceAll(b, nil)))
}

// checkResumed resumes what was interrupted, unless the last interruption came too
// late, and compares.
func checkResumed(t *testing.T, o order, w whole, how string) {
	t.Helper()
	options := o.options()
	options.Snapshot = "" // the record knows it
	job, complete := completed(t, o)
	if !complete {
		job = finished(t, o, options)
	}
	if diff := cmp.Diff(w.files, filesOf(t, o.Home, job.ID)); diff != "" {
		t.Errorf("%s: the files differ (-want +got):\n%s", how, diff)
	}
	if diff := cmp.Diff(w.redacted, redactionOf(t, o.Home, job.ID)); diff != "" {
		t.Errorf("%s: what is told of the redaction differs (-want +got):\n%s", how, diff)
	}
	if diff := cmp.Diff(w.job.Warnings, job.Warnings); diff != "" {
		t.Errorf("%s: the warnings differ (-want +got):\n%s", how, diff)
	}
	if diff := cmp.Diff(w.job.Notes, job.Notes); diff != "" {
		t.Errorf("%s: the notes differ (-want +got):\n%s", how, diff)
	}
	if diff := cmp.Diff(w.job.Statistics, job.Statistics); diff != "" {
		t.Errorf("%s: the statistics differ (-want +got):\n%s", how, diff)
	}
	if !job.Config.ExportFrom.Equal(w.job.Config.ExportFrom.Time) {
		t.Errorf("%s: exported from %v, want %v", how, job.Config.ExportFrom, w.job.Config.ExportFrom)
	}
	e := opened(t, options)
	defer closed(t, e)
	jobs, err := e.Jobs(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, old := range jobs {
		if old.ID == job.ResumedFrom && old.ResumedAs != job.ID {
			t.Errorf("%s: job %d was resumed as %d, and says %d", how, old.ID, job.ID, old.ResumedAs)
		}
	}
	var not *pipeline.NotResumableError
	if r, err := e.Resumable(t.Context(), 0); !errors.As(err, &not) {
		t.Errorf("%s: still resumable: %+v, %v", how, r, err)
	}
}

func completed(t *testing.T, o order) (pipeline.Job, bool) {
	t.Helper()
	e := opened(t, o.options())
	defer closed(t, e)
	job, err := e.Status(t.Context()) // ends a dead job
	if err != nil {
		t.Fatal(err)
	}
	return job, job.Status == pipeline.Completed
}

// resumable reports whether the next process has something to resume: an
// interruption before the first record leaves nothing.
func resumable(t *testing.T, o order) bool {
	t.Helper()
	e := opened(t, o.options())
	defer closed(t, e)
	_, err := e.Resumable(t.Context(), 0)
	var not *pipeline.NotResumableError
	if err != nil && !errors.As(err, &not) {
		t.Fatal(err)
	}
	return err == nil
}

// moment is a change of the disk, behind the making of the home.
func moment(w whole, random *rand.Rand) int64 { return 3 + random.Int64N(w.changes-3) }

func killedAtChange(t *testing.T, o order, w whole, random *rand.Rand) {
	t.Helper()
	o.KillAt = moment(w, random)
	out, err := process(t, o).CombinedOutput()
	if err != nil && err.Error() != "signal: killed" {
		t.Fatalf("the process: %v, %s", err, out)
	}
}

func signalled(t *testing.T, o order, w whole, random *rand.Rand, s syscall.Signal) {
	t.Helper()
	cmd := process(t, o)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "begun" {
		t.Fatalf("the process says %q", lines.Text())
	}
	time.Sleep(time.Duration(random.Int64N(int64(w.took))))
	if err := cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "error:") {
			t.Fatal(lines.Text())
		}
	}
	_ = cmd.Wait()
}

func cancelled(t *testing.T, o order, w whole, random *rand.Rand) {
	t.Helper()
	options := o.options()
	reached := make(chan struct{})
	at := moment(w, random)
	var once sync.Once
	options.Disk = stumblingAt(at, func() error {
		once.Do(func() { close(reached) })
		return nil
	})
	e := opened(t, options)
	defer closed(t, e)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		select {
		case <-reached:
			_, _ = e.Cancel(t.Context())
		case <-t.Context().Done():
		}
	}()
	if _, err := o.begin(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	once.Do(func() { close(reached) })
	<-ended
}

var errPulled = fmt.Errorf("the disk was pulled out: %w", syscall.EIO)

func diskFailed(t *testing.T, o order, w whole, random *rand.Rand) {
	t.Helper()
	options := o.options()
	options.Disk = stumblingAt(moment(w, random), func() error { return errPulled })
	e := opened(t, options)
	defer closed(t, e)
	if _, err := o.begin(t.Context(), e); err != nil && !errors.Is(err, errPulled) {
		t.Fatal(err)
	}
	if _, err := e.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
}
