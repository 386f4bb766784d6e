package localexport

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"strings"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/wording"
)

// Site is what a snapshot is of.
type Site struct {
	// BaseURL is its address; "" if that is not known, and then every export may be of
	// the site.
	BaseURL string
	// Newest is the newest change that the snapshot holds now; zero if it is not known.
	// It counts for exports only that have not written down how far they have read.
	Newest time.Time
}

// LastOf tells how far the last completed export of a site reaches, among the jobs of
// the home: what "since the last export" goes on from. A home may hold exports of several
// sites, and those of others do not count.
//
// An export reaches as far as the newest change that it has read, which its manifest
// tells, and not beyond its start. The time of its file does not tell: a dump may have
// been copied long after it was made, and what changed in between is in no export. Of a
// manifest without the newest change, or a job whose manifest is gone, the earliest of
// what is known counts, which Guessed tells: its start, the time of its file, and the
// newest change that the snapshot holds now. In a home with exports of another site a job
// whose manifest is gone does not count, since it may be of that.
//
// What is written by a transaction that is open while a snapshot is made, with a time
// from before its newest change, is in no export that goes on from it.
func (e *Exporter) LastOf(ctx context.Context, of Site) (pipeline.Reach, error) {
	jobs, err := e.Jobs(ctx, 0)
	if err != nil {
		return pipeline.Reach{}, wording.Errorf("look for the last export: %w", err)
	}
	var sure, unsure pipeline.Reach // the last export of the site, and a later one that may be of it
	other := ""
	for _, job := range jobs {
		if job.Status != pipeline.Completed {
			continue
		}
		m, err := jobfiles.ReadManifest(e.home.folder(job))
		switch {
		case err != nil:
			if !errors.Is(err, fs.ErrNotExist) {
				e.log.Warn("how far an export reaches cannot be read", "job", job.ID, "error", err)
			}
			if sure.Job == 0 && unsure.Job == 0 {
				unsure = reachOf(job, jobfiles.Snapshot{}, of.Newest)
			}
		case otherSite(of.BaseURL, m.Options.BaseURL):
			other = cmp.Or(other, m.Options.BaseURL)
		case sure.Job == 0:
			sure = reachOf(job, m.Snapshot, of.Newest)
		}
		if sure.Job != 0 && (unsure.Job == 0 || other != "") {
			return sure, nil
		}
	}
	if unsure.Job != 0 && other == "" {
		return unsure, nil
	}
	return pipeline.Reach{Other: other}, nil
}

// reachOf is how far a completed job reaches that has read a snapshot, which now holds
// changes up to newest.
func reachOf(job pipeline.Job, read jobfiles.Snapshot, newest time.Time) pipeline.Reach {
	r := pipeline.Reach{Job: job.ID}
	if !read.Newest.IsZero() {
		r.At = pipeline.Reached(job, read.Newest)
		return r
	}
	r.Guessed = true
	r.At = pipeline.Reached(job, newest)
	if modified := read.Modified; !modified.IsZero() && modified.Before(r.At) {
		r.At = modified
	}
	return r
}

// readUpTo is how far a completed job reaches, as far as its manifest tells; else zero.
func (e *Exporter) readUpTo(job pipeline.Job) time.Time {
	if job.Status != pipeline.Completed {
		return time.Time{}
	}
	m, err := jobfiles.ReadManifest(e.home.folder(job))
	if err != nil { // of an export that was removed, only the job is known
		return time.Time{}
	}
	return reachOf(job, m.Snapshot, time.Time{}).At
}

// otherSite reports whether two base URLs are known to be of different sites.
func otherSite(a, b string) bool {
	return a != "" && b != "" && !strings.EqualFold(strings.TrimRight(a, "/"), strings.TrimRight(b, "/"))
}
