// Command export measures how long Sluice's exporter takes for a snapshot, next
// to the sqlite3 command line writing the same records, in one run.
//
//	go run ./bench/export -snapshot s.db [-rounds 5] [-workers 1,2]
//	go run ./bench/export -pages 100000            (makes a demo snapshot first)
//	go run ./bench/export -pages 50000,100000      (and shows how the times grow)
//	go run ./bench/export -files job -rounds 7     (the whole job, into files)
//	go run ./bench/export -check                   (compares cell by cell instead)
//
// Every measurement is a process of its own. The variants take turns (A B A B …)
// after one round that does not count; the table shows medians. The ratio of
// CPU times is the number to trust on a machine that does other things, too.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"sluice/bench/memory"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// config are the flags.
type config struct {
	snapshot string
	pages    []int
	rounds   int
	workers  []int
	files    []string
	dir      string // where the files of a job go
	check    bool
	reread   bool
	only     *regexp.Regexp // variants to measure

	// Of a child process.
	child   string // what it does: a file name, "all", "job", "validate", "plan" or "demo"
	sqlite  bool   // it reads with SQLite only
	plain   bool   // it is not Sluice, but what one would write first
	mapped  bool   // it maps the snapshot
	home    string // of a job
	profile string // where its CPU profile goes
}

func parse(args []string) (config, error) {
	var c config
	var pages, workers, files, only string
	f := flag.NewFlagSet("export", flag.ContinueOnError)
	f.StringVar(&c.snapshot, "snapshot", "", "snapshot to export; empty: make demo snapshots")
	f.StringVar(&pages, "pages", "100000", "numbers of pages of the demo snapshots")
	f.IntVar(&c.rounds, "rounds", 5, "rounds that count")
	f.StringVar(&workers, "workers", "1,2", "numbers of workers")
	f.StringVar(&files, "files", "pages,comments,analytics_events,all,job", "what to measure: file names, all, job, validate, plan")
	f.StringVar(&c.dir, "dir", memory.Folder(), "folder for the files of whole jobs")
	f.StringVar(&only, "only", "", "measure only variants whose names match this regular expression")
	f.BoolVar(&c.reread, "reread", true, "before measuring, drop the snapshot from memory and read it, as if it had been copied here")
	f.BoolVar(&c.check, "check", false, "compare what the sqlite3 command line writes cell by cell instead of measuring")
	f.BoolVar(&c.sqlite, "sqlite", false, "of a child: read with SQLite only")
	f.BoolVar(&c.plain, "plain", false, "of a child: database/sql and encoding/csv instead of Sluice")
	f.BoolVar(&c.mapped, "map", false, "of a child: map the snapshot into memory")
	f.StringVar(&c.home, "home", "", "of a child: home of the job")
	f.StringVar(&c.profile, "cpuprofile", "", "of a child: write a CPU profile to this file")
	f.StringVar(&c.child, "child", "", "what this process itself does, once: a file name, all, job, validate, plan or demo")
	if err := f.Parse(args); err != nil {
		return c, err
	}
	if c.rounds < 1 {
		return c, fmt.Errorf("%d rounds: want at least 1", c.rounds)
	}
	var err error
	if c.pages, err = numbers("pages", pages); err != nil {
		return c, err
	}
	if c.workers, err = numbers("workers", workers); err != nil {
		return c, err
	}
	if c.only, err = regexp.Compile(only); err != nil {
		return c, fmt.Errorf("-only: %w", err)
	}
	c.files = strings.Split(files, ",")
	return c, nil
}

func numbers(flag, list string) ([]int, error) {
	var all []int
	for _, s := range strings.Split(list, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-%s %q: want numbers such as 1,2", flag, list)
		}
		all = append(all, n)
	}
	return all, nil
}

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	c, err := parse(args)
	if err != nil {
		return err
	}
	if c.child != "" {
		return child(ctx, c, out)
	}
	if c.dir, err = os.MkdirTemp(c.dir, "sluice-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(c.dir)) }()
	if c.snapshot != "" {
		_, err := measure(ctx, c, out)
		return err
	}
	dir, err := os.MkdirTemp("", "sluice-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	return sizes(ctx, c, dir, out)
}

// sizes measures demo snapshots, one after the other.
func sizes(ctx context.Context, c config, dir string, out io.Writer) error {
	var growth [][]*variant
	for _, n := range c.pages {
		c.snapshot = filepath.Join(dir, "demo.db")
		size, err := makeDemo(ctx, c.snapshot, n)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "demo snapshot of %d pages: %.0f MB\n", n, float64(size)/1e6)
		measured, err := measure(ctx, c, out)
		if err != nil {
			return err
		}
		growth = append(growth, measured)
	}
	if len(growth) < 2 || c.check {
		return nil
	}
	return printGrowth(out, c.pages, growth)
}

// makeDemo writes a demo snapshot in a process of its own: those that are
// measured begin with the peak memory of the one that starts them.
func makeDemo(ctx context.Context, path string, pages int) (size int64, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, self, "-child", "demo", "-snapshot", path, "-pages", strconv.Itoa(pages))
	if text, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("make a demo snapshot: %w: %s", err, text)
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// measure compares Sluice with the sqlite3 command line for one snapshot.
func measure(ctx context.Context, c config, out io.Writer) ([]*variant, error) {
	if c.check {
		return nil, check(ctx, c, out)
	}
	all, err := variants(c)
	if err != nil {
		return nil, err
	}
	if c.reread {
		if err := reread(c.snapshot); err != nil {
			return nil, err
		}
	}
	before := load()
	if err := takeTurns(ctx, c, all); err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "medians of %d rounds; load average%s at the beginning,%s at the end\n", c.rounds, before, load())
	return all, printTable(out, all)
}

// reread drops the snapshot from memory and reads it once. Then it lies there as a
// file does that was copied to this machine. One that was just written page by
// page lies there in as many pieces, which makes everybody's reading slower.
func reread(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := drop(f); err != nil {
		return fmt.Errorf("drop %s from memory: %w", path, err)
	}
	_, err = io.Copy(io.Discard, f)
	return err
}

// load is the load average, as far as the system tells it.
func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if fields := strings.Fields(string(b)); err == nil && len(fields) > 0 {
		return " " + fields[0]
	}
	return " unknown"
}
