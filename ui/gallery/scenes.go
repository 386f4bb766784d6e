package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/localexport/confluence"
	"sluice/pipeline"
	"sluice/source"
	"sluice/ui"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/ui/view"
)

// scene is one picture.
type scene struct {
	name  string
	build func() (object fyne.CanvasObject, finish func(), err error)
	ready func(fyne.Window) error // after the first layout
	high  float32                 // of the window; 0 means 800
}

// plain is a scene that opens nothing.
func plain(name string, build func() fyne.CanvasObject) scene {
	return scene{name: name, build: func() (fyne.CanvasObject, func(), error) { return build(), func() {}, nil }}
}

// tall shows all of a page that is longer than the window. An entry that is half
// scrolled out of sight is drawn whole without a display, unlike in a real window.
func tall(high float32, s scene) scene {
	s.high = high
	return s
}

func scenes(work string) []scene {
	export := func(name string, in present.Inputs) scene {
		return plain(name, func() fyne.CanvasObject { return exportScreen(in) })
	}
	return []scene{
		plain("first-start", func() fyne.CanvasObject {
			f := view.NewFrame(view.NewRail().Object)
			f.Show(view.NewWelcome().Object, false)
			return f.Object
		}),
		export("ready", ready()),
		export("running", running()),
		export("completed", completed()),
		export("cancelled", cancelled()),
		export("failed", failed()),
		export("unreachable", unreachable()),
		plain("history", historyScreen),
		filesScene("files", work, nil),
		filesScene("checksums", work, checksums()),
		tall(980, plain("settings", settingsScreen)),
		plain("server", serverScreen),
		plain("snapshot-form", takeScreen),
		plain("taking", takingScreen),
		tall(1260, plain("shortcuts", shortcutsScreen)),
		tall(620, plain("board", boardScreen)),
		tall(700, plain("schedule", scheduleScreen)),
		tall(620, plain("redaction", redactionScreen)),
		tall(660, plain("kit", kitScreen)),
	}
}

// exportScreen is the whole window with the export tab of a source.
func exportScreen(in present.Inputs) fyne.CanvasObject {
	status, start, holds := view.NewStatusCard(), view.NewNewExport(nil), view.NewHoldsCard()
	if in.Kind.Local() && !in.State.Job.Running() {
		holds.Render(holdings(), "Keys are integers, times are text without a zone.", nil)
	}
	page := view.NewPage(view.NewExportTab(start.Foot, []fyne.CanvasObject{start.Object}, status.Object, start.Object, holds.Object))
	status.Render(present.StatusOf(in))
	head := snapshotHead()
	if in.Kind == source.KindServer {
		head = view.PageHead{Title: "Wiki production", Caption: "Confluence · https://wiki.example.com · checked 3 s ago",
			Actions: []look.Action{{Text: "Check now", Icon: "refresh"}}}
	}
	page.Render(head)
	start.Render(newExport(in))
	return frame(in, page.Object)
}

// newExport is the card that starts an export.
func newExport(in present.Inputs) view.NewExportModel {
	s := present.StatusOf(in)
	anchor := present.Anchor{Newest: newest}
	if in.Kind == source.KindServer {
		anchor.Newest = now
	}
	form, _ := present.Days365.Fill(anchor, "Australia/Sydney")
	m := view.NewExportModel{Form: form, Chosen: present.Days365, Controls: s.Controls, Start: s.Start, Cancel: s.Cancel,
		Possible: map[present.Preset]bool{}, Counts: present.Days365.Says(form, anchor, now)}
	for _, p := range present.Presets() {
		m.Possible[p] = true
	}
	command := present.LocalCommand{Snapshot: "wiki-2026-11-22.db", Home: "~/sluice/wiki", From: from.AddDate(0, 0, -1)}.String()
	m.Command, m.Full, m.CopyText = command, command, "Copy command"
	if in.Kind == source.KindServer {
		request := pipeline.Request{FromDate: from}
		m.Command, m.Full, m.CopyText = present.RequestLine(request), present.Curl("https://wiki.example.com", request), "Copy as curl"
	}
	return m
}

func snapshotHead() view.PageHead {
	return view.PageHead{Title: "wiki-2026-11-22.db", Actions: []look.Action{{Text: "Open folder", Icon: "folder"}},
		Caption: "Confluence 8.5 (build 9012) · https://wiki.example.com · newest change 2026-11-22 23:58 · 18.4 GB"}
}

func holdings() []look.Fact {
	return []look.Fact{{Caption: "Users", Value: "61,204"}, {Caption: "Spaces", Value: "1,482"}, {Caption: "Pages", Value: "2,071,300"},
		{Caption: "Comments", Value: "1,502,771"}, {Caption: "Analytics events", Value: "9,640,090"}, {Caption: "Time zone", Value: "Australia/Sydney"}}
}

// pageScreen is the whole window with a page on one of its tabs.
func pageScreen(in present.Inputs, head view.PageHead, tab view.Tab, bodies ...fyne.CanvasObject) fyne.CanvasObject {
	page := view.NewPage(bodies...)
	page.Render(head)
	page.Choose(tab)
	return frame(in, page.Object)
}

