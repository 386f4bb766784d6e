package present

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
)

// trayOf is the tray of some sources.
func trayOf(runs []NextRun, members ...Member) Tray {
	return TrayOf(members, BoardOf(members, now), runs)
}

// menuOf writes a menu as a line: its items, each with the menu that it opens.
func menuOf(items []TrayItem) string {
	var words []string
	for _, i := range items {
		switch {
		case i.Act == TrayLine:
			words = append(words, "—")
		case len(i.Items) > 0:
			words = append(words, fmt.Sprintf("%s [%s]", i.Text, menuOf(i.Items)))
		default:
			words = append(words, i.Text)
		}
	}
	return strings.Join(words, " / ")
}

// localAt is a snapshot whose job has done so many of a hundred.
func localAt(name string, done int64) Member {
	m := member(name, known(pipeline.Started))
	m.In.Kind = source.KindSnapshot
	m.In.State.Job.StartTime = pipeline.At(now.Add(-3 * time.Second))
	m.In.Progress = pipeline.Progress{Done: done, Total: 100}
	return m
}

func TestTrayStatesAndMenus(t *testing.T) {
	stuck := known(pipeline.Started)
	stuck.Stuck = true
	long := member("long", known(pipeline.Started))
	long.In.State.Job.StartTime = pipeline.At(now.Add(-2 * time.Hour))
	locked := member("locked", pipeline.State{})
	locked.Open, locked.Failure = false, source.ErrNoSecret
	broken := Member{ID: "broken", Name: "broken", In: Inputs{Kind: source.KindSnapshot, Now: now}, Failure: errors.New("it is no SQLite file")}
	fine := member("fine", known(pipeline.Completed))
	for name, test := range map[string]struct {
		members []Member
		state   TrayState
		says    string
		menu    string // of the worst
		care    int
		percent int
	}{
		"nothing":        {nil, TrayFine, "No sources yet", "", 0, -1},
		"fine":           {[]Member{fine}, TrayFine, "All fine", "Open / Start export", 0, -1},
		"a server runs":  {[]Member{fine, long}, TrayRunning, "1 at work · long: Started", "Open / Cancel export…", 0, -1},
		"just begun":     {[]Member{localAt("snap", 42)}, TrayRunning, "1 at work · snap: Started", "Open / Cancel export", 0, 42},
		"two run":        {[]Member{localAt("a", 10), localAt("b", 60), long}, TrayRunning, "3 at work · a: Started", "Open / Cancel export", 0, 35},
		"failed":         {[]Member{fine, member("bad", known(pipeline.Failed)), long}, TrayFailed, "1 needs a look · bad: Failed", "Open / Start export", 1, -1},
		"stuck":          {[]Member{member("stuck", stuck), fine}, TrayCaution, "1 needs a look · stuck: May be stuck", "Open / Cancel export", 1, -1},
		"a token lacks":  {[]Member{member("bad", known(pipeline.Failed)), locked}, TrayToken, "2 need a look · locked: Sign-in needed", "Open / Enter token…", 2, -1},
		"cannot be read": {[]Member{fine, broken}, TrayFailed, "1 needs a look · broken: Cannot be opened", "Open", 1, -1},
	} {
		tray := trayOf(nil, test.members...)
		if tray.State != test.state || tray.Says != test.says || tray.Care != test.care || tray.Percent != test.percent {
			t.Errorf("%s: %s %q, %d need a look, %d %%", name, tray.State, tray.Says, tray.Care, tray.Percent)
		}
		if tray.Items[0].Act != TrayBoard || tray.Items[0].Text != test.says {
			t.Errorf("%s: the first line is %+v", name, tray.Items[0])
		}
		if test.menu == "" {
			continue
		}
		if worst := tray.Items[2]; worst.Act != TraySource || !strings.HasPrefix(menuOf(worst.Items), test.menu) {
			t.Errorf("%s: the worst offers %s", name, menuOf(worst.Items))
		}
	}
	if got := menuOf(trayOf(nil).Items); got != "No sources yet / — / Show window / Quit Sluice" {
		t.Errorf("without sources: %s", got)
	}
}

// TestTrayOfATaking: what is being taken can be cancelled, and nothing else.
func TestTrayOfATaking(t *testing.T) {
	m := member("wiki", known(pipeline.Completed))
	m.Taking = &Taking{Now: now}
	if got := menuOf(m.trayItems()); got != "Open / Cancel the snapshot" {
		t.Error(got)
	}
	m.Taking = &Taking{Now: now, Ended: now, Err: errors.New("no space")}
	if got := menuOf(m.trayItems()); got != "Open" {
		t.Error(got)
	}
}

