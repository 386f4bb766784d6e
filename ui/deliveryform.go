package ui

import (
	"context"
	"errors"
	"fmt"

	"sluice/deliver"
	"sluice/listfile"
	"sluice/schedule"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// deliveryForm is the form of one delivery at work.
type deliveryForm struct {
	l    *deliveryList
	view *view.DeliveryForm
	was  deliver.Delivery // without a name if it is new
	said present.Problems
	m    view.DeliveryFormModel
	test int // the number of the last test
}

// edit shows the form of a delivery.
func (l *deliveryList) edit(d deliver.Delivery) {
	t, w := texts.T.Delivery, l.p.w
	f := &deliveryForm{l: l, view: view.NewDeliveryForm(), was: d, m: view.DeliveryFormModel{Editing: d.Name != ""}}
	f.view.OnSave, f.view.OnChange, f.view.OnTest, f.view.OnRemove, f.view.OnBrowse = f.save, f.changed, f.try, f.remove, w.browse
	title, in := t.AddTitle, present.NewDelivery()
	if d.Name != "" {
		title, in = fmt.Sprintf(t.EditTitle, d.Name), present.DeliveryInputOf(d)
	}
	f.view.Fill(in)
	f.view.Render(f.m)
	w.showPage(view.NewPanelPage(title, t.FormCaption, l.show, f.view.Object))
	f.view.FocusFirst(w.window.Canvas())
}

func (f *deliveryForm) read(in present.DeliveryInput, check bool) (deliver.Delivery, present.Problems) {
	rules := f.l.p.w.o.CheckRules
	if !check {
		rules = nil // they may stand in a file
	}
	return present.ReadDelivery(in, f.was, f.l.list, false, rules)
}

// changed takes back what was said of fields that are mended.
func (f *deliveryForm) changed(in present.DeliveryInput) {
	if len(f.said) == 0 && f.m.Message == "" {
		return
	}
	_, wrong := f.read(in, false)
	f.said, f.m.Message = f.said.Still(wrong), ""
	f.render()
}

func (f *deliveryForm) render() {
	f.m.Problems = f.said
	f.view.Render(f.m)
}

// right is the delivery that the form describes; not ok if something is wrong, which is said.
func (f *deliveryForm) right(in present.DeliveryInput) (d deliver.Delivery, ok bool) {
	d, f.said = f.read(in, true)
	if wrong := wrongPassphrase(d.SSHPassphrase); wrong != nil {
		f.said = append(f.said, *wrong)
	}
	f.m.Message = ""
	f.render()
	if len(f.said) > 0 {
		f.view.Focus(f.l.p.w.window.Canvas(), f.said.First())
	}
	return d, len(f.said) == 0
}

func (f *deliveryForm) save(in present.DeliveryInput) {
	d, ok := f.right(in)
	if !ok {
		return
	}
	name, w, of := f.was.Name, f.l.p.w, f.l.p.e.source
	f.l.update(func(list []deliver.Delivery) ([]deliver.Delivery, error) {
		schedules, err := schedule.NewFile(w.o.Settings).Load()
		if err == nil {
			err = schedule.RedactedTwice(schedules, of, []deliver.Delivery{d})
		}
		if err != nil {
			return nil, err
		}
		if name != "" && name != d.Name {
			list = listfile.Without(list, name)
		}
		if err := deliver.Apart(list, d); err != nil {
			return nil, err
		}
		return listfile.With(list, d), nil
	}, func(o *deliver.OwedFile) error { return o.Rename(name, d.Name) }, func(err error) {
		if err != nil {
			f.m.Message, f.m.Bad = present.DeliverError(err), true
			f.render()
			return
		}
		f.l.show()
	})
}

// try reaches the place, and writes nothing.
func (f *deliveryForm) try(in present.DeliveryInput) {
	d, ok := f.right(in)
	if !ok && f.said.Of(present.FieldPlace) != "" {
		return
	}
	f.said = nil // a name is not needed for it
	f.test++
	test, w := f.test, f.l.p.w
	f.m.Testing = true
	f.render()
	go func() {
		place, err := w.o.Backend.(Deliverer).ReachPlace(w.ctx, d)
		w.later(func() {
			if test != f.test || errors.Is(err, context.Canceled) {
				return
			}
			f.m.Testing, f.m.Bad, f.m.Message = false, err != nil, present.DeliverError(err)
			if err == nil {
				f.m.Message = fmt.Sprintf(texts.T.Delivery.Reachable, place)
			}
			f.render()
		})
	}()
}

// remove asks, and takes the delivery out of the list.
func (f *deliveryForm) remove() {
	t, name := texts.T.Delivery, f.was.Name
	f.l.p.w.confirm(fmt.Sprintf(t.RemoveTitle, name), t.RemoveText, t.Remove, func() {
		f.l.update(func(list []deliver.Delivery) ([]deliver.Delivery, error) { return listfile.Without(list, name), nil }, func(o *deliver.OwedFile) error { return o.Forget(name) }, func(err error) {
			if err != nil {
				f.l.p.w.problem(err)
				return
			}
			f.l.show()
		})
	})
}
