package view

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

func TestRailKeepsTheKeyboard(t *testing.T) {
	lightApp(t)
	r := NewRail()
	var chosen []string
	r.OnChosen = func(id string) { chosen = append(chosen, id) }
	w := inWindow(t, r.Object)
	item := func(id string, on bool) RailItem {
		return RailItem{ID: id, Icon: "snapshot", Name: id, Sign: present.Sign{Word: "Completed", Icon: "completed", Tone: tone.Good}, Chosen: on}
	}
	r.Render([]RailGroup{{Key: "s", Title: "SERVERS", Items: []RailItem{item("a", false)}}, {Key: "n", Title: "SNAPSHOTS", Items: []RailItem{item("b", true), item("c", false)}}})
	if !r.Focus(w.Canvas()) || w.Canvas().Focused() != fyne.Focusable(r.items["b"]) {
		t.Fatal("the keyboard does not go to the chosen source")
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp}) // there is none above
	if w.Canvas().Focused() != fyne.Focusable(r.items["a"]) {
		t.Error("up does not go to the source above, of another group")
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	kept := r.items["a"]
	r.Render([]RailGroup{{Key: "s", Title: "SERVERS", Items: []RailItem{item("a", true), item("new", false)}}})
	if r.items["a"] != kept || len(r.order) != 2 || !kept.Chosen() || len(chosen) != 1 || chosen[0] != "a" {
		t.Errorf("chosen %v; %d entries; the entry that stays was replaced: %v", chosen, len(r.order), r.items["a"] != kept)
	}
	r.Render(nil)
	if r.Focus(w.Canvas()) {
		t.Error("an empty rail takes the keyboard")
	}
}

func TestPageShowsOneBody(t *testing.T) {
	lightApp(t)
	bodies := []fyne.CanvasObject{look.Space(1, 1), look.Space(1, 1), look.Space(1, 1), look.Space(1, 1), look.Space(1, 1)}
	p := NewPage(bodies...)
	var tabs []Tab
	pressed := ""
	p.OnTab = func(tab Tab) { tabs = append(tabs, tab) }
	w := inWindow(t, p.Object)
	for _, tab := range []Tab{HistoryTab, FilesTab, SettingsTab, ExportTab} {
		p.Choose(tab)
		if in := p.Body().(*fyne.Container).Objects; len(in) != 1 || in[0] != bodies[tab] || !in[0].Visible() {
			t.Errorf("tab %d: %d bodies are in the window, its own in sight: %v", tab, len(in), bodies[tab].Visible())
		}
	}
	if len(tabs) != 4 || p.Tab() != ExportTab {
		t.Errorf("told %v", tabs)
	}
	p.Render(PageHead{Title: "wiki.db", Caption: "Database snapshot", Actions: []look.Action{
		{Text: "Check now", Icon: "refresh", Do: func() { pressed += "1" }}, {Text: "Compare", Do: func() { pressed += "2" }}}})
	test.Tap(shownButton(t, p.Object, "Check now"))
	test.Tap(shownButton(t, p.Object, "Compare"))
	p.Render(PageHead{Title: "wiki.db"})
	if b := shownButton(nil, p.Object, "Check now"); b != nil || pressed != "12" {
		t.Errorf("pressed %q; a button without an action is in sight: %v", pressed, b)
	}
	p.FocusTab(w.Canvas())
	if w.Canvas().Focused() == nil {
		t.Error("no tab has the keyboard")
	}
}

// shownButton finds a button in sight by what it says; without a test it may be missing.
func shownButton(t *testing.T, within fyne.CanvasObject, text string) *look.Button {
	for _, o := range test.LaidOutObjects(within) {
		if b, ok := o.(*look.Button); ok && b.Visible() && b.Text() == text {
			return b
		}
	}
	if t != nil {
		t.Helper()
		t.Fatalf("no button says %q", text)
	}
	return nil
}

// TestWidePagesAreBounded: on a wide screen lines stay short enough to be read; the
// files take all that there is.
func TestWidePagesAreBounded(t *testing.T) {
	lightApp(t)
	p := NewPage(look.Space(1, 1), look.Space(1, 1), look.Space(1, 1), look.Space(1, 1))
	w := inWindow(t, p.Object)
	w.Resize(fyne.NewSize(2400, 800))
	if got := p.Body().Size().Width; got > mostWidth {
		t.Errorf("a page of cards is %v wide", got)
	}
	p.Choose(FilesTab)
	if got := p.Body().Size().Width; got <= mostWidth {
		t.Errorf("the files are %v wide", got)
	}
}

