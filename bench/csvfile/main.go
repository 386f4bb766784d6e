// Command csvfile measures the CSV engine against its peers, on generated files
// of any size: one without quotes, and one with quotes and embedded line breaks.
//
//	go run ./bench/csvfile -dir /tmp/csv -size 5GB -quoted 3GB
//
// Each measurement is a process of its own. Ours and the peers' run in turn
// (A B C A B C ...), after one round that is not counted, and medians are
// printed: wall time, processor time (user and system), peak memory, and ratios
// between them. On a machine that others use, trust the processor times.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/dustin/go-humanize"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// settings are the command line.
type settings struct {
	dir          string
	plain, quote uint64 // bytes
	rounds       int
	keep, cold   bool
	python       string // with DuckDB in it
	sortRounds   int
	groupRounds  int
	groupRows    int
	only         string // the part to run, all if empty
	sortBy       string // the only column to sort by, all if empty
}

func run(ctx context.Context) error {
	var s settings
	var plain, quoted, task string
	var workers int
	flag.StringVar(&s.dir, "dir", filepath.Join(os.TempDir(), "sluice-bench"), "folder for the generated files")
	flag.StringVar(&plain, "size", "5GB", "size of the file without quotes")
	flag.StringVar(&quoted, "quoted", "3GB", "size of the file with quotes and line breaks in cells")
	flag.IntVar(&s.rounds, "rounds", 5, "counted rounds")
	flag.BoolVar(&s.keep, "keep", false, "keep the generated files")
	flag.BoolVar(&s.cold, "cold", true, "also open a file that is not in memory")
	flag.StringVar(&s.python, "python", "python3", "a Python that has DuckDB, for what is compared with it")
	flag.IntVar(&s.sortRounds, "sort-rounds", 5, "counted rounds of sorting")
	flag.StringVar(&s.sortBy, "sort-by", "", "sort by one column: count, session, event")
	flag.StringVar(&s.only, "only", "", "run one part: index, find, profile, rows, sort, group")
	flag.IntVar(&s.groupRounds, "group-rounds", 5, "counted rounds of grouping")
	flag.IntVar(&s.groupRows, "group-rows", 10_000_000, "rows of the file that is grouped")
	flag.StringVar(&task, "task", "", "run one measurement on the file given and exit (used by the command itself)")
	flag.IntVar(&workers, "workers", 0, "workers of -task; 0 means all cores")
	flag.Parse()
	if task != "" {
		return runTask(ctx, task, workers, flag.Args())
	}
	var err error
	if s.plain, err = humanize.ParseBytes(plain); err != nil {
		return fmt.Errorf("-size: %w", err)
	}
	if s.quote, err = humanize.ParseBytes(quoted); err != nil {
		return fmt.Errorf("-quoted: %w", err)
	}
	return compare(ctx, s)
}
