//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/dustin/go-humanize"

	"sluice/takes/servers"
)

// exported compares the export of a taken snapshot with that of the demo that the
// server was filled from: the bytes, and the time.
func (b *bench) exported(ctx context.Context) error {
	if err := b.noSnapshot(ctx); err != nil {
		return err
	}
	if _, err := b.take(b.server.address("wiki"))(ctx); err != nil {
		return err
	}
	demo, taken := b.export("demo.db"), b.export("taken.db")
	all := []*contender{
		{name: "the demo, " + size(b.path("demo.db")), before: b.noHome, run: demo},
		{name: "the snapshot, " + size(b.path("taken.db")), before: b.noHome, run: taken},
	}
	if err := takeTurns(ctx, b.exports, all); err != nil {
		return err
	}
	report("an export of everything", all)
	var sums [][]byte
	for _, run := range []func(context.Context) (sample, error){demo, taken} {
		if err := b.noHome(ctx); err != nil {
			return err
		}
		if _, err := run(ctx); err != nil {
			return err
		}
		sum, err := sumOf(filepath.Join(b.path("home"), "data-pipeline", "export", "1", "*.csv"))
		if err != nil {
			return err
		}
		sums = append(sums, sum)
	}
	if !bytes.Equal(sums[0], sums[1]) {
		return errors.New("the snapshot exports other bytes than the demo")
	}
	fmt.Println("both export the same bytes")
	return nil
}

func (b *bench) noHome(context.Context) error { return os.RemoveAll(b.path("home")) }

func (b *bench) export(name string) func(context.Context) (sample, error) {
	return func(ctx context.Context) (sample, error) {
		return run(ctx, servers.User{}, b.sluice, "export", "--snapshot", b.path(name), "--home", b.path("home"), "--from-date", "1990-01-01T00:00:00Z", "--min-free-space", "-1", "--time-zone", "UTC")
	}
}

// sumOf is a digest of the five files of an export and of their kinds.
func sumOf(pattern string) ([]byte, error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(files) != 5 {
		return nil, fmt.Errorf("%d files of an export in place of five", len(files))
	}
	h := sha256.New()
	for _, name := range files { // sorted, and each begins with its kind
		kind, _, _ := strings.Cut(filepath.Base(name), "_job")
		io.WriteString(h, kind)
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(h, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
	}
	return h.Sum(nil), nil
}

// memory measures the peak memory for sizes of demos, and for one very long row.
func (b *bench) memory(ctx context.Context) error {
	fmt.Printf("\n%-36s %9s\n", "peak memory of a snapshot", "peak")
	take := func(name, source string) error {
		if err := b.noSnapshot(ctx); err != nil {
			return err
		}
		s, err := b.take(source)(ctx)
		if err == nil {
			fmt.Printf("%-36s %9s\n", name, humanize.Bytes(uint64(s.rss)))
		}
		return err
	}
	for _, pages := range []int{b.pages / 10, b.pages * 2} {
		dump := b.path("sized.dump")
		if _, err := run(ctx, servers.User{}, b.sluice, "demo", "--seed", "1", "--pages", fmt.Sprint(pages), "--as", "pgdump", "--overwrite", dump); err != nil {
			return err
		}
		if err := take(fmt.Sprintf("%d pages, -Fc", pages), dump); err != nil {
			return err
		}
		if err := os.Remove(dump); err != nil {
			return err
		}
	}
	const long = "INSERT INTO bodycontent (bodycontentid, body, contentid, bodytypeid) SELECT 1, string_agg(md5(i::text), ' '), min(c.contentid), 2 FROM generate_series(1, 3030303) i, (SELECT min(contentid) AS contentid FROM content) c;"
	if err := b.server.sql(ctx, "wiki", long); err != nil {
		return err
	}
	if err := b.server.tool(ctx, "pg_dump", append(only(), "-Fp", "-f", b.path("long.sql"), "wiki")...); err != nil {
		return err
	}
	if err := b.server.tool(ctx, "pg_dump", "-Fc", "-f", b.path("long.dump"), "wiki"); err != nil {
		return err
	}
	for _, c := range [][2]string{{"a row of 100 MB, text", b.path("long.sql")}, {"a row of 100 MB, -Fc", b.path("long.dump")}, {"a row of 100 MB, running server", b.server.address("wiki")}} {
		if err := take(c[0], c[1]); err != nil {
			return err
		}
	}
	return nil
}
