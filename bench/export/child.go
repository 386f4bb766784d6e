package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/pprof"
	"slices"
	"time"

	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
)

// everything is a from date before all data.
var everything = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

const zone = "Europe/Berlin"

// child does one thing once, and prints how many records and bytes it wrote.
func child(ctx context.Context, c config, out io.Writer) (err error) {
	if c.profile != "" {
		f, err := os.Create(c.profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	var rows, bytes int64
	switch {
	case c.plain:
		err = plain(ctx, c)
	case c.child == "demo":
		_, err = demo.Write(ctx, c.snapshot, demo.Options{Pages: c.pages[0], Seed: 1, Overwrite: true})
	case c.child == "job":
		rows, bytes, err = job(ctx, c)
	default:
		rows, bytes, err = export(ctx, c)
	}
	if err == nil {
		_, err = fmt.Fprintln(out, rows, bytes)
	}
	return err
}

// export exports to nowhere, or to the folder of -home if there is one. A
// single file is exported as it is in a whole export, the others are not read.
func export(ctx context.Context, c config) (rows, bytes int64, err error) {
	s, err := snapshot.Open(ctx, c.snapshot)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	o := confluence.Options{SQLiteOnly: c.sqlite, MapFile: c.mapped, From: everything, Workers: c.workers[0]}
	if o.Location, err = time.LoadLocation(zone); err != nil {
		return 0, 0, err
	}
	switch {
	case c.child == "validate":
		_, err = confluence.Validate(ctx, s, o, nil)
		return 0, 0, err
	case c.child == "plan":
		o.From, o.Location = time.Time{}, nil
		_, err = confluence.MakePlan(ctx, s, o, nil)
		return 0, 0, err
	case c.child != "all":
		if !slices.Contains(confluence.FileNames, c.child) {
			return 0, 0, fmt.Errorf("no file is called %s", c.child)
		}
		o.Only = []string{c.child}
	}
	r, err := confluence.Export(ctx, s, o, c.sink, nil)
	for _, f := range r.Files {
		rows += f.Rows
		bytes += f.Bytes
	}
	return rows, bytes, err
}

// sink opens the destination of a file.
func (c config) sink(name string) (confluence.Output, error) {
	path := os.DevNull
	if c.home != "" {
		path = csvPath(c.home, name)
	}
	f, err := os.Create(path)
	return output{f}, err
}

// output is a file that is complete when it is closed.
type output struct{ *os.File }

func (output) Commit() error { return nil }

// job runs a whole job: check of the snapshot unless its verdict is known, files
// with their hashes, synced, and manifest.
func job(ctx context.Context, c config) (rows, bytes int64, err error) {
	e, err := localexport.Open(ctx, localexport.Options{
		Product: confluence.Product{}, Home: c.home, Snapshot: c.snapshot, TimeZone: zone, Workers: c.workers[0], SQLiteOnly: c.sqlite, MapFile: c.mapped,
		MinFreeSpace: -1, Version: "bench", Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, e.Close(ctx)) }()
	if _, err := e.Start(ctx, pipeline.Request{FromDate: everything}); err != nil {
		return 0, 0, err
	}
	done, err := e.Wait(ctx)
	if err != nil {
		return 0, 0, err
	}
	if done.Status != pipeline.Completed {
		return 0, 0, fmt.Errorf("the job ended as %s: %v", done.Status, done.Errors)
	}
	files, err := e.Files(ctx, done.ID)
	for _, f := range files {
		rows += f.Rows
		bytes += f.Bytes
	}
	return rows, bytes, err
}
