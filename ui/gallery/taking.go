package main

import (
	"time"

	"fyne.io/fyne/v2"

	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// takeScreen is the form of a snapshot of a running database, after a look at it.
func takeScreen() fyne.CanvasObject {
	f := view.NewTakeForm()
	f.Fill(view.TakeInput{Running: true, Save: true, Address: "jdbc:postgresql://db.example.com:5432/confluence", User: "reader", Password: "not a real one"})
	f.Render(view.TakeModel{Secret: texts.T.Take.PasswordHint, Keyring: true, Checks: present.Findings(source.Survey{
		Kind: "PostgreSQL database (standby)", Tool: "PostgreSQL 16.4", User: "reader", Version: "8.5", Build: 9012, Schema: "public",
		Bytes: 18_400_000_000, Tables: 13, Seconds: 520}, nil)})
	return beside(view.NewPanelPage(texts.T.Take.AddTitle, texts.T.Take.Caption, nil, f.Object))
}

// takingScreen is a snapshot that is being taken again.
func takingScreen() fyne.CanvasObject {
	t := present.Taking{Kind: "PostgreSQL database (standby)", Again: true, Started: now.Add(-214 * time.Second), Now: now, Rates: &present.Estimator{},
		Progress: source.Progress{Read: 7_600_000_000, Total: 18_400_000_000, About: true, Rows: 3_204_551, Table: "bodycontent", Open: 213 * time.Second}}
	for i := range 24 {
		at := now.Add(time.Duration(i-24) * 500 * time.Millisecond)
		t.Rates.Add(at, 7_600_000_000+int64(i-24)*17_800_000, 18_400_000_000, int64(i)*(7_400+int64(i%5)*90), int64(i)*17_800_000)
	}
	v := view.NewTaking()
	v.Object.Show()
	page := view.NewPage(v.Object, look.Space(0, 0), look.Space(0, 0), look.Space(0, 0))
	page.Render(view.PageHead{Title: "confluence on db.example.com", Caption: snapshotHead().Caption + " · taken 23 h ago"})
	v.Render(present.TakingOf(t), texts.T.Take.CancelHintAgain)
	servers, snapshots := sources()
	snapshots[0] = view.RailItem{ID: "4", Icon: "snapshot", Name: "confluence on db.example.com", Sign: present.TakingLine(t), Chosen: true}
	return railed(servers, snapshots, page.Object)
}
