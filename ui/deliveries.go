package ui

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"sluice/deliver"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// deliveryList is the page with the deliveries of a source at work.
type deliveryList struct {
	p       *page
	view    *view.Deliveries
	list    []deliver.Delivery // of all sources
	owed    []deliver.Owed     // too
	rows    []present.DeliveryRow
	failure error
	tried   map[string]present.DeliverStep // what is owed, and is being made up for
}

// showDeliveries shows the page.
func (p *page) showDeliveries() *deliveryList {
	w := p.w
	l := &deliveryList{p: p, view: view.NewDeliveries(), tried: map[string]present.DeliverStep{}}
	l.view.OnAdd = func() { l.edit(deliver.Delivery{Source: p.e.source.ID}) }
	l.view.OnEdit = func(name string) { withName(l.list, name, l.edit) }
	l.view.OnEnable = func(name string, on bool) {
		l.update(changeOf(name, func(d *deliver.Delivery) { d.Disabled = !on }), func(*deliver.OwedFile) error { return nil }, w.complain)
	}
	l.view.OnRetry, l.view.OnForget = l.retry, l.forget
	l.render()
	l.read()
	l.show()
	return l
}

func (l *deliveryList) show() {
	w := l.p.w
	w.showList(fmt.Sprintf(texts.T.Delivery.ListTitle, l.p.e.source.Name), texts.T.Delivery.ListCaption, func() { w.choose(l.p.e) }, l.view.Object)
}

// read reads the lists in the background.
func (l *deliveryList) read() {
	w, id := l.p.w, l.p.e.source.ID
	go func() {
		list, err := deliver.NewFile(w.o.Settings).Load()
		var owed []deliver.Owed
		if err == nil {
			owed, err = deliver.NewOwedFile(w.o.Settings).Load()
		}
		rows := present.DeliveryRows(list, owed, deliver.Owed.Since, id, time.Local)
		w.later(func() {
			l.list, l.owed, l.rows, l.failure = list, owed, rows, err
			l.render()
		})
	}()
}

func (l *deliveryList) render() {
	m := view.DeliveriesModel{Rows: l.rows, Problem: present.Sentence(l.failure), Retrying: map[string]present.DeliverLine{}}
	for name, step := range l.tried {
		m.Retrying[name] = present.DeliverLineOf(step)
	}
	l.view.Render(m)
}

// update changes the list in the background, and then what is owed; done is called with what
// went wrong.
func (l *deliveryList) update(change func([]deliver.Delivery) ([]deliver.Delivery, error), owed func(*deliver.OwedFile) error, done func(error)) {
	w := l.p.w
	go func() {
		err := deliver.NewFile(w.o.Settings).Update(change)
		if err == nil {
			err = owed(deliver.NewOwedFile(w.o.Settings))
		}
		w.later(func() {
			done(err)
			l.read()
		})
	}()
}

// retry brings what a delivery owes.
func (l *deliveryList) retry(name string) {
	w, deliverer := l.p.w, l.p.w.o.Backend.(Deliverer)
	home := l.p.e.working().Home
	for _, d := range l.list {
		if d.Name != name || l.tried[name].Running {
			continue
		}
		step := present.DeliverStep{Delivery: d, Running: true}
		set := func(s present.DeliverStep) { w.later(func() { l.tried[name] = s; l.render() }) }
		set(step)
		go func() {
			told := time.Time{}
			_, err := deliver.NewOwedFile(w.o.Settings).Bring(name, func(folder string) error {
				r, err := deliverer.Deliver(w.ctx, d, folder, home, func(p deliver.Progress) {
					if now := time.Now(); now.Sub(told) >= tellProgress {
						told, step.Progress = now, p
						set(step)
					}
				})
				step.Done = &r
				return err
			})
			step.Running, step.Err = false, err
			set(step)
			w.later(l.read)
		}()
	}
}

// forget asks, and lets a delivery bring no more what is owed.
func (l *deliveryList) forget(name string) {
	w := l.p.w
	i := slices.IndexFunc(l.owed, func(o deliver.Owed) bool { return o.Delivery == name })
	if i < 0 {
		return
	}
	q := present.ForgettingOf(l.owed[i])
	w.confirm(q.Title, q.Text, q.Yes, func() {
		go func() {
			_, err := deliver.NewOwedFile(w.o.Settings).ForgetJobs(name, q.Jobs)
			w.later(func() {
				if err != nil && !errors.Is(err, deliver.ErrNotOwed) { // else another process was faster, which the list shows
					w.problem(err)
				}
				l.read()
			})
		}()
	})
}
