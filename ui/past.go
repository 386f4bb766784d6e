package ui

import (
	"context"
	"maps"
	"slices"

	"sluice/pipeline"
	"sluice/source"
)

// mostJobs is how many jobs of a source are listed.
const mostJobs = 2000

// past is what is known of the jobs of a source, whether its page was looked at or not: the
// board and the rail tell of it, too. A server tells its last job only: known are those that
// were seen.
type past struct {
	jobs   []pipeline.Job // newest first
	reach  pipeline.Reach // of the last export of the site of a snapshot
	loaded bool
	// fetched are the folders of the jobs of a server that were brought here.
	fetched map[int64]string
	states  int // counts the states of the list: another one is news
}

// loadPast reads the jobs in the background.
func (e *entry) loadPast() {
	historian, ok := e.engine.(pipeline.Historian)
	if !ok {
		e.notePresent()
		return
	}
	home, manifests := "", Manifests(nil)
	if e.source.Kind == source.KindServer {
		home = e.source.FetchHome(e.w.o.Homes)
		manifests, _ = e.w.o.Backend.(Manifests)
	}
	background(e, func(ctx context.Context) (past, error) {
		read, err := readPast(ctx, historian)
		read.fetched = fetchedJobs(manifests, home)
		return read, err
	},
		func(read past, err error) {
			if err != nil {
				e.w.o.Logger.Error("read history", "source", e.source.Name, "error", err)
				return
			}
			e.w.sizes.forget(e)
			read.states = e.past.states + 1
			brought := !maps.Equal(e.past.fetched, read.fetched)
			e.past = read
			if brought && e.page != nil {
				e.page.files.load(e.page.files.job.ID)
			}
			e.notePresent()
			if e.page != nil {
				e.page.jobs.saved, e.page.jobs.then = e.page.jobs.then, ""
				e.page.export.refill()
			}
			e.w.gather(e, false)
		})
}

func readPast(ctx context.Context, h pipeline.Historian) (p past, err error) {
	if p.jobs, err = h.Jobs(ctx, mostJobs); err != nil {
		return p, err
	}
	if r, ok := h.(pipeline.Reacher); ok {
		p.reach, err = r.Reach(ctx)
	}
	p.loaded = true
	return p, err
}

// notePresent takes in the job that the session tells of.
func (e *entry) notePresent() {
	if e.session != nil {
		e.past.note(e.session.State().Job)
	}
}

// note keeps a job that was seen, in the place of its earlier state.
func (p *past) note(job pipeline.Job) {
	if !job.Exists() {
		return
	}
	if at := slices.IndexFunc(p.jobs, job.Same); at >= 0 {
		if !sameOutcome(p.jobs[at], job) {
			p.states++
		}
		p.jobs[at] = job
		return
	}
	p.states++
	at, _ := slices.BinarySearchFunc(p.jobs, job, pipeline.NewestFirst)
	p.jobs = slices.Insert(p.jobs, at, job)
}

// sameOutcome reports whether two states of a job say the same of its end.
func sameOutcome(a, b pipeline.Job) bool {
	rows := func(j pipeline.Job) pipeline.Statistics {
		if j.Statistics == nil {
			return pipeline.Statistics{}
		}
		return *j.Statistics
	}
	return a.Status == b.Status && a.CompletedTime.Equal(b.CompletedTime.Time) && a.StartedBy == b.StartedBy && rows(a) == rows(b)
}

// newest is the last job.
func (p *past) newest() pipeline.Job {
	if len(p.jobs) == 0 {
		return pipeline.Job{}
	}
	return p.jobs[0]
}

// find returns the job with an id, as far as it is known.
func (p *past) find(id int64) (pipeline.Job, bool) {
	for _, j := range p.jobs {
		if j.ID == id {
			return j, true
		}
	}
	return pipeline.Job{}, false
}