// TestTrayIsBounded: many sources and schedules, and names that nobody would want to see.
func TestTrayIsBounded(t *testing.T) {
	var members []Member
	var runs []NextRun
	for i := range 14 {
		m := member(fmt.Sprintf("s%02d", i), known(pipeline.Completed))
		m.Name = fmt.Sprintf("%02d\u202e\n%s", i, strings.Repeat("name ", 50))
		members = append(members, m)
		runs = append(runs, NextRun{now.Add(time.Hour), strings.Repeat("n", 300), m.Name})
	}
	tray := trayOf(runs, members...)
	var sources, plans int
	for _, i := range tray.Items {
		switch i.Act {
		case TraySource:
			sources++
		case TrayPlan:
			plans++
		case TrayMore:
			if i.Text != "4 more…" {
				t.Errorf("it says %q", i.Text)
			}
		}
		if len([]rune(i.Text)) > 3*longestTray || strings.ContainsAny(i.Text, "\u202e\n") {
			t.Errorf("an item says %q", i.Text)
		}
	}
	if sources != traySources || plans != trayRuns || !strings.Contains(menuOf(tray.Items), "4 more…") {
		t.Errorf("%d sources, %d runs", sources, plans)
	}
	seen := map[string]bool{}
	for _, i := range tray.Items {
		if key := string(i.Act) + " " + i.ID; i.Act != TrayLine && i.Act != TrayPlan && seen[key] {
			t.Errorf("two items do %s", key)
		} else {
			seen[key] = true
		}
	}
	if all := trayOf(nil, members[:traySources]...); strings.Contains(menuOf(all.Items), "more…") {
		t.Error("as many as there is room for are cut")
	}
}

func TestNextRuns(t *testing.T) {
	at := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	list := schedule.List{
		{Name: "weekly", Source: "b", When: "mon 02:00", Zone: "UTC"}, {Name: "off", Source: "b", When: "daily 03:00", Zone: "UTC", Disabled: true},
		{Name: "nightly", Source: "a", When: "daily 02:00", Zone: "UTC"}, {Name: "again", Source: "a", When: "daily 02:00", Zone: "UTC"},
	}
	states := map[string]schedule.State{"again": {Retry: &schedule.Retry{At: at.Add(10 * time.Minute)}}}
	var got []string
	for _, r := range NextRuns(list, states, func(s schedule.Schedule) string { return "source " + s.Source }, at) {
		got = append(got, r.words())
	}
	want := "Mon 2026-11-23 14:10 · again · source a|Tue 2026-11-24 02:00 · nightly · source a|Mon 2026-11-30 02:00 · weekly · source b"
	if strings.Join(got, "|") != want {
		t.Errorf("%q", got)
	}
	tray := trayOf(NextRuns(list, states, func(schedule.Schedule) string { return "wiki" }, at))
	if got := menuOf(tray.Items); !strings.Contains(got, "— / Next run: Mon 2026-11-23 14:10 · again · wiki / ") {
		t.Error(got)
	}
	q := QuitSchedules(NextRuns(list, states, func(schedule.Schedule) string { return "wiki" }, at))
	if !strings.HasSuffix(q.Text, "The next run would be Mon 2026-11-23 14:10 · again · wiki.") {
		t.Error(q.Text)
	}
}

func TestTitleWords(t *testing.T) {
	for _, test := range []struct {
		in     Inputs
		others int
		want   string
	}{
		{Inputs{}, 0, "Started"}, {localAt("a", 42).In, 0, "Started · 42 %"}, {localAt("a", 42).In, 1, "Started · 42 % · 1 other needs a look"},
		{member("s", known(pipeline.Started)).In, 2, "Started · 2 others need a look"},
	} {
		if got := TitleWords("Started", test.in, test.others); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// TestTrayCutsOnce: of a very long name it is said once how much is missing, and the state stays.
func TestTrayCutsOnce(t *testing.T) {
	m := member("bad", known(pipeline.Failed))
	m.Name = strings.Repeat("name ", 50)
	tray := trayOf(nil, m)
	for _, says := range []string{tray.Says, tray.Items[2].Text} {
		if strings.Count(says, "more characters") != 1 || !strings.Contains(says, ": Failed") {
			t.Errorf("it says %q", says)
		}
	}
}
