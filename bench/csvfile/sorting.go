package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"sluice/csvfile"
)

// sortKinds are the words for what a column is sorted as.
var sortKinds = map[string]csvfile.SortKind{"number": csvfile.SortNumber, "time": csvfile.SortTime, "text": csvfile.SortText, "bytes": csvfile.SortBytes}

// sortKey reads the column and its kind from the arguments of a task.
func sortKey(args []string) (csvfile.SortKey, error) {
	column, err := strconv.Atoi(args[0])
	kind, ok := sortKinds[args[1]]
	if err == nil && !ok {
		err = fmt.Errorf("there is no kind %q", args[1])
	}
	return csvfile.SortKey{Column: column, Kind: kind}, err
}

// sortSave sorts a file that nobody has looked at before by a column, and saves it.
func sortSave(ctx context.Context, f *csvfile.File, args []string) (m measured, err error) {
	key, err := sortKey(args)
	if err != nil {
		return m, err
	}
	v, err := csvfile.Sort(ctx, f, []csvfile.SortKey{key})
	if err != nil {
		return m, err
	}
	p, err := csvfile.SaveView(ctx, v, args[2], csvfile.SaveOptions{}, nil)
	m.Count = p.Rows
	return m, err
}

// sortFirst measures how long the first rows of a sorted view take, of a file that is
// indexed already, as it is by the time somebody clicks on a column: p50 is when the
// first page is there, p99 when all is sorted.
func sortFirst(ctx context.Context, f *csvfile.File, args []string) (m measured, err error) {
	key, err := sortKey(args)
	if err != nil {
		return m, err
	}
	if _, err := index(ctx, f); err != nil {
		return m, err
	}
	start, cpu := time.Now(), processorTime()
	v, err := csvfile.Sort(ctx, f, []csvfile.SortKey{key})
	if err != nil {
		return m, err
	}
	for n, final := v.Total(); n < 64 && !final; n, final = v.Total() {
		if err := v.Progress().Err; err != nil {
			return m, err
		}
		time.Sleep(time.Millisecond)
	}
	if _, err := v.Rows(ctx, 0, 64); err != nil {
		return m, err
	}
	m.P50 = time.Since(start).Seconds()
	<-v.Done()
	m.P99 = time.Since(start).Seconds()
	m.Wall, m.CPU = m.P50, processorTime()-cpu
	m.Count, _ = v.Total()
	return m, v.Progress().Err
}

// sortPython is a program in which DuckDB sorts a file into another.
const sortPython = `import sys, duckdb
c = duckdb.connect()
c.execute("SET threads=2")
c.execute(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}') ORDER BY {sys.argv[2]}) TO '{sys.argv[3]}' (HEADER)")
print(0)`

// duckSort is DuckDB, as the Python that was named has it.
func (s settings) duckSort(column, path, out string) contender {
	c := peer("DuckDB, 2 threads", s.python, "-c", sortPython, path, column, out)
	c.module = "duckdb"
	return c
}

// compareSort sorts the file without quotes by a number and by texts, and saves it.
func compareSort(ctx context.Context, s settings, plain, _ string) error {
	out := filepath.Join(s.dir, "sorted.csv")
	defer os.Remove(out)
	for _, c := range []struct{ name, column, kind, field, option string }{
		{"count (a number)", "count", "number", "7", "n"},
		{"session (a text)", "session", "bytes", "5", ""},
		{"event (a text of six values)", "event", "bytes", "3", ""},
	} {
		if s.sortBy != "" && s.sortBy != c.column {
			continue
		}
		n, _ := strconv.Atoi(c.field)
		ourColumn := strconv.Itoa(n - 1)
		cs := []contender{
			s.duckSort(c.column, plain, out),
			ours("ours, 2 cores", "sort", 2, plain, ourColumn, c.kind, out),
			peer("LC_ALL=C sort -S 256M", "env", "LC_ALL=C", "sort", "-s", "--parallel=2", "-S", "256M", "-T", s.dir, "-t,", "-k"+c.field+","+c.field+c.option, "-o", out, plain),
		}
		if c.kind == "bytes" {
			cs = append(cs, ours("ours by collation", "sort", 2, plain, ourColumn, "text", out))
		}
		for i := range cs {
			cs[i].writes = out
		}
		rs, err := interleave(ctx, s.sortRounds, cs...)
		if err != nil {
			return err
		}
		printTable("sort by "+c.name+", save", "DuckDB", rs[0], rs)
		fmt.Printf("ours against sort: wall %.2f, CPU %.2f\n", rs[1].wall/rs[2].wall, rs[1].cpu/rs[2].cpu)
		first, err := interleave(ctx, s.sortRounds, ours("first rows", "sort-first", 2, plain, ourColumn, c.kind))
		if err != nil {
			return err
		}
		fmt.Printf("%d rows: the first of the sorted view after %s, all sorted after %s\n", first[0].Count, seconds(first[0].P50), seconds(first[0].P99))
	}
	return nil
}
