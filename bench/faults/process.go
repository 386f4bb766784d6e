package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"sluice/bench/faults/calls"
)

// end is how a process of the program has ended.
type end struct {
	code        int // -1: killed
	out, errors string
	took        time.Duration
}

// panicText is what a defect of a Go program leaves on the standard error, or a
// job that caught one.
var panicText = regexp.MustCompile(`(?m)^(panic: |fatal error: |goroutine \d+ \[|unexpected fault address )|export ended by a defect`)

// panicked is the outcome of a process that a defect ended, or none.
func (e end) panicked() (outcome, bool) {
	if !panicText.MatchString(e.errors) {
		return outcome{}, false
	}
	return outcome{panicked, e.says()}, true
}

// says is the end of the standard error, for notes.
func (e end) says() string {
	s := strings.TrimSpace(e.errors)
	if at := panicText.FindStringIndex(s); at != nil {
		s = s[at[0]:]
	} else if len(s) > 400 {
		s = "… " + s[len(s)-400:]
	}
	return fmt.Sprintf("exit %d, %q", e.code, s[:min(len(s), 1500)])
}

// start starts the program.
func (w *workshop) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, w.sluice, args...)
	cmd.Env = w.env()
	return cmd
}

// env keeps the settings of whoever runs the campaign out of it.
func (w *workshop) env() []string {
	return []string{"HOME=" + filepath.Join(w.dir, "nobody"), "PATH=" + os.Getenv("PATH"), "TMPDIR=" + w.dir, "TZ=Europe/Berlin"}
}

// sluiceRun runs the program to its end.
func (w *workshop) run(ctx context.Context, args ...string) (end, error) {
	cmd := w.command(ctx, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	began := time.Now()
	err := cmd.Run()
	e := end{out: out.String(), errors: errs.String(), took: time.Since(began)}
	if cmd.ProcessState != nil {
		e.code = cmd.ProcessState.ExitCode()
	}
	if ctx.Err() != nil {
		return e, fmt.Errorf("sluice %s hangs: %w", strings.Join(args, " "), ctx.Err())
	}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return e, err
	}
	return e, nil
}

// trace runs the program and decides about its system calls.
func (w *workshop) trace(ctx context.Context, folder string, decide func(calls.Call) calls.Action, args ...string) (end, error) {
	out, err := os.Create(filepath.Join(folder, "out"))
	if err != nil {
		return end{}, err
	}
	defer out.Close()
	errs, err := os.Create(filepath.Join(folder, "errors"))
	if err != nil {
		return end{}, err
	}
	defer errs.Close()
	began := time.Now()
	e, err := calls.Run(ctx, calls.Program{Path: w.sluice, Args: args, Env: w.env(), Out: out, Errors: errs}, decide)
	if err != nil {
		return end{}, fmt.Errorf("sluice %s: %w", strings.Join(args, " "), err)
	}
	outText, err := os.ReadFile(out.Name())
	if err != nil {
		return end{}, err
	}
	errsText, err := os.ReadFile(errs.Name())
	return end{code: e.Code, out: string(outText), errors: string(errsText), took: time.Since(began)}, err
}

// kill runs the program and kills it after a time. It reports false if the
// program was through before.
func (w *workshop) kill(ctx context.Context, after time.Duration, args ...string) (end, bool, error) {
	cmd := w.command(ctx, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		return end{}, false, err
	}
	pause(ctx, after)
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return end{}, false, err
	}
	_ = cmd.Wait() // how it ended is in its state
	e := end{code: cmd.ProcessState.ExitCode(), out: out.String(), errors: errs.String()}
	return e, e.code == -1, ctx.Err()
}
