package localexport

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"sluice/localexport/disk/disktest"
	"sluice/pipeline"
)

// lines is a log that several goroutines write.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// repeated are the lines that were written more than once, but for their time.
func (l *lines) repeated() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	seen, twice := map[string]int{}, []string{}
	for line := range strings.Lines(l.b.String()) {
		_, said, _ := strings.Cut(line, " ")
		if seen[said]++; seen[said] == 2 {
			twice = append(twice, said)
		}
	}
	return twice
}

// TestFullDiskKeepsTheHistory fills the disk of a home in the midst of an export.
// The job is FAILED, for its own process and for the next one, while the disk is
// full and afterwards; the history can be read all the time; the log says each thing
// once.
func TestFullDiskKeepsTheHistory(t *testing.T) {
	for name, c := range map[string]struct {
		options string
		inodes  bool
	}{
		"blocks": {"size=3m", false},
		"inodes": {"size=3m,nr_inodes=31", true},
	} {
		t.Run(name, func(t *testing.T) {
			var log lines
			o := testOptionsAt(t, filepath.Join(disktest.Small(t, c.options), "home"))
			o.Logger = slog.New(slog.NewTextHandler(&log, nil))
			o.MinFreeSpace = -1
			f := newFake()
			e := openFake(t, f, o)
			if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Completed {
				t.Fatalf("with room: %+v", job)
			}
			empty := func() {}
			f.set(func() {
				f.during = func(_ context.Context, name string, w io.Writer) error {
					if name != "pages" {
						return nil
					}
					empty = disktest.Fill(t, filepath.Dir(o.Home), c.inodes)
					if c.inodes {
						return &os.PathError{Op: "open", Path: "comments", Err: syscall.ENOSPC}
					}
					_, err := io.Copy(w, bytes.NewReader(make([]byte, 8<<20)))
					return err
				}
			})
			runToEnd(t, e, pipeline.Request{})
			for range 3 {
				checkFailed(t, e, 2)
			}
			closeExporter(t, e)

			f.set(func() { f.during = nil })
			first := empty
			again := disktest.Fill(t, filepath.Join(o.Home, "data-pipeline"), c.inodes) // what the end has freed
			empty = func() { first(); again() }
			e = openFake(t, f, o)
			for range 3 {
				checkFailed(t, e, 2)
			}
			if _, err := e.Start(t.Context(), pipeline.Request{}); err == nil || !strings.Contains(err.Error(), "free some space") {
				t.Errorf("Start on a full disk: %v, want what to do", err)
			}
			if twice := log.repeated(); len(twice) > 0 {
				t.Errorf("the log says again and again:\n%s", strings.Join(twice, ""))
			}

			empty()
			if job := runToEnd(t, e, pipeline.Request{}); job.ID != 3 || job.Status != pipeline.Completed {
				t.Errorf("with room again: %+v", job)
			}
			closeExporter(t, e)
			checkRecorded(t, e.home.jobs, "1 COMPLETED, 2 FAILED, 3 COMPLETED")
			if left, _ := filepath.Glob(filepath.Join(e.home.root, "end*")); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

// checkFailed checks that the last job of a home is FAILED for want of space, and
// the one before it is what it was.
func checkFailed(t *testing.T, e *Exporter, id int64) {
	t.Helper()
	job, err := e.Status(t.Context())
	if err != nil || job.ID != id || job.Status != pipeline.Failed || len(job.Errors) != 1 || job.Errors[0].Key != KeyLowSpace {
		t.Errorf("Status = %+v, %v", job, err)
	}
	jobs, err := e.Jobs(t.Context(), 0)
	if err != nil || int64(len(jobs)) != id || jobs[0].Status != pipeline.Failed || jobs[1].Status != pipeline.Completed {
		t.Errorf("Jobs = %+v, %v", jobs, err)
	}
	if _, err := e.Cancel(t.Context()); !errors.Is(err, pipeline.ErrNotRunning) {
		t.Errorf("Cancel: %v, want that nothing runs", err)
	}
	if left, err := e.Resumable(t.Context(), 0); err == nil && left.Job.ID != id || err != nil && strings.Contains(err.Error(), "is started") {
		t.Errorf("Resumable = %+v, %v, want the failed job", left, err)
	}
	files, err := e.Files(t.Context(), id)
	if err != nil || slices.ContainsFunc(files, func(f pipeline.File) bool { return f.Rows >= 0 || f.Complete }) {
		t.Errorf("files of the failed job = %+v, %v, want partial ones whose rows nobody has counted", files, err)
	}
	if p := e.Progress(); p.JobID != 0 {
		t.Errorf("Progress = %+v, want none", p)
	}
	if files, err := e.Files(t.Context(), 1); err != nil || len(files) != 5 {
		t.Errorf("Files = %+v, %v", files, err)
	}
}

// checkRecorded reads the database as any program can.
func checkRecorded(t *testing.T, path, want string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var got string
	err = db.QueryRow("SELECT group_concat(id || ' ' || status, ', ') FROM (SELECT * FROM job ORDER BY id)").Scan(&got)
	if err != nil || got != want {
		t.Errorf("recorded are %s, %v, want %s", got, err, want)
	}
}
