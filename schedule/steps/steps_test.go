package steps

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"sluice/deliver"
	"sluice/localexport"
	"sluice/localexport/exporttest"
	"sluice/pipeline"
	"sluice/retention"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
	"sluice/takes/feed"
)

// exported is a home with so many complete exports, and the run of the last.
func exported(t *testing.T, n int) (*localexport.Exporter, runner.Ended) {
	t.Helper()
	o := exporttest.Options(t)
	e := exporttest.Open(t, o)
	ended := runner.Ended{Plan: schedule.Plan{Schedule: schedule.Schedule{Name: "nightly"}}, Source: source.Source{ID: "wiki-id", Name: "wiki", Home: o.Home}}
	for range n {
		if _, err := e.Start(t.Context(), pipeline.Request{}); err != nil {
			t.Fatal(err)
		}
		job, err := e.Wait(t.Context())
		if err != nil || job.Status != pipeline.Completed {
			t.Fatalf("%+v, %v", job, err)
		}
		ended.Job = job
	}
	var err error
	if ended.Files, err = e.Files(t.Context(), ended.Job.ID); err != nil {
		t.Fatal(err)
	}
	ended.Result.Outcome = schedule.Completed
	return e, ended
}

func kept(t *testing.T, list ...deliver.Delivery) *deliver.File {
	t.Helper()
	f := deliver.NewFile(t.TempDir())
	if err := f.Update(func([]deliver.Delivery) ([]deliver.Delivery, error) { return list, nil }); err != nil {
		t.Fatal(err)
	}
	return f
}

func logs() (*bytes.Buffer, *slog.Logger) {
	var b bytes.Buffer
	return &b, slog.New(slog.NewTextHandler(&b, nil))
}

