package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// form is a way to make a dump of PostgreSQL.
type form struct {
	name  string
	args  []string // of pg_dump
	since int      // release of pg_dump that has them
	kind  string   // what the program calls it
	pack  []string // a program through which the dump goes
	pipe  bool     // pg_dump writes to a pipe, so that an archive has no offsets
	stdin bool     // the program reads the pipe itself
	// schema is what is taken of a dump that holds several; empty for public.
	schema string
}

const (
	textKind   = "PostgreSQL dump (text)"
	customKind = "PostgreSQL dump (custom format)"
	folderKind = "PostgreSQL dump (folder)"
	tarKind    = "PostgreSQL dump (tar)"
)

// forms are the dumps that are made of each server.
var forms = []form{
	{name: "plain", kind: textKind},
	{name: "plain, read from a pipe", kind: textKind, stdin: true},
	{name: "--inserts", args: []string{"--inserts"}, kind: textKind},
	{name: "--rows-per-insert=50", args: []string{"--rows-per-insert=50"}, since: 12, kind: textKind},
	{name: "--column-inserts", args: []string{"--column-inserts"}, kind: textKind},
	{name: "--quote-all-identifiers", args: []string{"--quote-all-identifiers"}, kind: textKind},
	{name: "--disable-dollar-quoting -O -x --clean", args: []string{"--disable-dollar-quoting", "-O", "-x", "--clean"}, kind: textKind},
	{name: "--data-only", args: []string{"--data-only"}, kind: textKind},
	{name: "--schema=public", args: []string{"--schema=public"}, kind: textKind},
	{name: "plain, .gz", kind: textKind, pack: []string{"gzip", "-c"}},
	{name: "plain, -Z6", args: []string{"-Z6"}, kind: textKind},
	{name: "plain, .zst", kind: textKind, pack: []string{"zstd", "-q", "-c"}},
	{name: "plain, .lz4", kind: textKind, pack: []string{"lz4", "-q", "-c"}},
	{name: "plain, .bz2", kind: textKind, pack: []string{"bzip2", "-c"}},
	{name: "-Fc", args: []string{"-Fc"}, kind: customKind},
	{name: "-Fc -Z0", args: []string{"-Fc", "-Z0"}, kind: customKind},
	{name: "-Fc -Z lz4", args: []string{"-Fc", "-Zlz4"}, since: 16, kind: customKind},
	{name: "-Fc -Z zstd", args: []string{"-Fc", "-Zzstd"}, since: 16, kind: customKind},
	{name: "-Fc through a pipe, no offsets", args: []string{"-Fc"}, kind: customKind, pipe: true},
	{name: "-Fc -Z0, read from a pipe", args: []string{"-Fc", "-Z0"}, kind: customKind, stdin: true},
	{name: "-Fc --inserts", args: []string{"-Fc", "--inserts"}, kind: customKind},
	{name: "-Fc --data-only", args: []string{"-Fc", "--data-only"}, kind: customKind},
	{name: "-Fc, packed again (.gz)", args: []string{"-Fc"}, kind: customKind, pack: []string{"gzip", "-c"}},
	{name: "-Fd", args: []string{"-Fd"}, kind: folderKind},
	{name: "-Fd -Z0", args: []string{"-Fd", "-Z0"}, kind: folderKind},
	{name: "-Fd -j2", args: []string{"-Fd", "-j2"}, kind: folderKind},
	{name: "-Fd -Z lz4", args: []string{"-Fd", "-Zlz4"}, since: 16, kind: folderKind},
	{name: "-Fd -Z zstd", args: []string{"-Fd", "-Zzstd"}, since: 16, kind: folderKind},
	{name: "-Ft", args: []string{"-Ft"}, kind: tarKind},
	{name: "-Ft, read from a pipe", args: []string{"-Ft"}, kind: tarKind, stdin: true},
	{name: "-Ft, packed (.gz)", args: []string{"-Ft"}, kind: tarKind, pack: []string{"gzip", "-c"}},
}

// command is pg_dump for a form.
func (c *cluster) command(ctx context.Context, database string, f form, more ...string) *exec.Cmd {
	args := append(append(c.reach(database), f.args...), more...)
	cmd := exec.CommandContext(ctx, filepath.Join(c.r.tools, "pg_dump"), args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir}
	return cmd
}

// dump makes a dump in a file or folder.
func (c *cluster) dump(ctx context.Context, database string, f form) (path string, err error) {
	if c.r.toolMajor() < f.since {
		return "", errSkip{fmt.Sprintf("pg_dump has it from release %d on", f.since)}
	}
	c.w.n++
	path = filepath.Join(c.w.dir, fmt.Sprintf("dump%d", c.w.n))
	if len(f.pack) == 0 && !f.pipe {
		text, err := c.command(ctx, database, f, "-f", path).CombinedOutput()
		if err != nil {
			return "", errors.Join(cannot(string(text), err), os.RemoveAll(path))
		}
		return path, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	err = c.through(ctx, database, f, file)
	return path, errors.Join(err, file.Close())
}

// cannot is the error of a pg_dump that was built without what a form needs.
func cannot(text string, err error) error {
	if strings.Contains(text, "this build does not support compression") || strings.Contains(text, "not built with") {
		return errSkip{"this pg_dump was built without it"}
	}
	return fmt.Errorf("pg_dump: %w: %s", err, strings.TrimSpace(text))
}

// through writes a dump to w, through a pipe and perhaps a packer.
func (c *cluster) through(ctx context.Context, database string, f form, w io.Writer) error {
	dump := c.command(ctx, database, f)
	pipe, err := dump.StdoutPipe()
	if err != nil {
		return err
	}
	var said strings.Builder
	dump.Stderr = &said
	var packer *exec.Cmd
	if len(f.pack) > 0 {
		if _, err := exec.LookPath(f.pack[0]); err != nil {
			return errSkip{f.pack[0] + " is not installed"}
		}
		packer = exec.CommandContext(ctx, f.pack[0], f.pack[1:]...)
		packer.Stdin, packer.Stdout = pipe, w
		if err := packer.Start(); err != nil {
			return err
		}
	}
	if err := dump.Start(); err != nil {
		return err
	}
	if packer != nil {
		err = packer.Wait()
	} else {
		_, err = io.Copy(w, pipe)
	}
	if e := dump.Wait(); e != nil {
		return cannot(said.String(), e)
	}
	return err
}

// proveForm makes a dump in a form and proves it.
func (c *cluster) proveForm(ctx context.Context, database string, f form) (string, error) {
	if !f.stdin {
		path, err := c.dump(ctx, database, f)
		if err != nil {
			return "", err
		}
		defer os.RemoveAll(path)
		return c.w.prove(ctx, source{name: path, kind: f.kind, args: f.read()})
	}
	r, w, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer r.Close()
	made := make(chan error, 1)
	go func() {
		err := c.through(ctx, database, f, w)
		made <- errors.Join(err, w.Close())
	}()
	note, err := c.w.prove(ctx, source{name: "-", stdin: r, kind: f.kind, args: f.read()})
	return note, errors.Join(err, <-made)
}

// read are the flags with which a dump is read: of one that holds several schemas,
// one is named.
func (f form) read() []string {
	return []string{"--schema", cmp.Or(f.schema, "public")}
}
