package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// insideVariable says that this process has mounts of its own.
const insideVariable = "SLUICE_FAULTS_OWN_MOUNTS"

// ownMounts runs the campaign in a process with mounts of its own, which end with
// it, whatever happens, and which others than root can have, too, where the
// system lets them. It returns the exit code of that process, or inside: that
// this is the process that makes the campaign.
func ownMounts(ctx context.Context) (code int, inside bool) {
	if os.Getenv(insideVariable) != "" {
		return 0, true
	}
	self, err := os.Executable()
	if err != nil {
		return 0, true
	}
	cmd := exec.CommandContext(ctx, self, os.Args[1:]...)
	cmd.Env = append(os.Environ(), insideVariable+"=1")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGTERM}
	if uid := os.Getuid(); uid != 0 {
		cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: uid, Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	if err := cmd.Start(); err != nil {
		return 0, true // the kinds that need mounts are skipped
	}
	err = cmd.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, "faults:", err)
		return 1, false
	}
	return cmd.ProcessState.ExitCode(), false
}

// mount makes the disk.
func (d smallDisk) mount(size int64, nodes int) error {
	if err := os.Mkdir(d.path, 0o700); err != nil {
		return err
	}
	return d.set(0, size, nodes)
}

// remount gives the disk another size.
func (d smallDisk) remount(size int64, nodes int) error { return d.set(unix.MS_REMOUNT, size, nodes) }

func (d smallDisk) set(flags uintptr, size int64, nodes int) error {
	err := unix.Mount("sluice-faults", d.path, "tmpfs", flags, fmt.Sprintf("size=%d,nr_inodes=%d,mode=700", size, nodes))
	if err != nil {
		return fmt.Errorf("mount a small disk: %w", err)
	}
	return nil
}

// unmount takes the disk away. It is no error if there is none.
func (d smallDisk) unmount() error {
	err := unix.Unmount(d.path, unix.MNT_DETACH)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOENT) {
		return nil
	}
	return err
}

// freeBytes is how much may still be written on the disk of path.
func freeBytes(path string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * s.Bsize, nil
}
