package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"time"

	"sluice/csvfile"
)

// measured is what a task reports about itself on standard output.
type measured struct {
	Count int64   // rows or hits, to compare with the peers'
	P50   float64 // seconds, of tasks that measure many small things
	P99   float64
	// Wall and CPU are seconds of the part that counts, when the task is more.
	Wall, CPU float64
}

// runTask is the measured process.
func runTask(ctx context.Context, task string, workers int, args []string) error {
	if len(args) == 0 {
		return errors.New("-task needs a file")
	}
	if task == "encoding/csv" {
		n, err := readAll(args[0])
		return report(measured{Count: n}, err)
	}
	opts := []csvfile.Option{csvfile.WithCacheDir("")}
	if workers > 0 {
		opts = append(opts, csvfile.WithWorkers(workers))
	}
	f, err := csvfile.Open(ctx, args[0], opts...)
	if err != nil {
		return err
	}
	defer f.Close()
	var m measured
	switch task {
	case "index":
		m.Count, err = index(ctx, f)
	case "find", "find-case", "find-cold":
		q := csvfile.Query{Text: args[1], Column: csvfile.AllColumns}
		if task == "find-case" {
			q.Mode = csvfile.IgnoreCase
		}
		m, err = find(ctx, f, q, task != "find-cold")
	case "profile":
		var column int
		if column, err = strconv.Atoi(args[1]); err != nil {
			return err
		}
		var p csvfile.Profile
		p, err = csvfile.ProfileColumn(ctx, f, column, nil)
		m.Count = p.Rows
	case "group":
		m, err = group(ctx, f, args[1:])
	case "sort":
		m, err = sortSave(ctx, f, args[1:])
	case "sort-first":
		m, err = sortFirst(ctx, f, args[1:])
	case "first":
		m, err = firstRows(ctx, args[0])
	case "random":
		m, err = randomRows(ctx, f)
	default:
		err = fmt.Errorf("there is no task %q", task)
	}
	return report(m, err)
}

func report(m measured, err error) error {
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(m)
}

func index(ctx context.Context, f *csvfile.File) (int64, error) {
	f.StartIndex(ctx)
	<-f.Done()
	n, _ := f.Total()
	return n, f.Progress().Err
}

// find counts the hits of a query. With indexed, the file is indexed before, as
// it is by the time somebody types into a search box, and that does not count.
func find(ctx context.Context, f *csvfile.File, q csvfile.Query, indexed bool) (m measured, err error) {
	if indexed {
		if _, err := index(ctx, f); err != nil {
			return m, err
		}
	}
	start, cpu := time.Now(), processorTime()
	m.Count, err = f.CountHits(ctx, q, nil)
	if indexed {
		m.Wall, m.CPU = time.Since(start).Seconds(), processorTime()-cpu
	}
	return m, err
}

// readAll reads a file with the standard library, the way a careful program
// does it.
func readAll(path string) (n int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); err == io.EOF {
			return n - 1, nil // without the header
		} else if err != nil {
			return n, err
		}
		n++
	}
}

// firstRows measures opening a file and reading its first 1,000 rows.
func firstRows(ctx context.Context, path string) (measured, error) {
	var times []time.Duration
	for range 50 {
		start := time.Now()
		f, err := csvfile.Open(ctx, path, csvfile.WithCacheDir(""))
		if err != nil {
			return measured{}, err
		}
		rows, err := f.Rows(ctx, 0, 1000)
		if err != nil {
			return measured{}, err
		}
		times = append(times, time.Since(start))
		if len(rows) < 1000 {
			return measured{}, fmt.Errorf("%d rows", len(rows))
		}
		if err := f.Close(); err != nil {
			return measured{}, err
		}
	}
	return percentiles(times), nil
}

// randomRows measures reading rows anywhere, each checked by the number in its
// first column.
func randomRows(ctx context.Context, f *csvfile.File) (measured, error) {
	total, err := index(ctx, f)
	if err != nil {
		return measured{}, err
	}
	rng := rand.New(rand.NewPCG(1, 2))
	var times []time.Duration
	for range 20_000 {
		n := rng.Int64N(total)
		start := time.Now()
		rows, err := f.Rows(ctx, n, 1)
		times = append(times, time.Since(start))
		if err != nil {
			return measured{}, err
		}
		if len(rows) != 1 || rows[0].Number != n || rows[0].Fields[0] != strconv.FormatInt(n, 10) {
			return measured{}, fmt.Errorf("row %d is %v", n, rows)
		}
	}
	return percentiles(times), nil
}

func percentiles(times []time.Duration) measured {
	slices.Sort(times)
	return measured{
		Count: int64(len(times)),
		P50:   times[len(times)/2].Seconds(),
		P99:   times[len(times)*99/100].Seconds(),
	}
}
