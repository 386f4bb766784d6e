// Command databases proves what Sluice reads with real servers and their own tools.
//
//	go run ./bench/databases -sluice bin/sluice-headless -servers DIR      (everything)
//	go run ./bench/databases -server 'PostgreSQL 18' -form '^-F' …            (what fits)
//
// It starts each PostgreSQL and MariaDB that it finds, on 127.0.0.1 and with data of
// its own, and fills it from a demo snapshot. Of the running server, through a pooler,
// of its standby, and of a dump in each form that its tools can write, the program
// takes a snapshot and exports it. The five files must be, byte for byte, those of an
// export of the demo snapshot itself, with the time zone guessed and given; what a
// snapshot must not hold is looked for in it. Then it does to servers and dumps what
// happens to them, and looks at what the program says.
//
// The exit code is 1 if anything was not as it has to be.
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
	"regexp"
	"sync"
	"syscall"
	"time"

	"sluice/takes/servers"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "databases:", err)
		os.Exit(1)
	}
}

// settings are the flags.
type settings struct {
	sluice  string
	servers string
	dir     string
	table   string
	pages   int
	seed    int64
	server  string
	form    string
	cuts    int
	// parallel is how many servers are tried at the same time.
	parallel int
	keep     bool
}

func parse(args []string) (settings, error) {
	var s settings
	f := flag.NewFlagSet("databases", flag.ContinueOnError)
	f.StringVar(&s.sluice, "sluice", "bin/sluice-headless", "the program that is put to the test")
	f.StringVar(&s.servers, "servers", "", "folder with servers that are not installed, each in a folder of its own")
	f.StringVar(&s.dir, "dir", os.TempDir(), "folder for data, dumps and snapshots; others must be able to enter it")
	f.StringVar(&s.table, "table", "", "write the result as a page of the documentation to this file")
	f.IntVar(&s.pages, "pages", 300, "pages of the demo snapshot")
	f.Int64Var(&s.seed, "seed", 21, "seed of the demo snapshot")
	f.StringVar(&s.server, "server", "", "a pattern: only servers that it matches")
	f.StringVar(&s.form, "form", "", "a pattern: only forms of sources that it matches")
	f.IntVar(&s.cuts, "cuts", 40, "at how many places each form of dump is cut")
	f.IntVar(&s.parallel, "parallel", 4, "servers that are tried at the same time")
	f.BoolVar(&s.keep, "keep", false, "leave the folder with data, dumps and snapshots")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	var err error
	if s.sluice, err = filepath.Abs(s.sluice); err != nil {
		return s, err
	}
	if s.servers != "" {
		s.servers, err = filepath.Abs(s.servers)
	}
	return s, err
}

// errWrong says that something was not as it has to be; the list tells more.
var errWrong = errors.New("not everything is as it has to be")

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	s, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	w, err := open(ctx, s, out)
	if err != nil {
		return err
	}
	if s.keep {
		fmt.Fprintln(out, "in", w.dir)
	} else {
		defer func() { err = errors.Join(err, os.RemoveAll(w.dir)) }()
	}
	began := time.Now()
	found, err := releases(ctx, s.servers)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		fmt.Fprintln(out, "no PostgreSQL server was found")
	}
	if err := w.all(ctx, found, s.parallel); err != nil {
		return err
	}
	wrong := w.wrong()
	fmt.Fprintf(out, "%d done in %s, %d wrong\n", len(w.results), time.Since(began).Round(time.Second), wrong)
	if s.table != "" {
		err = w.writePage(s.table)
	}
	if wrong > 0 {
		err = errors.Join(errWrong, err)
	}
	return err
}

// all tries everything, with some servers at the same time: most of the time is spent
// waiting for them.
func (w *workshop) all(ctx context.Context, found []release, parallel int) error {
	parts := []func(*workshop) error{func(b *workshop) error { return b.others(ctx) }}
	for _, r := range found {
		parts = append(parts, func(b *workshop) error {
			if err := b.postgres(ctx, r); err != nil {
				return fmt.Errorf("%s: %w", r, err)
			}
			return nil
		})
	}
	branches, errs := make([]*workshop, len(parts)), make([]error, len(parts))
	var wait sync.WaitGroup
	slots := make(chan struct{}, max(1, parallel))
	for i, part := range parts {
		if branches[i], errs[i] = w.branch(); errs[i] != nil {
			break
		}
		wait.Go(func() {
			slots <- struct{}{}
			errs[i] = part(branches[i])
			<-slots
		})
	}
	wait.Wait()
	for _, b := range append(branches[1:], branches[0]) {
		if b != nil {
			w.merge(b)
		}
	}
	return errors.Join(errs...)
}

// open makes the folder of the run, the demo in each of its forms, and what an
// export of it gives.
func open(ctx context.Context, s settings, out io.Writer) (*workshop, error) {
	if _, err := os.Stat(s.sluice); err != nil {
		return nil, fmt.Errorf("the program to test: %w (make headless builds it)", err)
	}
	w := &workshop{sluice: s.sluice, out: out, cuts: s.cuts}
	var err error
	if w.servers, err = regexp.Compile(s.server); err != nil {
		return nil, fmt.Errorf("-server: %w", err)
	}
	if w.forms, err = regexp.Compile(s.form); err != nil {
		return nil, fmt.Errorf("-form: %w", err)
	}
	if w.user, err = servers.Servant(); err != nil {
		return nil, err
	}
	if w.dir, err = os.MkdirTemp(s.dir, "sluice-db-"); err != nil {
		return nil, err
	}
	w.demos = w.dir
	if err := os.Chmod(w.dir, 0o755); err != nil { // servers run as another user
		return nil, err
	}
	return w, w.prepare(ctx, s.pages, s.seed)
}
