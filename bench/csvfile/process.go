package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// contender is a process that takes part in a comparison.
type contender struct {
	name string
	args []string
	// own says that it is this program, which reports a measured.
	own bool
	// cores, if not 0, is how many cores a program of ours may use.
	cores int
	// module, if not empty, is what a program in Python needs.
	module string
	// writes, if not empty, is the file that it writes. It is not there when the program
	// begins, and what those before have left to be written is written: each pays for its own.
	writes string
}

// ours is a contender that is this program.
func ours(name, task string, workers int, args ...string) contender {
	all := []string{os.Args[0], "-task", task, "-workers", strconv.Itoa(workers)}
	return contender{name: name, args: append(all, args...), own: true, cores: workers}
}

// peer is another program; it is left out where it is not installed.
func peer(name string, args ...string) contender { return contender{name: name, args: args} }

func (c contender) installed() bool {
	if _, err := exec.LookPath(c.args[0]); err != nil {
		return false
	}
	return c.module == "" || exec.Command(c.args[0], "-c", "import "+c.module).Run() == nil
}

// once is one run of a process.
type once struct {
	wall, cpu float64 // seconds; of the measured part, if the task says so
	rss       int64   // bytes
	measured
}

// result is the medians of some runs.
type result struct {
	contender
	once
	missing bool
}

func (c contender) run(ctx context.Context) (once, error) {
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	var out, errs bytes.Buffer // a pipe: grep -c stops at the first match if its output is /dev/null
	cmd.Stdout, cmd.Stderr = &out, &errs
	if c.cores > 0 {
		cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(c.cores))
	}
	if c.writes != "" {
		if err := os.Remove(c.writes); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return once{}, err
		}
		writeAll()
	}
	start := time.Now()
	err := cmd.Run()
	o := once{wall: time.Since(start).Seconds()}
	if err != nil {
		return o, fmt.Errorf("%s: %w: %s", strings.Join(c.args, " "), err, errs.String())
	}
	o.cpu = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	o.rss = peakMemory(cmd.ProcessState)
	if c.own {
		err = json.Unmarshal(out.Bytes(), &o.measured)
		if o.Wall > 0 {
			o.wall, o.cpu = o.Wall, o.CPU
		}
	} else if fields := strings.Fields(out.String()); len(fields) > 0 {
		o.Count, _ = strconv.ParseInt(fields[0], 10, 64) // for information only
	}
	return o, err
}

// interleave runs contenders in turn and returns their medians, in order.
func interleave(ctx context.Context, rounds int, cs ...contender) ([]result, error) {
	runs := make([][]once, len(cs))
	for round := range rounds + 1 {
		for i, c := range cs {
			if !c.installed() {
				continue
			}
			o, err := c.run(ctx)
			if err != nil {
				return nil, err
			}
			if round > 0 { // the first warms up
				runs[i] = append(runs[i], o)
			}
		}
	}
	out := make([]result, len(cs))
	for i, c := range cs {
		out[i] = result{contender: c, missing: len(runs[i]) == 0}
		if out[i].missing {
			continue
		}
		out[i].once = runs[i][0]
		out[i].wall = median(runs[i], func(o once) float64 { return o.wall })
		out[i].cpu = median(runs[i], func(o once) float64 { return o.cpu })
		out[i].P50 = median(runs[i], func(o once) float64 { return o.P50 })
		out[i].P99 = median(runs[i], func(o once) float64 { return o.P99 })
		out[i].rss = int64(median(runs[i], func(o once) float64 { return float64(o.rss) }))
	}
	return out, nil
}

func median(runs []once, of func(once) float64) float64 {
	var vs []float64
	for _, r := range runs {
		vs = append(vs, of(r))
	}
	slices.Sort(vs)
	return vs[len(vs)/2]
}
