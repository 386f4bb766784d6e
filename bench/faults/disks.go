package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"sluice/localexport/demo"
	"sluice/pipeline"
)

// full is an export, or the making of a demo snapshot, on disks that fill up.
type full struct {
	of       *specimen
	size     int64 // bytes that a home with one export takes
	nodes    int   // files and folders that it has
	demoSize int64
	demoSum  string
}

// diskPages make an export of some hundred pages of a disk.
const diskPages = 60

// beginDisks prepares disks on which there is not enough room for all of an
// export: for bytes in turn, for files in turn, beside what others write.
func beginDisks(ctx context.Context, w *workshop, count int) (attempt, error) {
	s, err := w.demoSpecimen(ctx, "disks", diskPages, nil)
	if err != nil {
		return nil, err
	}
	x := &full{of: s}
	if err := x.measure(ctx); err != nil {
		return nil, err
	}
	return func(ctx context.Context, n int, r *rand.Rand) outcome {
		folder, err := w.folder()
		if err != nil {
			return loss("prepare: %v", err)
		}
		d := smallDisk{filepath.Join(folder, "disk")}
		part := float64(n) / float64(max(count, 1))
		o := x.on(ctx, d, n%6, part, r)
		if err := d.unmount(); err != nil {
			return loss("%v", err)
		}
		return tidy(folder, o)
	}, nil
}

// measure finds out how much room an undisturbed export takes. The error is an
// errSkipped if no disk can be made.
func (x *full) measure(ctx context.Context) (err error) {
	folder, err := x.of.w.folder()
	if err != nil {
		return err
	}
	d := smallDisk{filepath.Join(folder, "disk")}
	if err := d.mount(plentySize, plentyNodes); err != nil {
		return errSkipped{err}
	}
	defer func() { err = errors.Join(err, d.unmount(), os.RemoveAll(folder)) }()
	before, err := freeBytes(d.path)
	if err != nil {
		return err
	}
	if o := x.of.next(ctx, filepath.Join(d.path, "home")); o.verdict.bad() {
		return errors.New(o.note)
	}
	after, err := freeBytes(d.path)
	if err != nil {
		return err
	}
	x.size = before - after
	err = filepath.WalkDir(d.path, func(string, os.DirEntry, error) error { x.nodes++; return nil })
	if err != nil {
		return err
	}
	file := filepath.Join(d.path, "demo.db")
	summary, err := demo.Write(ctx, file, demo.Options{Pages: 20})
	if err != nil {
		return err
	}
	x.demoSize = summary.Bytes
	x.demoSum, err = sum(file)
	return err
}

// walRoom is how much the journal of the jobs may take beside a home, at most.
const walRoom = 64 << 10

// on lets a disk fill up in one of several ways; part of the way says where.
func (x *full) on(ctx context.Context, d smallDisk, way int, part float64, r *rand.Rand) outcome {
	size := int64(part*float64(x.size+walRoom)) &^ 4095
	switch way {
	case 0, 1:
		size = max(size, 8<<10)
		return x.export(ctx, d, room{size: size, nodes: plentyNodes}).at("a disk of %d bytes", size)
	case 2:
		nodes := 2 + int(part*float64(x.nodes+1))
		return x.export(ctx, d, room{size: plentySize, nodes: nodes}).at("a disk of %d files", nodes)
	case 3:
		return x.export(ctx, d, room{size: plentySize, nodes: plentyNodes, earlier: true, left: size}).at("%d bytes left after another export", size)
	case 4:
		after := time.Duration(r.Int64N(int64(x.of.took)))
		return x.export(ctx, d, room{size: 2*x.size + walRoom, nodes: plentyNodes, earlier: true, filled: true, after: after}).at("a disk that others fill after %s", after)
	}
	return x.demo(ctx, d, int64(part*float64(x.demoSize+64<<10))&^4095)
}

// room is what there is on a disk.
type room struct {
	size    int64
	nodes   int
	earlier bool          // there is an export already
	left    int64         // what is left beside it
	filled  bool          // others fill the disk,
	after   time.Duration // this long after the start
}

// export exports on a disk without enough room. The home opens on the full disk if
// it was there before, and everything is as it was once there is room.
func (x *full) export(ctx context.Context, d smallDisk, with room) outcome {
	home := filepath.Join(d.path, "home")
	size, nodes := with.size, with.nodes
	if err := d.mount(size, nodes); err != nil {
		return loss("%v", err)
	}
	var before []pipeline.Job
	if with.earlier {
		if o := x.of.next(ctx, home); o.verdict.bad() {
			return o.at("prepare")
		}
		if before, _ = history(ctx, home); len(before) != 1 {
			return loss("prepare: %d jobs", len(before))
		}
	}
	if with.left > 0 {
		if err := d.ballast(with.left); err != nil {
			return loss("prepare: %v", err)
		}
	}
	stop := func() {}
	if with.filled {
		stop = d.fillLater(ctx, with.after)
	}
	e, err := x.of.w.run(ctx, x.of.arguments(home)...)
	stop()
	if err != nil {
		return loss("%v", err)
	}
	if o, ok := e.panicked(); ok {
		return o
	}
	if o := spoken(e); o.verdict.bad() {
		return o
	}
	j := judged{home: home, before: before, exited: true, code: e.code, failed: e.code != 0}
	if with.earlier {
		if o := x.of.judge(ctx, j); o.verdict.bad() {
			return o.at("on the full disk, %s", e.says())
		}
	}
	if err := errors.Join(d.remount(plentySize, plentyNodes), os.RemoveAll(filepath.Join(d.path, "ballast"))); err != nil {
		return loss("make room: %v", err)
	}
	o := x.of.judge(ctx, j)
	if o.verdict.bad() {
		return o.at("%s", e.says())
	}
	if next := x.of.next(ctx, home); next.verdict.bad() {
		return next
	}
	if e.code == 0 {
		return outcome{notMade, "there was room enough"}
	}
	return o
}

// demo makes a demo snapshot on a disk without enough room: it is there whole,
// or not at all.
func (x *full) demo(ctx context.Context, d smallDisk, size int64) outcome {
	size = max(size, 8<<10)
	if err := d.mount(size, plentyNodes); err != nil {
		return loss("%v", err)
	}
	file := filepath.Join(d.path, "demo.db")
	e, err := x.of.w.run(ctx, "demo", file, "--pages", "20", "--seed", "0")
	if err != nil {
		return loss("%v", err)
	}
	what := fmt.Sprintf("a demo snapshot on a disk of %d bytes", size)
	if o, ok := e.panicked(); ok {
		return o.at("%s", what)
	}
	got, err := sum(file)
	switch {
	case e.code == 0 && got == x.demoSum:
		return outcome{notMade, "there was room enough"}
	case e.code == 0:
		return falsehood("exit 0 with other bytes, %v", err).at("%s", what)
	case err == nil:
		return falsehood("a failed snapshot has its final name").at("%s", what)
	}
	return spoken(e).at("%s", what)
}
