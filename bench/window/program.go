//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// patience is how long anything may take.
const patience = time.Minute

// program is a window at work on a display of its own, in folders of its own.
type program struct {
	*desk
	cmd   *exec.Cmd
	dir   string
	began time.Time
	trace bytes.Buffer // what it logs; not read before it has ended
	ended bool
}

// setup is how a program is started.
type setup struct {
	path string
	args []string
	env  []string
	// sources is the file with the remembered sources; "" for none.
	sources string
}

// open starts a window and waits for its first frame.
func (b *bench) open(ctx context.Context, s setup) (_ *program, err error) {
	dir, err := os.MkdirTemp(b.dir, "run-")
	if err != nil {
		return nil, err
	}
	d, err := newDesk(ctx)
	if err != nil {
		return nil, err
	}
	p := &program{desk: d, dir: dir}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	for _, sub := range []string{"config/sluice", "cache/fyne", "frames"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return nil, err
		}
	}
	if s.sources != "" {
		if err := os.WriteFile(filepath.Join(dir, "config/sluice/window.json"), []byte(s.sources), 0o600); err != nil {
			return nil, err
		}
	}
	p.cmd = exec.CommandContext(ctx, s.path, s.args...)
	p.cmd.Env = append(os.Environ(), "DISPLAY="+d.display, "WAYLAND_DISPLAY=", "LANG=C", "FYNE_SCALE=1", "FYNE_THEME=light",
		"XDG_CONFIG_HOME="+filepath.Join(dir, "config"), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"),
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent",
		"GALLIUM_HUD=frametime", "GALLIUM_HUD_VISIBLE=false", "GALLIUM_HUD_DUMP_DIR="+filepath.Join(dir, "frames"))
	p.cmd.Env = append(p.cmd.Env, s.env...)
	p.cmd.Stderr = &p.trace
	p.began = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := d.painted(bounded); err != nil {
		return nil, fmt.Errorf("%w; it has logged: %s", err, p.trace.String())
	}
	return p, nil
}

func (p *program) close() {
	if p.cmd != nil && p.cmd.Process != nil && !p.ended {
		p.cmd.Process.Signal(syscall.SIGTERM)
		p.cmd.Wait()
		p.ended = true
	}
	p.desk.close()
	os.RemoveAll(p.dir)
}

// cpu is the processor time that the process has used so far, with all its
// threads, those that have ended too.
func (p *program) cpu() (time.Duration, error) {
	const scheduled = 2 // CPUCLOCK_SCHED of the kernel: the clock of a process by its number
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^p.cmd.Process.Pid<<3|scheduled), &t); err != nil {
		return 0, fmt.Errorf("the clock of process %d: %w", p.cmd.Process.Pid, err)
	}
	return time.Duration(t.Nano()), nil
}

// drawing is the part of it that threads have used which run nothing of a job: that of
// the window, and those of the renderer, which bear names of their own.
func (p *program) drawing() (sum time.Duration, err error) {
	pid := p.cmd.Process.Pid
	own, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	if err != nil {
		return 0, err
	}
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	if err != nil {
		return 0, err
	}
	for _, dir := range threads {
		name, err := os.ReadFile(filepath.Join(dir, "comm"))
		if err != nil || bytes.Equal(name, own) && filepath.Base(dir) != strconv.Itoa(pid) {
			continue
		}
		var used int64
		if times, err := os.ReadFile(filepath.Join(dir, "schedstat")); err == nil {
			fmt.Sscan(string(times), &used)
		}
		sum += time.Duration(used)
	}
	return sum, nil
}

// frames counts the frames that were drawn so far.
func (p *program) frames() (int, error) {
	lists, err := filepath.Glob(filepath.Join(p.dir, "frames", "frametime*"))
	if err != nil || len(lists) == 0 {
		return 0, errors.Join(errors.New("the renderer counts no frames"), err)
	}
	b, err := os.ReadFile(lists[0])
	return bytes.Count(b, []byte("\n")), err
}

// memory is what the process holds in memory: in all, and without the pages of
// files.
func (p *program) memory() (resident, anonymous float64, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	field := func(name string) float64 {
		_, rest, _ := strings.Cut(string(b), name+":")
		kb, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.SplitN(rest, "\n", 2)[0]), "kB")), 64)
		return kb / 1024
	}
	return field("VmRSS"), field("RssAnon"), nil
}

// sleep waits, unless the run is over.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
