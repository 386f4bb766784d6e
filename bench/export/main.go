// Command export measures how long Sluice's exporter takes for a snapshot, next
// to the sqlite3 command line writing the same records, in one run.
//
//	go run ./bench/export -snapshot s.db [-rounds 5] [-workers 1,2]
//	go run ./bench/export -pages 100000         (makes a demo snapshot first)
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
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// config are the flags.
type config struct {
	snapshot string
	pages    int
	rounds   int
	workers  []int
	files    []string
	sqlite   bool   // a child reads with SQLite only
	mapped   bool   // a child maps the snapshot
	child    string // what a child process does: a file name, "all", "validate" or "plan"
}

func parse(args []string) (config, error) {
	var c config
	var workers, files string
	f := flag.NewFlagSet("export", flag.ContinueOnError)
	f.StringVar(&c.snapshot, "snapshot", "", "snapshot to export; empty: make a demo snapshot")
	f.IntVar(&c.pages, "pages", 100_000, "pages of the demo snapshot")
	f.IntVar(&c.rounds, "rounds", 5, "rounds that count")
	f.StringVar(&workers, "workers", "1,2", "numbers of workers")
	f.StringVar(&files, "files", "pages,comments,analytics_events,all", "what to measure: file names, all, validate, plan")
	f.BoolVar(&c.sqlite, "sqlite", false, "for internal use: read with SQLite only")
	f.BoolVar(&c.mapped, "map", false, "for internal use: map the snapshot into memory")
	f.StringVar(&c.child, "child", "", "for internal use: what this process exports")
	if err := f.Parse(args); err != nil {
		return c, err
	}
	for _, w := range strings.Split(workers, ",") {
		n, err := strconv.Atoi(w)
		if err != nil || n < 1 {
			return c, fmt.Errorf("workers %q: want numbers such as 1,2", workers)
		}
		c.workers = append(c.workers, n)
	}
	c.files = strings.Split(files, ",")
	return c, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	c, err := parse(args)
	if err != nil {
		return err
	}
	if c.child != "" {
		return child(ctx, c)
	}
	if c.snapshot == "" {
		dir, err := os.MkdirTemp("", "sluice-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		c.snapshot = filepath.Join(dir, "demo.db")
		fmt.Fprintf(out, "making a demo snapshot of %d pages\n", c.pages)
		if _, err := demo.Write(ctx, c.snapshot, demo.Options{Pages: c.pages, Seed: 1}); err != nil {
			return err
		}
	}
	return compare(ctx, c, out)
}

// everything is a from date before all data.
var everything = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// child exports once, to nowhere. A single file is exported as it is in a whole
// export, the others are not read.
func child(ctx context.Context, c config) (err error) {
	s, err := snapshot.Open(ctx, c.snapshot)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return err
	}
	o := confluence.Options{From: everything, Location: berlin, Workers: c.workers[0], SQLiteOnly: c.sqlite, MapFile: c.mapped}
	switch {
	case c.child == "validate":
		_, err = confluence.Validate(ctx, s, o, nil)
		return err
	case c.child == "plan":
		_, err = confluence.MakePlan(ctx, s, confluence.Options{Workers: c.workers[0]})
		return err
	case c.child != "all":
		if !slices.Contains(confluence.FileNames, c.child) {
			return fmt.Errorf("no file is called %s", c.child)
		}
		o.Only = []string{c.child}
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer null.Close()
	_, err = confluence.Export(ctx, s, o, func(string) (io.WriteCloser, error) { return keepOpen{null}, nil }, nil)
	return err
}

// keepOpen is a file that Close leaves open.
type keepOpen struct{ io.Writer }

func (keepOpen) Close() error { return nil }
