package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/bench/memory"
	"sluice/localexport/confluence"
)

// variant is a process that is measured.
type variant struct {
	file, name string
	args       []string
	empty      func() error // removes what a measurement writes; may be nil
	cpu, wall  []time.Duration
	rss        []int64 // KB
	rows, size int64   // what it wrote: records and bytes, if it says so
}

// tier is a way in which Sluice reads.
type tier struct {
	name string
	args []string
}

var tiers = []tier{{"sluice", nil}, {"sluice, mapped", []string{"-map"}}, {"sluice by SQLite", []string{"-sqlite"}}}

// variants lists what is measured: Sluice in every way of reading and for every
// number of workers, and the sqlite3 command line if there is one.
func variants(c config) ([]*variant, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	sqlite, err := exec.LookPath("sqlite3")
	if err != nil {
		sqlite = ""
	}
	duckdb, err := exec.LookPath("duckdb")
	if err != nil {
		duckdb = ""
	}
	var all []*variant
	for _, file := range c.files {
		if sqlite != "" {
			all = append(all, peersOf(c, sqlite, file)...)
		}
		if v := duckdbOf(c, duckdb, file); v != nil {
			all = append(all, v)
		}
		if file == "all" || peers[file] != nil {
			all = append(all, &variant{file: file, name: plainName, args: []string{self, "-plain", "-child", file, "-snapshot", c.snapshot}})
		}
		for _, t := range tiers {
			if file == "plan" && t.args != nil {
				continue
			}
			for _, w := range c.workers {
				args := append([]string{self, "-child", file, "-snapshot", c.snapshot, "-workers", strconv.Itoa(w)}, t.args...)
				name := fmt.Sprintf("%s, workers %d", t.name, w)
				if file == "job" {
					all = append(all, jobs(c, name, args)...)
				} else {
					all = append(all, &variant{file: file, name: name, args: args})
				}
			}
		}
	}
	return slices.DeleteFunc(all, func(v *variant) bool { return !c.only.MatchString(v.name) }), nil
}

// peersOf are the command lines that write the same records.
func peersOf(c config, sqlite, file string) []*variant {
	var all []*variant
	start := []string{sqlite, "-readonly", "-csv", "-header", c.snapshot}
	if file == "job" {
		home := filepath.Join(c.dir, "sqlite3")
		args := slices.Clone(start)
		for _, name := range confluence.FileNames {
			args = append(args, ".output "+csvPath(home, name), peers[name]["same"])
		}
		return []*variant{{file: file, name: same, args: args, empty: func() error { return emptyFolder(home) }}}
	}
	names := []string{file}
	if file == "all" {
		names = confluence.FileNames
	}
	for _, kind := range []string{"same", "raw"} {
		args := slices.Clone(start)
		for _, name := range names {
			statement := peers[name][kind]
			if statement == "" {
				statement = peers[name]["same"]
			}
			if statement != "" {
				args = append(args, statement)
			}
		}
		if len(args) > len(start) {
			all = append(all, &variant{file: file, name: "sqlite3 " + kind, args: args})
		}
	}
	return all
}

const same = "sqlite3 same"

// duckdbOf is DuckDB with its extension for SQLite files, if it is there. It gets
// the raw statement: the other uses functions that only SQLite has.
func duckdbOf(c config, duckdb, file string) *variant {
	statement := peers[file]["raw"]
	if duckdb == "" || statement == "" {
		return nil
	}
	attach := "ATTACH '" + strings.ReplaceAll(c.snapshot, "'", "''") + "' AS snapshot (TYPE sqlite, READ_ONLY); USE snapshot; "
	return &variant{file: file, name: "DuckDB raw", args: []string{duckdb, "-csv", "-c", attach + statement}}
}

// jobs are the two kinds of a job: in a new home, and in one that knows the
// snapshot already.
func jobs(c config, name string, args []string) []*variant {
	fresh := filepath.Join(c.dir, "fresh")
	known := filepath.Join(c.dir, "known "+name)
	return []*variant{
		{file: "job", name: name, args: append(slices.Clone(args), "-home", fresh), empty: func() error { return emptyFolder(fresh) }},
		{file: "job", name: name + ", checked before", args: append(slices.Clone(args), "-home", known), empty: func() error { return removeExports(known) }},
	}
}

func emptyFolder(dir string) error {
	return errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o700))
}

// removeExports removes the files of a home's jobs, and keeps what it knows.
func removeExports(home string) error {
	jobs, err := filepath.Glob(filepath.Join(home, "data-pipeline", "export", "*"))
	for _, dir := range jobs {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return err
}

func csvPath(dir, name string) string { return filepath.Join(dir, name+".csv") }

// takeTurns runs the variants in turn.
func takeTurns(ctx context.Context, c config, all []*variant) error {
	for round := range c.rounds + 1 {
		for _, v := range all {
			if err := v.measure(ctx, round > 0); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *variant) measure(ctx context.Context, counts bool) (err error) {
	if v.empty != nil {
		if err := v.empty(); err != nil {
			return err
		}
		// Large files that stayed would take the memory of the next variant.
		defer func() { err = errors.Join(err, v.empty()) }()
	}
	cmd := exec.CommandContext(ctx, v.args[0], v.args[1:]...)
	var stdout, stderr bytes.Buffer
	cmd.Stderr = &stderr
	if v.isSluice() { // else it goes to the null device
		cmd.Stdout = &stdout
	}
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s, %s: %w: %s", v.file, v.name, err, bytes.TrimSpace(stderr.Bytes()))
	}
	wall := time.Since(start)
	if v.isSluice() {
		if _, err := fmt.Sscan(stdout.String(), &v.rows, &v.size); err != nil {
			return fmt.Errorf("%s, %s: cannot read how much was written: %w", v.file, v.name, err)
		}
	}
	if counts {
		v.wall = append(v.wall, wall)
		v.cpu = append(v.cpu, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		v.rss = append(v.rss, memory.Peak(cmd.ProcessState))
	}
	return nil
}

func (v *variant) isSluice() bool { return slices.Contains(v.args, "-child") }
