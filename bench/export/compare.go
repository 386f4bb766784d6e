package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"
)

// variant is a process that is measured.
type variant struct {
	file, name string
	args       []string
	cpu, wall  []time.Duration
	rss        []int64 // KB
}

// variants lists what is measured: Sluice for every number of workers, with and
// without its own file reader, and the sqlite3 command line if there is one.
func variants(c config) ([]*variant, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	sqlite, err := exec.LookPath("sqlite3")
	if err != nil {
		sqlite = ""
	}
	var all []*variant
	for _, file := range c.files {
		if sqlite != "" {
			for _, kind := range []string{"same", "raw"} {
				statements := peers[file][kind]
				if statements == nil {
					continue
				}
				args := append([]string{sqlite, "-readonly", "-csv", "-header", c.snapshot}, statements...)
				all = append(all, &variant{file: file, name: "sqlite3 " + kind, args: args})
			}
		}
		for _, w := range c.workers {
			args := []string{self, "-child", file, "-snapshot", c.snapshot, "-workers", strconv.Itoa(w)}
			all = append(all, &variant{file: file, name: "sluice, workers " + strconv.Itoa(w), args: args})
			if peers[file] != nil {
				all = append(all, &variant{file: file, name: "sluice by SQLite, workers " + strconv.Itoa(w), args: append(slices.Clone(args), "-sqlite")})
			}
		}
	}
	return all, nil
}

// compare runs the variants in turn and prints the medians.
func compare(ctx context.Context, c config, out io.Writer) error {
	all, err := variants(c)
	if err != nil {
		return err
	}
	for round := range c.rounds + 1 {
		for _, v := range all {
			if err := v.measure(ctx, round > 0); err != nil {
				return err
			}
		}
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "file\tvariant\tCPU s\twall s\tpeak MB\tCPU / same\twall / same\tCPU / raw\twall / raw\t")
	for _, v := range all {
		fmt.Fprintf(t, "%s\t%s\t%.3f\t%.3f\t%d\t", v.file, v.name, median(v.cpu).Seconds(), median(v.wall).Seconds(), median(v.rss)>>10)
		for _, kind := range []string{"sqlite3 same", "sqlite3 raw"} {
			i := slices.IndexFunc(all, func(p *variant) bool { return p.file == v.file && p.name == kind })
			if i < 0 {
				fmt.Fprint(t, "-\t-\t")
				continue
			}
			fmt.Fprintf(t, "%.2f\t%.2f\t", median(v.cpu).Seconds()/median(all[i].cpu).Seconds(), median(v.wall).Seconds()/median(all[i].wall).Seconds())
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

func (v *variant) measure(ctx context.Context, counts bool) error {
	cmd := exec.CommandContext(ctx, v.args[0], v.args[1:]...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr // stdout goes to the null device
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s, %s: %w: %s", v.file, v.name, err, bytes.TrimSpace(stderr.Bytes()))
	}
	if counts {
		v.wall = append(v.wall, time.Since(start))
		v.cpu = append(v.cpu, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		v.rss = append(v.rss, peakRSS(cmd.ProcessState))
	}
	return nil
}

// median of a list, 0 if it is empty.
func median[T time.Duration | int64](list []T) T {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}
