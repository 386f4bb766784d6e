package present

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/visible"
)

// TrayState is what the status icon of the desktop shows, by its shape and by its colour.
type TrayState string

// The states, each with a drawing of its name.
const (
	TrayFine    TrayState = "fine"
	TrayRunning TrayState = "running"
	TrayCaution TrayState = "caution" // a job may be stuck, takes too long, or was interrupted
	TrayToken   TrayState = "token"
	TrayFailed  TrayState = "failed" // a job failed, or a source cannot be opened or reached
)

// TrayStates lists all.
func TrayStates() []TrayState {
	return []TrayState{TrayFine, TrayRunning, TrayCaution, TrayToken, TrayFailed}
}

// TrayAct is what an item of the menu of the status icon does.
type TrayAct string

// What they do. No two items of a menu do the same to the same.
const (
	TrayLine   TrayAct = ""       // nothing: it is a line between others
	TraySource TrayAct = "source" // nothing: it opens the menu of a source
	TrayBoard  TrayAct = "board"
	TrayMore   TrayAct = "more" // shows the board, on which all sources are
	TrayOpen   TrayAct = "open"
	TraySignIn TrayAct = "token"
	TrayStart  TrayAct = "start"
	TrayCancel TrayAct = "cancel"
	TrayPlan   TrayAct = "plan" // shows a schedule
	TrayShow   TrayAct = "show"
	TrayQuit   TrayAct = "quit"
)

// TrayItem is an item of the menu of the status icon.
type TrayItem struct {
	Act   TrayAct
	ID    string // of the source, or the name of the schedule, that it is about; "" of others
	Text  string
	Items []TrayItem // the menu that it opens
}

// Tray is the status icon of the desktop with its menu.
type Tray struct {
	State TrayState
	Says  string // how the sources stand, in a line
	Items []TrayItem
	Care  int // how many sources need a look
	// Percent is how far the exports are that run on this computer; -1 if none tells.
	Percent int
}

// Bounds of the menu: a panel cuts what has no room, or shows none of it.
const (
	traySources  = 10
	trayRuns     = 3
	longestTray  = 80
	longestNamed = 40
)

// NextRun is when a schedule runs next.
type NextRun struct {
	At               time.Time // in its own zone
	Schedule, Source string    // their names
}

// NextRuns are the next runs of schedules, one of each, the soonest first. named gives
// the name of the source of a schedule.
func NextRuns(list schedule.List, states map[string]schedule.State, named func(schedule.Schedule) string, now time.Time) (runs []NextRun) {
	for _, s := range list {
		plan, err := s.Plan()
		if err != nil || s.Disabled {
			continue
		}
		at := plan.Next(now)
		if retry := states[s.Name].Retry; retry != nil && retry.At.After(now) && (at.IsZero() || retry.At.Before(at)) {
			at = retry.At.In(plan.Place)
		}
		if !at.IsZero() {
			runs = append(runs, NextRun{at, s.Name, named(s)})
		}
	}
	slices.SortStableFunc(runs, func(a, b NextRun) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Schedule, b.Schedule)) })
	return runs
}

// words say when which schedule of which source runs.
func (r NextRun) words() string {
	return Joined(RunWords([]time.Time{r.At})[0], named(r.Schedule), named(r.Source))
}

// named is a name from outside as it stands in the menu.
func named(s string) string { return texts.Cut(visible.Line(s), longestNamed) }

// labelled is a source with its state in a line. Each part is cut by itself where it is too long:
// a line that is cut as a whole says twice how much is missing, and loses the state.
func labelled(name, state string) string { return named(name) + ": " + named(state) }

// TrayOf builds the status icon of all sources, of which the board tells, too.
func TrayOf(members []Member, b Board, runs []NextRun) Tray {
	t := Tray{State: TrayFine, Says: b.Line.Word, Percent: percentOf(members)}
	if len(members) == 0 {
		t.Says = texts.T.Rail.Empty
	}
	for _, r := range b.Rows {
		if r.Standing.NeedsCare() {
			t.Care++
		}
	}
	if len(b.Rows) > 0 {
		worst := b.Rows[0]
		if t.State = trayState(worst); t.State != TrayFine {
			t.Says = Joined(t.Says, labelled(worst.Name, worst.Sign.Word))
		}
	}
	t.Items = []TrayItem{{Act: TrayBoard, Text: t.Says}}
	t.add(sourceItems(members, b)...)
	var plans []TrayItem
	for _, r := range runs[:min(len(runs), trayRuns)] {
		plans = append(plans, TrayItem{Act: TrayPlan, ID: r.Schedule, Text: fmt.Sprintf(texts.T.Tray.Next, r.words())})
	}
	t.add(plans...)
	t.add(TrayItem{Act: TrayShow, Text: texts.T.Tray.Show}, TrayItem{Act: TrayQuit, Text: texts.T.Tray.Quit})
	return t
}

