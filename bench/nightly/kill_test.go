//go:build unix

package nightly

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"

	"sluice/bench/faults/calls"
)

// kill is where a process is killed.
type kill struct {
	// call is the nth system call about a file, by its name and the path in the world.
	call *regexp.Regexp
	n    int
	// gate closes behind so many bytes.
	gate  *gate
	bytes int64
	hook  bool // while the hook is called
	may   bool // it may not come to it: which call is the nth differs from run to run
}

// run is "sluice run" from one moment to another. It returns what it has said, and whether it
// was killed.
func (w *world) run(t *testing.T, from, until string, k kill) (said string, killed bool) {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	args := w.args()
	if k.call != nil {
		killed = w.trace(t, calls.Program{Path: os.Args[0], Args: args, Env: w.env(from, until), Out: log, Errors: log}, k)
	} else {
		killed = w.start(t, args, w.env(from, until), log, k)
	}
	b, err := os.ReadFile(log.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(b), killed
}

// args are those of the daemon.
func (w *world) args() []string {
	return []string{"run", "--home", filepath.Join(w.dir, "homes"), "--metrics-file", filepath.Join(w.dir, "sluice.prom")}
}

// start runs the program, and kills it where the world says.
func (w *world) start(t *testing.T, args, env []string, log *os.File, k kill) (killed bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = env, log, log
	ended := make(chan struct{})
	now := func() { _ = cmd.Process.Kill(); <-ended }
	if k.gate != nil {
		k.gate.closeAfter(k.bytes, now)
	}
	if k.hook {
		w.mu.Lock()
		w.onTold = now
		w.mu.Unlock()
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	close(ended)
	if k.gate != nil {
		k.gate.closeAfter(0, nil)
	}
	return w.ended(t, err)
}

func (w *world) ended(t *testing.T, err error) (killed bool) {
	t.Helper()
	var exit *exec.ExitError
	if err == nil {
		return false
	}
	if status, ok := syscall.WaitStatus(0), errors.As(err, &exit); ok {
		if status, ok = exit.Sys().(syscall.WaitStatus); ok && status.Signal() == syscall.SIGKILL {
			return true
		}
	}
	t.Errorf("sluice run: %v", err)
	return false
}

// trace runs the program, and kills it at a system call.
func (w *world) trace(t *testing.T, p calls.Program, k kill) (killed bool) {
	t.Helper()
	left := k.n
	end, err := calls.Run(context.WithoutCancel(t.Context()), p, func(c calls.Call) calls.Action {
		if left == 0 || !k.call.MatchString(c.Name+" "+c.Path) {
			return calls.Action{}
		}
		left--
		return calls.Action{Kill: left == 0}
	})
	if errors.Is(err, calls.ErrUnsupported) {
		t.Skip(err)
	}
	if err != nil || end.Code > 0 {
		t.Errorf("sluice run ended with %d: %v", end.Code, err)
	}
	return end.Signal == syscall.SIGKILL
}