// one is the content of the only file that matches.
func one(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %q, %v", pattern, found, err)
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestDeliveries: those of the source are made, whole and redacted; one that fails keeps
// none of the others from it.
func TestDeliveries(t *testing.T) {
	_, e := exported(t, 1)
	whole, without, other := t.TempDir(), t.TempDir(), t.TempDir()
	list := []deliver.Delivery{
		{Name: "gone", Source: "wiki-id", To: filepath.Join(whole, "no share")},
		{Name: "whole", Source: "wiki-id", To: whole},
		{Name: "without", Source: "wiki-id", To: without, Redact: "gdpr"},
		{Name: "off", Source: "wiki-id", To: other, Disabled: true},
		{Name: "of another", Source: "jira", To: other},
	}
	_, logger := logs()
	step := Deliveries{Owed: deliver.NewOwedFile(t.TempDir()), File: kept(t, list...), Logger: logger, Version: "test"}
	err := step.After(t.Context(), e)
	if err == nil || !strings.Contains(err.Error(), "gone: there is no folder") || strings.Contains(err.Error(), "whole:") {
		t.Errorf("%v", err)
	}
	users := one(t, filepath.Join(whole, "job=1", "users_*.csv"))
	if redacted := one(t, filepath.Join(without, "job=1", "users_*.csv")); redacted == users || redacted == "" || !strings.Contains(users, "@") || strings.Contains(redacted, "@") {
		t.Errorf("users: %.200s, redacted %.200s", users, redacted)
	}
	one(t, filepath.Join(without, "job=1", "_SUCCESS"))
	if left, err := os.ReadDir(other); err != nil || len(left) > 0 {
		t.Errorf("delivered to where nothing goes: %v, %v", left, err)
	}
	if temp, _ := filepath.Glob(filepath.Join(filepath.Dir(filepath.Dir(e.Files[0].Path)), ".delivery-*")); len(temp) > 0 {
		t.Errorf("left: %q", temp)
	}
	e.Result.Outcome = schedule.Failed
	if err := step.After(t.Context(), e); err != nil {
		t.Errorf("a run that failed is delivered: %v", err)
	}
}

// TestDeliveryIsPatient: a place that cannot be reached is tried again after a while.
func TestDeliveryIsPatient(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "x")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "x")
	_, e := exported(t, 1)
	clock := clockwork.NewFakeClock()
	log, logger := logs()
	step := Deliveries{Owed: deliver.NewOwedFile(t.TempDir()), File: kept(t, deliver.Delivery{Name: "s3", Source: "wiki-id", To: "s3://exports/x", S3Endpoint: "http://127.0.0.1:1", S3Region: "x"}), Logger: logger, Clock: clock}
	ended := make(chan error, 1)
	waiting, over := context.WithCancel(t.Context())
	defer over()
	go func() { defer over(); ended <- step.After(t.Context(), e) }()
	for _, wait := range waits {
		if err := clock.BlockUntilContext(waiting, 1); err != nil {
			t.Fatalf("it did not wait: %v", <-ended)
		}
		clock.Advance(wait)
	}
	if err := <-ended; !errors.Is(err, feed.ErrUnreachable) || strings.Count(log.String(), "again later") != len(waits) {
		t.Errorf("%v, %s", err, log.String())
	}
	stopped, stop := context.WithCancel(t.Context())
	go func() { ended <- step.After(stopped, e) }()
	if err := clock.BlockUntilContext(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// TestWhatIsOwedIsDelivered: a job that could not be delivered is brought before the next,
// and one whose files are gone is told once, also where their manifest stays.
func TestWhatIsOwedIsDelivered(t *testing.T) {
	t.Run("with the manifest", func(t *testing.T) { whatIsOwed(t, os.RemoveAll, "no folder of a finished job") })
	t.Run("without it", func(t *testing.T) {
		whatIsOwed(t, func(folder string) error {
			files, err := filepath.Glob(filepath.Join(folder, "*_job*"))
			for _, file := range files {
				err = errors.Join(err, os.Remove(file))
			}
			return err
		}, "it was removed, or moved away, since the export")
	})
}

// whatIsOwed is that with one way to remove the files, and what is said then.
func whatIsOwed(t *testing.T, remove func(folder string) error, says string) {
	t.Helper()
	home, e := exported(t, 3)
	share := filepath.Join(t.TempDir(), "share")
	_, logger := logs()
	step := Deliveries{File: kept(t, deliver.Delivery{Name: "share", Source: "wiki-id", To: share}), Owed: deliver.NewOwedFile(t.TempDir()), Logger: logger}
	after := func(job int64) error {
		t.Helper()
		files, err := home.Files(t.Context(), job)
		if err != nil {
			t.Fatal(err)
		}
		e.Files = files
		return step.After(t.Context(), e)
	}
	for job := int64(1); job < 3; job++ {
		if err := after(job); err == nil || !strings.Contains(err.Error(), "to deliver; the next run begins with it") {
			t.Errorf("job %d: %v", job, err)
		}
	}
	if owed, err := step.Owed.Of("share"); err != nil || len(owed.Folders) != 2 || !strings.Contains(owed.Why, "no folder") || owed.Since().IsZero() {
		t.Errorf("owed: %+v, %v", owed, err)
	}
	if err := os.Mkdir(share, 0o700); err != nil {
		t.Fatal(err)
	}
	first, err := home.Files(t.Context(), 1)
	if err == nil {
		err = remove(filepath.Dir(first[0].Path))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := after(3); err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("a job that is gone: %v", err)
	}
	if err := after(3); err != nil {
		t.Error(err)
	}
	one(t, filepath.Join(share, "job=2", "_SUCCESS"))
	one(t, filepath.Join(share, "job=3", "_SUCCESS"))
	if owed, err := step.Owed.Of("share"); err != nil || len(owed.Folders) > 0 {
		t.Errorf("owed: %+v, %v", owed, err)
	}
}

// TestAFetchThatFails is made up for by the next run, before its own job.
func TestAFetchThatFails(t *testing.T) {
	home, e := exported(t, 2)
	e.Source.Kind = source.KindServer
	share := t.TempDir()
	log, logger := logs()
	broken := map[int64]error{1: errors.New("the shared home is not mounted")}
	step := Deliveries{File: kept(t, deliver.Delivery{Name: "share", Source: "wiki-id", To: share}), Owed: deliver.NewOwedFile(t.TempDir()), Logger: logger,
		Fetch: func(ctx context.Context, e runner.Ended) ([]pipeline.File, error) {
			if err := broken[e.Job.ID]; err != nil {
				return nil, err
			}
			return home.Files(ctx, e.Job.ID)
		}}
	run := func(job int64) error {
		e.Job.ID, e.Files = job, nil
		return step.After(t.Context(), e)
	}
	if err := run(1); err == nil || !strings.Contains(err.Error(), "not mounted (the next run begins with this job)") {
		t.Errorf("%v", err)
	}
	if owed, err := step.Owed.Of("share"); err != nil || owed.Count() != 1 || owed.Unfetched[0] != 1 || owed.Why == "" {
		t.Errorf("owed: %+v, %v", owed, err)
	}
	broken[1] = errors.New("the files of the job were removed there")
	if err := run(2); err != nil || !strings.Contains(log.String(), "an earlier job could not be fetched") {
		t.Errorf("%v, %s", err, log.String())
	}
	if owed, err := step.Owed.Of("share"); err != nil || owed.Why != "the files of the job were removed there" {
		t.Errorf("why it is owed now: %+v, %v", owed, err)
	}
	one(t, filepath.Join(share, "job=2", "_SUCCESS"))
	clear(broken)
	if err := run(2); err != nil {
		t.Error(err)
	}
	one(t, filepath.Join(share, "job=1", "_SUCCESS"))
	if owed, err := step.Owed.Of("share"); err != nil || owed.Count() != 0 {
		t.Errorf("owed: %+v, %v", owed, err)
	}
}

// TestAFetchByHand: a job that could not be fetched and was then, by somebody, is not owed.
func TestAFetchByHand(t *testing.T) {
	home, e := exported(t, 1)
	e.Source.Kind = source.KindServer
	_, logger := logs()
	step := Deliveries{File: kept(t, deliver.Delivery{Name: "share", Source: "wiki-id", To: t.TempDir()}), Owed: deliver.NewOwedFile(t.TempDir()), Logger: logger}
	if err := step.Owed.Lack("share", 1, errors.New("not mounted"), false); err != nil {
		t.Fatal(err)
	}
	var err error
	if e.Files, err = home.Files(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if err := step.After(t.Context(), e); err != nil {
		t.Error(err)
	}
	if owed, err := step.Owed.Of("share"); err != nil || owed.Count() != 0 {
		t.Errorf("owed: %+v, %v", owed, err)
	}
}

func TestPruneAfterARun(t *testing.T) {
	home, e := exported(t, 3)
	log, logger := logs()
	opened := 0
	step := Prune{Logger: logger, Open: func(ctx context.Context, path string) (*localexport.Exporter, error) {
		opened++
		o := exporttest.Options(t)
		o.Home, o.Snapshot = path, ""
		return localexport.Open(ctx, o)
	}}
	if err := step.After(t.Context(), e); err != nil || opened > 0 {
		t.Errorf("without a bound the home is opened, or: %v", err)
	}
	e.Plan.Kept = retention.Policy{Keep: 1, PartialAge: time.Hour}
	if err := step.After(t.Context(), e); err != nil || strings.Count(log.String(), "files removed") != 2 {
		t.Errorf("%v, %s", err, log.String())
	}
	if left, err := home.Holdings(t.Context()); err != nil || len(left) != 1 || left[0].Job.ID != e.Job.ID {
		t.Errorf("%+v, %v", left, err)
	}
	if err := home.SetKept(t.Context(), retention.Settings{Keep: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := home.Start(t.Context(), pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	if _, err := home.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	files, err := home.Files(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	step.Owed = deliver.NewOwedFile(t.TempDir())
	if _, err := step.Owed.Add("share", filepath.Dir(files[0].Path)); err != nil {
		t.Fatal(err)
	}
	e.Plan.Kept = retention.Policy{}
	if err := step.After(t.Context(), e); err != nil {
		t.Error(err)
	}
	if left, err := home.Holdings(t.Context()); err != nil || len(left) != 2 {
		t.Errorf("what a delivery owes was removed: %+v, %v", left, err)
	}
	if err := step.Owed.Settle("share", filepath.Dir(files[0].Path)); err != nil {
		t.Fatal(err)
	}
	if err := step.After(t.Context(), e); err != nil {
		t.Error(err)
	}
	if left, err := home.Holdings(t.Context()); err != nil || len(left) != 1 {
		t.Errorf("by the bound of the home: %+v, %v", left, err)
	}
	e.Source.Kind = source.KindServer
	if before := opened; step.After(t.Context(), e) != nil || opened != before {
		t.Error("the home of a server is opened")
	}
}