func TestWelcomeShowsTheDemoGrow(t *testing.T) {
	lightApp(t)
	wel := NewWelcome()
	demo := 0
	recent := ""
	wel.OnDemo, wel.OnRecent = func() { demo++ }, func(path string) { recent = path }
	inWindow(t, wel.Object)
	wel.Render(-1, "", false)
	test.Tap(wel.demo)
	if demo != 1 || wel.bar.Visible() || wel.saying.Text() != texts.T.Welcome.Drop {
		t.Errorf("at rest it says %q", wel.saying.Text())
	}
	wel.Render(0.4, "Writing the demo: 40 %", false)
	test.Tap(wel.demo)
	if demo != 1 || !wel.demo.Disabled() || !wel.bar.Visible() {
		t.Error("while the demo is made another can be begun")
	}
	wel.Render(-1, "The disk is full.", true)
	if wel.demo.Disabled() || wel.bar.Visible() || wel.saying.Text() != "The disk is full." {
		t.Errorf("after it failed it says %q", wel.saying.Text())
	}
	wel.Recent([]string{"/a/wiki.db", "/b/pages.csv"})
	if !wel.recent.Visible() || len(wel.recent.Objects) != 3 {
		t.Fatalf("%d recent files", len(wel.recent.Objects)-1)
	}
	first := wel.recent.Objects[1].(*look.Chip)
	test.Tap(first)
	wel.Recent([]string{"/a/wiki.db", "/b/pages.csv"})
	if wel.recent.Objects[1] != fyne.CanvasObject(first) || recent != "/a/wiki.db" || first.Text() != "wiki.db" {
		t.Errorf("opened %q by %q", recent, first.Text())
	}
	if wel.Recent(nil); wel.recent.Visible() {
		t.Error("without recent files their caption is in sight")
	}
}

// TestColumnsDropTheLeastOfThem: in a narrow window columns shrink first, then the one
// that matters least goes.
func TestColumnsDropTheLeastOfThem(t *testing.T) {
	c := columns{{title: "job", width: 60, least: 50}, {title: "status", width: 120, least: 80, grow: true}, {title: "files", width: 100, least: 70, drop: 1},
		{title: "started", width: 150, least: 100, drop: 2}}
	shown := func(width float32) (names []string) {
		on, _, share := c.fit(width)
		for i, col := range c {
			if on[i] {
				names = append(names, col.title)
			}
		}
		if share < 0 || share > 1 {
			t.Errorf("in %v each column gets %v of its way", width, share)
		}
		return names
	}
	for width, want := range map[float32][]string{
		1000: {"job", "status", "files", "started"}, 400: {"job", "status", "files", "started"},
		300: {"job", "status", "files"}, 200: {"job", "status"}, 50: {"job", "status"},
	} {
		if got := shown(width); !slices.Equal(got, want) {
			t.Errorf("in %v there are %v, want %v", width, got, want)
		}
	}
	lightApp(t)
	cells := []fyne.CanvasObject{c.cell(0), c.cell(1), c.cell(2), c.cell(3)}
	c.Layout(cells, fyne.NewSize(1000, rowHeight))
	if end := cells[3].Position().X + cells[3].Size().Width; end > 1000-columnPadding+1 || cells[1].Size().Width <= 120 {
		t.Errorf("the last cell ends at %v, the growing one is %v wide", end, cells[1].Size().Width)
	}
	sorted := -1
	_, heads := c.head(func(i int) { sorted = i })
	heads[2].Tapped(nil)
	if sorted != 2 {
		t.Errorf("a click on the third title sorts by %d", sorted)
	}
}

func TestChecksumsSayWhatDiffers(t *testing.T) {
	lightApp(t)
	c := NewChecksums()
	stopped, closed := 0, 0
	c.OnStop, c.OnClose = func() { stopped++ }, func() { closed++ }
	inWindow(t, c.Object)
	line := present.FileLine{Name: "pages.csv", Rows: "1,000", Size: "2.0 MB", Sum: "ab12", Sign: present.Sign{Word: "verifying", Icon: "started", Tone: tone.Active}}
	c.Render(present.Checksums{Title: "Checksums of job 3", Running: true, Share: 0.5, Say: "1.0 MB of 2.0 MB", Lines: []present.FileLine{line, line}})
	if !c.stop.Visible() || c.close.Visible() || !c.barBox.Visible() || c.problems.Visible() {
		t.Error("while it runs it can be closed, or not be stopped")
	}
	test.Tap(c.stop)
	line.Sign = present.Sign{Word: "differs", Icon: "failed", Tone: tone.Bad}
	c.Render(present.Checksums{Title: "Checksums of job 3", Lines: []present.FileLine{line}, Problems: []string{"pages.csv has another content."}})
	if c.stop.Visible() || !c.close.Visible() || !c.problems.Visible() || len(c.problems.Objects) != 1 || c.rows[1].object.Visible() {
		t.Error("at its end: what differs is not said, or a line of before is in sight")
	}
	if got := c.rows[0].state.Text(); got != "differs" {
		t.Errorf("the file is %q", got)
	}
	test.Tap(c.close)
	if stopped != 1 || closed != 1 {
		t.Errorf("stopped %d times, closed %d times", stopped, closed)
	}
}

