package cli

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/schedule/runner"
	"sluice/schedule/sdnotify"
)

// TestRunIsAlone: a second one is refused, and told who the first is.
func TestRunIsAlone(t *testing.T) {
	aSchedule(t)
	files, err := openSchedules()
	if err != nil {
		t.Fatal(err)
	}
	release, err := runner.Guard(files.folder, `"sluice run", process 7`)
	if err != nil {
		t.Fatal(err)
	}
	code, _, errs := runRemote(t, "run")
	expect(t, "run", code, exitRunning, errs, "process 7")
	code, out, errs := runRemote(t, "schedule")
	expect(t, "list", code, exitDone, errs, "")
	if !strings.Contains(out, `run by "sluice run", process 7`) {
		t.Errorf("the list says %s", out)
	}
	release()
	if err := os.WriteFile(files.list.Path(), []byte(`{"schedules": [{"nmae": "x"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs = runRemote(t, "run")
	expect(t, "run with a wrong file", code, exitFailed, errs, `the nearest is "name"`)
}

// TestDaemonTellsTheServiceManager that it is ready, reads anew, lives, and ends.
func TestDaemonTellsTheServiceManager(t *testing.T) {
	aSchedule(t)
	dir, err := os.MkdirTemp("", "sd") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "n"), Net: "unixgram"})
	if err != nil {
		t.Skip("no sockets of this kind here:", err)
	}
	defer l.Close()
	t.Setenv("NOTIFY_SOCKET", filepath.Join(dir, "n"))
	t.Setenv("WATCHDOG_USEC", "2000")
	t.Setenv("WATCHDOG_PID", "")
	files, err := openSchedules()
	if err != nil {
		t.Fatal(err)
	}
	program := &Program{Version: "test", Err: io.Discard}
	logger := slog.New(slog.DiscardHandler)
	c := &call{ctx: t.Context(), program: program, logger: logger}
	hangups := make(chan struct{}, 1)
	d := daemon{logger: logger, notifier: sdnotify.FromEnvironment(), runner: c.runner(files, t.TempDir(), runner.Options{Logger: logger}), hangups: hangups}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); d.run(ctx) }()
	hear := func(what string) {
		t.Helper()
		b := make([]byte, 1000)
		for {
			n, err := l.Read(b)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(string(b[:n]), what) {
				return
			}
		}
	}
	hear(sdnotify.Ready)
	hear(sdnotify.Watchdog)
	hangups <- struct{}{}
	hear("RELOADING=1")
	hear(sdnotify.Ready)
	stop()
	hear(sdnotify.Stopping)
	<-ended
}

// TestDaemonLog is JSON if that is asked for.
func TestDaemonLog(t *testing.T) {
	var b strings.Builder
	newDaemonLogger(&b, false, "json").Info("ended", "schedule", "nightly\x1b[2J")
	var line map[string]any
	if err := json.Unmarshal([]byte(b.String()), &line); err != nil || line["msg"] != "ended" || strings.Contains(b.String(), "\x1b") {
		t.Errorf("%s, %v", b.String(), err)
	}
}
