package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
	"sluice/visible"
)

// Fetcher is the part of the Backend that brings the files of jobs of servers here. A
// Backend that does not implement it brings none.
type Fetcher interface {
	// FetchJob brings the files of a finished job, and returns its folder here and what
	// people should know. The error is one sentence for people. Progress is told from
	// another goroutine.
	FetchJob(ctx context.Context, s source.Source, secret string, o source.Fetch) (folder string, notes []string, err error)
}

// tellFetching is how often it is told how far a fetch is.
const tellFetching = 200 * time.Millisecond

// fetching is the fetch of a job of a server at work.
type fetching struct {
	l     *jobList
	job   int64              // that is being fetched; 0: none
	stop  context.CancelFunc // ends it
	state source.Fetching
	said  string // how the last one ended
}

// possible reports whether jobs of the source can be fetched.
func (f *fetching) possible() bool {
	_, able := f.l.p.w.o.Backend.(Fetcher)
	s := f.l.p.e.source
	return able && s.Kind == source.KindServer && s.Server.Folder != ""
}

// links are what can be done about the files of the jobs in the list.
func (f *fetching) links(jobs []pipeline.Job) map[int64]view.FetchLink {
	if !f.possible() {
		return nil
	}
	links := map[int64]view.FetchLink{}
	for _, job := range jobs {
		_, here := f.l.p.e.past.fetched[job.ID]
		switch {
		case job.ID == f.job:
			links[job.ID] = view.FetchStop
		case here:
			links[job.ID] = view.FetchedOpen
		case job.Status == pipeline.Completed && f.job == 0:
			links[job.ID] = view.FetchOffer
		}
	}
	return links
}

// next is the newest job that can be fetched now; 0: none.
func (f *fetching) next() int64 {
	links := f.links(f.l.jobs)
	for _, job := range f.l.jobs {
		if links[job.ID] == view.FetchOffer {
			return job.ID
		}
	}
	return 0
}

// note says how far it is, or how it ended.
func (f *fetching) note() string {
	t := texts.T.History
	switch {
	case f.job == 0:
		return f.said
	case f.state.File == "":
		return fmt.Sprintf(t.FetchBegins, f.job)
	case f.state.Checking:
		return fmt.Sprintf(t.FetchChecks, f.job, visible.Line(f.state.File))
	}
	return fmt.Sprintf(t.FetchReads, f.job, visible.Line(f.state.File), present.Size(f.state.Done), present.Size(f.state.Total))
}

// toggle fetches a job, or stops the fetch of it.
func (f *fetching) toggle(id int64) {
	if id == f.job {
		f.stop()
		return
	}
	fetcher, able := f.l.p.w.o.Backend.(Fetcher)
	if !able || f.job != 0 {
		return
	}
	e, w := f.l.p.e, f.l.p.w
	s, round := e.source, e.round
	ctx, cancel := context.WithCancel(w.ctx)
	f.job, f.stop, f.state, f.said = id, cancel, source.Fetching{}, ""
	o := source.Fetch{Job: id, Home: s.FetchHome(w.o.Homes), Progress: f.progress(id)}
	go func() {
		folder, notes, err := fetchWith(ctx, w, fetcher, s, o)
		w.later(func() {
			cancel()
			if id != f.job {
				return
			}
			f.job = 0
			f.end(id, folder, notes, err)
			if round == e.round {
				e.loadPast()
			}
		})
	}()
	f.l.p.render()
}

// close ends what is at work.
func (f *fetching) close() {
	if f.job != 0 {
		f.stop()
	}
}

// fetchWith fetches with the secret of the server, as far as one is known.
func fetchWith(ctx context.Context, w *Window, fetcher Fetcher, s source.Source, o source.Fetch) (folder string, notes []string, err error) {
	servers, err := w.servers()
	if err != nil {
		return "", nil, err
	}
	secret, err := servers.ServerSecret(ctx, s.Server)
	if err != nil && !errors.Is(err, source.ErrNoSecret) { // the server may want none
		return "", nil, err
	}
	return fetcher.FetchJob(ctx, s, secret, o)
}

// progress hands on how far it is, a few times a second.
func (f *fetching) progress(id int64) func(source.Fetching) {
	var told time.Time
	return func(p source.Fetching) {
		if now := time.Now(); now.Sub(told) >= tellFetching {
			told = now
			f.l.p.w.later(func() {
				if id == f.job {
					f.state = p
					f.l.p.news()
				}
			})
		}
	}
}

// end says how it ended.
func (f *fetching) end(id int64, folder string, notes []string, err error) {
	t := texts.T.History
	switch {
	case errors.Is(err, context.Canceled):
		f.said = fmt.Sprintf(t.FetchStopped, id)
	case err != nil:
		f.said = visible.Line(present.DeliverError(err))
	default:
		said := append([]string{fmt.Sprintf(t.Fetched, id, visible.Line(folder))}, present.EachElsewhere(notes)...)
		f.said = strings.Join(said, " ")
	}
	f.l.p.render()
}
