package preview

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sluice/csvfile"
	"sluice/ui/preview/pager"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

const (
	watchEvery = 250 * time.Millisecond // progress of the index
	idleEvery  = 2 * time.Second        // whether the file has changed, once all is known
)

// Open shows the file at path. It returns at once: the file is opened in the
// background, and what is wrong with it is said in place of its rows.
func (p *Pane) Open(path string) {
	p.Close()
	p.read.opens(path)
	reading := p.read.chosen
	asked := p.asked
	p.opening = true
	p.offerTools()
	follow := p.read.follow
	p.say(fmt.Sprintf(texts.T.Preview.Pane.Opening, base(path)))
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		f, err := p.o.open(ctx, path, reading, follow)
		var first, last []csvfile.Row
		if err == nil {
			var notYet *csvfile.NotIndexedError
			if first, err = f.Rows(ctx, 0, pager.PageRows); errors.As(err, &notYet) {
				err = nil // the others come with the index
			}
			if err != nil {
				f.Close()
			} else {
				last = glance(ctx, f)
			}
		}
		p.o.Dispatch(func() {
			switch {
			case asked != p.asked && err == nil:
				go f.Close()
				fallthrough
			case asked != p.asked:
				cancel()
			case err != nil:
				cancel()
				p.opening, p.pressed = false, nil
				p.offerTools()
				p.sayAs(sentence(err), "failed", tone.Bad)
			default:
				p.opened(&session{path: path, name: nameOf(path), follow: follow, ctx: ctx, cancel: cancel, f: f, jump: -1}, first, last)
			}
		})
	}()
}

// glance reads a few of the last rows, whose numbers tend to be the longest, if
// they can be had at once.
func glance(ctx context.Context, f file) []csvfile.Row {
	if f.Info().Packed != "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	rows, err := f.Tail(ctx, 20)
	if err != nil {
		return nil // only widths are at stake
	}
	return rows
}

// sentence makes an error one for people: a capital first and a full stop last.
func sentence(err error) string {
	s := texts.Error(err)
	if wide := new(csvfile.WideError); errors.As(err, &wide) && wide.Row >= 0 { // the table counts rows from 1
		s = fmt.Sprintf(texts.T.Preview.Pane.TooWide, group(wide.Row+1), group(wide.Offset), group(csvfile.MaxCells))
	}
	return said(s)
}

// said makes words a sentence: a capital first and a full stop last.
func said(s string) string {
	return texts.Sentence(s)
}

// Close lets go of the file.
func (p *Pane) Close() {
	p.asked++
	p.opening, p.pressed, p.leaving = false, nil, true
	p.find.reset()
	p.filter.reset()
	p.sort.reset()
	p.save.reset()
	p.groups.reset()
	p.notices.clear()
	if p.s != nil {
		p.s.close()
	}
	p.s, p.model.s = nil, nil
	p.grid.SetColumns(nil)
	p.grid.DataChanged()
	p.side.reset()
	p.sayRight("")
	p.refreshFooter()
	p.say("")
	p.leaving = false
	p.headChanged()
}

// Reload opens the file again, at the row and with the columns that were shown.
func (p *Pane) Reload() {
	if p.s == nil {
		return
	}
	path := p.s.path
	p.Open(path)
}

// opened takes a file over: its columns, its first rows, and the index of the rest.
func (p *Pane) opened(s *session, first, last []csvfile.Row) {
	p.s, p.model.s, p.opening = s, s, false
	s.header, s.info = s.f.Header(), s.f.Info()
	s.widen()
	s.kind = kindOf(s.name, s.header)
	s.firstRows = int64(len(first))
	s.shown = s.f
	s.pages = pager.New(pager.Options{Limit: pageBytes, Dispatch: p.o.Dispatch, Arrived: func(err error) { p.arrived(s, err) }})
	s.pages.SetSource(s.ctx, s.f)
	s.pages.Seed(first)
	s.f.StartIndex(s.ctx)
	p.arrange()
	sample := append(first[:len(first):len(first)], last...)
	s.unmeasured = len(sample) == 0
	p.layColumns(sample)
	p.grid.ScrollTo(0)
	p.grid.Select(0, 0)
	p.grid.DataChanged()
	p.sayIfEmpty()
	p.sayDamage()
	p.sayComing()
	p.sayNoTable()
	p.read.opened()
	p.filter.opened()
	p.side.cursorMoved()
	p.refreshFooter()
	p.focusAwaited()
	go p.watch(s)
	if s.kind.Known != "" {
		go p.loadNames(s)
	}
}

// sayIfEmpty says why there are no rows, when there are none.
func (p *Pane) sayIfEmpty() {
	t, name := texts.T.Preview.Pane, base(p.s.path)
	n, final := p.s.shown.Total()
	switch {
	case p.model.Rows() > 0 || !final && n == 0 && p.s.info.Size > 0 && p.s.view == nil && len(p.s.header) == 0:
		p.say("")
	case p.s.info.Size == 0:
		p.say(fmt.Sprintf(t.EmptyFile, name))
	case p.s.sorted != nil && !final:
		p.say("")
	case p.s.view != nil && final:
		p.say(t.NoMatch)
	case p.s.view != nil:
		p.say(t.LookingForRows)
	case !final:
		p.say(fmt.Sprintf(t.Reading, name))
	default:
		p.say(fmt.Sprintf(t.HeaderOnly, name))
	}
}

// loadNames reads who and what stands behind the ids of a known file.
func (p *Pane) loadNames(s *session) {
	names, err := p.o.Explain(s.ctx, s.name)
	if err != nil && !errors.Is(err, context.Canceled) {
		p.o.OnError(err)
	}
	if names != nil {
		p.run(s, func() {
			s.names = names
			p.grid.DataChanged()
			p.side.cursorMoved()
		})
	}
}
