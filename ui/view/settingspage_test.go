package view

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/doctor"
	"sluice/ui/logtail"
	"sluice/ui/look"
	"sluice/ui/palette"
	"sluice/ui/tone"
)

// saysIn is every text in an object that is shown.
func saysIn(o fyne.CanvasObject) string {
	var list []string
	look.Walk(o, func(part fyne.CanvasObject) bool {
		if t, ok := part.(interface{ Text() string }); ok && part.Visible() {
			list = append(list, t.Text())
		}
		return true
	})
	return strings.Join(list, "\n")
}

// TestPaletteView: the arrows go through the list within its bounds, Enter does what is
// marked, and what cannot be done now stays.
func TestPaletteView(t *testing.T) {
	lightApp(t)
	p := NewPalette(fyne.NewSize(900, 600))
	all := []palette.Item{{ID: "a", Icon: "file", Name: "First", Keys: "Ctrl+O"}, {ID: "b", Icon: "file", Name: "Second", Off: true}, {ID: "c", Icon: "file", Name: "Third", Detail: "of all"}}
	p.OnQuery = func(query string) []palette.Item {
		return slices.DeleteFunc(slices.Clone(all), func(i palette.Item) bool { return !strings.Contains(i.Name, query) })
	}
	var did []string
	p.OnDo = func(i palette.Item) { did = append(did, i.ID) }
	inWindow(t, p.Object)
	p.Search()
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyPageDown, fyne.KeyDown, fyne.KeyUp} {
		p.Query.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if p.Query.OnSubmitted(""); p.At() != 1 || len(did) != 0 {
		t.Errorf("at %d, did %v", p.At(), did)
	}
	p.Query.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
	p.Query.OnSubmitted("")
	p.Query.SetText("Third")
	if p.Query.OnSubmitted(""); !slices.Equal(did, []string{"a", "c"}) {
		t.Errorf("did %v", did)
	}
	if p.Query.SetText("nothing"); !strings.Contains(saysIn(p.Object), "Nothing fits that.") || len(p.Items()) != 0 {
		t.Errorf("it says %q", saysIn(p.Object))
	}
	p.Query.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	p.Query.OnSubmitted("")
}

// TestSettingsPageTabs: each tab shows its own body, and tells that it is in sight.
func TestSettingsPageTabs(t *testing.T) {
	lightApp(t)
	var shown []int
	back, chosen := 0, ""
	option := func(name string) Option { return Option{name, name == "Dark", func() { chosen = name }} }
	general := NewGeneral(nil, []SettingGroup{{"Look", []Setting{{Title: "Colours", Options: []Option{option("Light"), option("Dark")}}, {Title: "Home", Fact: "/data", Button: "Choose", Do: func() { chosen = "home" }}, {Title: "Language", Fact: "en"}}}})
	p := NewSettingsPage(func() { back++ }, func(i int) { shown = append(shown, i) }, general, look.NewCaption("log"), look.NewCaption("checks"), look.NewCaption("about"))
	inWindow(t, p.Object)
	for _, want := range []string{"Colours", "/data", "en"} {
		if !strings.Contains(saysIn(p.Object), want) {
			t.Errorf("%s is missing: %q", want, saysIn(p.Object))
		}
	}
	chips := chipsOf(general)
	test.Tap(chips["Light"])
	if chosen != "Light" || chips["Dark"].Chosen() || !chips["Light"].Chosen() {
		t.Errorf("%q is chosen", chosen)
	}
	for i, want := range []string{"log", "checks", "about"} {
		if p.Tabs.Choose(i + 1); !strings.Contains(saysIn(p.Object), want) || shown[i] != i+1 {
			t.Errorf("tab %d says %q, told %v", i+1, saysIn(p.Object), shown)
		}
	}
}

