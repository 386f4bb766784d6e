package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"text/tabwriter"

	"sluice/localexport/confluence"
)

// check compares the records of the sqlite3 command line with Sluice's: a peer
// that did less than Sluice would make it look slow for nothing.
func check(ctx context.Context, c config, out io.Writer) error {
	theirs, ours := filepath.Join(c.dir, "sqlite3"), filepath.Join(c.dir, "sluice")
	if err := errors.Join(emptyFolder(theirs), emptyFolder(ours)); err != nil {
		return err
	}
	sqlite, err := exec.LookPath("sqlite3")
	if err != nil {
		return fmt.Errorf("nothing to compare with: %w", err)
	}
	args := []string{"-readonly", "-csv", "-header", c.snapshot}
	for _, name := range confluence.FileNames {
		args = append(args, ".output "+csvPath(theirs, name), peers[name]["same"])
	}
	if text, err := exec.CommandContext(ctx, sqlite, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("sqlite3: %w: %s", err, text)
	}
	c.child, c.home, c.mapped = "all", ours, true
	if _, _, err := export(ctx, c); err != nil {
		return err
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "file\trecords of sqlite3\tof Sluice\tcells that differ, by column\t")
	for _, name := range confluence.FileNames {
		if err := checkFile(t, name, csvPath(theirs, name), csvPath(ours, name)); err != nil {
			return err
		}
	}
	return t.Flush()
}

// checkFile compares two files record by record.
func checkFile(out io.Writer, name, theirs, ours string) error {
	a, err := openRecords(theirs)
	if err != nil {
		return err
	}
	defer a.Close()
	b, err := openRecords(ours)
	if err != nil {
		return err
	}
	defer b.Close()
	var header []string
	differ := map[int]int{}
	for {
		ra, errA := a.next()
		rb, errB := b.next()
		if err := errors.Join(errA, errB); err != nil {
			return fmt.Errorf("compare %s: %w", name, err)
		}
		if header == nil {
			header = append(header, rb...)
			a.records, b.records = 0, 0
		}
		if ra == nil && rb == nil {
			break
		}
		for i := range min(len(ra), len(rb)) {
			if ra[i] != rb[i] {
				differ[i]++
			}
		}
	}
	fmt.Fprintf(out, "%s\t%d\t%d\t", name, a.records, b.records)
	for i, column := range header {
		if differ[i] > 0 {
			fmt.Fprintf(out, "%s %d  ", column, differ[i])
		}
	}
	_, err = fmt.Fprintln(out, "\t")
	return err
}

// records reads the records of a CSV file.
type records struct {
	*os.File
	csv     *csv.Reader
	records int
}

func openRecords(path string) (*records, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(f)
	r.ReuseRecord = true
	return &records{File: f, csv: r}, nil
}

// next is the next record, nil at the end.
func (r *records) next() ([]string, error) {
	record, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	r.records++
	return record, err
}
