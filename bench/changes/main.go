// Changes measures how two exports are compared, beside indexing the same files, in
// one run: it makes a later export of one that is given, in which 1 % of the pages are
// changed, 0.5 % removed and 1 % added, and checks that exactly these are found.
//
//	sluice demo demo.db --pages 1000000 && sluice export demo.db --home home --from-date everything
//	changes -export home/data-pipeline/export/1 -rounds 5
//
// Everything runs in processes of its own, in turns, whose CPU time and largest memory
// the system has counted. Indexes are not kept between them.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"sluice/bench/memory"
	"sluice/changes"
	"sluice/csvfile"
)

func main() {
	from := flag.String("export", "", "the folder of a complete export")
	rounds := flag.Int("rounds", 5, "how often each runs")
	child := flag.String("child", "", "internal: what to do in a process of its own")
	flag.Parse()
	ctx := context.Background()
	var err error
	switch *child {
	case "index":
		err = index(ctx, flag.Args())
	case "diff":
		err = diff(ctx, flag.Args())
	default:
		err = measure(*from, *rounds)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "changes:", err)
		os.Exit(1)
	}
}

// index indexes files to their ends.
func index(ctx context.Context, paths []string) error {
	for _, path := range paths {
		f, err := csvfile.Open(ctx, path, csvfile.WithCacheDir(""))
		if err != nil {
			return err
		}
		f.StartIndex(ctx)
		<-f.Done()
		if err := f.Progress().Err; err != nil {
			return err
		}
		rows, _ := f.Total()
		fmt.Println(filepath.Base(path), rows, "rows")
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

// diff compares two folders into a third.
func diff(ctx context.Context, args []string) error {
	a, err := changes.OpenPath(args[0])
	if err != nil {
		return err
	}
	b, err := changes.OpenPath(args[1])
	if err != nil {
		return err
	}
	b.FromKnown, b.From = true, time.Unix(0, 0)
	r, err := changes.Compare(ctx, changes.Options{A: a, B: b, Dir: args[2], Only: []string{args[3]}}, nil)
	for _, f := range r.Files {
		fmt.Printf("%+v\n", f.Counts)
	}
	return err
}

// taken is what a process took.
type taken struct {
	wall, cpu time.Duration
	rss       int64 // bytes
	said      string
}

func measure(from string, rounds int) error {
	later, err := os.MkdirTemp(filepath.Dir(filepath.Dir(from)), "later-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(later)
	before, err := filepath.Glob(filepath.Join(from, "pages_job*.csv"))
	if err != nil || len(before) != 1 {
		return fmt.Errorf("one file of pages in %s: %v, %w", from, before, err)
	}
	after := filepath.Join(later, filepath.Base(before[0]))
	want, err := edit(before[0], after)
	if err != nil {
		return err
	}
	out := filepath.Join(later, "out")
	var indexing, comparing []taken
	for round := range rounds + 1 {
		i, err := run("index", before[0], after)
		if err != nil {
			return err
		}
		d, err := run("diff", from, later, out, "pages")
		if err != nil {
			return err
		}
		if said := fmt.Sprintf("%+v\n", want); d.said != said {
			return fmt.Errorf("found %s, want %s", d.said, said)
		}
		if round > 0 { // the first warms the cache
			indexing, comparing = append(indexing, i), append(comparing, d)
		}
	}
	report(want, indexing, comparing)
	return nil
}

func run(what string, args ...string) (taken, error) {
	cmd := exec.Command(os.Args[0], append([]string{"-child", what}, args...)...)
	cache, err := os.MkdirTemp("", "changes-cache-") // indexes of a round are of no use to the next
	if err != nil {
		return taken{}, err
	}
	defer os.RemoveAll(cache)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache)
	cmd.Stderr = os.Stderr
	start := time.Now()
	said, err := cmd.Output()
	t := taken{wall: time.Since(start), said: string(said)}
	if s := cmd.ProcessState; s != nil {
		t.cpu = s.UserTime() + s.SystemTime()
		t.rss = memory.Peak(s) << 10
	}
	return t, err
}

func report(want changes.Counts, indexing, comparing []taken) {
	fmt.Printf("%+v, found exactly in each round\n", want)
	median := func(list []taken, of func(taken) float64) float64 {
		values := make([]float64, len(list))
		for i, t := range list {
			values[i] = of(t)
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	wall := func(t taken) float64 { return t.wall.Seconds() }
	cpu := func(t taken) float64 { return t.cpu.Seconds() }
	rss := func(t taken) float64 { return float64(t.rss) / 1e6 }
	fmt.Printf("indexing both   %6.2f s  CPU %6.2f s  RSS %4.0f MB\n", median(indexing, wall), median(indexing, cpu), median(indexing, rss))
	fmt.Printf("comparing       %6.2f s  CPU %6.2f s  RSS %4.0f MB\n", median(comparing, wall), median(comparing, cpu), median(comparing, rss))
	var ratios []float64
	for i := range indexing {
		ratios = append(ratios, indexing[i].wall.Seconds()/comparing[i].wall.Seconds())
	}
	slices.Sort(ratios)
	fmt.Printf("speed of the comparison, of that of indexing both: %.2f (%.2f to %.2f)\n", ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1])
}