func TestDocumentsAreCut(t *testing.T) {
	long := strings.Repeat("x", 5*longestLine)
	got := strings.Split(shownDocument(long+"\n"+strings.Repeat("{}\n", mostLines)), "\n")
	if len(got) != mostLines+1 || len([]rune(got[0])) > longestLine+40 || got[mostLines] != "… (2 more lines)" {
		t.Errorf("%d lines, the first of %d characters, the last %q", len(got), len([]rune(got[0])), got[len(got)-1])
	}
	if got := shownDocument("a\nb"); got != "a\nb" {
		t.Errorf("a short one is %q", got)
	}
	if got := shownDocument(strings.Repeat("{}\n", mostLines)); !strings.HasSuffix(got, "… (1 more line)") {
		t.Errorf("of one more line it says %q", got[len(got)-30:])
	}
}

func TestSecretQuestionIsAnsweredByReturn(t *testing.T) {
	lightApp(t)
	answered := 0
	q := NewSecretQuestion("The server asks for a password.", true, func() { answered++ })
	w := inWindow(t, q.Object)
	w.Canvas().Focus(q.Answer)
	test.Type(q.Answer, "abc")
	q.Answer.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if answered != 1 || q.Answer.Text != "abc" || !q.Answer.Password || q.Keep.On() {
		t.Errorf("answered %d times with %q; kept %v", answered, q.Answer.Text, q.Keep.On())
	}
	unkept := NewSecretQuestion("", false, func() {})
	for _, o := range test.LaidOutObjects(unkept.Object) {
		if o == fyne.CanvasObject(unkept.Keep) {
			t.Error("without a keyring it offers to keep the answer")
		}
	}
}

func TestKitSaysWhatIsUntried(t *testing.T) {
	lightApp(t)
	k := NewKit([]string{"Spark", "DuckDB"})
	engine := -1
	k.OnEngine = func(i int) { engine = i }
	inWindow(t, k.Object)
	k.Engine.SetSelectedIndex(1)
	k.Render(present.Kit{Tested: "Tried on DuckDB 1.4.", Warnings: []string{"Times are texts."}, Statements: "CREATE TABLE pages"})
	if engine != 1 || len(k.said.Objects) != 2 || k.copy.Disabled() || k.grid.Text() != "CREATE TABLE pages" {
		t.Errorf("engine %d, %d sentences, statements %q", engine, len(k.said.Objects), k.grid.Text())
	}
	k.Render(present.Kit{Problem: "This job has no manifest."})
	if !k.copy.Disabled() || !k.save.Disabled() || len(k.said.Objects) != 1 {
		t.Error("where there are no statements they can be copied")
	}
}

func TestTakingIsCancelledWhileItRuns(t *testing.T) {
	lightApp(t)
	tk := NewTaking()
	cancelled := 0
	tk.OnCancel, tk.OnAction = func() { cancelled++ }, func(present.Action) {}
	inWindow(t, tk.Object)
	tk.Object.Show()
	s := present.Status{Sign: present.SignOf(pipeline.Started), Overall: &present.Progress{}, Cancel: "Cancel", Controls: present.Controls{Cancel: true}}
	tk.Render(s, "Other sources can be used meanwhile.")
	test.Tap(tk.cancel)
	if cancelled != 1 || !tk.foot.Visible() || tk.hint.Text() == "" {
		t.Errorf("cancelled %d times", cancelled)
	}
	s.Controls.Cancel = false
	tk.Render(s, "")
	test.Tap(tk.cancel)
	if cancelled != 1 || !tk.cancel.Disabled() {
		t.Error("what is being cancelled can be cancelled once more")
	}
	s.Overall = nil
	if tk.Render(s, ""); tk.foot.Visible() {
		t.Error("at its end there is something to cancel")
	}
}

func TestExportIsStartedAndForced(t *testing.T) {
	lightApp(t)
	n := NewNewExport([]string{"UTC"})
	var did []string
	n.OnStart, n.OnCancel = func() { did = append(did, "start") }, func() { did = append(did, "cancel") }
	n.OnPreset = func(p present.Preset) { did = append(did, "preset") }
	n.OnForce = func(on bool) { did = append(did, "force") }
	n.OnCopy = func(c string) { did = append(did, c) }
	inWindow(t, n.Object)
	m := NewExportModel{Possible: map[present.Preset]bool{present.Days365: true}, Controls: present.Controls{Start: true, Force: true, Inputs: true}, Start: "Start", Cancel: "Cancel", Full: "sluice export wiki.db"}
	n.Render(m)
	for _, b := range []fyne.Tappable{n.chips[present.Days365], n.chips[present.SinceLast], n.force, n.start, n.cancel, n.copy} {
		b.Tapped(nil)
	}
	if want := []string{"preset", "force", "start", "sluice export wiki.db"}; !slices.Equal(did, want) {
		t.Errorf("did %v, want %v: what is not possible does nothing", did, want)
	}
	m.Forced, m.Controls = true, present.Controls{Cancel: true}
	n.Render(m)
	did = nil
	for _, b := range []fyne.Tappable{n.chips[present.Days365], n.start, n.cancel} {
		b.Tapped(nil)
	}
	if want := []string{"cancel"}; !slices.Equal(did, want) || n.say.Text() != texts.T.New.ForceHint {
		t.Errorf("while it runs: did %v, says %q", did, n.say.Text())
	}
}
