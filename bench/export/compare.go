package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// printTable prints the medians. Records and bytes are those that Sluice writes,
// for the sqlite3 command line, too.
func printTable(out io.Writer, all []*variant) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "file\tvariant\tCPU s\twall s\tpeak MB\trows/s\tMB/s\tCPU / same\twall / same\tCPU / raw\twall / raw\t")
	for _, v := range all {
		cpu, wall := median(v.cpu).Seconds(), median(v.wall).Seconds()
		fmt.Fprintf(t, "%s\t%s\t%.3f\t%.3f\t%d\t", v.file, v.name, cpu, wall, median(v.rss)>>10)
		if rows, size := written(all, v.file); rows > 0 {
			fmt.Fprintf(t, "%.0f\t%.0f\t", float64(rows)/wall, float64(size)/wall/1e6)
		} else {
			fmt.Fprint(t, "-\t-\t")
		}
		for _, kind := range []string{same, "sqlite3 raw"} {
			p := find(all, v.file, kind)
			if p == nil {
				fmt.Fprint(t, "-\t-\t")
				continue
			}
			fmt.Fprintf(t, "%.2f\t%.2f\t", cpu/median(p.cpu).Seconds(), wall/median(p.wall).Seconds())
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// written is how many records and bytes a file has.
func written(all []*variant, file string) (rows, size int64) {
	for _, v := range all {
		if v.file == file && v.rows > 0 {
			return v.rows, v.size
		}
	}
	return 0, 0
}

// find is the variant of the given name, or nil.
func find(all []*variant, file, name string) *variant {
	i := slices.IndexFunc(all, func(v *variant) bool { return v.file == file && v.name == name })
	if i < 0 {
		return nil
	}
	return all[i]
}

// printGrowth prints the CPU time of a record for each size of snapshot.
func printGrowth(out io.Writer, pages []int, growth [][]*variant) error {
	fmt.Fprintln(out, "CPU time of a record in microseconds, and its ratio to that of the first size; peak MB")
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "file\tvariant\t")
	for _, n := range pages {
		fmt.Fprintf(t, "%d\t\t\t", n)
	}
	fmt.Fprintln(t)
	for _, first := range growth[0] {
		if rows, _ := written(growth[0], first.file); rows == 0 {
			continue
		}
		fmt.Fprintf(t, "%s\t%s\t", first.file, first.name)
		for _, all := range growth {
			v := find(all, first.file, first.name)
			cost := perRow(all, v)
			fmt.Fprintf(t, "%.2f\t%.2f\t%d\t", cost, cost/perRow(growth[0], first), median(v.rss)>>10)
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// perRow is the CPU time of a record, in microseconds.
func perRow(all []*variant, v *variant) float64 {
	rows, _ := written(all, v.file)
	return float64(median(v.cpu).Microseconds()) / float64(rows)
}

// median of a list, 0 if it is empty.
func median[T time.Duration | int64](list []T) T {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}