// TestLogPageView: a line is shown in full when it is chosen, with its level as a word.
func TestLogPageView(t *testing.T) {
	lightApp(t)
	p := NewLogPage()
	filtered := 0
	p.OnFilter = func() { filtered++ }
	inWindow(t, p.Object)
	lines := []logtail.Line{logtail.Parse(`time=2024-01-02T03:04:05Z level=ERROR msg="disk is full" free=3`), logtail.Parse("panic: no line"), {Level: slog.LevelWarn, Message: "slow", Raw: "slow"}}
	p.Render(lines, "3 lines", "none", true)
	if p.read.Disabled() || p.copy.Disabled() || p.folder.Disabled() {
		t.Error("a log that is there cannot be read, copied or found")
	}
	if says := saysIn(p.Object); !strings.Contains(says, "3 lines") || p.full.Text() != lines[0].Raw {
		t.Errorf("it says %q, in full %q", says, p.full.Text())
	}
	p.choose(1)
	p.choose(7)
	if p.full.Text() != "panic: no line" {
		t.Errorf("in full %q", p.full.Text())
	}
	row := newLogLine()
	if p.fill(0, row); !strings.Contains(saysIn(row), "ERROR") || !strings.Contains(saysIn(row), "01-02 03:04:05") || !strings.Contains(saysIn(row), "disk is full   free=3") {
		t.Errorf("the row says %q", saysIn(row))
	}
	p.search.SetText("x")
	test.Tap(chipsOf(p.Object)["Errors"])
	if least, text := p.Filter(); least != slog.LevelError || text != "x" || filtered != 2 {
		t.Errorf("%v, %q, %d times", least, text, filtered)
	}
	if p.Render(nil, "0 lines", "none", true); p.read.Disabled() || !p.copy.Disabled() || p.folder.Disabled() {
		t.Error("of a log without such lines, more or less than the lines is out of reach")
	}
	if p.Render(nil, "", "none", false); !p.read.Disabled() || !p.copy.Disabled() || !p.folder.Disabled() {
		t.Error("a button offers to do something with a log that is not kept")
	}
	if !strings.Contains(saysIn(p.Object), "none") || p.full.Text() != "" {
		t.Errorf("it says %q", saysIn(p.Object))
	}
}

// TestCheckPageView: the worst comes first, each with its word and what to do.
func TestCheckPageView(t *testing.T) {
	lightApp(t)
	p := NewCheckPage()
	inWindow(t, p.Object)
	p.Render([]doctor.Finding{{Result: doctor.OK, Says: "Well."}, {Result: doctor.Warning, Says: "Odd.", Do: "Look."}, {Result: doctor.Bad, Says: "Broken.", Do: "Mend."}}, "2 things", true)
	says := saysIn(p.Object)
	if strings.Index(says, "Broken.") > strings.Index(says, "Odd.") || strings.Index(says, "Odd.") > strings.Index(says, "Well.") || !strings.Contains(says, "Mend.") || !p.again.Disabled() {
		t.Errorf("it says %q", says)
	}
	if p.copy.Disabled() {
		t.Error("what was found cannot be copied")
	}
	if p.Render(nil, "Looking", true); !p.copy.Disabled() {
		t.Error("nothing is found yet, and it can be copied")
	}
	for r, want := range map[doctor.Result]tone.Tone{doctor.OK: tone.Good, doctor.Warning: tone.Caution, doctor.Bad: tone.Bad} {
		if icon, word, ink := findingSign(r); icon == "" || word == "" || ink != want {
			t.Errorf("%s: %s, %s, %v", r, icon, word, ink)
		}
	}
}

// TestAboutView: facts and libraries are listed, and a click shows a licence.
func TestAboutView(t *testing.T) {
	lightApp(t)
	shown := -1
	o := NewAbout([]look.Fact{{Caption: "Version", Value: "1.2"}}, []Library{{"a/b", "v1", "MIT"}, {"c/d", "v2", "ISC"}}, func() {}, func(i int) { shown = i })
	inWindow(t, o)
	if says := saysIn(o); !strings.Contains(says, "1.2") {
		t.Errorf("it says %q", says)
	}
	look.Walk(o, func(part fyne.CanvasObject) bool {
		if l, ok := part.(*look.List); ok {
			l.Select(1)
		}
		return true
	})
	if shown != 1 {
		t.Errorf("%d is shown", shown)
	}
	none := NewAbout(nil, nil, func() {}, func(int) {})
	if !strings.Contains(saysIn(none), "does not tell its libraries") {
		t.Errorf("it says %q", saysIn(none))
	}
	if size := NewLicence(strings.Repeat("text\n", 500)).MinSize(); size.Height > 420 {
		t.Errorf("a long licence is %v", size)
	}
}

// TestTourView goes forward to its end, and can be skipped before.
func TestTourView(t *testing.T) {
	lightApp(t)
	ends := 0
	tour := NewTour()
	tour.OnEnd = func() { ends++ }
	inWindow(t, tour.Object)
	for range 3 {
		if tour.at == 2 && tour.skip.Visible() {
			t.Error("the last step can be skipped")
		}
		test.Tap(tour.next)
	}
	if ends != 1 || tour.next.Text() != "Done" {
		t.Errorf("it ended %d times with %q", ends, tour.next.Text())
	}
}
