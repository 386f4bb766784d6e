package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"syscall"

	"sluice/bench/faults/calls"
)

// failure is what is done to a system call.
type failure struct {
	name   string
	action calls.Action
	goesOn bool // all later calls of this name on this file fail as well
}

func once(errno syscall.Errno) failure {
	return failure{errno.Error(), calls.Action{Errno: errno}, false}
}

func forEver(errno syscall.Errno) failure {
	return failure{errno.Error() + " from here on", calls.Action{Errno: errno}, true}
}

func afterwards(errno syscall.Errno) failure {
	return failure{errno.Error() + " although it was done", calls.Action{Errno: errno, After: true}, false}
}

var shortened = failure{"half of it only", calls.Action{Short: true}, false}

// failures are what may happen to each call. A call that is interrupted for ever
// is none: it never happens, and whoever tries again is right.
var failures = map[string][]failure{
	"read":     {once(syscall.EIO), once(syscall.EINTR), shortened, forEver(syscall.EIO), once(syscall.ESTALE)},
	"write":    {once(syscall.EIO), once(syscall.ENOSPC), once(syscall.EDQUOT), once(syscall.EINTR), shortened, forEver(syscall.ENOSPC), forEver(syscall.EIO)},
	"sync":     {once(syscall.EIO), once(syscall.ENOSPC), once(syscall.EDQUOT), forEver(syscall.EIO)},
	"close":    {afterwards(syscall.EIO), afterwards(syscall.EINTR), afterwards(syscall.ENOSPC)},
	"open":     {once(syscall.EIO), once(syscall.ENOSPC), once(syscall.EMFILE), once(syscall.EINTR), once(syscall.EACCES), forEver(syscall.EIO)},
	"rename":   {once(syscall.EIO), once(syscall.ENOSPC), once(syscall.EDQUOT), afterwards(syscall.EIO), forEver(syscall.EIO)},
	"link":     {once(syscall.EIO), once(syscall.ENOSPC), once(syscall.EMLINK)},
	"mkdir":    {once(syscall.EIO), once(syscall.ENOSPC), once(syscall.EDQUOT), afterwards(syscall.EIO)},
	"unlink":   {once(syscall.EIO), forEver(syscall.EIO)},
	"truncate": {once(syscall.EIO), once(syscall.ENOSPC), once(syscall.EINTR)},
	"allocate": {once(syscall.EIO), once(syscall.ENOSPC), once(syscall.EOPNOTSUPP), once(syscall.EINTR)},
	"chmod":    {once(syscall.EIO), once(syscall.EPERM)},
	"list":     {once(syscall.EIO)},
	"stat":     {once(syscall.EIO)},
	"flock":    {once(syscall.EINTR), once(syscall.ENOLCK), once(syscall.EIO), forEver(syscall.ENOLCK)},
	"fcntl":    {once(syscall.EIO), once(syscall.ENOLCK), once(syscall.EINTR)},
}

// broken is an export whose system calls fail.
type broken struct {
	killed
	faults []int // for each point, the number of its faults and those before
}

// beginErrors prepares failures of system calls in turn, on the files of the
// home and on the snapshot.
func beginErrors(ctx context.Context, w *workshop, count int) (attempt, error) {
	whole, err := w.demoSpecimen(ctx, "errors", killPages/4, nil)
	if err != nil {
		return nil, err
	}
	bare, err := w.demoSpecimen(ctx, "errors-without-keys", killPages/8, dropKeys)
	if err != nil {
		return nil, err
	}
	targets := []*broken{
		{killed: killed{what: "an export", of: whole}},
		{killed: killed{what: "an export after another", of: whole, earlier: 1}},
		{killed: killed{what: "an export that sorts keys", of: bare}},
	}
	for _, b := range targets {
		if err := b.record(ctx, w); errors.Is(err, calls.ErrUnsupported) {
			return nil, errSkipped{err}
		} else if err != nil {
			return nil, err
		}
	}
	return func(ctx context.Context, n int, r *rand.Rand) outcome {
		b := targets[n%len(targets)]
		turns := (count + len(targets) - 1) / len(targets)
		// Evenly over all points and failures, a little shifted from seed to seed.
		at := (float64(n/len(targets)) + r.Float64()) / float64(turns)
		all := b.faults[len(b.faults)-1]
		return b.attempt(ctx, min(int(at*float64(all)), all-1))
	}, nil
}

// record finds the points at which calls can fail.
func (b *broken) record(ctx context.Context, w *workshop) error {
	folder, home, _, err := b.prepare(ctx)
	if err != nil {
		return err
	}
	r := &recorder{counter: b.counter(home), wanted: func(p point) bool { return len(failures[p.name]) > 0 && !b.dull(p) }}
	e, err := w.trace(ctx, folder, r.decide, b.of.arguments(home)...)
	if err != nil {
		return err
	}
	if e.code != 0 {
		return fmt.Errorf("the traced export failed: %s", e.says())
	}
	b.points = r.points
	total := 0
	for _, p := range r.points {
		total += len(failures[p.name])
		b.faults = append(b.faults, total)
	}
	tidy(folder, outcome{})
	return nil
}

func (b *broken) counter(home string) *counter { return newCounter(home, b.of.snapshot) }

// dull leaves most of the many alike reads and locks out.
func (b *broken) dull(p point) bool {
	often := p.name == "read" || p.name == "fcntl" || p.name == "stat"
	return often && p.n > 6 && p.n%7 != 0 || p.idle()
}

// attempt lets the fault with the number at happen.
func (b *broken) attempt(ctx context.Context, at int) outcome {
	i := 0
	for i < len(b.faults)-1 && b.faults[i] <= at {
		i++
	}
	p := b.points[i]
	f := failures[p.name][(b.faults[i]-1-at)%len(failures[p.name])]
	return b.fail(ctx, p, f).at("%s, %s: %s", b.what, p, f.name)
}

func (b *broken) fail(ctx context.Context, p point, f failure) outcome {
	folder, home, before, err := b.prepare(ctx)
	if err != nil {
		return loss("prepare: %v", err)
	}
	s := &striker{counter: b.counter(home), at: p, action: f.action, goesOn: f.goesOn}
	e, err := b.of.w.trace(ctx, folder, s.decide, b.of.arguments(home)...)
	if err != nil {
		return loss("%v", err)
	}
	if !s.struck {
		return tidy(folder, outcome{notMade, "not reached"})
	}
	if o, ok := e.panicked(); ok {
		return o
	}
	if o := spoken(e); o.verdict.bad() {
		return o
	}
	// Where the history itself can never be written again, only the message tells.
	mute := f.goesOn && strings.Contains(p.file, "jobs.db")
	o := b.of.judge(ctx, judged{home: home, before: before, exited: true, code: e.code, failed: e.code != 0 && !mute})
	if o.verdict.bad() {
		return o.at("%s", e.says())
	}
	if next := b.of.next(ctx, home); next.verdict.bad() {
		return next.at("%s", e.says())
	}
	return tidy(filepath.Clean(folder), o)
}

// spoken: a process that fails says why, and failing calls are no verdict on the
// snapshot and no wrong use.
func spoken(e end) outcome {
	switch {
	case e.code != 0 && strings.TrimSpace(e.errors) == "" && strings.TrimSpace(e.out) == "":
		return loss("exit %d without a word", e.code)
	case e.code == 4:
		return loss("a failing call became a verdict on the snapshot: %s", e.says())
	case e.code != 0 && e.code != 1:
		return loss("the wrong exit code: %s", e.says())
	}
	return fine("")
}
