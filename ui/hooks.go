package ui

import (
	"context"
	"fmt"
	"maps"

	"sluice/hooks"
	"sluice/listfile"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// HookCaller is the part of the Backend that calls hooks. A Backend that does not implement it
// has none.
type HookCaller interface {
	// CallHook calls a hook, and returns when it has answered. The error is one sentence for
	// people, without a secret.
	CallHook(ctx context.Context, h hooks.Hook, e hooks.Event) error
}

// hookList is the page with the hooks at work.
type hookList struct {
	w       *Window
	caller  HookCaller
	view    *view.Hooks
	list    []hooks.Hook
	failure error
	trying  map[string]bool
	answers map[string]view.HookAnswer
	back    func()
}

// hooksPossible reports whether there can be hooks.
func (w *Window) hooksPossible() bool {
	_, ok := w.o.Backend.(HookCaller)
	return ok && w.o.Settings != ""
}

// showHooks shows the page, where there can be hooks.
func (w *Window) showHooks() *hookList {
	caller := w.o.Backend.(HookCaller)
	l := &hookList{w: w, caller: caller, view: view.NewHooks(), trying: map[string]bool{}, answers: map[string]view.HookAnswer{}, back: w.wayBack()}
	l.view.OnAdd = func() { l.edit(hooks.Hook{}) }
	l.view.OnEdit = func(name string) { withName(l.list, name, l.edit) }
	l.view.OnTry = func(name string) { withName(l.list, name, l.try) }
	l.view.OnEnable = func(name string, on bool) {
		l.update(changeOf(name, func(h *hooks.Hook) { h.Disabled = !on }), w.complain)
	}
	l.render()
	l.read()
	l.show()
	return l
}

// wayBack goes back to what the window shows now.
func (w *Window) wayBack() func() {
	if s := w.settings; s != nil && w.frame.Shows(s.view.Object) {
		return func() { w.showPage(s.view.Object) }
	}
	if w.board.shown {
		return w.showBoard
	}
	if w.csv != nil && w.csv.shown {
		return w.showCSV
	}
	if e := w.chosen; e != nil {
		return func() { w.choose(e) }
	}
	if len(w.entries) > 0 {
		e := w.entries[0]
		return func() { w.choose(e) }
	}
	return w.showWelcome
}

func (l *hookList) show() {
	t := texts.T.Hook
	l.w.showList(t.Title, t.Caption, l.back, l.view.Object)
}

// read reads the list in the background.
func (l *hookList) read() {
	go func() {
		list, err := hooks.NewFile(l.w.o.Settings).Load()
		l.w.later(func() {
			l.list, l.failure = list, err
			l.render()
		})
	}()
}

func (l *hookList) render() {
	l.view.Render(view.HooksModel{Rows: present.HookRows(l.list), Problem: present.Sentence(l.failure), Trying: maps.Clone(l.trying), Answers: maps.Clone(l.answers)})
}

// update changes the list in the background; done is called with what went wrong.
func (l *hookList) update(change func([]hooks.Hook) ([]hooks.Hook, error), done func(error)) {
	go func() {
		err := hooks.NewFile(l.w.o.Settings).Update(change)
		l.w.later(func() {
			done(err)
			l.read()
		})
	}()
}

// try calls a hook with an event that says that it is none, and tells what it answers.
func (l *hookList) try(h hooks.Hook) {
	if l.trying[h.Name] {
		return
	}
	l.trying[h.Name] = true
	delete(l.answers, h.Name)
	l.render()
	event := hooks.TestEvent(l.w.o.Now(), texts.T.Hook.TestSays)
	go func() {
		err := l.caller.CallHook(l.w.ctx, h, event)
		l.w.later(func() {
			delete(l.trying, h.Name)
			l.answers[h.Name] = view.HookAnswer{Says: texts.T.Hook.Tried}
			if err != nil {
				l.answers[h.Name] = view.HookAnswer{Says: present.Sentence(err), Bad: true}
			}
			l.render()
		})
	}()
}

// hookForm is the form of one hook at work.
type hookForm struct {
	l    *hookList
	view *view.HookForm
	was  hooks.Hook
	m    view.HookFormModel
}

// edit shows the form of a hook.
func (l *hookList) edit(h hooks.Hook) {
	t := texts.T.Hook
	f := &hookForm{l: l, was: h, view: view.NewHookForm(h.SecretFile != "", h.URLFile != ""), m: view.HookFormModel{Editing: h.Name != ""}}
	title, in := t.AddTitle, present.NewHook()
	if h.Name != "" {
		title, in = fmt.Sprintf(t.EditTitle, h.Name), present.HookInputOf(h)
	}
	f.view.Fill(in)
	f.view.OnSave, f.view.OnChange, f.view.OnRemove = f.save, f.changed, f.remove
	f.view.Render(f.m)
	l.w.showPage(view.NewPanelPage(title, t.Caption, l.show, f.view.Object))
	f.view.FocusFirst(l.w.window.Canvas())
}

// changed takes back what was said of fields that are mended.
func (f *hookForm) changed(in present.HookInput) {
	if len(f.m.Problems) == 0 && f.m.Message == "" {
		return
	}
	_, wrong := present.ReadHook(in, f.was, f.l.list)
	f.m.Problems, f.m.Message = f.m.Problems.Still(wrong), ""
	f.view.Render(f.m)
}

// save keeps the hook, and its key in a file of its own.
func (f *hookForm) save(in present.HookInput) {
	h, wrong := present.ReadHook(in, f.was, f.l.list)
	if f.m.Problems = wrong; len(wrong) > 0 {
		f.view.Render(f.m)
		f.view.Focus(f.l.w.window.Canvas(), wrong.First())
		return
	}
	folder, was := f.l.w.o.Settings, f.was
	f.l.update(func(list []hooks.Hook) ([]hooks.Hook, error) {
		if in.ByURL && !in.Key.Empty() {
			path, err := hooks.KeepKey(folder, h.Name, in.Key)
			if err != nil {
				return nil, err
			}
			h.SecretFile = path
		}
		if was.SecretFile != "" && was.SecretFile != h.SecretFile {
			if err := hooks.ForgetKey(folder, was); err != nil {
				return nil, err
			}
		}
		if err := h.Validate(); err != nil {
			return nil, err
		}
		if was.Name != "" && was.Name != h.Name {
			list = listfile.Without(list, was.Name)
		}
		return listfile.With(list, h), nil
	}, func(err error) {
		if err != nil {
			f.m.Message = present.Sentence(err)
			f.view.Render(f.m)
			return
		}
		delete(f.l.answers, h.Name)
		f.l.show()
	})
}

// remove asks, and takes the hook out of the list.
func (f *hookForm) remove() {
	t, was := texts.T.Hook, f.was
	f.l.w.confirm(fmt.Sprintf(t.RemoveTitle, was.Name), t.RemoveText, t.Remove, func() {
		f.l.update(func(list []hooks.Hook) ([]hooks.Hook, error) {
			return listfile.Without(list, was.Name), hooks.ForgetKey(f.l.w.o.Settings, was)
		}, func(err error) {
			if err != nil {
				f.l.w.problem(err)
				return
			}
			f.l.show()
		})
	})
}
