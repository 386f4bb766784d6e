package main

import (
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"sluice/columns"
	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/preview"
	"sluice/ui/texts"
	"sluice/ui/view"
	"sluice/verify"
)

// filesScene shows the preview of a file of some thousand rows, below the
// checksums of the job if there are any.
func filesScene(name, work string, sums *present.Checksums) scene {
	s := scene{name: name}
	var pane *preview.Pane
	var settle func() error
	s.build = func() (fyne.CanvasObject, func(), error) {
		path := filepath.Join(work, "pages_job12_2026_11_23T03_02_11Z.csv")
		if err := writePages(path, 24_985); err != nil {
			return nil, nil, err
		}
		tab := view.NewFiles()
		queue := make(chan func(), 1000)
		pane = preview.New(preview.Options{Leading: tab.Chips, Dispatch: func(f func()) { queue <- f }})
		tab.Host(pane.Object())
		tab.Render(view.FilesModel{Shown: true, Sums: sums, Tables: []present.TableChip{
			{Name: "users", Note: "612"}, {Name: "spaces", Note: "148"}, {Path: path, Name: "pages", Note: "24,985", Chosen: true},
			{Name: "comments", Note: "15,027"}, {Name: "analytics_events", Note: "19,640"}}})
		head := snapshotHead()
		head.Caption = "Job 12 · Completed · 14:06:02 · 5 files · 24.1 MB"
		head.Actions = append(head.Actions, look.Action{Text: texts.T.Files.Verify, Icon: "completed"})
		if sums != nil && !sums.Running {
			head.Caption = present.Joined(head.Caption, texts.T.Files.Verified)
		}
		object := pageScreen(completed(), head, view.FilesTab, look.Space(0, 0), look.Space(0, 0), tab.Object)
		settle = func() error {
			pane.Open(path)
			if err := drain(queue, func() bool { return strings.Contains(pane.Footer(), "indexed 100 %") }); err != nil {
				return err
			}
			pane.FocusColumn("page_type") // its profile is exact: that of many numbers differs a little each time
			return drain(queue, func() bool { return says(pane.Object(), "Distinct") })
		}
		return object, pane.Close, nil
	}
	s.ready = func(fyne.Window) error { return settle() }
	return s
}

// checksums is a comparison that has verified every file.
func checksums() *present.Checksums {
	c := present.Checking{Job: 12}
	for _, f := range []pipeline.File{
		{Name: "users", Rows: 612, Bytes: 61_204}, {Name: "spaces", Rows: 148, Bytes: 22_080}, {Name: "pages", Rows: 24_985, Bytes: 14_720_113},
		{Name: "comments", Rows: 15_027, Bytes: 6_201_550}, {Name: "analytics_events", Rows: 19_640, Bytes: 3_120_004},
	} {
		f.SHA256 = fmt.Sprintf("%x", sha256.Sum256([]byte(f.Name)))
		c.Files = append(c.Files, f)
		c.Sample.Outcomes = append(c.Sample.Outcomes, verify.Outcome{State: verify.Verified, Size: f.Bytes})
	}
	sums := present.ChecksumsOf(c)
	return &sums
}

// drain runs what comes from the background until all is there that the picture shows.
func drain(queue chan func(), done func() bool) error {
	late := time.After(time.Minute)
	for !done() {
		select {
		case f := <-queue:
			f()
		case <-late:
			return errors.New("the preview is never complete")
		}
	}
	return nil
}

// says reports whether a text is among what an object shows.
func says(o fyne.CanvasObject, text string) bool {
	for _, part := range test.LaidOutObjects(o) {
		if t, ok := part.(*canvas.Text); ok && t.Visible() && strings.HasPrefix(t.Text, text) {
			return true
		}
	}
	return false
}

// writePages writes a file with the columns of a pages export.
func writePages(path string, rows int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := csv.NewWriter(f)
	w.UseCRLF = true
	titles := []string{"Release checklist, Q4", `a,b "c"`, "Größe Ωμέγα", "Onboarding", "Leave policy", "Runbook: failover", "Runbook: restore",
		"RFC 118 — sharding", "Meeting notes 2026-08-16", "DPA template", "Incident 4411", "Launch plan", "Press kit", "Glossary"}
	spaces := []string{"ENG", "ENG", "~jsmith", "HR", "HR", "OPS", "OPS", "ENG", "ENG", "LEGAL", "ENG", "MKT", "MKT", "ENG"}
	pages, _ := columns.Find(columns.Confluence, "pages")
	if err := w.Write(pages.Names()); err != nil {
		return err
	}
	day := time.Date(2025, 11, 24, 6, 0, 0, 0, time.UTC)
	for i := range rows {
		n := i % len(titles)
		kind := "page"
		if i%9 == 2 {
			kind = "blogpost"
		}
		at := day.Add(time.Duration(i) * 21 * time.Minute)
		record := []string{strconv.Itoa(98305000 + 17*i), "https://wiki.example.com", spaces[n],
			fmt.Sprintf("https://wiki.example.com/pages/viewpage.action?pageId=%d", 98305000+17*i), kind, titles[n], "current",
			`<ac:layout>\n  <ac:layout-section>\n    <h1>` + titles[n] + `</h1>\n    <p>1. Page the on-call engineer.</p>\n  </ac:layout-section>\n</ac:layout>`,
			"", `["runbook","ops"]`, strconv.Itoa(1 + (i*7)%54), fmt.Sprintf("u%04d", i%41), fmt.Sprintf("u%04d", (i*3)%41),
			at.Add(-90 * time.Hour).Format(time.RFC3339), at.Format(time.RFC3339), ""}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
