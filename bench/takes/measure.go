//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"sluice/bench/memory"
	"sluice/takes/servers"
)

// sample is what one run took.
type sample struct {
	wall, cpu float64 // seconds; of the program, not of the server that it talks to
	rss       int64   // bytes
	read      int64   // bytes that came from a server, where the program tells
}

// run runs a program once, in silence.
func run(ctx context.Context, as servers.User, program string, args ...string) (sample, error) {
	s, _, err := ask(ctx, as, program, args...)
	return s, err
}

// ask is run of a program whose output is wanted.
func ask(ctx context.Context, as servers.User, program string, args ...string) (sample, []byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	var said, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Dir = &said, &errs, "/"
	as.Take(cmd)
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return sample{}, nil, fmt.Errorf("%s %s: %w\n%s%s", program, strings.Join(args, " "), err, said.Bytes(), errs.Bytes())
	}
	state := cmd.ProcessState
	s := sample{wall: time.Since(began).Seconds(), cpu: (state.UserTime() + state.SystemTime()).Seconds()}
	s.rss = memory.Peak(state) << 10
	return s, said.Bytes(), nil
}

// contender is a program that takes turns with others.
type contender struct {
	name   string
	before func(context.Context) error // is not measured
	run    func(context.Context) (sample, error)
	runs   []sample
}

// takeTurns measures programs in turn, each round in another order.
func takeTurns(ctx context.Context, rounds int, all []*contender) error {
	for round := range rounds + 1 {
		for i := range all {
			c := all[(i+round)%len(all)]
			if err := c.before(ctx); err != nil {
				return err
			}
			s, err := c.run(ctx)
			if err != nil {
				return err
			}
			if round > 0 {
				c.runs = append(c.runs, s)
			}
		}
	}
	return nil
}

// report prints medians, and the ratios of the last one to the others, round by round.
func report(title string, all []*contender) {
	fmt.Printf("\n%-36s %8s %8s %9s\n", title, "wall s", "CPU s", "peak")
	last := all[len(all)-1]
	for _, c := range all {
		fmt.Printf("%-36s %8.2f %8.2f %9s", c.name, c.median(wall), c.median(cpu), humanize.Bytes(uint64(c.median(rss))))
		if c != last {
			fmt.Printf("   the last to this: wall %s, CPU %s", ratio(last, c, wall), ratio(last, c, cpu))
		}
		fmt.Println()
	}
}

func wall(s sample) float64 { return s.wall }
func cpu(s sample) float64  { return s.cpu }
func rss(s sample) float64  { return float64(s.rss) }
func read(s sample) float64 { return float64(s.read) }

func (c *contender) median(of func(sample) float64) float64 {
	var list []float64
	for _, s := range c.runs {
		list = append(list, of(s))
	}
	slices.Sort(list)
	return list[len(list)/2]
}

// ratio is the median of the ratios of the rounds, with the interval in which it lies
// with 95 % confidence; of fewer than six rounds that is all that was seen.
func ratio(a, b *contender, of func(sample) float64) string {
	var list []float64
	for i := range a.runs {
		list = append(list, of(a.runs[i])/of(b.runs[i]))
	}
	slices.Sort(list)
	n := len(list)
	low := max(0, int(math.Floor((float64(n)-1.96*math.Sqrt(float64(n)))/2)))
	return fmt.Sprintf("%.2f (%.2f to %.2f)", list[n/2], list[low], list[n-1-low])
}

func size(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "?"
	}
	return humanize.Bytes(uint64(info.Size()))
}
