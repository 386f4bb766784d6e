package ui

import (
	"context"
	"errors"
	"fmt"

	"sluice/pipeline"
	"sluice/retention"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// askToRemoveFiles asks before the files of one job are removed, and says how much they are.
func (p *page) askToRemoveFiles(job pipeline.Job) {
	pruner, ok := p.e.engine.(Pruner)
	if !ok {
		return
	}
	t := texts.T.Retention
	p.removing(pruner, job.ID, true, func(c retention.Choice, err error) {
		if err != nil {
			p.w.problem(err)
			return
		}
		text := fmt.Sprintf(t.DeleteFilesText, present.Size(c.Bytes))
		if newest := present.LastCompleted(p.jobs.jobs, 0); newest != nil && newest.ID == job.ID {
			text = t.DeleteNewest + " " + text
		}
		p.w.confirm(fmt.Sprintf(t.DeleteFilesTitle, job.ID), text, fmt.Sprintf(t.DeleteFilesNow, job.ID), func() { p.removeFiles(pruner, job.ID) })
	})
}

func (p *page) removeFiles(pruner Pruner, id int64) {
	p.removing(pruner, id, false, func(c retention.Choice, err error) {
		if err != nil && !errors.Is(err, context.Canceled) {
			p.w.problem(err)
			return
		}
		p.jobs.then = fmt.Sprintf(texts.T.Retention.Deleted, id, present.Size(c.Bytes))
		p.left.forget()
		p.e.loadPast()
		p.files.load(0)
	})
}

// removing removes the files of one job, or tells what that would do. What a delivery owes
// stays, and is an error.
func (p *page) removing(pruner Pruner, id int64, dry bool, done func(retention.Choice, error)) {
	settings := p.w.o.Settings
	background(p.e, func(ctx context.Context) (retention.Choice, error) {
		owed, err := owedFolders(settings)
		if err != nil {
			return retention.Choice{}, err
		}
		return pruner.RemoveFiles(ctx, id, dry, owed...)
	}, func(c retention.Choice, err error) {
		if err == nil && c.Reason == retention.ReasonOwed {
			err = errors.New(texts.T.Retention.Owed)
		}
		done(c, err)
	})
}
