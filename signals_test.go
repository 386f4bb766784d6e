//go:build !windows

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// signalsEnv makes the test program one that waits for a signal.
const signalsEnv = "SLUICE_TEST_SIGNALS"

func init() {
	if os.Getenv(signalsEnv) != "" {
		waitForSignal()
		os.Exit(0)
	}
}

// waitForSignal says which signal ended it, and then waits to be told to end.
func waitForSignal() {
	ctx, stop := untilSignal(context.Background(), nil)
	defer stop()
	fmt.Println("ready")
	<-ctx.Done()
	if cause := context.Cause(ctx); errors.Is(cause, context.Canceled) {
		fmt.Println(cause)
	}
	bufio.NewScanner(os.Stdin).Scan()
	fmt.Println("orderly")
}

// TestSignals sends signals to a process of its own and looks how it ends.
func TestSignals(t *testing.T) {
	const hup, term, int = syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT
	for _, c := range []struct {
		name    string
		ignored string // as the shell names it
		first   []syscall.Signal
		then    []syscall.Signal
		cause   string
		orderly bool
	}{
		{"interrupt", "", []syscall.Signal{int}, nil, "interrupt", true},
		{"terminate", "", []syscall.Signal{term}, nil, "terminated", true},
		{"closed terminal", "", []syscall.Signal{hup}, nil, "hangup", true},
		{"closed terminal, told twice", "", []syscall.Signal{hup}, []syscall.Signal{hup, hup}, "hangup", true},
		{"impatience", "", []syscall.Signal{term}, []syscall.Signal{term}, "terminated", false},
		{"nohup", "HUP", []syscall.Signal{hup, term}, nil, "terminated", true},
		{"in the background", "INT", []syscall.Signal{int, hup}, nil, "hangup", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, s := range slices.Concat(c.first, c.then) {
				if signal.Ignored(s) { // a process that is started inherits that
					t.Skipf("the tests run with %s ignored, as under nohup or in the background", s)
				}
			}
			p := startWaiting(t, c.ignored)
			p.send(t, c.first...)
			p.expect(t, "signal: "+c.cause)
			p.send(t, c.then...)
			if !c.orderly {
				if err := p.cmd.Wait(); err == nil || !strings.Contains(err.Error(), "signal: terminated") {
					t.Errorf("the process ended with %v, want it ended by the signal", err)
				}
				return
			}
			if err := p.in.Close(); err != nil {
				t.Error(err)
			}
			p.expect(t, "orderly")
			if err := p.cmd.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
}

// waiting is a process that waits for a signal.
type waiting struct {
	cmd   *exec.Cmd
	in    interface{ Close() error }
	lines *bufio.Scanner
}

func startWaiting(t *testing.T, ignored string) *waiting {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	if ignored != "" {
		cmd = exec.CommandContext(t.Context(), "sh", "-c", "trap '' "+ignored+`; exec "$0"`, os.Args[0])
	}
	cmd.Env = append(os.Environ(), signalsEnv+"=1", "GOCOVERDIR="+t.TempDir())
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &waiting{cmd: cmd, in: in, lines: bufio.NewScanner(out)}
	p.expect(t, "ready")
	return p
}

func (p *waiting) send(t *testing.T, signals ...syscall.Signal) {
	t.Helper()
	for _, s := range signals {
		if err := p.cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
}

func (p *waiting) expect(t *testing.T, want string) {
	t.Helper()
	if !p.lines.Scan() || p.lines.Text() != want {
		t.Fatalf("the process says %q, want %q", p.lines.Text(), want)
	}
}
