package ui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"sluice/pipeline"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/verify"
)

// Manifests is the part of the Backend that reads what a completed job has
// written down about its files. A Backend that does not implement it offers no
// comparison.
type Manifests interface {
	// Manifest lists the files that the manifest in a folder names, also those
	// that are no longer there, with the size and checksum that they had. The
	// error wraps fs.ErrNotExist if there is no manifest.
	Manifest(dir string) ([]pipeline.File, error)
}

// checksums compares the files of the job in sight with its manifest.
type checksums struct {
	l     *fileList
	state present.Checking
	round int
	work
}

// possible reports whether there can be something to compare with.
func (c *checksums) possible() bool {
	_, ok := c.l.p.w.o.Backend.(Manifests)
	return ok && c.l.record.there && len(c.l.files) > 0 && c.l.p.folder(c.l.job) != ""
}

// start compares the files with the manifest, in the background.
func (c *checksums) start() {
	if c.stop != nil || !c.possible() {
		c.shown = c.shown || c.stop != nil
		c.l.p.render()
		return
	}
	manifests, job := c.l.p.w.o.Backend.(Manifests), c.l.job.ID
	dir := c.l.p.folder(c.l.job)
	c.shown = true
	c.state = present.Checking{Job: job, Running: true}
	ctx, cancel := context.WithCancel(c.l.p.w.ctx)
	c.stop = cancel
	c.round++
	round := c.round
	go func() {
		files, err := recorded(manifests, dir)
		if err == nil {
			c.later(round, func() { c.state.Files = files })
			_, err = verify.Files(ctx, files, func(p verify.Progress) { c.later(round, func() { c.state.Sample = p }) })
		}
		if err == nil {
			var others []verify.Extra
			others, err = verify.Extras(dir, files)
			c.later(round, func() { c.state.Others = others })
		}
		c.later(round, func() { c.ended(err) })
	}()
	c.l.p.render()
}

// recorded is what the manifest in a folder says.
func recorded(m Manifests, dir string) ([]pipeline.File, error) {
	files, err := m.Manifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf(texts.T.Files.NoManifest, dir)
	}
	return files, err
}

// later changes the state on the UI goroutine, unless another comparison has
// begun by then.
func (c *checksums) later(round int, change func()) {
	c.l.p.w.later(func() {
		if round == c.round {
			change()
			c.l.p.render()
		}
	})
}

func (c *checksums) ended(err error) {
	c.stop()
	c.stop = nil
	c.state.Running = false
	switch {
	case errors.Is(err, context.Canceled):
		c.state.Stopped = true
	case err != nil:
		c.state.Problem = err
	}
	c.l.p.w.o.Logger.Debug("checksums", "job", c.state.Job, "outcome", present.ChecksumsOf(c.state).Say, "problem", err)
}

// refer makes the outcome that of another job, or of files that have changed:
// it is forgotten then.
func (c *checksums) refer(job int64, before, now []pipeline.File) {
	if c.state.Job == job && slices.Equal(before, now) {
		return
	}
	c.cancel()
	c.round++
	c.state, c.shown, c.stop = present.Checking{}, false, nil
}

// caption is the outcome for the head of the page.
func (c *checksums) caption() string {
	if !c.state.Asked() || c.state.Job != c.l.job.ID {
		return ""
	}
	return c.state.Caption()
}
