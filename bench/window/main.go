//go:build linux

package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// bench is what a run works with.
type bench struct {
	sluice, empty string
	beside        string // another build, measured in turn; "": none
	dir           string
	period        time.Duration
	rounds        int
	openings      int
	pages         int
	size          uint64
}

func main() {
	b := &bench{}
	flag.StringVar(&b.sluice, "sluice", "bin/sluice", "the program with its window")
	flag.StringVar(&b.beside, "beside", "", "another build of the program, whose start, memory and export are measured in turn")
	flag.StringVar(&b.empty, "empty", "bin/bench-empty", "an empty window (bench/window/empty)")
	flag.DurationVar(&b.period, "period", 30*time.Second, "how long idle windows are watched")
	flag.IntVar(&b.rounds, "rounds", 5, "how often starts and exports are measured")
	flag.IntVar(&b.openings, "openings", 200, "how often all that can be opened is opened while memory is watched")
	flag.IntVar(&b.pages, "pages", 100_000, "pages of the snapshot that is exported")
	flag.Uint64Var(&b.size, "size", 1<<30, "bytes of the file that is indexed")
	dir := flag.String("dir", "", "where snapshots and files are made and kept (default: a temporary folder that is removed)")
	only := flag.String("only", "start,idle,export,index,memory", "what to measure")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := b.run(ctx, *dir, strings.Split(*only, ","))
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "window:", err)
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context, dir string, only []string) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "bench-window-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	b.dir = dir
	for _, path := range []*string{&b.dir, &b.sluice, &b.empty, &b.beside} {
		if *path == "" {
			continue
		}
		if *path, err = filepath.Abs(*path); err != nil {
			return err
		}
	}
	for _, m := range []struct {
		name    string
		measure func(context.Context) error
	}{{"start", b.start}, {"idle", b.idle}, {"export", b.export}, {"index", b.index}, {"memory", b.memory}} {
		if !slices.Contains(only, m.name) {
			continue
		}
		if err := m.measure(ctx); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	return nil
}

// load tells how busy the machine was, for figures that depend on it.
func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:2], " and ") + " (1 and 5 minutes)"
}

// median of figures; it sorts them.
func median(figures []float64) float64 {
	slices.Sort(figures)
	return figures[len(figures)/2]
}
