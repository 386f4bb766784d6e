package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
	"sluice/visible"
)

// notices are what the desktop is told of, as far as nobody looks at the window.
type notices struct {
	front atomic.Bool // the window has the keyboard, as far as is known
	stuck map[string]int64
	// runs are how the runs of each schedule stood; nil: that was not read yet.
	runs map[string]schedule.State
}

// watchFront follows whether the window is in front of the others.
func (w *Window) watchFront() {
	life := w.o.App.Lifecycle()
	life.SetOnEnteredForeground(func() {
		w.notices.front.Store(true)
		w.o.Logger.Debug("in front")
	})
	life.SetOnExitedForeground(func() {
		w.notices.front.Store(false)
		w.o.Logger.Debug("behind others")
	})
}

// told is the part of the settings about who is told.
func (w *Window) told() fyne.CanvasObject {
	var open func()
	if w.hooksPossible() {
		open = func() {
			w.unpop()
			w.showHooks()
		}
	}
	return view.NewTold(!w.prefs.Silent, w.prefs.Runs, func(on bool) {
		w.prefs.Silent = !on
		w.save()
	}, func(on bool) {
		w.prefs.Runs = on
		w.save()
	}, open)
}

// longestNotice is how many characters a notification says below its title.
const longestNotice = 300

// plain takes from a text what desktops read as markup in a notification.
var plain = strings.NewReplacer("<", "‹", ">", "›", "&", "＆")

// announce tells the desktop something, unless somebody looks at the window, or nobody wants to
// be told. Titles and texts may come from outside.
func (w *Window) announce(title, text string) {
	if w.prefs.Silent || w.notices.front.Load() && !w.unseen() {
		return
	}
	title, text = texts.Cut(visible.Line(title), longestTitle), texts.Cut(visible.Line(plain.Replace(text)), longestNotice)
	w.o.Logger.Debug("notification", "title", title)
	if w.o.Notify != nil {
		w.o.Notify(title, text)
		return
	}
	w.o.App.SendNotification(fyne.NewNotification(title, text))
}

// notify tells the desktop that a long job has ended.
func (w *Window) notify(name string, job pipeline.Job) {
	rows := ""
	if s := job.Statistics; s != nil && s.WrittenRows >= 0 {
		rows = texts.T.App.NoticeRows.Of(s.WrittenRows)
	}
	text := present.Joined(fmt.Sprintf(texts.T.Status.Job, job.ID), present.Span(job.Duration(w.o.Now())), rows)
	w.announce(name+": "+present.SignOfJob(job).Word, text)
}

// notifyTaken tells the desktop that a long taking of a snapshot has ended.
func (w *Window) notifyTaken(name string, err error) {
	text := texts.T.Take.NoticeDone
	if err != nil {
		text = texts.T.Take.NoticeFailed
	}
	w.announce(texts.T.App.Name, fmt.Sprintf(text, name))
}

// notifyStuck tells the desktop once of a job that seems to be stuck.
func (w *Window) notifyStuck(e *entry, s pipeline.State) {
	if !s.Stuck || !s.Job.Running() {
		return
	}
	if w.notices.stuck == nil {
		w.notices.stuck = map[string]int64{}
	}
	if w.notices.stuck[e.source.ID] == s.Job.ID {
		return
	}
	w.notices.stuck[e.source.ID] = s.Job.ID
	text := texts.Elsewhere(s.StuckReason)
	if text == "" {
		text = fmt.Sprintf(texts.T.Hook.StuckText, s.Job.ID)
	}
	w.announce(fmt.Sprintf(texts.T.Hook.StuckTitle, e.source.Name), text)
}

// knowRuns notes how the last runs ended before this window looks: they are not told.
func (w *Window) knowRuns(states map[string]schedule.State) {
	w.notices.runs = map[string]schedule.State{}
	maps.Copy(w.notices.runs, states)
}

// notifyRuns tells the desktop of runs of schedules that have failed or were missed since it
// was looked last, and of others where somebody wants that, whoever runs them.
func (w *Window) notifyRuns(list schedule.List, states map[string]schedule.State) {
	before := w.notices.runs
	if before == nil {
		return
	}
	w.knowRuns(states)
	for _, name := range slices.Sorted(maps.Keys(states)) {
		i := list.Find(name)
		if i < 0 {
			continue
		}
		for _, r := range newResults(before[name], states[name]) {
			title, says := runTitle(r.Outcome), texts.InForm(texts.Elsewhere(r.Says))
			if r.Outcome == schedule.Completed && w.prefs.Runs {
				title, says = texts.T.Hook.DoneTitle, present.RunSays(r)
			}
			if title != "" {
				w.announce(fmt.Sprintf(title, w.sourceName(list[i])), fmt.Sprintf(texts.T.Hook.ScheduleSays, name, says))
			}
		}
	}
}

// newResults are the results that a state has and an earlier one has not: the last, and a
// failure before it, which a run that made up for it at once has followed.
func newResults(before, now schedule.State) (list []schedule.Result) {
	isNew := func(r, was *schedule.Result) bool { return r != nil && (was == nil || !r.Ended.Equal(was.Ended)) }
	if f := now.LastFailure; isNew(f, before.LastFailure) && isNew(f, now.Last) && isNew(f, before.Last) {
		list = append(list, *f)
	}
	if isNew(now.Last, before.Last) {
		list = append(list, *now.Last)
	}
	return list
}

// runTitle is what a notification says of how a run ended; "" if it says nothing unless it is
// asked to.
func runTitle(o schedule.Outcome) string {
	t := texts.T.Hook
	switch o {
	case schedule.Completed, schedule.Cancelled:
		return ""
	case schedule.WasMissed:
		return t.MissedTitle
	case schedule.Refused:
		return t.TriedTitle
	}
	return t.FailedTitle
}

// sourceName is what the source of a schedule is called.
func (w *Window) sourceName(s schedule.Schedule) string { return s.Of(w.prefs.Sources) }

// tellsOfRun reports whether the end of a job is told as that of the run of a schedule.
func (w *Window) tellsOfRun(job pipeline.Job) bool {
	return w.schedules != nil && pipeline.ScheduleOf(job.StartedBy) != "" && (job.Status != pipeline.Completed || w.prefs.Runs)
}
