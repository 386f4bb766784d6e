package runner

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
)

// blocks is a work that says that it has begun, and never ends.
type blocks struct{}

func (blocks) Do(_ context.Context, _ Task, began func(pipeline.Job)) (Done, error) {
	began(pipeline.Job{ID: 7, Status: pipeline.Started})
	fmt.Println("begun")
	select {}
}

// killed has a process of its own begin a run of "nightly", and kills it within.
func killed(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
	cmd.Env = append(os.Environ(), "SLUICE_TEST_FOLDER="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "begun\n" {
		t.Fatalf("it says %q, %v", line, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
}

// newBenchNow is a bench at the time that another process sees, with a schedule that is due in
// half a day.
func newBenchNow(t *testing.T) *bench {
	t.Helper()
	now := time.Now().UTC()
	return newBench(t, "UTC", now.Format("2006-01-02 15:04"), nightly(now.Add(12*time.Hour).Format("daily 15:04")))
}

// TestKilled: a process that is killed in the middle of a run leaves it to the next, which
// does not begin it a second time.
func TestKilled(t *testing.T) {
	if dir := os.Getenv("SLUICE_TEST_FOLDER"); dir != "" {
		r := New(Options{Folder: dir, Sources: source.NewFile(filepath.Join(dir, "sources.json")), Work: blocks{}})
		_, _ = r.Now(context.Background(), "nightly") // never comes back
		return
	}
	interrupted := func(context.Context, Task, func(pipeline.Job)) (Done, error) {
		return Done{Job: pipeline.Job{ID: 7, Status: pipeline.Cancelled}}, fmt.Errorf("job 7: %w", ErrInterrupted)
	}
	for name, test := range map[string]struct {
		found  func(context.Context, Task, func(pipeline.Job)) (Done, error)
		last   schedule.Outcome
		retry  bool
		stepOn schedule.Outcome
	}{
		"its job was complete": {completes, schedule.Completed, false, schedule.Completed},
		"its job has ended":    {interrupted, schedule.Interrupted, true, schedule.Interrupted},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBenchNow(t)
			killed(t, b.o.Folder)
			began := b.state("nightly")
			if began.Running == nil || began.Running.Job != 7 || began.Last != nil {
				t.Fatalf("what was left is %+v", began)
			}
			if began.Runs() || began.Interrupted() == nil {
				t.Error("a run whose process was killed is said to run")
			}
			b.do = test.found
			b.look(t.Context())
			b.runs.Wait()
			state := b.state("nightly")
			if len(b.tasks) != 1 || !b.tasks[0].Before || b.tasks[0].Run.Job != 7 || !b.tasks[0].Run.Began.Equal(began.Running.Began) {
				t.Errorf("was asked %+v", b.tasks)
			}
			if state.Running != nil || state.Last.Outcome != test.last || state.Last.Job != 7 || (state.Retry != nil) != test.retry || !state.Handled.Equal(began.Handled) {
				t.Errorf("the state is %+v, %+v", state, state.Last)
			}
			if len(b.ended) != 1 || b.ended[0].Result.Outcome != test.stepOn {
				t.Errorf("told was %+v", b.ended)
			}
			b.tasks, b.do = nil, completes
			b.pass(time.Hour)
			if n := len(b.tasks); (n == 1) != test.retry || n > 1 || n == 1 && b.tasks[0].Before {
				t.Errorf("afterwards it ran %d times: %+v", n, b.tasks)
			}
		})
	}
}

// TestALockThatCannotBeTried: while it cannot be told whether another process goes on with a
// run, the run is not ended; it is taken over once that can be told.
func TestALockThatCannotBeTried(t *testing.T) {
	b := newBenchNow(t)
	killed(t, b.o.Folder)
	lock := schedule.SourceLock(b.o.Folder, "a")
	if err := errors.Join(os.Remove(lock), os.Mkdir(lock, 0o700)); err != nil {
		t.Fatal(err)
	}
	b.do = completes
	b.look(t.Context())
	b.runs.Wait()
	if state := b.state("nightly"); state.Running == nil || state.Last != nil || len(b.tasks) != 0 {
		t.Errorf("it is given up: %+v, %+v", state.Running, state.Last)
	}
	if err := os.Remove(lock); err != nil {
		t.Fatal(err)
	}
	b.look(t.Context())
	b.runs.Wait()
	if state := b.state("nightly"); state.Running != nil || state.Last == nil || state.Last.Outcome != schedule.Completed {
		t.Errorf("it is not taken over: %+v, %+v", state.Running, state.Last)
	}
}

// TestStopped: what runs in this process is gone on with by the next start, once; what
// runs on a server is followed again.
func TestStopped(t *testing.T) {
	for name, goesOn := range map[string]bool{"here": false, "on a server": true} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, "UTC", "2026-03-01 01:59", nightly("daily 02:00"))
			ctx, stop := context.WithCancel(t.Context())
			begun := make(chan struct{})
			b.do = func(ctx context.Context, _ Task, began func(pipeline.Job)) (Done, error) {
				began(pipeline.Job{ID: 7})
				close(begun)
				<-ctx.Done()
				if goesOn {
					return Done{}, fmt.Errorf("%w: %w", ErrGoesOn, ctx.Err())
				}
				return Done{Job: pipeline.Job{ID: 7, Status: pipeline.Cancelled}}, ctx.Err()
			}
			ended := make(chan struct{})
			go func() { defer close(ended); b.Run(ctx) }()
			if err := b.clock.BlockUntilContext(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			b.clock.Advance(Look)
			if err := b.clock.BlockUntilContext(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			b.clock.Advance(Look)
			<-begun
			stop()
			<-ended
			state := b.state("nightly")
			if goesOn != (state.Running != nil && state.Running.Job == 7 && state.Last == nil) || goesOn == (state.Last != nil && state.Last.Outcome == schedule.Interrupted && state.Retry != nil) {
				t.Fatalf("left is %+v, %+v", state, state.Last)
			}
			b.tasks, b.do = nil, completes
			b.in(b.o.Folder)
			b.pass(time.Hour)
			if len(b.tasks) != 1 || b.tasks[0].Before != goesOn || b.tasks[0].Run.Attempt != 1 || b.state("nightly").LastSuccess == nil {
				t.Errorf("the next start did %+v", b.tasks)
			}
		})
	}
}

