package preview

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sluice/csvfile"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// watch tells the pane four times a second how far the index has come, and every
// two seconds whether the file has changed, until the file is closed.
func (p *Pane) watch(s *session) {
	every := watchEvery
	looked := time.Time{}
	var told [2]bool // what was told last: that it is indexed, that it is checked
	toldRows := int64(-1)
	indexed := s.f.Done()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-indexed:
			indexed = nil // once
		case <-time.After(every):
		}
		rows, final := s.f.Total()
		changed := false
		if now := time.Now(); now.Sub(looked) >= idleEvery {
			looked = now
			var err error
			if changed, err = s.f.Changed(); err != nil {
				p.o.OnError(err)
			}
		}
		check := s.f.CheckProgress()
		known, state := final && (check.Done || check.Bytes == 0), [2]bool{final, check.Done}
		every = watchEvery
		if rows == toldRows && state == told && !changed && s.f.Info().Coming { // it is quiet
			continue
		}
		toldRows = rows
		if known && state == told && !changed {
			every = idleEvery
			continue
		}
		told = state
		p.run(s, func() { p.progressed(changed) })
	}
}

// progressed brings the pane up to what the index knows by now.
func (p *Pane) progressed(changed bool) {
	s, t := p.s, texts.T.Preview.Pane
	if changed && !s.changed {
		s.changed = true
		p.notices.show(aboutChange, tone.Caution, t.Changed, action{t.Reload, p.Reload})
	}
	total, final := s.f.Total()
	if pr := s.f.Progress(); pr.Err != nil && !final && !errors.Is(pr.Err, context.Canceled) {
		p.notices.show(aboutIndex, tone.Bad, t.Stopped.Of(total, texts.Error(pr.Err)),
			action{t.TryAgain, func() {
				p.notices.drop(aboutIndex)
				s.f.StartIndex(s.ctx)
			}})
	}
	p.sayDamage()
	p.sayComing()
	p.checkRows(final)
	p.showWider()
	p.resolveJump(total, final)
	if s.inTail() && final {
		p.leaveTail(total)
	}
	p.keepEnd(func() {
		p.grid.DataChanged() // first: it says which rows are in sight now
	})
	if !s.inTail() {
		p.retryMissing()
	}
	p.sayIfEmpty()
	p.filter.progressed()
	p.refreshFooter()
}

// keepEnd keeps the last row in sight of a file that is followed, if it was, over what
// shows further rows.
func (p *Pane) keepEnd(show func()) {
	from, n := p.grid.InSight()
	atEnd := p.s.follow && from+n >= p.s.rowsShown
	show()
	rows := p.model.Rows()
	if atEnd && rows > p.s.rowsShown && p.s.rowsShown > 0 {
		p.grid.ScrollTo(max(0, rows-n))
		p.s.pages.Want(p.grid.InSight())
	}
	p.s.rowsShown = rows
}

// retryMissing asks again for rows in sight that were not indexed before.
func (p *Pane) retryMissing() {
	from, n := p.grid.InSight()
	for row := from; row < from+n; row++ {
		if _, ok := p.s.pages.Row(row); !ok {
			p.s.pages.Retry()
			p.s.pages.Want(from, n)
			return
		}
	}
}

// arrived draws rows that have come.
func (p *Pane) arrived(s *session, err error) {
	if p.s != s {
		return
	}
	switch {
	case err == nil:
		p.notices.drop(aboutRead)
		p.measure(s)
	case errors.Is(err, csvfile.ErrChanged):
		p.progressed(true)
	default:
		p.notices.show(aboutRead, tone.Bad, said(fmt.Sprintf(texts.T.Preview.Pane.RowsUnreadable, texts.Error(err))),
			action{texts.T.Preview.Pane.TryAgain, func() {
				p.notices.drop(aboutRead)
				s.pages.Retry()
			}})
	}
	p.grid.DataChanged()
	p.side.rowsCame()
	p.refreshFooter()
}
