package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"sluice/deliver"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// scheduleTab is the tab with the schedules of a source at work.
type scheduleTab struct {
	p    *page
	view *view.Schedules    // nil until somebody has chosen the tab
	was  *schedule.Schedule // in the form; without a name if it is new; nil: the form is closed
	said present.Problems   // what was said to be wrong with the fields
}

// object makes the tab.
func (t *scheduleTab) object() fyne.CanvasObject {
	p := t.p
	t.view = view.NewSchedules(present.Zones(), p.e.source.Kind.Local())
	t.view.OnAdd = func() { t.open(schedule.Schedule{Source: p.e.source.ID}, present.NewSchedule(pipeline.LocalZone())) }
	t.view.OnEdit = func(name string) {
		if s, err := t.known().list.Named(name); err == nil {
			t.open(s, present.ScheduleInputOf(s))
		}
	}
	t.view.OnEnable = t.enable
	t.view.OnRun = func(name string) {
		t.known().do(name, func(ctx context.Context) error {
			_, err := t.known().runner.Now(ctx, name)
			return err
		})
	}
	t.view.OnPass = func(name string) {
		t.known().do(name, func(context.Context) error { return t.known().runner.Pass(name) })
	}
	t.view.Form.OnChange = t.changed
	t.view.Form.OnSave = t.save
	t.view.Form.OnCancel = t.close
	t.view.Form.OnBrowse = func(_ bool, done func(string)) { p.w.chooseFile(nil, done) }
	t.view.Form.OnRemove = t.remove
	return t.view.Object
}

// known is what is known of all schedules; nil if the window has none.
func (t *scheduleTab) known() *scheduler { return t.p.w.schedules }

func (t *scheduleTab) render() {
	k := t.known()
	if k == nil {
		return
	}
	k.fresh()
	m := view.SchedulesModel{Note: texts.T.Schedule.RunsHere, Open: t.was != nil}
	switch {
	case k.failure != nil:
		m.Note = texts.Error(k.failure)
	case k.by != "":
		m.Note = fmt.Sprintf(texts.T.Schedule.RunsElsewhere, k.by)
	}
	m.Rows = present.ScheduleRows(k.list, k.states, t.p.e.source.ID, t.p.w.o.Now())
	t.view.Render(m)
}

// open shows the form.
func (t *scheduleTab) open(s schedule.Schedule, in present.ScheduleInput) {
	if t.known() == nil {
		return
	}
	t.was, t.said = &s, nil
	t.view.Form.Fill(in)
	t.render()
	t.view.Form.FocusName(t.p.w.window.Canvas())
}

func (t *scheduleTab) close() {
	t.was = nil
	t.render()
}

// changed shows the next runs of what is typed. A field is complained about once it was
// sent.
func (t *scheduleTab) changed(in present.ScheduleInput) {
	if t.was == nil {
		return
	}
	_, next, wrong := present.ReadSchedule(in, *t.was, t.known().list, t.p.w.o.Now())
	t.said = t.said.Still(wrong)
	t.show(next, wrong, "")
}

// show shows the next runs or, where there are none, why: while a time is typed nothing else
// says what it lacks.
func (t *scheduleTab) show(next []string, wrong present.Problems, message string) {
	t.view.Form.Render(view.ScheduleFormModel{Editing: t.was.Name != "", Next: next, WhyNone: present.NoRunsWhy(wrong, t.said), Problems: t.said, Message: message})
}

func (t *scheduleTab) save(in present.ScheduleInput) {
	if t.was == nil {
		return
	}
	was := *t.was
	s, next, wrong := present.ReadSchedule(in, was, t.known().list, t.p.w.o.Now())
	if t.said = wrong; len(wrong) > 0 {
		t.show(next, wrong, "")
		t.view.Form.Focus(t.p.w.window.Canvas(), wrong.First())
		return
	}
	of := t.p.e.source
	t.known().update(func(l schedule.List) (schedule.List, error) {
		deliveries, err := deliver.NewFile(t.known().folder).Load()
		if err == nil && s.Redact != was.Redact {
			err = schedule.RedactedTwice(schedule.List{s}, of, deliveries)
		}
		if err != nil {
			return nil, err
		}
		i := l.Find(was.Name)
		if was.Name == "" || i < 0 {
			return append(l, s), nil
		}
		l[i] = s
		if s.Name != was.Name {
			return l, schedule.NewStateFile(t.known().folder).Rename(was.Name, s.Name)
		}
		return l, nil
	}, func(err error) {
		if err != nil {
			t.show(next, nil, present.Sentence(err))
			return
		}
		t.close()
	})
}

// remove asks, and takes the schedule out of the list.
func (t *scheduleTab) remove() {
	name, words := t.was.Name, texts.T.Schedule
	t.p.w.confirm(fmt.Sprintf(words.RemoveTitle, name), words.RemoveText, words.Remove, func() {
		t.known().update(func(l schedule.List) (schedule.List, error) {
			i := l.Find(name)
			if i < 0 {
				return l, nil
			}
			return append(l[:i:i], l[i+1:]...), schedule.NewStateFile(t.known().folder).Forget(name)
		}, func(err error) {
			if err != nil {
				t.p.w.problem(err)
				return
			}
			t.close()
		})
	})
}

// enable switches a schedule on or off. What lies before counts for nothing.
func (t *scheduleTab) enable(name string, on bool) {
	now := t.p.w.o.Now().UTC()
	t.known().update(func(l schedule.List) (schedule.List, error) {
		if i := l.Find(name); i >= 0 && l[i].Disabled == on {
			l[i].Disabled = !on
			if on {
				l[i].From = now
			}
		}
		return l, nil
	}, func(err error) {
		if err != nil {
			t.p.w.problem(err)
		}
	})
}
