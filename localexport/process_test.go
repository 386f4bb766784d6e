package localexport

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluice/pipeline"
)

// helperEnv makes the test program another process that exports into the home
// that the variable names.
const helperEnv = "SLUICE_TEST_HELPER_HOME"

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
	e, err := open(ctx, o, f.open, plenty)
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
func startHelper(t *testing.T, home string) *helper {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), helperEnv+"="+home)
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
	return 1
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
