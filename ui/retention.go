package ui

import (
	"context"
	"fmt"
	"time"

	"sluice/deliver"
	"sluice/retention"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// Pruner is an engine whose home is kept within bounds.
type Pruner interface {
	// Prune removes what a policy lets go but for what lies in spared folders, and returns
	// what becomes of each export; with dry it removes nothing.
	Prune(ctx context.Context, policy retention.Policy, dry bool, spared ...string) ([]retention.Choice, error)
	// RemoveFiles removes the files of one job, if they lie in no spared folder.
	RemoveFiles(ctx context.Context, id int64, dry bool, spared ...string) (retention.Choice, error)
	Kept(ctx context.Context) (retention.Settings, error)
	SetKept(ctx context.Context, s retention.Settings) error
}

// keeping is the page with the bounds of a home at work.
type keeping struct {
	p       *page
	pruner  Pruner
	view    *view.Retention
	m       view.RetentionModel
	looked  retention.Settings // what the rows that are shown go by
	looking int                // the number of the last look
}

// showRetention shows the page. It tells at once what goes by the bounds that there are.
func (p *page) showRetention() {
	pruner, ok := p.e.engine.(Pruner)
	if !ok {
		return
	}
	k := &keeping{p: p, pruner: pruner, view: view.NewRetention()}
	k.view.OnChange, k.view.OnSave, k.view.OnPreview, k.view.OnPrune = k.changed, k.save, k.preview, k.ask
	k.render()
	p.w.showList(fmt.Sprintf(texts.T.Retention.Title, p.e.source.Name), texts.T.Retention.Caption, func() { p.w.choose(p.e) }, k.view.Object)
	k.view.FocusFirst(p.w.window.Canvas())
	background(p.e, pruner.Kept, func(s retention.Settings, err error) {
		if err != nil {
			k.say(present.Sentence(err), true)
			return
		}
		k.view.Fill(present.RetentionInputOf(s))
		k.look(s)
	})
}

func (k *keeping) render() { k.view.Render(k.m) }

func (k *keeping) say(text string, bad bool) {
	k.m.Message, k.m.Bad = text, bad
	k.render()
}

// changed takes back what was said, and what was shown: it goes by other bounds.
func (k *keeping) changed(in present.RetentionInput) {
	s, wrong := present.ReadRetention(in)
	k.m.Problems, k.m.Message = k.m.Problems.Still(wrong), ""
	k.m.CanPrune = len(wrong) == 0 && s == k.looked && goes(k.m.Rows)
	k.render()
}

// right are the bounds that are typed; not ok if something is wrong, which is said.
func (k *keeping) right(in present.RetentionInput) (s retention.Settings, ok bool) {
	s, k.m.Problems = present.ReadRetention(in)
	k.m.Message = ""
	k.render()
	if len(k.m.Problems) > 0 {
		k.view.Focus(k.p.w.window.Canvas(), k.m.Problems.First())
	}
	return s, len(k.m.Problems) == 0
}

func (k *keeping) preview(in present.RetentionInput) {
	if s, ok := k.right(in); ok {
		k.look(s)
	}
}

// look finds out what goes by bounds.
func (k *keeping) look(s retention.Settings) {
	k.looking++
	round := k.looking
	k.m.Looking, k.m.CanPrune = true, false
	k.render()
	k.prune(s, true, func(choices []retention.Choice, err error) {
		if round != k.looking {
			return
		}
		k.m.Looking = false
		if err != nil {
			k.say(present.Sentence(err), true)
			return
		}
		k.show(choices)
		k.looked = s
		k.m.CanPrune = goes(k.m.Rows)
		k.render()
	})
}

// show shows what becomes of exports.
func (k *keeping) show(choices []retention.Choice) {
	var total present.RetentionTotal
	k.m.Rows, total = present.RetentionRows(choices, time.Local)
	k.m.Says = total.Says(len(choices))
}

// goes reports whether any of the exports goes.
func goes(rows []present.RetentionRow) bool {
	for _, r := range rows {
		if r.Goes {
			return true
		}
	}
	return false
}

// prune holds the home to bounds, or tells what that would do. What a delivery owes stays.
func (k *keeping) prune(s retention.Settings, dry bool, done func([]retention.Choice, error)) {
	settings := k.p.w.o.Settings
	background(k.p.e, func(ctx context.Context) ([]retention.Choice, error) {
		policy, err := s.Policy()
		if err != nil {
			return nil, err
		}
		owed, err := owedFolders(settings)
		if err != nil {
			return nil, err
		}
		return k.pruner.Prune(ctx, policy, dry, owed...)
	}, done)
}

// owedFolders are those of the jobs that deliveries have to bring yet; "" for settings are none.
func owedFolders(settings string) ([]string, error) {
	if settings == "" {
		return nil, nil
	}
	return deliver.NewOwedFile(settings).Folders()
}

// save keeps the bounds as those of the home.
func (k *keeping) save(in present.RetentionInput) {
	s, ok := k.right(in)
	if !ok {
		return
	}
	background(k.p.e, func(ctx context.Context) (bool, error) { return true, k.pruner.SetKept(ctx, s) }, func(_ bool, err error) {
		if err != nil {
			k.say(present.Sentence(err), true)
			return
		}
		k.say(texts.T.Retention.Saved, false)
		k.look(s)
	})
}

// ask asks before what is shown is removed.
func (k *keeping) ask(in present.RetentionInput) {
	s, ok := k.right(in)
	if !ok || s != k.looked || !goes(k.m.Rows) {
		return
	}
	var n int64
	for _, r := range k.m.Rows {
		if r.Goes {
			n++
		}
	}
	t := texts.T.Retention
	k.p.w.confirm(t.DeleteTitle, k.m.Says+" "+t.DeleteText, t.DeleteNow.Of(n), func() { k.remove(s) })
}

// remove removes what goes.
func (k *keeping) remove(s retention.Settings) {
	k.m.Pruning = true
	k.render()
	k.prune(s, false, func(choices []retention.Choice, err error) {
		k.m.Pruning, k.m.CanPrune = false, false
		_, total := present.RetentionRows(choices, time.Local)
		k.show(choices)
		k.say(texts.T.Retention.Gone.Of(total.Goes, present.Size(total.GoesBytes), present.Size(total.KeptBytes)), false)
		if err != nil {
			k.say(present.Sentence(err), true)
		}
		k.p.e.loadPast()
		k.p.files.load(0)
	})
}

// prunes reports whether the home of the source is kept within bounds here.
func (p *page) prunes() bool { return p.e.prunes() }

func (e *entry) prunes() bool {
	_, ok := e.engine.(Pruner)
	return ok && e.source.Kind.Local()
}
