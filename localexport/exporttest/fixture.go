// Package exporttest makes local exporters over small demo snapshots, for the
// tests of what is built upon them.
package exporttest

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/jobstore"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
)

// pages is how many pages the snapshots have: enough for every file to have
// records, few enough for an export to take milliseconds.
const pages = 20

// snapshots are made once per program and copied for each test, because a
// test may replace its own.
var snapshots struct {
	once                     sync.Once
	consistent, inconsistent []byte
	err                      error
}

// Snapshot writes a demo snapshot of some pages to path, in place of what is
// there. The indexes of an inconsistent one lack rows that an export reads.
func Snapshot(t testing.TB, path string, inconsistent bool) {
	t.Helper()
	snapshots.once.Do(func() {
		if snapshots.consistent, snapshots.err = makeSnapshot(false); snapshots.err == nil {
			snapshots.inconsistent, snapshots.err = makeSnapshot(true)
		}
	})
	if snapshots.err != nil {
		t.Fatalf("make a demo snapshot: %v", snapshots.err)
	}
	content := snapshots.consistent
	if inconsistent {
		content = snapshots.inconsistent
	}
	// A new file in place of the old one: whoever reads that keeps it.
	if err := os.WriteFile(path+".new", content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

func makeSnapshot(inconsistent bool) ([]byte, error) {
	dir, err := os.MkdirTemp("", "sluice-test-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "demo.db")
	if _, err := demo.Write(context.Background(), path, demo.Options{Pages: pages, Seed: 1, Inconsistent: inconsistent}); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// Options are those of an exporter with a home and a snapshot of its own in a
// temporary folder, that looks for cancellations every millisecond and logs
// nothing. The snapshot is written.
func Options(t testing.TB) localexport.Options {
	t.Helper()
	dir := t.TempDir()
	o := localexport.Options{Product: confluence.Product{},
		Home: filepath.Join(dir, "home"), Snapshot: filepath.Join(dir, "snapshot.db"),
		Node: "node1", Version: "test", MinFreeSpace: -1, TimeZone: demo.TimeZone,
		Logger:       slog.New(slog.DiscardHandler),
		PollInterval: time.Millisecond, ReportInterval: 10 * time.Millisecond,
	}
	Snapshot(t, o.Snapshot, false)
	return o
}

// Open opens an exporter, which is closed at the end of the test.
func Open(t testing.TB, o localexport.Options) *localexport.Exporter {
	t.Helper()
	e, err := localexport.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := e.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return e
}

// Fixture is an exporter with the hooks of the contract suite. Adapters put
// themselves in place of its Exporter.
func Fixture(t *testing.T) contracttest.Fixture {
	t.Helper()
	o, gates := Options(t), &contracttest.Gates{}
	o.BeforePhase = gates.BeforePhase
	return contracttest.Fixture{
		Exporter: Open(t, o),
		Hold:     gates.Hold,
		Break:    func() { Snapshot(t, o.Snapshot, true) },
		Crash:    func(t *testing.T) int64 { return Crash(t, o.Home) },
	}
}

// Crash leaves a job in an open home as a process does that was killed: recorded
// as running, and nobody holds the lock. It returns the id of the job.
func Crash(t testing.TB, home string) int64 {
	t.Helper()
	store, err := jobstore.Open(context.Background(), filepath.Join(home, "data-pipeline", "jobs.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	job, err := store.Create(context.Background(), pipeline.Job{
		StartTime: pipeline.At(time.Now()), NodeID: "gone", Status: pipeline.Started,
	}, jobstore.Process{})
	if err != nil {
		t.Fatal(err)
	}
	return job.ID
}
