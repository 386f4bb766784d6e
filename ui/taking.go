package ui

import (
	"context"
	"errors"
	"sync"
	"time"

	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// takes is the part of the backend that takes snapshots.
func (w *Window) takes() (Takes, error) {
	if t, ok := w.o.Backend.(Takes); ok {
		return t, nil
	}
	return nil, errors.New(texts.T.Take.NoTakes)
}

// taking is the snapshot of a source that is being taken, or that was not: then it says
// why until it is tried again or left.
type taking struct {
	state  present.Taking
	rates  present.Estimator
	cancel context.CancelFunc
}

// takeSample is how often the window is told how far the taking is.
const takeSample = 500 * time.Millisecond

// takeSnapshot takes the snapshot of a source in the background. Of one that has a
// snapshot already that stays until the new one is complete.
func (e *entry) takeSnapshot(kind string) {
	takes, err := e.w.takes()
	if err != nil {
		e.w.problem(err)
		return
	}
	if !e.mayTake() {
		return
	}
	ctx, cancel := context.WithCancel(e.w.ctx)
	t := &taking{cancel: cancel, state: present.Taking{Kind: kind, Again: e.session != nil, Started: e.w.o.Now()}}
	e.take = t
	s, again := e.source, !e.fresh
	e.w.takings.Go(func() {
		defer cancel()
		account := takes.TakeAccount(s.Taken.From)
		password, err := takes.Secret(ctx, account)
		if err == nil || errors.Is(err, source.ErrNoSecret) { // the environment may know one
			a := &asker{w: e.w, takes: takes}
			err = takes.Take(ctx, s, password, a.ask, again, e.sampled(t))
			a.keepAnswer(ctx, account, err)
		}
		e.w.later(func() { e.taken(t, err) })
	})
	e.w.render()
}

// sampled tells the window of the progress, now and then.
func (e *entry) sampled(t *taking) func(source.Progress) {
	var mu sync.Mutex
	var told time.Time
	var last source.Progress
	return func(p source.Progress) {
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		another := p.Finishing != last.Finishing || p.Waiting != last.Waiting
		if now.Sub(told) < takeSample && !another {
			return
		}
		told, last = now, p
		e.w.later(func() {
			if e.take == t {
				t.state.Progress = p
				t.rates.Add(now, p.Read, p.Total, p.Rows, p.Read)
				e.w.gather(e, !another)
			}
		})
	}
}

// mayTake reports whether the snapshot can be taken now, and says why it cannot.
func (e *entry) mayTake() bool {
	t := texts.T.Take
	switch {
	case e.takingNow():
		e.w.tell(t.TakeAgain, t.Busy)
	case e.session != nil && (e.session.State().Job.Running() || e.session.Busy() != present.Idle):
		e.w.tell(t.TakeAgain, t.ExportRuns)
	default:
		return true
	}
	return false
}

// takingNow reports whether the snapshot is being taken.
func (e *entry) takingNow() bool { return e.take != nil && e.take.state.Running() }

// takingState is the state of the taking as it is now.
func (e *entry) takingState() present.Taking {
	s := e.take.state
	s.Now, s.Rates = e.w.o.Now(), &e.take.rates
	return s
}

// taken is called when the taking has ended.
func (e *entry) taken(t *taking, err error) {
	if e.take != t {
		return
	}
	t.state.Ended = e.w.o.Now()
	t.state.Cancelled, t.state.Err = err != nil && t.state.Cancelling, err
	long := t.state.Ended.Sub(t.state.Started) >= longJob
	e.hideQuestion()
	switch {
	case err == nil:
		e.take = nil
		e.retaken()
	case t.state.Cancelled && t.state.Again:
		e.take = nil
	}
	if err != nil {
		e.w.o.Logger.Info("snapshot", "source", e.source.Name, "error", err)
	}
	if long && !t.state.Cancelled {
		e.w.notifyTaken(e.source.Name, err)
	}
	e.w.render()
}

// retaken opens the snapshot that is complete, in the place of the one before.
func (e *entry) retaken() {
	e.w.o.Logger.Debug("snapshot taken", "source", e.source.Name)
	if e.session != nil || e.failure != nil {
		e.reopen()
		return
	}
	e.start()
}

// cancelTaking stops the taking, after a question if much would be lost.
func (e *entry) cancelTaking() {
	if !e.takingNow() || e.take.state.Cancelling {
		return
	}
	t := e.take
	stop := func() {
		if e.take == t && e.takingNow() {
			t.state.Cancelling = true
			t.cancel()
			e.w.render()
		}
	}
	q, ask := present.CancelTakeQuestion(e.takingState())
	if !ask {
		stop()
		return
	}
	e.asked = e.w.confirm(q.Title, q.Text, q.Yes, stop)
}

// hideQuestion takes back what was asked about the taking.
func (e *entry) hideQuestion() {
	if e.asked != nil {
		e.asked()
		e.asked = nil
	}
}

// endTaking gives the taking up without a question: its source leaves.
func (e *entry) endTaking() {
	if e.take != nil {
		e.take.cancel()
		e.take = nil
	}
}

// endTakings gives all up, and waits until nothing is written any more, as long as ctx
// allows: what is unfinished is removed by who writes it.
func (w *Window) endTakings(ctx context.Context) error {
	for _, e := range w.entries {
		e.endTaking()
	}
	ended := make(chan struct{})
	go func() {
		w.takings.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// takeOf begins to take the snapshot of something new, or again that of a source which
// is taken of the same.
func (w *Window) takeOf(s source.Source, kind string) {
	for _, e := range w.entries {
		if e.source.ID == s.ID {
			e.source.Taken = s.Taken
			e.remember()
			w.choose(e)
			e.takeSnapshot(kind)
			return
		}
	}
	e := &entry{w: w, source: s, fresh: true, before: w.chosen, stop: func() {}}
	w.entries = append(w.entries, e)
	e.takeSnapshot(kind)
	w.choose(e)
}
