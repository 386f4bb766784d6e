// Pair compares two builds of the program on the same job: their runs take turns
// in one go, so that what else the machine does hits both alike, and the CPU time
// of each process is what the system counted for it.
//
//	pair -before bin/old -after bin/new -rounds 21 -- export --snapshot demo.db --home {} --min-free-space -1
//
// Each {} becomes a new empty folder for each run. It prints the medians, the
// median of the ratios of the rounds, and the interval in which that median lies
// with 95 % confidence, whatever the distribution.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

func main() {
	before := flag.String("before", "", "the program as it was")
	after := flag.String("after", "", "the program as it is")
	rounds := flag.Int("rounds", 21, "how often each runs")
	dir := flag.String("dir", "", "where folders for {} are made (default: the system's temporary folder)")
	flag.Parse()
	if err := compare(*before, *after, *rounds, *dir, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "pair:", err)
		os.Exit(1)
	}
}

// sample is what one run took.
type sample struct{ cpu, wall float64 } // seconds

func compare(before, after string, rounds int, dir string, args []string) error {
	if before == "" || after == "" || len(args) == 0 || rounds < 5 {
		return errors.New("give -before, -after, at least 5 rounds, and the arguments of the program behind --")
	}
	var old, now []sample
	for round := range rounds + 1 {
		programs := []string{before, after}
		if round%2 == 1 { // who comes first changes
			slices.Reverse(programs)
		}
		for _, program := range programs {
			s, err := run(program, args, dir)
			if err != nil {
				return err
			}
			switch {
			case round == 0: // warms the caches and does not count
			case program == before:
				old = append(old, s)
			default:
				now = append(now, s)
			}
		}
	}
	for _, x := range []struct {
		name string
		of   func(sample) float64
	}{{"CPU", func(s sample) float64 { return s.cpu }}, {"wall", func(s sample) float64 { return s.wall }}} {
		report(x.name, old, now, x.of)
	}
	return nil
}

// run runs the program once, in silence.
func run(program string, args []string, dir string) (sample, error) {
	args = slices.Clone(args)
	for i, a := range args {
		if !strings.Contains(a, "{}") {
			continue
		}
		made, err := os.MkdirTemp(dir, "pair-")
		if err != nil {
			return sample{}, err
		}
		defer os.RemoveAll(made)
		args[i] = strings.ReplaceAll(a, "{}", made)
	}
	cmd := exec.Command(program, args...)
	began := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w\n%s", program, err, out)
	}
	wall := time.Since(began)
	state := cmd.ProcessState
	return sample{(state.UserTime() + state.SystemTime()).Seconds(), wall.Seconds()}, nil
}

func report(name string, old, now []sample, of func(sample) float64) {
	var a, b, ratios []float64
	for i := range old {
		a, b = append(a, of(old[i])), append(b, of(now[i]))
		ratios = append(ratios, of(now[i])/of(old[i]))
	}
	slices.Sort(a)
	slices.Sort(b)
	slices.Sort(ratios)
	low, high := interval(len(ratios))
	fmt.Printf("%-4s before %.3f s (least %.3f), after %.3f s (least %.3f), ratio %.3f, 95 %%: %.3f to %.3f, %d rounds\n", name,
		a[len(a)/2], a[0], b[len(b)/2], b[0], ratios[len(ratios)/2], ratios[low], ratios[high], len(ratios))
}

// interval are the places, among n sorted values, between which the median of
// what they were drawn from lies with 95 % confidence (order statistics of the
// binomial distribution, in its normal approximation).
func interval(n int) (low, high int) {
	half := 1.96 * math.Sqrt(float64(n)) / 2
	low = max(0, int(math.Floor(float64(n)/2-half)))
	return low, n - 1 - low
}