// TestToEnd waits for the retries of a schedule.
func TestToEnd(t *testing.T) {
	s := nightly("daily 02:00")
	s.Retries, s.RetryAfter = 2, "10m"
	b := newBench(t, "UTC", "2026-03-01 12:00", s)
	b.do = func(ctx context.Context, task Task, began func(pipeline.Job)) (Done, error) {
		if task.Run.Attempt < 3 {
			return Done{}, errors.New("no")
		}
		return completes(ctx, task, began)
	}
	waits := 0
	type answer struct {
		schedule.Result
		error
	}
	answered := make(chan answer)
	go func() {
		result, err := b.ToEnd(t.Context(), "nightly", func(schedule.Result, time.Time) { waits++ })
		answered <- answer{result, err}
	}()
	for _, wait := range []time.Duration{10 * time.Minute, 20 * time.Minute} {
		if err := b.clock.BlockUntilContext(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(wait)
	}
	if got := <-answered; got.error != nil || got.Outcome != schedule.Completed || got.Attempt != 3 || waits != 2 {
		t.Errorf("%+v after %d waits", got, waits)
	}
}

// TestGuard: one process runs what is due, and others are told which.
func TestGuard(t *testing.T) {
	dir := t.TempDir()
	if who := Guarded(dir); who != "" {
		t.Errorf("%q before anybody has begun", who)
	}
	release, err := Guard(dir, "process 1")
	if err != nil {
		t.Fatal(err)
	}
	var guarded *GuardedError
	if _, err := Guard(dir, "process 2"); !errors.As(err, &guarded) || guarded.Who != "process 1" || Guarded(dir) != "process 1" {
		t.Errorf("%v, %q", err, Guarded(dir))
	}
	release()
	if who := Guarded(dir); who != "" {
		t.Errorf("%q afterwards", who)
	}
}