func historyScreen() fyne.CanvasObject {
	h := view.NewHistory(view.NewCompare())
	jobs := history()
	rows := present.HistoryRows(jobs, now, nil)
	for i, j := range jobs {
		if j.Statistics != nil {
			rows[i].Size = present.Size(j.Statistics.WrittenRows * 927)
		}
	}
	h.Render(view.HistoryModel{Rows: rows, Chart: present.ChartOf(jobs, present.ByDuration, 16, now), HasFiles: true, Mounted: true})
	head := snapshotHead()
	head.Caption = "9 jobs"
	return pageScreen(completed(), head, view.HistoryTab, look.Space(0, 0), h.Object)
}

func settingsScreen() fyne.CanvasObject {
	s := view.NewSetup(nil, confluence.Rules())
	s.Render(view.SetupModel{Form: view.SetupForm{Name: "wiki-2026-11-22.db", MinFreeSpace: "5GB"}, Home: "~/.local/share/sluice/wiki-2026-11-22-1a2b3c4d",
		GuessedZone: "found out: Australia/Sydney", BaseURL: "https://wiki.example.com"})
	return pageScreen(completed(), snapshotHead(), view.SettingsTab, look.Space(0, 0), look.Space(0, 0), look.Space(0, 0), look.Space(0, 0), s.Object)
}

func serverScreen() fyne.CanvasObject {
	f := view.NewServerForm()
	f.Fill(view.ServerInput{Name: "Wiki production", URL: "https://wiki.example.com", Secret: "not a real token"})
	f.Render(view.ServerModel{Secret: texts.T.Server.TokenHint, Message: texts.T.Server.TestOK, Checks: []view.Check{
		{Text: "Reachable", Says: "answered in 0.2 s", Tone: tone.Good, Icon: "completed"},
		{Text: "Authorised", Says: "yes", Tone: tone.Good, Icon: "completed"},
		{Text: "Export API", Says: "yes", Tone: tone.Good, Icon: "completed"},
		{Text: "Last export", Says: "Job 55 · Completed", Tone: tone.Good, Icon: "completed"},
	}})
	return beside(view.NewPanelPage(texts.T.Server.AddTitle, texts.T.Welcome.ServerText, nil, f.Object))
}

func shortcutsScreen() fyne.CanvasObject {
	back := look.NewButton(look.Outlined, texts.T.App.Close, "", nil)
	return container.NewCenter(look.NewCard(view.NewPanel(texts.T.Keys.Title, view.NewShortcuts(ui.Shortcuts()...), back)))
}

// frame is the whole window with a source chosen in its rail.
func frame(in present.Inputs, content fyne.CanvasObject) fyne.CanvasObject {
	servers, snapshots := sources()
	chosen := &snapshots[0]
	if in.Kind == source.KindServer {
		chosen = &servers[0]
	}
	chosen.Chosen, chosen.Sign = true, present.RailLine(in)
	return railed(servers, snapshots, content)
}

// beside is the whole window with a page that belongs to no source.
func beside(content fyne.CanvasObject) fyne.CanvasObject {
	servers, snapshots := sources()
	return railed(servers, snapshots, content)
}

// sources are those in the rail.
func sources() (servers, snapshots []view.RailItem) {
	sign := func(word, icon string, t tone.Tone) present.Sign {
		return present.Sign{Word: word, Icon: icon, Tone: t}
	}
	servers = []view.RailItem{
		{ID: "1", Icon: "server", Name: "Wiki production", Sign: sign("Started · 2 h", "started", tone.Active)},
		{ID: "2", Icon: "server", Name: "Jira", Sign: sign("Completed · 3 h ago", "completed", tone.Good)},
		{ID: "3", Icon: "server", Name: "Code (Bitbucket)", Sign: sign("Unreachable · 4 min", "unreachable", tone.Neutral)},
	}
	snapshots = []view.RailItem{
		{ID: "4", Icon: "snapshot", Name: "wiki-2026-11-22.db", Sign: sign("Not started", "not-started", tone.Neutral)},
		{ID: "5", Icon: "demo", Name: "Demo", Sign: sign("Not started", "not-started", tone.Neutral)},
	}
	return servers, snapshots
}

func railed(servers, snapshots []view.RailItem, content fyne.CanvasObject) fyne.CanvasObject {
	care := present.Sign{Word: texts.T.Board.Care.Of(1), Icon: "warning", Tone: tone.Caution}
	all := view.RailItem{ID: "*", Icon: "board", Name: texts.T.Board.All, Sign: care}
	return framed([]view.RailGroup{{Items: []view.RailItem{all}}, {Key: "servers", Title: "SERVERS", Items: servers}, {Key: "snapshots", Title: "SNAPSHOTS", Items: snapshots}}, content)
}

// framed is the whole window with sources in its rail.
func framed(groups []view.RailGroup, content fyne.CanvasObject) fyne.CanvasObject {
	rail := view.NewRail()
	rail.Render(groups)
	f := view.NewFrame(rail.Object)
	f.Show(content, true)
	return f.Object
}
