// Command faults makes the faults for real that an export must survive, and
// counts what became of them: killed processes, failing system calls, full
// disks, damaged snapshots, broken networks.
//
//	go run ./bench/faults -sluice bin/sluice-headless          (everything)
//	go run ./bench/faults -sluice … -kills 50 -disks 20 …      (fewer; 0 leaves a kind out)
//	go run ./bench/faults -sluice … -seed 7 -case kills:131    (one fault again)
//
// Each fault is made in a process or a home of its own, by a number from which
// everything random about it follows. What an outcome must not be:
//
//	lost              data, a job or the truth about it is gone: a home that does
//	                  not open, a job without an end or with a wrong one, rows
//	                  that are missing without a word, an export after the fault
//	                  that does not give the right bytes, a process that hangs
//	wrongly complete  something half or wrong is called complete: by its name, by
//	                  a manifest, by the history or by the exit code
//	panics            a defect ended a process
//
// The exit code is 1 if one of them happened.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"sluice/bench/memory"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if code, inside := ownMounts(ctx); !inside {
		stop()
		os.Exit(code)
	}
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

// errFaults says that not every fault was survived; the table tells more.
var errFaults = errors.New("not every fault was survived")

// settings are the flags.
type settings struct {
	sluice   string
	dir      string
	seed     uint64
	parallel int
	limit    time.Duration
	counts   map[string]int
	only     string // "kind:number", or empty
	verbose  bool
	keep     bool
}

func parse(args []string) (settings, error) {
	var s settings
	f := flag.NewFlagSet("faults", flag.ContinueOnError)
	f.StringVar(&s.sluice, "sluice", "bin/sluice-headless", "the program that is put to the test")
	f.StringVar(&s.dir, "dir", memory.Folder(), "folder for homes and snapshots")
	f.Uint64Var(&s.seed, "seed", uint64(time.Now().Unix()), "everything random follows from it")
	f.IntVar(&s.parallel, "parallel", runtime.NumCPU(), "faults that are made at the same time")
	f.DurationVar(&s.limit, "limit", 18*time.Minute, "stop making faults after this time")
	f.StringVar(&s.only, "case", "", "make one fault only, such as kills:131")
	f.BoolVar(&s.verbose, "v", false, "tell of every fault")
	f.BoolVar(&s.keep, "keep", false, "leave the folder of the campaign, with what was not survived")
	counts := map[string]*int{}
	for _, k := range kinds {
		counts[k.name] = f.Int(k.name, k.count, "how many: "+k.what)
	}
	if err := f.Parse(args); err != nil {
		return s, err
	}
	s.counts = map[string]int{}
	for name, n := range counts {
		s.counts[name] = *n
	}
	for _, path := range []*string{&s.sluice, &s.dir} {
		var err error
		if *path, err = filepath.Abs(*path); err != nil {
			return s, err
		}
	}
	return s, nil
}

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	s, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(s.sluice); err != nil {
		return fmt.Errorf("the program to test: %w (make headless builds it)", err)
	}
	w := &workshop{sluice: s.sluice, seed: s.seed, parallel: max(1, s.parallel), verbose: s.verbose, out: out}
	if w.dir, err = os.MkdirTemp(s.dir, "sluice-faults-"); err != nil {
		return err
	}
	if s.keep {
		fmt.Fprintln(out, "in", w.dir)
	} else {
		defer func() { err = errors.Join(err, os.RemoveAll(w.dir)) }()
	}
	ctx, cancel := context.WithTimeout(ctx, s.limit)
	defer cancel()
	fmt.Fprintf(out, "seed %d\n", s.seed)
	if s.only != "" {
		return again(ctx, w, s.only)
	}
	var tallies []*tally
	for _, k := range kinds {
		if s.counts[k.name] <= 0 {
			continue
		}
		t, err := w.make(ctx, k, s.counts[k.name])
		if err != nil {
			return fmt.Errorf("%s: %w", k.name, err)
		}
		tallies = append(tallies, t)
		fmt.Fprintf(out, "%s: %d made in %s\n", k.name, t.made(), t.took.Round(time.Second))
	}
	return report(out, tallies)
}

// again makes one fault once more.
func again(ctx context.Context, w *workshop, name string) error {
	kind, number, _ := strings.Cut(name, ":")
	n, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("-case %s: want a kind and a number, such as kills:131", name)
	}
	for _, k := range kinds {
		if k.name != kind {
			continue
		}
		attempt, err := k.begin(ctx, w, k.count)
		if err != nil {
			return err
		}
		o := w.once(ctx, k, attempt, n)
		fmt.Fprintf(w.out, "%s: %s %s\n", name, o.verdict, o.note)
		if o.verdict.bad() {
			return errFaults
		}
		return nil
	}
	return fmt.Errorf("-case %s: there is no such kind", name)
}
