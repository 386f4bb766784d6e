package ui

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sluice/csvfile"
	"sluice/pipeline"
	"sluice/ui/preview"
	"sluice/ui/view"
)

// previewScreens are the files tab and the preview in their states.
func previewScreens() []screen {
	list := []screen{
		{name: "files, none", sources: named(), play: func(s *stage) {
			s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
			s.w.chosen.page.view.Choose(view.FilesTab)
		}},
		{name: "preview of any file", play: func(s *stage) {
			path := filepath.Join(s.dir, strings.Repeat("long-name-", 12)+".csv")
			writeTable(s, path, 300, 200)
			s.w.openCSV(path)
			s.until("it is shown", s.sees("indexed 100 %"))
			s.until("it is profiled", s.sees("Distinct"))
		}},
		{name: "preview, no such file", play: func(s *stage) {
			s.w.openCSV("/nowhere/" + longName + ".csv")
			s.patient(50 * time.Millisecond)
		}},
	}
	for _, sc := range []struct {
		name string
		play func(s *stage, p *preview.Pane)
	}{
		{"preview, number profiled", func(s *stage, p *preview.Pane) { p.FocusColumn("page_id") }},
		{"preview, text profiled", func(s *stage, p *preview.Pane) { p.FocusColumn("page_type") }},
		{"preview, dates profiled", func(s *stage, p *preview.Pane) { p.FocusColumn("updated_date") }},
		{"preview, long cell", func(s *stage, p *preview.Pane) { p.FocusColumn("page_content") }},
		{"preview, record", func(s *stage, p *preview.Pane) { s.press("Row") }},
		{"preview, found", func(s *stage, p *preview.Pane) {
			p.Find("Runbook")
			s.until("it is counted", s.sees("in the file"))
		}},
		{"preview, filtered by much", func(s *stage, p *preview.Pane) {
			c := csvfile.Condition{Column: p.Column("page_title"), Op: csvfile.OpContains, Text: strings.Repeat("o", 1), IgnoreCase: true}
			p.Filter(c, c, c, c, csvfile.Condition{Column: p.Column("updated_date"), Op: csvfile.OpTime, Min: "2020-01-01", Max: "2030-01-01"})
			s.until("it is filtered", s.sees("that match"))
		}},
		{"preview, no row matches", func(s *stage, p *preview.Pane) {
			p.Filter(csvfile.Condition{Column: p.Column("page_title"), Op: csvfile.OpContains, Text: "nothing has this"})
			s.until("none matches", s.sees("No row meets these conditions"))
		}},
		{"preview, editor of a filter", func(s *stage, p *preview.Pane) { p.FocusColumn("page_id"); s.press("+ condition") }},
		{"preview, editor and save bar", func(s *stage, p *preview.Pane) {
			p.FocusColumn("updated_date")
			s.press("+ condition")
			s.press("Save view…")
		}},
		{"preview, read as", func(s *stage, p *preview.Pane) { s.press("Read as…") }},
		{"preview, columns", func(s *stage, p *preview.Pane) { s.press("Columns") }},
		{"preview, group by", func(s *stage, p *preview.Pane) { p.FocusColumn("space_key"); s.press("Group by…") }},
		{"preview, no manifest", func(s *stage, p *preview.Pane) { s.until("it is said", s.sees("manifest.json")) }},
		{"preview, checksums that differ", differingSums},
		{"statements for other programs", func(s *stage, p *preview.Pane) {
			s.press("Use these files…")
			s.until("they are shown", s.sees("Use the files of job 12"))
		}},
	} {
		list = append(list, screen{name: sc.name, sources: named(), prepare: withFiles, play: func(s *stage) { sc.play(s, s.openFiles()) }})
	}
	list = append(list, screen{name: "preview, both formats", sources: named(), prepare: inBothFormats, play: func(s *stage) { s.openFiles() }})
	return list
}

// inBothFormats is withFiles for a job that wrote its tables as Parquet, too.
func inBothFormats(s *stage) {
	withFiles(s)
	for _, f := range s.engine.files {
		f.Path = strings.TrimSuffix(f.Path, ".csv") + ".parquet"
		f.Name += ".parquet"
		s.engine.files = append(s.engine.files, f)
	}
}

// withFiles gives the newest job the five files of an export.
func withFiles(s *stage) {
	withJob(jobOf(12, pipeline.Completed))(s)
	for _, name := range []string{"users", "spaces", "pages", "comments", "analytics_events"} {
		path := filepath.Join(s.dir, name+"_job12_2026_11_23T03_02_11Z.csv")
		writeTable(s, path, 1500, 0)
		s.engine.files = append(s.engine.files, pipeline.File{Name: name, Path: path, Rows: 23_597_690, Bytes: 9_123_456_789, Complete: true})
	}
}

// openFiles goes to the files and waits until the pages are shown and profiled.
func (s *stage) openFiles() *preview.Pane {
	s.until("it is open", func() bool {
		return s.w.chosen != nil && s.w.chosen.session != nil && len(s.w.chosen.page.files.files) > 0
	})
	s.w.chosen.page.view.Choose(view.FilesTab)
	s.drain()
	s.shrink()
	s.until("it is shown", s.sees("indexed 100 %"))
	s.until("it is profiled", s.sees("Distinct"))
	return s.w.chosen.page.files.preview.(*preview.Pane)
}

func differingSums(s *stage, _ *preview.Pane) {
	s.backend.mu.Lock()
	for _, f := range s.engine.files {
		f.SHA256 = strings.Repeat("ab", 32)
		s.backend.manifest = append(s.backend.manifest, f)
	}
	s.backend.mu.Unlock()
	s.w.chosen.page.refresh()
	s.until("they can be verified", s.sees("Verify checksums"))
	s.press("Verify checksums")
	s.until("they differ", s.sees("5 files differ"))
}

// writeTable writes a file with the columns of a pages export, and more columns if
// that is wanted.
func writeTable(s *stage, path string, rows, more int) {
	f, err := os.Create(path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	w := csv.NewWriter(f)
	header := []string{"page_id", "instance_url", "space_key", "page_url", "page_type", "page_title", "page_status", "page_content", "updated_date"}
	for i := range more {
		header = append(header, fmt.Sprintf("column_%d", i))
	}
	w.Write(header)
	day := time.Date(2025, 11, 24, 6, 0, 0, 0, time.UTC)
	for i := range rows {
		record := []string{fmt.Sprint(98_305_000 + 17*i), "https://wiki.example.com", []string{"ENG", "HR", "~jsmith"}[i%3],
			fmt.Sprintf("https://wiki.example.com/pages/viewpage.action?pageId=%d", i), []string{"page", "blogpost", "a type of an unusual length"}[i%3],
			fmt.Sprintf("Runbook: failover %d", i), "current", strings.Repeat("Page the on-call engineer. ", 40), day.Add(time.Duration(i) * time.Hour).Format(time.RFC3339)}
		for range more {
			record = append(record, "x")
		}
		w.Write(record)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		s.t.Fatal(err)
	}
}
