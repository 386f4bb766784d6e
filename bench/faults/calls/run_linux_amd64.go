package calls

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// Run runs a program to its end, and asks decide about each of its system calls
// on files before it is made. The calls of all threads come one after the other.
// When ctx ends the program is killed. The error is ErrUnsupported if the system
// does not allow it.
func Run(ctx context.Context, p Program, decide func(Call) Action) (End, error) {
	type result struct {
		end End
		err error
	}
	done := make(chan result, 1)
	go func() {
		// The kernel knows the thread that began to trace, and lets no other.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		end, err := trace(ctx, p, decide)
		done <- result{end, err}
	}()
	r := <-done
	return r.end, r.err
}

// tracer is one traced program.
type tracer struct {
	pid     int
	decide  func(Call) Action
	threads map[int]*thread
}

// thread is what is known of a thread between its stops.
type thread struct {
	inside bool          // between the two stops of a call
	result syscall.Errno // to be put in place of the call's own; 0: none
}

const traceOptions = unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_TRACEEXEC | unix.PTRACE_O_EXITKILL

func trace(ctx context.Context, p Program, decide func(Call) Action) (End, error) {
	process, err := os.StartProcess(p.Path, append([]string{p.Path}, p.Args...), &os.ProcAttr{
		Env: p.env(), Files: []*os.File{nil, p.Out, p.Errors}, Sys: &syscall.SysProcAttr{Ptrace: true, Setpgid: true},
	})
	if errors.Is(err, syscall.EPERM) {
		return End{}, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	if err != nil {
		return End{}, err
	}
	t := &tracer{pid: process.Pid, decide: decide, threads: map[int]*thread{}}
	defer context.AfterFunc(ctx, func() { _ = unix.Kill(t.pid, unix.SIGKILL) })()
	defer process.Release() // it is waited for here
	var status unix.WaitStatus
	if _, err := unix.Wait4(t.pid, &status, 0, nil); err != nil {
		return End{}, fmt.Errorf("wait for the first stop: %w", err)
	}
	if status.Stopped() {
		err := errors.Join(unix.PtraceSetOptions(t.pid, traceOptions), unix.PtraceSyscall(t.pid, 0))
		if err != nil && !errors.Is(err, unix.ESRCH) {
			return End{}, errors.Join(fmt.Errorf("%w: %w", ErrUnsupported, err), unix.Kill(t.pid, unix.SIGKILL))
		}
	}
	end, err := t.follow(status)
	if err == nil {
		err = ctx.Err()
	}
	return end, err
}

// follow handles the stops of all threads until the program has ended.
func (t *tracer) follow(status unix.WaitStatus) (End, error) {
	for pid := t.pid; ; {
		if pid == t.pid && status.Exited() {
			return End{Code: status.ExitStatus()}, nil
		}
		if pid == t.pid && status.Signaled() {
			return End{Code: -1, Signal: status.Signal()}, nil
		}
		var err error
		// Only the group of this program: there are others, also of this thread.
		pid, err = unix.Wait4(-t.pid, &status, unix.WALL|unix.WNOTHREAD, nil)
		if errors.Is(err, unix.EINTR) {
			pid = 0
			continue
		}
		if err != nil {
			return End{}, fmt.Errorf("wait for a stop: %w", err)
		}
		if !status.Stopped() {
			delete(t.threads, pid)
			continue
		}
		// A thread that is gone meanwhile has been killed with the others.
		if err := t.stopped(pid, status); err != nil && !errors.Is(err, unix.ESRCH) {
			return End{}, errors.Join(err, unix.Kill(t.pid, unix.SIGKILL))
		}
	}
}

// stopped handles one stop of a thread and lets it go on.
func (t *tracer) stopped(tid int, status unix.WaitStatus) error {
	known := t.threads[tid]
	if known == nil {
		known = &thread{}
		t.threads[tid] = known
		if status.StopSignal() == unix.SIGSTOP { // how a new thread begins
			return unix.PtraceSyscall(tid, 0)
		}
	}
	switch signal := status.StopSignal(); {
	case signal == unix.SIGTRAP|0x80:
		if err := t.call(tid, known); err != nil {
			return err
		}
		return unix.PtraceSyscall(tid, 0)
	case signal == unix.SIGTRAP:
		return unix.PtraceSyscall(tid, 0)
	default:
		return unix.PtraceSyscall(tid, int(signal))
	}
}

// call handles the beginning or the end of a call.
func (t *tracer) call(tid int, known *thread) error {
	var r unix.PtraceRegs
	if err := unix.PtraceGetRegs(tid, &r); err != nil {
		return err
	}
	if known.inside {
		known.inside = false
		if known.result == 0 {
			return nil
		}
		r.Rax = uint64(-int64(known.result))
		known.result = 0
		return unix.PtraceSetRegs(tid, &r)
	}
	known.inside = true
	k, ok := kinds[r.Orig_rax]
	if !ok {
		return nil
	}
	c := Call{Name: k.name, Path: k.path(t.pid, r)}
	if k.sized {
		c.Size = int(r.Rdx)
	}
	return t.act(tid, known, &r, t.decide(c))
}

func (t *tracer) act(tid int, known *thread, r *unix.PtraceRegs, a Action) error {
	switch {
	case a.Kill:
		return unix.Kill(t.pid, unix.SIGKILL)
	case a.Short && r.Rdx > 1:
		r.Rdx /= 2
		return unix.PtraceSetRegs(tid, r)
	case a.Errno == 0:
		return nil
	}
	known.result = a.Errno
	if a.After {
		return nil
	}
	r.Orig_rax = ^uint64(0) // no call has this number
	return unix.PtraceSetRegs(tid, r)
}
