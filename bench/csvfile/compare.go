package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/dustin/go-humanize"

	"sluice/csvfile"
)

// compare generates the files, runs everything and prints the tables.
func compare(ctx context.Context, s settings) error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	plain, quoted := filepath.Join(s.dir, "plain.csv"), filepath.Join(s.dir, "quoted.csv")
	if !s.keep {
		defer os.Remove(plain)
		defer os.Remove(quoted)
	}
	fmt.Printf("generating %s and %s in %s\n", humanize.Bytes(s.plain), humanize.Bytes(s.quote), s.dir)
	if err := generate(plain, plainHeader, s.plain, plainRow); err != nil {
		return err
	}
	if err := generate(quoted, quotedHeader, s.quote, quotedRow); err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		run  func(context.Context, settings, string, string) error
	}{
		{"index", compareIndex}, {"find", compareFind}, {"profile", compareProfile}, {"rows", measureRows}, {"sort", compareSort},
		{"group", compareGroup},
	} {
		if s.only != "" && s.only != part.name {
			continue
		}
		if err := part.run(ctx, s, plain, quoted); err != nil {
			return err
		}
	}
	return nil
}

func duckdb(query string) contender {
	return peer("DuckDB", "duckdb", "-csv", "-noheader", "-c", query)
}

func compareIndex(ctx context.Context, s settings, plain, quoted string) error {
	for _, file := range []struct{ name, path string }{{"no quotes", plain}, {"quotes and line breaks", quoted}} {
		rs, err := interleave(ctx, s.rounds,
			peer("wc -l", "wc", "-l", file.path),
			ours("ours, 1 core", "index", 1, file.path),
			ours("ours, 2 cores", "index", 2, file.path),
		)
		if err != nil {
			return err
		}
		slow, err := interleave(ctx, 1, // far behind: one counted round says enough
			ours("encoding/csv", "encoding/csv", 0, file.path),
			duckdb("SELECT count(*) FROM read_csv('"+file.path+"')"))
		if err != nil {
			return err
		}
		if rs[1].Count != slow[0].Count || rs[2].Count != slow[0].Count {
			return fmt.Errorf("rows: ours %d and %d, encoding/csv %d", rs[1].Count, rs[2].Count, slow[0].Count)
		}
		printTable("index, "+file.name, "wc -l", rs[0], append(rs, slow...))
	}
	return nil
}

func compareFind(ctx context.Context, s settings, plain, quoted string) error {
	for _, file := range []struct{ name, path, needle string }{{"no quotes", plain, plainNeedle}, {"quotes and line breaks", quoted, quotedNeedle}} {
		rs, err := interleave(ctx, s.rounds,
			peer("grep -c -F", "grep", "-c", "-F", file.needle, file.path),
			peer("rg -c -F", "rg", "-c", "-F", file.needle, file.path),
			ours("ours, 1 core", "find", 1, file.path, file.needle),
			ours("ours, 2 cores", "find", 2, file.path, file.needle),
			peer("grep -c -i -F", "grep", "-c", "-i", "-F", file.needle, file.path),
			ours("ours, any case, 2 cores", "find-case", 2, file.path, file.needle),
			ours("ours, with indexing, 2 cores", "find-cold", 2, file.path, file.needle),
		)
		if err != nil {
			return err
		}
		if rs[2].Count != rs[0].Count || rs[3].Count != rs[0].Count {
			return fmt.Errorf("hits: ours %d and %d, grep %d", rs[2].Count, rs[3].Count, rs[0].Count)
		}
		printTable("find, "+file.name, "grep", rs[0], rs)
		if !rs[1].missing {
			fmt.Printf("2 cores against ripgrep: wall %.2f, CPU %.2f\n", rs[3].wall/rs[1].wall, rs[3].cpu/rs[1].cpu)
		}
	}
	return nil
}

func compareProfile(ctx context.Context, s settings, plain, quoted string) error {
	for _, c := range []struct{ name, path, column string }{
		{"plain id (all distinct numbers)", plain, "0"}, {"plain time", plain, "1"}, {"plain event (six values)", plain, "2"}, {"quoted body (text)", quoted, "9"},
	} {
		rs, err := interleave(ctx, min(s.rounds, 3),
			ours("encoding/csv, reading only", "encoding/csv", 0, c.path),
			ours("ours, 2 cores", "profile", 2, c.path, c.column),
		)
		if err != nil {
			return err
		}
		if rs[0].Count != rs[1].Count {
			return fmt.Errorf("rows: ours %d, encoding/csv %d", rs[1].Count, rs[0].Count)
		}
		printTable("profile, "+c.name, "encoding/csv", rs[0], rs)
	}
	return nil
}

func measureRows(ctx context.Context, s settings, plain, quoted string) error {
	fmt.Printf("\n%-44s %10s %10s\n", "rows", "p50", "p99")
	for _, file := range []struct{ name, path string }{{"no quotes", plain}, {"quotes and line breaks", quoted}} {
		if s.cold {
			if err := coldOpen(ctx, file.name, file.path); err != nil {
				return err
			}
		}
		rs, err := interleave(ctx, s.rounds,
			ours("open + first 1,000 rows", "first", 0, file.path),
			ours("random row", "random", 0, file.path))
		if err != nil {
			return err
		}
		for _, r := range rs {
			fmt.Printf("%-44s %10s %10s\n", r.name+", "+file.name, seconds(r.P50), seconds(r.P99))
		}
	}
	return nil
}

// coldOpen measures one opening of a file that has been dropped from memory.
func coldOpen(ctx context.Context, name, path string) error {
	ok, err := forget(path)
	if err != nil || !ok {
		return err
	}
	start := time.Now()
	f, err := csvfile.Open(ctx, path, csvfile.WithCacheDir(""))
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Rows(ctx, 0, 1000); err != nil {
		return err
	}
	fmt.Printf("%-44s %10s\n", "open + first 1,000 rows, cold, "+name, seconds(time.Since(start).Seconds()))
	return nil
}

func printTable(title, base string, by result, rs []result) {
	fmt.Printf("\n%-32s %9s %9s %8s %12s %10s %10s\n", title, "wall", "CPU", "peak", "count", "wall/"+short(base), "CPU/"+short(base))
	for _, r := range rs {
		if r.missing {
			fmt.Printf("%-32s not installed\n", r.name)
			continue
		}
		fmt.Printf("%-32s %9s %9s %8s %12d %10.2f %10.2f\n", r.name, seconds(r.wall), seconds(r.cpu), humanize.IBytes(uint64(r.rss)), r.Count, r.wall/by.wall, r.cpu/by.cpu)
	}
}

func short(s string) string {
	if len(s) > 4 {
		return s[:4]
	}
	return s
}

func seconds(s float64) string {
	return time.Duration(s * float64(time.Second)).Round(time.Microsecond).String()
}