// add puts items below a line.
func (t *Tray) add(items ...TrayItem) {
	if len(items) > 0 {
		t.Items = append(append(t.Items, TrayItem{}), items...)
	}
}

// trayState is the state of the source that stands worst.
func trayState(worst BoardRow) TrayState {
	switch {
	case worst.SignIn:
		return TrayToken
	case worst.Standing.NeedsCare() && worst.Sign.Tone == tone.Bad:
		return TrayFailed
	case worst.Standing.NeedsCare():
		return TrayCaution
	case worst.Standing.InProgress():
		return TrayRunning
	}
	return TrayFine
}

// sourceItems are the sources, the worst first, each with a menu of what can be done.
func sourceItems(members []Member, b Board) (items []TrayItem) {
	byID := map[string]Member{}
	for _, m := range members {
		byID[m.ID] = m
	}
	for i, r := range b.Rows {
		if left := len(b.Rows) - i; i == traySources && left > 0 {
			return append(items, TrayItem{Act: TrayMore, Text: texts.T.Tray.More.Of(int64(left))})
		}
		m := byID[r.ID]
		text := labelled(m.Name, m.Sign().Word)
		items = append(items, TrayItem{Act: TraySource, ID: m.ID, Text: text, Items: m.trayItems()})
	}
	return items
}

// trayItems are what can be done with a source.
func (m Member) trayItems() []TrayItem {
	items := []TrayItem{{Act: TrayOpen, ID: m.ID, Text: texts.T.Board.OpenSource}}
	if m.SignIn() {
		items = append(items, TrayItem{Act: TraySignIn, ID: m.ID, Text: texts.T.Board.EnterToken})
	}
	if m.Taking != nil && m.Taking.Running() {
		return append(items, TrayItem{Act: TrayCancel, ID: m.ID, Text: texts.T.Take.CancelNow})
	}
	if !m.Open || m.Taking != nil {
		return items
	}
	controls := controlsOf(m.In)
	if controls.Start {
		items = append(items, TrayItem{Act: TrayStart, ID: m.ID, Text: texts.T.New.Start})
	}
	if controls.Cancel {
		text := texts.T.New.Cancel
		if _, ask := CancelQuestion(m.In); ask {
			text += "…"
		}
		items = append(items, TrayItem{Act: TrayCancel, ID: m.ID, Text: text})
	}
	return items
}

// doneOf is how far an export on this computer is, from 0 to 1; -1 if that is not known.
func doneOf(in Inputs) float64 {
	if !in.State.Job.Running() || !in.Kind.Local() || in.State.Job.Status != pipeline.Started {
		return -1
	}
	return share(in.Progress.Done, in.Progress.Total)
}

// percentOf is how far the exports of all sources are on the average; -1 if none tells.
func percentOf(members []Member) int {
	sum, n := 0.0, 0
	for _, m := range members {
		if done := doneOf(m.In); m.Open && m.Taking == nil && done >= 0 {
			sum, n = sum+done, n+1
		}
	}
	if n == 0 {
		return -1
	}
	return int(100 * sum / float64(n))
}

// TitleWords are the words about a source in the title of the window: its state, how far it
// is, and how many of the others need a look.
func TitleWords(word string, in Inputs, others int) string {
	percent, care := "", ""
	if done := doneOf(in); done >= 0 {
		percent = fmt.Sprintf(texts.T.Status.Percent, int(100*done))
	}
	if others > 0 {
		care = texts.T.Tray.Others.Of(int64(others))
	}
	return Joined(word, percent, care)
}

// QuitSchedules is what is asked before schedules stop with the program.
func QuitSchedules(runs []NextRun) Question {
	t := texts.T.Tray
	q := Question{Title: t.QuitTitle, Text: t.QuitText, Yes: t.QuitNow}
	if len(runs) > 0 {
		q.Text += " " + fmt.Sprintf(t.QuitNext, runs[0].words())
	}
	return q
}
