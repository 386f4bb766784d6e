package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/disk"
	"sluice/pipeline"
)

// failingDisk is a disk one of whose calls fails, or all from that one on.
type failingDisk struct {
	disk.Real
	at     int64 // the call that fails, from 1; 0: none
	errno  syscall.Errno
	goesOn bool
	after  bool // the call is made all the same; a write is made by half

	calls  atomic.Int64
	struck sync.Once
	where  string // what failed first
}

// fails counts a call, and reports whether it is to fail.
func (d *failingDisk) fails(name, path string) bool {
	n := d.calls.Add(1)
	if d.at == 0 || n < d.at || n > d.at && !d.goesOn {
		return false
	}
	d.struck.Do(func() { d.where = name + " " + varying.ReplaceAllString(filepath.Base(path), "*") })
	return true
}

// do makes a call that can fail.
func (d *failingDisk) do(name, path string, call func() error) error {
	if !d.fails(name, path) {
		return call()
	}
	if d.after {
		if err := call(); err != nil {
			return err
		}
	}
	return &fs.PathError{Op: name, Path: path, Err: d.errno}
}

// Create implements disk.Disk.
func (d *failingDisk) Create(path string) (f disk.File, err error) {
	err = d.do("create", path, func() error {
		f, err = d.Real.Create(path)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &failingFile{f, d, path}, nil
}

func (d *failingDisk) Mkdir(path string) error {
	return d.do("mkdir", path, func() error { return d.Real.Mkdir(path) })
}

func (d *failingDisk) MkdirAll(path string) error {
	return d.do("mkdirall", path, func() error { return d.Real.MkdirAll(path) })
}

func (d *failingDisk) Chmod(path string, mode fs.FileMode) error {
	return d.do("chmod", path, func() error { return d.Real.Chmod(path, mode) })
}

func (d *failingDisk) Rename(from, to string) error {
	return d.do("rename", from, func() error { return d.Real.Rename(from, to) })
}

func (d *failingDisk) Link(from, to string) error {
	return d.do("link", from, func() error { return d.Real.Link(from, to) })
}

func (d *failingDisk) Remove(path string) error {
	return d.do("remove", path, func() error { return d.Real.Remove(path) })
}

func (d *failingDisk) RemoveAll(path string) error {
	return d.do("removeall", path, func() error { return d.Real.RemoveAll(path) })
}

func (d *failingDisk) SyncDir(path string) error {
	return d.do("syncdir", path, func() error { return d.Real.SyncDir(path) })
}

// failingFile is a file of a failingDisk.
type failingFile struct {
	disk.File
	d    *failingDisk
	path string
}

func (f *failingFile) Write(b []byte) (int, error) {
	if !f.d.fails("write", f.path) {
		return f.File.Write(b)
	}
	n := 0
	if f.d.after {
		n, _ = f.File.Write(b[:len(b)/2])
	}
	return n, &fs.PathError{Op: "write", Path: f.path, Err: f.d.errno}
}

func (f *failingFile) Sync() error { return f.d.do("sync", f.path, f.File.Sync) }

func (f *failingFile) Close() error {
	failed := f.d.fails("close", f.path)
	if err := f.File.Close(); err != nil || !failed { // it is closed all the same
		return err
	}
	return &fs.PathError{Op: "close", Path: f.path, Err: f.d.errno}
}

// layerPages make an export of milliseconds.
const layerPages = 60

// beginLayer prepares failures beneath the writers, each call in turn.
func beginLayer(ctx context.Context, w *workshop, count int) (attempt, error) {
	s, err := w.demoSpecimen(ctx, "layer", layerPages, nil)
	if err != nil {
		return nil, err
	}
	folder, err := w.folder()
	if err != nil {
		return nil, err
	}
	undisturbed := &failingDisk{}
	if job, err := s.exportOn(ctx, undisturbed, folder); err != nil || job.Status != pipeline.Completed {
		return nil, fmt.Errorf("the undisturbed export: %s, %w", job.Status, err)
	}
	all := undisturbed.calls.Load()
	errnos := []syscall.Errno{syscall.EIO, syscall.ENOSPC, syscall.EDQUOT, syscall.EINTR}
	return func(ctx context.Context, n int, _ *rand.Rand) outcome {
		// Each call in turn, then each in another way; a few are spread over all calls.
		variant, at := n/int(all), int64(n)%all
		if count < int(all) {
			variant, at = n, int64(n)*all/int64(count)
		}
		return s.onFailingDisk(ctx, &failingDisk{at: at + 1, errno: errnos[variant%len(errnos)],
			goesOn: variant%2 == 1, after: variant/2%2 == 1})
	}, nil
}

// exportOn exports on a disk in this process.
func (s *specimen) exportOn(ctx context.Context, d disk.Disk, home string) (job pipeline.Job, err error) {
	e, err := localexport.Open(ctx, localexport.Options{
		Product: confluence.Product{}, Home: home, Snapshot: s.snapshot, Disk: d, TimeZone: demo.TimeZone, MinFreeSpace: -1, Version: "faults",
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return job, err
	}
	from, err := pipeline.ParseFromDate(fromAll, time.Now())
	if err == nil {
		job, err = e.Start(ctx, pipeline.Request{FromDate: from})
	}
	if err == nil {
		job, err = e.Wait(ctx)
	}
	if closeErr := e.Close(ctx); err == nil {
		err = closeErr
	}
	return job, err
}

func (s *specimen) onFailingDisk(ctx context.Context, d *failingDisk) outcome {
	folder, err := s.w.folder()
	if err != nil {
		return loss("prepare: %v", err)
	}
	job, err := s.exportOn(ctx, d, folder)
	how := fmt.Sprintf("call %d, %s: %v", d.at, d.where, d.errno)
	if d.goesOn {
		how += " from here on"
	}
	if d.after {
		how += " although it was done"
	}
	if d.where == "" {
		return tidy(folder, outcome{notMade, "not reached"}).at("%s", how)
	}
	for _, diagnostic := range job.Errors {
		if strings.Contains(diagnostic.Message, "defect") {
			return outcome{panicked, diagnostic.Message}.at("%s", how)
		}
	}
	code := 0
	if err != nil || job.Status != pipeline.Completed {
		code = 1
	}
	o := s.judge(ctx, judged{home: folder, exited: true, code: code, failed: code != 0})
	if o.verdict.bad() {
		return o.at("%s: %v", how, err)
	}
	if next := s.next(ctx, folder); next.verdict.bad() {
		return next.at("%s: %v", how, err)
	}
	return tidy(folder, o).at("%s", how)
}
