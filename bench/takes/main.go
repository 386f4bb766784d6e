//go:build unix

// Command takes measures how long the taking of a snapshot takes, beside the tools of
// PostgreSQL doing as much, in one run on one server that it starts for itself.
//
//	go build -o bin/bench-takes ./bench/takes
//	bin/bench-takes -sluice bin/sluice-headless [-pages 100000] [-rounds 5]
//
// The server is loaded with a demo, and dumped by its own tools. Then programs take
// turns, after a round that does not count: each is a process of its own, of which wall
// time, processor time and peak memory are noted. PostgreSQL loads with its default
// settings, which make sure that nothing is lost when the power fails, and with those
// off. At last the export of a taken snapshot is compared with that of the demo.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"syscall"

	"sluice/takes/servers"
)

// bench is what is measured.
type bench struct {
	sluice  string
	pages   int
	rounds  int
	exports int
	only    *regexp.Regexp // parts
	dir     string
	server  *server
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b := &bench{}
	flag.StringVar(&b.sluice, "sluice", "bin/sluice-headless", "the program")
	flag.IntVar(&b.pages, "pages", 100_000, "pages of the demo")
	flag.IntVar(&b.rounds, "rounds", 5, "rounds that count")
	flag.IntVar(&b.exports, "exports", 15, "rounds of exports that count")
	flag.StringVar(&b.dir, "dir", os.TempDir(), "where about 8 KB for each page are needed, five times")
	only := flag.String("only", "", "only the parts that match: dumps, server, refresh, export, disorder, memory")
	flag.Parse()
	var err error
	if b.only, err = regexp.Compile(*only); err == nil {
		err = b.run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "takes:", err)
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context) (err error) {
	if b.sluice, err = filepath.Abs(b.sluice); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp(b.dir, "sluice-takes-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	if b.server, err = startServer(ctx, filepath.Join(b.dir, "server")); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.server.stop()) }()
	if err := b.prepare(ctx); err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		do   func(context.Context) error
	}{{"dumps", b.dumps}, {"server", b.running}, {"refresh", b.refreshed}, {"export", b.exported}, {"disorder", b.disorder}, {"memory", b.memory}} {
		if !b.only.MatchString(part.name) {
			continue
		}
		if err := part.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// path is a file of the bench.
func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

// prepare makes a demo, loads it into the server, and dumps it.
func (b *bench) prepare(ctx context.Context) error {
	pages := fmt.Sprint(b.pages)
	for _, args := range [][]string{{b.path("demo.db")}, {b.path("demo.sql"), "--as", "pgsql"}} {
		if _, err := run(ctx, servers.User{}, b.sluice, append([]string{"demo", "--seed", "1", "--pages", pages}, args...)...); err != nil {
			return err
		}
	}
	if err := b.server.load(ctx, "wiki", b.path("demo.sql")); err != nil {
		return err
	}
	if err := b.server.tool(ctx, "pg_dump", "-Fc", "-f", b.path("wiki.dump"), "wiki"); err != nil {
		return err
	}
	if err := b.server.tool(ctx, "pg_dump", append(only(), "-Fp", "-f", b.path("wiki.sql"), "wiki")...); err != nil {
		return err
	}
	fmt.Printf("%d pages; %s, with pg_dump -Fc %s, as text of the needed tables %s\n", b.pages, b.server.version, size(b.path("wiki.dump")), size(b.path("wiki.sql")))
	return nil
}

// dumps compares the snapshot of a dump with loading it into the server.
func (b *bench) dumps(ctx context.Context) error {
	for _, c := range []struct {
		name, what, dump string
		tool             []string
	}{
		{"pg_restore", "pg_dump -Fc (zlib)", b.path("wiki.dump"), append([]string{"pg_restore", "-d", "load"}, append(onlyNames(), b.path("wiki.dump"))...)},
		{"psql", "text", b.path("wiki.sql"), []string{"psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", "load", "-f", b.path("wiki.sql")}},
	} {
		load := func(safe bool) func(context.Context) error {
			return func(ctx context.Context) error { return b.server.fresh(ctx, "load", safe) }
		}
		all := []*contender{
			{name: c.name, before: load(true), run: b.server.program(c.tool...)},
			{name: c.name + ", nothing made durable", before: load(false), run: b.server.program(c.tool...)},
			{name: "snapshot", before: b.noSnapshot, run: b.take(c.dump)},
		}
		if err := takeTurns(ctx, b.rounds, all); err != nil {
			return err
		}
		report("a dump of "+c.what, all)
	}
	return b.server.fresh(ctx, "load", true)
}

// running compares the snapshot of the running server with a dump of the same tables.
func (b *bench) running(ctx context.Context) error {
	all := []*contender{
		{name: "pg_dump -Fc -Z0", before: b.server.settle, run: b.server.program(append(append([]string{"pg_dump", "-Fc", "-Z0", "-f", b.path("z0.dump")}, only()...), "wiki")...)},
		{name: "snapshot", before: func(ctx context.Context) error { return errors.Join(b.noSnapshot(ctx), b.server.settle(ctx)) }, run: b.take(b.server.address("wiki"))},
	}
	if err := takeTurns(ctx, b.rounds, all); err != nil {
		return err
	}
	report("the running server", all)
	return os.Remove(b.path("z0.dump"))
}

func (b *bench) noSnapshot(context.Context) error { return os.RemoveAll(b.path("taken.db")) }

func (b *bench) take(source string) func(context.Context) (sample, error) {
	return func(ctx context.Context) (sample, error) {
		return run(ctx, servers.User{}, b.sluice, "snapshot", source, b.path("taken.db"))
	}
}

// disorder measures rows that do not lie in the order of their keys, as in a database
// in which pages were edited.
func (b *bench) disorder(ctx context.Context) error {
	err := b.server.sql(ctx, "wiki", `UPDATE content SET version = version WHERE contentid % 3 = 1; UPDATE bodycontent SET bodytypeid = bodytypeid WHERE bodycontentid % 3 = 1;
		VACUUM content; VACUUM bodycontent; UPDATE bodycontent SET bodytypeid = bodytypeid WHERE bodycontentid % 7 = 1; UPDATE content SET version = version WHERE contentid % 7 = 1;`)
	if err != nil {
		return err
	}
	if err := b.server.tool(ctx, "pg_dump", append(only(), "-Fp", "-f", b.path("moved.sql"), "wiki")...); err != nil {
		return err
	}
	all := []*contender{
		{name: "rows as they were written", before: b.noSnapshot, run: b.take(b.path("wiki.sql"))},
		{name: "four in ten rows moved", before: b.noSnapshot, run: b.take(b.path("moved.sql"))},
	}
	if err := takeTurns(ctx, b.rounds, all); err != nil {
		return err
	}
	report("text, in and out of order", all)
	return os.Remove(b.path("moved.sql"))
}
