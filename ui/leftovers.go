package ui

import (
	"context"
	"errors"
	"fmt"

	"sluice/pipeline"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// leftovers is what jobs of a source have left that ended early: that of the last
// job and of the job whose files are in sight.
type leftovers struct {
	p       *page
	known   map[int64]present.Left
	loading map[int64]bool
}

func newLeftovers(p *page) *leftovers {
	return &leftovers{p: p, known: map[int64]present.Left{}, loading: map[int64]bool{}}
}

// forget lets everything be looked at again.
func (l *leftovers) forget() {
	clear(l.known)
	clear(l.loading)
}

// of is what the job has left, as far as it is known; it is looked for in the
// background if it may have left something.
func (l *leftovers) of(job pipeline.Job) present.Left {
	if left, ok := l.known[job.ID]; ok {
		return left
	}
	if !job.Exists() || !job.Status.Ended() || job.Status == pipeline.Completed || l.loading[job.ID] {
		return present.Left{}
	}
	resumer, canResume := l.p.e.engine.(pipeline.Resumer)
	cleaner, canClean := l.p.e.engine.(pipeline.Cleaner)
	if !canResume || !canClean {
		return present.Left{}
	}
	l.loading[job.ID] = true
	background(l.p.e, func(ctx context.Context) (present.Left, error) { return leftBy(ctx, resumer, cleaner, job.ID) },
		func(left present.Left, err error) {
			delete(l.loading, job.ID)
			if err != nil {
				l.p.w.o.Logger.Warn("look for what is left of a job", "job", job.ID, "error", err)
			}
			l.known[job.ID] = left
			l.p.news()
		})
	return present.Left{}
}

// leftBy asks what a job has left.
func leftBy(ctx context.Context, resumer pipeline.Resumer, cleaner pipeline.Cleaner, job int64) (present.Left, error) {
	var left present.Left
	remains, err := cleaner.Remains(ctx, job)
	if err != nil {
		return left, err
	}
	if len(remains) > 0 {
		left.Remains = remains[0]
	}
	var not *pipeline.NotResumableError
	resumable, err := resumer.Resumable(ctx, job)
	switch {
	case err == nil:
		left.Resumable = &resumable
	case !errors.As(err, &not):
		return left, err
	}
	return left, nil
}

// resume goes on with a job.
func (p *page) resume(job int64) {
	if p.e.session == nil || !present.StatusOf(p.e.inputs()).Controls.Start {
		return
	}
	p.left.forget()
	p.e.session.Resume(job)
	p.view.Choose(view.ExportTab)
}

// askToClean removes the partial files of a job once somebody has agreed.
func (p *page) askToClean(job pipeline.Job) {
	cleaner, ok := p.e.engine.(pipeline.Cleaner)
	left := p.left.of(job)
	if !ok || !left.Of(job.ID) {
		return
	}
	t := texts.T.Leftover
	size := present.Size(left.Remains.Bytes)
	text := fmt.Sprintf(t.CleanText, size)
	if left.Resumable != nil {
		text += " " + t.CleanNoResume
	}
	p.w.confirm(fmt.Sprintf(t.CleanTitle, job.ID), text, fmt.Sprintf(t.Clean, size), func() {
		background(p.e, func(ctx context.Context) ([]pipeline.Remains, error) { return cleaner.Clean(ctx, job.ID) },
			func(_ []pipeline.Remains, err error) {
				if err != nil {
					p.w.problem(err)
				}
				p.left.forget()
				p.files.load(p.files.job.ID)
				p.render()
			})
	})
}
