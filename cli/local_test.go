package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport"
	"sluice/localexport/demo"
	"sluice/localexport/exporttest"
	"sluice/pipeline"
)

// exporting is "sluice export" beside the test, so slow that it does not end by
// itself.
type exporting struct {
	home, snapshot string
	done           chan struct{}
	code           int
	out, errs      strings.Builder
}

// startExport starts a slow export and waits until its job writes its files.
func startExport(t *testing.T) *exporting {
	t.Helper()
	x := &exporting{home: filepath.Join(t.TempDir(), "home"), done: make(chan struct{})}
	x.snapshot, _ = demoSnapshot(t, demo.Options{Pages: 3000, Seed: 1})
	ctx, end := context.WithCancel(context.WithoutCancel(t.Context()))
	p := Program{Version: "test", Out: &x.out, Err: &x.errs}
	go func() {
		defer close(x.done)
		x.code = p.Run(ctx, []string{"export", "--snapshot", x.snapshot, "--home", x.home, "--json", "--min-free-space", "-1",
			"--from-date", "1990-01-01T00:00Z", "--cpu-share", "1", "--workers", "1"})
	}()
	t.Cleanup(func() { end(); <-x.done })
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		if found, _ := filepath.Glob(filepath.Join(x.home, "data-pipeline", "export", "1", "*.partial")); len(found) > 0 {
			return x
		}
		select {
		case <-look.C:
		case <-x.done:
			t.Fatalf("the export ended: %d, %s", x.code, x.errs.String())
		}
	}
}

// TestCancelFromElsewhere cancels a local export from another command. A signal
// to a second export, and the end of a server over the same home, leave it alone.
func TestCancelFromElsewhere(t *testing.T) {
	alone(t)
	x := startExport(t)
	ended, signal := context.WithCancel(t.Context())
	signal()
	var errs strings.Builder
	second := Program{Version: "test", Out: &errs, Err: &errs}
	if code := second.Run(ended, []string{"export", "--snapshot", x.snapshot, "--home", x.home, "--min-free-space", "-1"}); code != exitSignal {
		t.Errorf("a second export that a signal ends: exit code %d, %s", code, errs.String())
	}
	s := serve(t, "--snapshot", x.snapshot, "--home", x.home, "--listen", "127.0.0.1:0")
	if code := s.stop(); code != exitDone {
		t.Errorf("the server ends with %d: %s", code, s.String())
	}
	select {
	case <-x.done:
		t.Fatalf("the export was ended: %d, %s", x.code, x.out.String())
	default:
	}

	code, out, told := runProgram(t, "unlock", "--home", x.home)
	expect(t, "unlock a job that runs", code, exitRunning, told, "Its process lives: cancel it")
	if out != "" {
		t.Errorf("unlock a job that runs: %q", out)
	}
	code, out, told = runProgram(t, "cancel", "--home", x.home, "--wait", "--json")
	expect(t, "cancel", code, exitDone, told, "")
	if job := jobOf(t, out); job.ID != 1 || job.Status != pipeline.Cancelled {
		t.Errorf("cancel: %s", out)
	}
	<-x.done
	expect(t, "the cancelled export", x.code, exitElsewhere, x.errs.String(), "job 1 was cancelled by someone else")
	if job := jobOf(t, x.out.String()); job.ID != 1 || job.Status != pipeline.Cancelled || len(job.Errors) > 0 {
		t.Errorf("the cancelled export: %s", x.out.String())
	}
	code, out, told = runProgram(t, "cancel", "--home", x.home)
	expect(t, "cancel nothing", code, exitNotRunning, told, "no export job running")
	_, answer, _ := runProgram(t, "cancel", "--home", x.home, "--json")
	if c := cancellationOf(t, answer); c != pipeline.CancellationDiscarded {
		t.Errorf("cancel nothing: %+v", c)
	}
	unlocked, _, said := runProgram(t, "unlock", "--home", x.home)
	expect(t, "unlock nothing", unlocked, exitNotRunning, said, "is not locked")
	if out != "" {
		t.Errorf("cancel nothing: %q", out)
	}
}

// TestAdviceToUnlock names the command where a home can be unlocked, and the owner.
func TestAdviceToUnlock(t *testing.T) {
	seen := &pipeline.RunningError{Job: pipeline.Job{ID: 3}}
	if err := adviseUnlock(seen, "exports"); err != seen {
		t.Errorf("an owner that lives: %v", err)
	}
	doubtful := &pipeline.RunningError{Job: pipeline.Job{ID: 3}, Owner: &pipeline.Owner{Host: "nas2", PID: 4711}}
	err := adviseUnlock(doubtful, "exports")
	if !strings.Contains(err.Error(), "process 4711 on nas2") || !strings.HasSuffix(err.Error(), `unlock the home by "sluice unlock --home exports"`) || exitCode(err) != exitRunning {
		t.Errorf("%v, exit code %d", err, exitCode(err))
	}
}

// TestCancelHasOneTarget refuses what names no job, or two.
func TestCancelHasOneTarget(t *testing.T) {
	alone(t)
	missing := filepath.Join(t.TempDir(), "missing")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{nil, exitUsage, "--url"},
		{[]string{"--home", missing}, exitFailed, "is no home of exports"},
		{[]string{"--home", missing, "--url", "https://confluence.example"}, exitUsage, "--home and --url"},
	} {
		code, _, errs := runProgram(t, append([]string{"cancel"}, c.args...)...)
		expect(t, strings.Join(c.args, " "), code, c.code, errs, c.says)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("a home was made")
	}
	t.Setenv("SLUICE_URL", "https://confluence.example")
	code, _, errs := runProgram(t, "cancel", "--home", missing)
	expect(t, "a server in the environment", code, exitFailed, errs, "is no home of exports")
}

// TestWaitHere gives up waiting for a job of this computer that does not stop.
func TestWaitHere(t *testing.T) {
	f := exporttest.Fixture(t)
	exporter, ok := f.Exporter.(*localexport.Exporter)
	if !ok {
		t.Fatalf("the fixture has a %T", f.Exporter)
	}
	reached, release := f.Hold(pipeline.PhaseExporting)
	job, err := exporter.Start(t.Context(), pipeline.Request{})
	if err != nil {
		t.Fatal(err)
	}
	<-reached
	c := &call{ctx: t.Context()}
	got, err := waitHere(c, exporter, job, time.Millisecond)
	if exitCode(err) != exitGaveUp || got.ID != job.ID || !got.Running() {
		t.Errorf("%+v, %v", got, err)
	}
	release()
	if got, err = waitHere(c, exporter, job, 0); err != nil || got.Status != pipeline.Completed {
		t.Errorf("%+v, %v", got, err)
	}
}
