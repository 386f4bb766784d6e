package localexport

import (
	"path/filepath"

	"sluice/figures"
	"sluice/pipeline"
	"sluice/wording"
)

// lowSpaceError says that less is free than is to stay free.
type lowSpaceError struct {
	path          string
	free, minimum int64
}

func (e *lowSpaceError) Error() string { return e.In(wording.English) }

// In implements wording.Sayer.
func (e *lowSpaceError) In(say func(string) string) string {
	free, minimum := wording.Of("%s", figures.Size(e.free)), figures.Size(e.minimum)
	if free.String() == minimum { // by little too small
		free, minimum = wording.Of("%d bytes", figures.N(e.free)), figures.Count(e.minimum)
	}
	return wording.Of("only %s are free on the disk of %s, and %s are to stay free: free some space, choose another home or lower the minimum free space",
		free, e.path, minimum).In(say)
}

func (e *lowSpaceError) diagnostic() pipeline.Diagnostic {
	return pipeline.SayError(KeyLowSpace, e)
}

// checkSpace compares the free space with the minimum. A disk that cannot be
// measured is not held against the job.
func (e *Exporter) checkSpace() error {
	if e.options.MinFreeSpace < 0 {
		return nil
	}
	root := e.writesTo()
	free, err := e.freeSpace(root)
	e.once.warn(e.log, "measure the free space", err, "path", root)
	if err != nil {
		return nil
	}
	if free < e.options.MinFreeSpace {
		path := e.options.Home
		if root != e.home.exports {
			path = root
		}
		return &lowSpaceError{path: path, free: free, minimum: e.options.MinFreeSpace}
	}
	return nil
}

// writesTo is the folder whose disk a job fills: that of the job that runs here, else
// of the next one.
func (e *Exporter) writesTo() string {
	e.mu.Lock()
	run := e.run
	e.mu.Unlock()
	if run != nil {
		return filepath.Dir(e.home.folder(run.state()))
	}
	if root, err := e.home.exportPath(); err == nil {
		return root
	}
	return e.home.exports // a start will tell what is wrong with the other
}

// FreeSpace is how many bytes may still be written on the disk of the exports.
func (e *Exporter) FreeSpace() (int64, error) {
	free, err := e.freeSpace(e.writesTo())
	if err != nil {
		return 0, wording.Errorf("measure the free space of %s: %w", e.options.Home, err)
	}
	return free, nil
}
