package localexport

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluice/localexport/disk"
	"sluice/localexport/jobstore"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
)

// helperEnv makes the test program another process that exports into the home
// that the variable names.
const helperEnv = "SLUICE_TEST_HELPER_HOME"

// locklessEnv gives that process locks that do nothing, on a disk that it shares
// with other computers, and the name of its own.
const locklessEnv = "SLUICE_TEST_HELPER_LOCKLESS"

func TestMain(m *testing.M) {
	if home := os.Getenv(helperEnv); home != "" {
		if err := helperMain(home); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// helperMain runs an export that stops in the midst of the pages, says "holding"
// and waits for its end, as a program with a window would. SIGTERM closes it.
func helperMain(home string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	f := newFake()
	f.during = func(ctx context.Context, name string, w io.Writer) error {
		if name != "pages" {
			return nil
		}
		fmt.Println("holding")
		<-ctx.Done()
		return ctx.Err()
	}
	o := Options{Home: home, Snapshot: "fake.db", Node: "helper", Logger: slog.New(slog.DiscardHandler),
		PollInterval: time.Millisecond, ReportInterval: time.Millisecond}
	o.Product = f
	e, err := open(ctx, o, plenty, lockless(os.Getenv(locklessEnv)))
	if err != nil {
		return err
	}
	if _, err := e.Start(ctx, pipeline.Request{}); err != nil {
		return err
	}
	ended := make(chan pipeline.Job, 1)
	go func() {
		job, _ := e.Wait(context.Background())
		ended <- job
	}()
	select {
	case job := <-ended:
		fmt.Println("ended", string(job.Status))
	case <-ctx.Done():
	}
	return e.Close(context.Background())
}

// helper is another process that runs an export.
type helper struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
	home  string
}

// startHelper starts a process and waits until its export is in the midst of its
// work.
func startHelper(t *testing.T, home string, env ...string) *helper {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(append(os.Environ(), helperEnv+"="+home, "GORACE=atexit_sleep_ms=0"), env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	h := &helper{cmd: cmd, lines: bufio.NewScanner(out), home: home}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	h.expect(t, "holding")
	return h
}

// expect reads lines until one begins with the prefix.
func (h *helper) expect(t *testing.T, prefix string) string {
	t.Helper()
	for h.lines.Scan() {
		if strings.HasPrefix(h.lines.Text(), prefix) {
			return h.lines.Text()
		}
		if strings.HasPrefix(h.lines.Text(), "error:") {
			t.Fatal(h.lines.Text())
		}
	}
	t.Fatalf("the other process ended without saying %q", prefix)
	return ""
}

// kill ends the process as kill -9 does, and returns the id of its job.
func (h *helper) kill(t *testing.T) int64 {
	t.Helper()
	if err := h.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = h.cmd.Wait()
	store, err := jobstore.Open(t.Context(), homeAt(disk.Real{}, h.home).jobs)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	record, found, err := store.Running(t.Context())
	if err != nil || !found {
		t.Fatalf("the killed process has left no running job: %v", err)
	}
	return record.Job.ID
}

// terminate asks the process to end, and waits for it.
func (h *helper) terminate(t *testing.T) {
	t.Helper()
	if err := h.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := h.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

// patience bounds every wait. It is only reached when something is stuck.
const patience = time.Minute

// until looks until it sees what it is to wait for.
func until(t *testing.T, what string, seen func() bool) {
	t.Helper()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	deadline := time.After(patience)
	for !seen() {
		select {
		case <-look.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func TestAnotherProcessIsSeenAndCancelled(t *testing.T) {
	o := testOptions(t)
	h := startHelper(t, o.Home)
	e := openFake(t, newFake(), o)

	job, err := e.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if job.ID != 1 || job.Status != pipeline.Started || job.NodeID != "helper" {
		t.Errorf("status = %+v", job)
	}
	var running *pipeline.RunningError
	if _, err := e.Start(t.Context(), pipeline.Request{}); !errors.As(err, &running) || running.Job.ID != 1 {
		t.Errorf("Start = %v, want a RunningError of job 1", err)
	}
	p := progressUntil(t, e, func(p pipeline.Progress) bool { return len(p.Files) == 5 && p.Files[2].Rows == 3 })
	if p.JobID != 1 || p.Phase != pipeline.PhaseExporting || p.Started.IsZero() || p.Files[0].State != pipeline.FileDone {
		t.Errorf("progress = %+v", p)
	}
	files, err := e.Files(t.Context(), 1)
	if err != nil || len(files) != 3 || files[2].Complete || files[2].Rows != 3 {
		t.Errorf("files = %+v, %v, want three, the last one partial with 3 rows", files, err)
	}
	if c, err := e.Cancel(t.Context()); err != nil || c != pipeline.CancellationAccepted {
		t.Errorf("Cancel = %+v, %v", c, err)
	}
	if got := h.expect(t, "ended"); got != "ended CANCELLED" {
		t.Errorf("the other process says %q", got)
	}
	job = wait(t, e)
	if job.Status != pipeline.Cancelled || job.Statistics.WrittenRows != 9 || len(job.Warnings) != 1 {
		t.Errorf("job = %+v", job)
	}
	if p := progressUntil(t, e, func(p pipeline.Progress) bool { return p.JobID == 0 }); p.Phase != pipeline.PhaseNone {
		t.Errorf("progress after the end = %+v", p)
	}
}

func progressUntil(t *testing.T, e *Exporter, want func(pipeline.Progress) bool) pipeline.Progress {
	t.Helper()
	var p pipeline.Progress
	until(t, "progress", func() bool {
		p = e.Progress()
		return want(p)
	})
	return p
}

// TestOwnJobOnly stops and closes exporters over a home whose job runs in another
// process.
func TestOwnJobOnly(t *testing.T) {
	o := testOptions(t)
	h := startHelper(t, o.Home)
	e := openFake(t, newFake(), o)
	if err := e.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	closeExporter(t, e)
	e = openFake(t, newFake(), o)
	if job, err := e.Status(t.Context()); err != nil || job.Status != pipeline.Started {
		t.Errorf("Status = %+v, %v, want the job as it runs", job, err)
	}
	h.terminate(t)
	if job := wait(t, e); job.Status != pipeline.Cancelled {
		t.Errorf("job = %+v", job)
	}
}

// TestWaitForOneJob waits for a job behind which another one runs already.
func TestWaitForOneJob(t *testing.T) {
	g, o := &contracttest.Gates{}, testOptions(t)
	o.BeforePhase = g.BeforePhase
	e := openFake(t, newFake(), o)
	first := runToEnd(t, e, pipeline.Request{})
	reached, release := g.Hold(pipeline.PhaseExporting)
	second := start(t, e, pipeline.Request{})
	<-reached
	if job, err := e.WaitFor(t.Context(), first.ID); err != nil || job.ID != first.ID || job.Status != pipeline.Completed {
		t.Errorf("WaitFor = %+v, %v", job, err)
	}
	release()
	if job, err := e.WaitFor(t.Context(), second.ID); err != nil || job.ID != second.ID || job.Status != pipeline.Completed {
		t.Errorf("WaitFor = %+v, %v", job, err)
	}
	if _, err := e.WaitFor(t.Context(), 9); err == nil || !strings.Contains(err.Error(), "no job 9") {
		t.Errorf("WaitFor of no job: %v", err)
	}
}

// TestStop ends the job of this process, and lets the next one run.
func TestStop(t *testing.T) {
	g, o := &contracttest.Gates{}, testOptions(t)
	o.BeforePhase = g.BeforePhase
	e := openFake(t, newFake(), o)
	reached, release := g.Hold(pipeline.PhaseExporting)
	start(t, e, pipeline.Request{})
	<-reached
	if err := e.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	job, err := e.Status(t.Context())
	if _, found := job.Diagnostic(KeyShutdown); err != nil || job.Status != pipeline.Cancelled || !found {
		t.Errorf("Status = %+v, %v", job, err)
	}
	release()
	if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Completed {
		t.Errorf("next job = %+v", job)
	}
}

func TestWaitForAnotherProcess(t *testing.T) {
	o := testOptions(t)
	h := startHelper(t, o.Home)
	e := openFake(t, newFake(), o)
	ended := make(chan pipeline.Job, 1)
	go func() {
		job, err := e.Wait(t.Context())
		if err != nil {
			t.Error(err)
		}
		ended <- job
	}()
	h.terminate(t)
	job := <-ended
	if _, found := job.Diagnostic(KeyShutdown); job.Status != pipeline.Cancelled || !found {
		t.Errorf("after SIGTERM the job is %s with %v", job.Status, job.Warnings)
	}
}

func TestKilledProcess(t *testing.T) {
	o := testOptions(t)
	h := startHelper(t, o.Home)
	e := openFake(t, newFake(), o)
	progressUntil(t, e, func(p pipeline.Progress) bool { return len(p.Files) == 5 && p.Files[2].Rows == 3 })
	id := h.kill(t)

	job, err := e.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if job.ID != id || job.Status != pipeline.Cancelled || job.Statistics == nil || job.Statistics.WrittenRows != 9 {
		t.Errorf("job = %+v, statistics %+v", job, job.Statistics)
	}
	if !job.CancelledTime.Equal(job.CompletedTime.Time) || job.CancelledTime.Before(job.StartTime.Time) || job.CancelledTime.After(time.Now()) {
		t.Errorf("started %v, cancelled %v, completed %v", job.StartTime, job.CancelledTime, job.CompletedTime)
	}
	if d, found := job.Diagnostic(KeyInterrupted); !found || d != interrupted {
		t.Errorf("warnings = %v", job.Warnings)
	}
	if job := runToEnd(t, e, pipeline.Request{}); job.ID != 2 || job.Status != pipeline.Completed {
		t.Errorf("next job %d is %s", job.ID, job.Status)
	}
	files, err := e.Files(t.Context(), id)
	if err != nil || len(files) != 3 || slices.ContainsFunc(files, func(f pipeline.File) bool { return f.Complete }) {
		t.Errorf("files of the killed job = %+v, %v", files, err)
	}
}

func TestKilledProcessIsCancelledByHand(t *testing.T) {
	o := testOptions(t)
	h := startHelper(t, o.Home)
	e := openFake(t, newFake(), o)
	h.kill(t)
	if c, err := e.Cancel(t.Context()); err != nil || c != pipeline.CancellationAccepted {
		t.Errorf("Cancel = %+v, %v", c, err)
	}
	if _, err := e.Cancel(t.Context()); !errors.Is(err, pipeline.ErrNotRunning) {
		t.Errorf("second Cancel: %v", err)
	}
	if jobs, err := e.Jobs(t.Context(), 0); err != nil || len(jobs) != 1 || jobs[0].Status != pipeline.Cancelled {
		t.Errorf("jobs = %+v, %v", jobs, err)
	}
}
