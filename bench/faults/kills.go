package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"time"

	"sluice/bench/faults/calls"
	"sluice/pipeline"
)

// killed is what is killed: an export in some situation.
type killed struct {
	what    string
	of      *specimen
	earlier int  // complete exports that the home holds before
	resumes bool // it goes on with an export that was killed before
	points  []point
}

// killPages make an export that lasts long enough for random moments to differ.
const killPages = 400

// beginKills prepares kills at every second number at the next system call that
// changes something, and at a random moment at the others.
func beginKills(ctx context.Context, w *workshop, count int) (attempt, error) {
	whole, err := w.demoSpecimen(ctx, "kills", killPages, nil)
	if err != nil {
		return nil, err
	}
	bare, err := w.demoSpecimen(ctx, "kills-without-keys", killPages/4, dropKeys)
	if err != nil {
		return nil, err
	}
	targets := []*killed{
		{what: "the first export", of: whole},
		{what: "an export after another", of: whole, earlier: 1},
		{what: "an export that sorts keys", of: bare},
		{what: "an export that goes on with another", of: whole, resumes: true},
	}
	others := []attempt{w.killedDemo(ctx), whole.killedServer}
	total := 0
	for _, k := range targets {
		if err := k.record(ctx, w); errors.Is(err, calls.ErrUnsupported) {
			break // random moments only
		} else if err != nil {
			return nil, err
		}
		total += len(k.points)
	}
	return func(ctx context.Context, n int, r *rand.Rand) outcome {
		switch {
		case n%10 == 9:
			return others[n/10%len(others)](ctx, n, r)
		case n%2 == 1 || total == 0:
			return targets[n/2%len(targets)].atRandom(ctx, r)
		}
		// The numbers are spread over all points.
		at := (n / 2) * total / max(count/2, 1) % total
		for _, k := range targets {
			if at < len(k.points) {
				return k.atPoint(ctx, k.points[at])
			}
			at -= len(k.points)
		}
		return outcome{}
	}, nil
}

// arguments are those of the export that is killed.
func (k *killed) arguments(home string) []string {
	if k.resumes {
		return k.of.resume(home)
	}
	return k.of.arguments(home)
}

// changes are the calls at which a kill makes a difference.
var changes = map[string]bool{"write": true, "sync": true, "writeback": true, "truncate": true, "allocate": true, "flock": true,
	"open": true, "rename": true, "link": true, "mkdir": true, "unlink": true, "chmod": true, "close": true, "fcntl": true}

// record finds the points of an undisturbed run.
func (k *killed) record(ctx context.Context, w *workshop) error {
	folder, home, _, err := k.prepare(ctx)
	if err != nil {
		return err
	}
	r := &recorder{counter: newCounter(home), wanted: func(p point) bool { return changes[p.name] && !p.idle() }}
	e, err := w.trace(ctx, folder, r.decide, k.arguments(home)...)
	if err != nil {
		return err
	}
	if e.code != 0 {
		return fmt.Errorf("the traced export failed: %s", e.says())
	}
	k.points = r.points
	tidy(folder, outcome{})
	return nil
}

// prepare makes a home with the exports that come before.
func (k *killed) prepare(ctx context.Context) (folder, home string, before []pipeline.Job, err error) {
	if folder, err = k.of.w.folder(); err != nil {
		return "", "", nil, err
	}
	home = filepath.Join(folder, "home")
	for range k.earlier {
		if o := k.of.next(ctx, home); o.verdict.bad() {
			return "", "", nil, errors.New(o.note)
		}
	}
	if k.resumes {
		s := &striker{counter: newCounter(home), at: point{"sync", "home/data-pipeline/export/1/pages*.csv.partial", 1}, action: calls.Action{Kill: true}}
		if _, err := k.of.w.trace(ctx, folder, s.decide, k.of.arguments(home)...); err != nil || !s.struck {
			return "", "", nil, fmt.Errorf("interrupt an export: %v, %w", s.struck, err)
		}
	}
	if k.earlier > 0 || k.resumes {
		jobs, o := history(ctx, home)
		if o.verdict.bad() {
			return "", "", nil, errors.New(o.note)
		}
		before = jobs
	}
	return folder, home, before, nil
}

// atPoint kills an export at a system call.
func (k *killed) atPoint(ctx context.Context, p point) outcome {
	folder, home, before, err := k.prepare(ctx)
	if err != nil {
		return loss("prepare: %v", err)
	}
	s := &striker{counter: newCounter(home), at: p, action: calls.Action{Kill: true}}
	e, err := k.of.w.trace(ctx, folder, s.decide, k.arguments(home)...)
	if err != nil {
		return loss("%s, %s: %v", k.what, p, err)
	}
	if !s.struck {
		return tidy(folder, outcome{notMade, "not reached"}).at("%s, %s", k.what, p)
	}
	return tidy(folder, k.after(ctx, home, before, e, p.n%2 == 0)).at("%s, %s", k.what, p)
}

// atRandom kills an export at a moment of its life.
func (k *killed) atRandom(ctx context.Context, r *rand.Rand) outcome {
	folder, home, before, err := k.prepare(ctx)
	if err != nil {
		return loss("prepare: %v", err)
	}
	delay := time.Duration(r.Int64N(int64(k.of.took) + 1))
	e, wasKilled, err := k.of.w.kill(ctx, delay, k.arguments(home)...)
	if err != nil {
		return loss("%s, killed after %s: %v", k.what, delay, err)
	}
	if !wasKilled {
		return tidy(folder, outcome{}).at("%s, ended before %s", k.what, delay)
	}
	return tidy(folder, k.after(ctx, home, before, e, r.IntN(2) == 0)).at("%s, killed after %s", k.what, delay)
}

// after looks at the home of a killed export, and exports again; where goOn is
// true and there is something to go on with, by going on.
func (k *killed) after(ctx context.Context, home string, before []pipeline.Job, e end, goOn bool) outcome {
	if o, ok := e.panicked(); ok {
		return o
	}
	o := k.of.judge(ctx, judged{home: home, before: before})
	if o.verdict.bad() {
		return o
	}
	if goOn {
		if next := k.of.goOn(ctx, home); next.verdict != notMade {
			return next
		}
	}
	if next := k.of.next(ctx, home); next.verdict.bad() {
		return next
	}
	return o
}
