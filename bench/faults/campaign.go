package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// kind is a kind of faults.
type kind struct {
	name  string // also the flag that says how many
	what  string
	count int // of a whole campaign
	// begin prepares what all faults of the kind share; of faults that are made
	// in turn, count says how densely. The error is an errSkipped where the kind
	// is not possible.
	begin func(ctx context.Context, w *workshop, count int) (attempt, error)
	waits int // so many at the same time do no harm, because most of them wait
}

// attempt makes the fault with the number n, whose randomness is r's.
type attempt func(ctx context.Context, n int, r *rand.Rand) outcome

// kinds are all of them, in the order of the table.
var kinds = []kind{
	{"kills", "processes killed at system calls in turn, and at random moments", 700, beginKills, 1},
	{"errors", "system calls that fail, each in turn", 420, beginErrors, 1},
	{"layer", "calls of a failing disk beneath the writers, each in turn", 200, beginLayer, 1},
	{"disks", "disks without room for all bytes or all files", 300, beginDisks, 1},
	{"snapshots", "damaged snapshots, compared with what SQLite reads", 2200, beginSnapshots, 1},
	{"network", "requests and answers that are lost, cut, late or something else", 1300, beginNetwork, 8},
}

// errSkipped says why a kind is not possible here.
type errSkipped struct{ reason error }

func (e errSkipped) Error() string { return e.reason.Error() }
func (e errSkipped) Unwrap() error { return e.reason }

// verdict is what became of a fault.
type verdict int

const (
	notMade verdict = iota // the program was through before
	survived
	lost
	wronglyComplete
	panicked
)

func (v verdict) String() string {
	return [...]string{"not made", "survived", "LOST", "WRONGLY COMPLETE", "PANIC"}[v]
}

func (v verdict) bad() bool { return v >= lost }

// outcome is a verdict and what it rests on.
type outcome struct {
	verdict verdict
	note    string
}

func fine(format string, args ...any) outcome {
	return outcome{survived, fmt.Sprintf(format, args...)}
}

func loss(format string, args ...any) outcome { return outcome{lost, fmt.Sprintf(format, args...)} }

func falsehood(format string, args ...any) outcome {
	return outcome{wronglyComplete, fmt.Sprintf(format, args...)}
}

// at says where a fault was made.
func (o outcome) at(format string, args ...any) outcome {
	o.note = fmt.Sprintf(format, args...) + ": " + o.note
	return o
}

// workshop is where faults are made.
type workshop struct {
	sluice   string // the program
	dir      string
	seed     uint64
	parallel int
	verbose  bool
	out      io.Writer
	folders  atomic.Int64
}

// longest is how long one fault may take with all that is looked at afterwards. It
// is only reached when something hangs: an export that takes its database for held
// by another gives up after some 80 seconds.
const longest = 3 * time.Minute

// folder makes an empty folder for one fault.
func (w *workshop) folder() (string, error) {
	path := filepath.Join(w.dir, fmt.Sprintf("f%d", w.folders.Add(1)))
	return path, os.Mkdir(path, 0o700)
}

// tally counts the outcomes of a kind.
type tally struct {
	kind    kind
	skipped error // the kind is not possible here
	by      [panicked + 1]int
	took    time.Duration
}

func (t *tally) made() int {
	n := 0
	for _, v := range t.by[survived:] {
		n += v
	}
	return n
}

// make makes count faults of a kind, and says at once what went wrong. When ctx
// ends it makes no more.
func (w *workshop) make(ctx context.Context, k kind, count int) (*tally, error) {
	began := time.Now()
	t := &tally{kind: k}
	attempt, err := k.begin(ctx, w, count)
	var skipped errSkipped
	if errors.As(err, &skipped) {
		t.skipped = skipped
		return t, nil
	}
	if err != nil {
		return nil, err
	}
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		next atomic.Int64
	)
	for range w.parallel * cmp.Or(k.waits, 1) {
		wg.Go(func() {
			for n := next.Add(1) - 1; n < int64(count) && ctx.Err() == nil; n = next.Add(1) - 1 {
				o := w.once(ctx, k, attempt, int(n))
				mu.Lock()
				if ctx.Err() == nil { // what the end of the campaign ended does not count
					t.by[o.verdict]++
					w.tell(k, int(n), o)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	t.took = time.Since(began)
	return t, nil
}

// once makes one fault.
func (w *workshop) once(ctx context.Context, k kind, attempt attempt, n int) outcome {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	return attempt(ctx, n, rand.New(rand.NewPCG(w.seed, uint64(n)<<8|uint64(len(k.name)))))
}

// tell says what went wrong, and how to see it again.
func (w *workshop) tell(k kind, n int, o outcome) {
	if w.verbose {
		fmt.Fprintf(w.out, "%s:%d %s: %s\n", k.name, n, o.verdict, o.note)
	}
	if !o.verdict.bad() {
		return
	}
	fmt.Fprintf(w.out, "%s: %s\n    again: faults -sluice %s -seed %d -case %s:%d\n", o.verdict, o.note, w.sluice, w.seed, k.name, n)
}
