package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sluice/deliver"
	"sluice/listfile"
	"sluice/pipeline"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// Deliverer is the part of the Backend that brings finished jobs to where they are used. A
// Backend that does not implement it delivers nothing.
type Deliverer interface {
	// Deliver brings the finished job in a folder of a home. The error is one sentence for
	// people. progress is called often, from the goroutine of the caller.
	Deliver(ctx context.Context, d deliver.Delivery, from, home string, progress func(deliver.Progress)) (deliver.Result, error)
	// ReachPlace reaches the place of a delivery, writes nothing, and returns what it is called.
	ReachPlace(ctx context.Context, d deliver.Delivery) (string, error)
}

// tellProgress is how often it is told how far a delivery is.
const tellProgress = 100 * time.Millisecond

// delivering is the delivery of a job of a source at work. It goes on when its page is left.
type delivering struct {
	p     *page
	view  *view.Deliver // nil: the page is not open
	job   pipeline.Job
	known []deliver.Delivery // of the source
	read  bool               // they were
	steps []present.DeliverStep
	said  present.Problems
	says  string
	stop  context.CancelFunc // nil while nothing is delivered
}

// delivers reports whether files of a job can be brought somewhere.
func (p *page) delivers(job pipeline.Job) bool {
	_, ok := p.w.o.Backend.(Deliverer)
	return ok && p.w.o.Settings != "" && p.e.source.Kind.Local() && job.Status == pipeline.Completed && p.folder(job) != ""
}

// deliver opens the page that delivers a job. While one is delivered its page is shown.
func (p *page) deliver(job pipeline.Job) {
	d := p.delivery
	if !p.delivers(job) && d.stop == nil {
		return
	}
	if d.stop == nil {
		d.job, d.steps, d.said, d.says = job, nil, nil, ""
	}
	d.open()
}

// open shows the page.
func (d *delivering) open() {
	w := d.p.w
	v := view.NewDeliver()
	v.OnStart, v.OnStop, v.OnChange, v.OnBrowse = d.start, d.cancel, d.changed, w.browse
	d.view, d.read = v, false
	d.render()
	d.readList()
	w.showList(fmt.Sprintf(texts.T.Delivery.Title, d.job.ID), texts.T.Delivery.Caption, func() {
		d.view = nil
		w.choose(d.p.e)
	}, v.Object)
}

// readList reads the list of deliveries in the background.
func (d *delivering) readList() {
	w, v := d.p.w, d.view
	go func() {
		list, err := deliver.NewFile(w.o.Settings).Load()
		w.later(func() {
			if v != d.view {
				return
			}
			d.known, d.read = nil, true
			for _, one := range list {
				if one.Source == d.p.e.source.ID {
					d.known = append(d.known, one)
				}
			}
			if err != nil {
				d.says = present.Sentence(err)
			}
			d.render()
		})
	}()
}

func (d *delivering) render() {
	if d.view == nil {
		return
	}
	m := view.DeliverModel{Known: present.DeliveryRows(d.known, nil, nil, d.p.e.source.ID, time.Local), Read: d.read, Running: d.stop != nil, Problems: d.said, Message: d.says}
	for _, s := range d.steps {
		m.Steps = append(m.Steps, present.DeliverLineOf(s))
	}
	d.view.Render(m)
}

// fresh understands the new place.
func (d *delivering) fresh() (deliver.Delivery, present.Problems) {
	return present.ReadDelivery(d.view.Input(), deliver.Delivery{Source: d.p.e.source.ID}, d.known, true, d.p.w.o.CheckRules)
}

// changed takes back what was said of fields that are mended.
func (d *delivering) changed() {
	if d.view == nil {
		return
	}
	d.says = ""
	if len(d.said) > 0 {
		_, wrong := d.fresh()
		d.said = d.said.Still(wrong)
	}
	d.render()
}

// start delivers to what is chosen.
func (d *delivering) start() {
	if d.view == nil || d.stop != nil {
		return
	}
	names, fresh := d.view.Chosen()
	var steps []present.DeliverStep
	for _, one := range d.known {
		for _, name := range names {
			if one.Name == name {
				steps = append(steps, present.DeliverStep{Delivery: one})
			}
		}
	}
	d.said, d.says = nil, ""
	if fresh {
		one, wrong := d.fresh()
		if p := wrongPassphrase(one.SSHPassphrase); p != nil {
			wrong = append(wrong, *p)
		}
		if d.said = wrong; len(wrong) > 0 {
			d.render()
			d.view.Focus(d.p.w.window.Canvas(), wrong.First())
			return
		}
		steps = append(steps, present.DeliverStep{Delivery: one})
		d.keep(one)
	}
	if len(steps) == 0 {
		d.says = texts.T.Delivery.NoneChosen
		d.render()
		return
	}
	d.steps = steps
	var ctx context.Context
	ctx, d.stop = context.WithCancel(d.p.w.ctx)
	d.view.Top()
	d.render()
	go d.run(ctx, d.steps, d.p.folder(d.job), d.p.e.working().Home)
}

// keep puts a new place that got a name into the list.
func (d *delivering) keep(one deliver.Delivery) {
	if one.Name == "" {
		return
	}
	w := d.p.w
	go func() {
		err := deliver.NewFile(w.o.Settings).Update(func(l []deliver.Delivery) ([]deliver.Delivery, error) {
			if err := deliver.Apart(l, one); err != nil {
				return nil, err
			}
			return listfile.With(l, one), nil
		})
		w.later(func() {
			if err != nil {
				d.says = present.Sentence(err)
			}
			d.render()
		})
	}()
}

// run makes the deliveries one after the other: one that fails keeps none of the others from
// it. It runs beside the UI goroutine, which alone changes the steps.
func (d *delivering) run(ctx context.Context, steps []present.DeliverStep, from, home string) {
	w := d.p.w
	deliverer := w.o.Backend.(Deliverer)
	owed := deliver.NewOwedFile(w.o.Settings)
	for i := range steps {
		one := steps[i].Delivery
		w.later(func() { d.steps[i].Running = true; d.render() })
		told := time.Time{}
		r, err := deliverer.Deliver(ctx, one, from, home, func(p deliver.Progress) {
			if now := time.Now(); now.Sub(told) >= tellProgress {
				told = now
				w.later(func() { d.steps[i].Progress = p; d.render() })
			}
		})
		if err == nil && one.Name != "" {
			err = owed.Settle(one.Name, from)
		}
		w.later(func() {
			d.steps[i].Running, d.steps[i].Err = false, err
			if err == nil {
				d.steps[i].Done = &r
			}
			d.render()
		})
	}
	w.later(d.ended)
}

// ended says how it went, where the page is not in sight.
func (d *delivering) ended() {
	d.stop()
	d.stop = nil
	d.render()
	word := texts.T.Delivery.NoticeDone
	for _, s := range d.steps {
		if errors.Is(s.Err, context.Canceled) {
			return
		}
		if s.Err != nil {
			word = texts.T.Delivery.NoticeFailed
		}
	}
	says := fmt.Sprintf(word, d.job.ID)
	d.p.jobs.say(says)
	d.p.w.announce(d.p.e.source.Name, says)
}

// cancel stops what is delivered.
func (d *delivering) cancel() {
	if d.stop != nil {
		d.stop()
	}
}
