package main

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/csvfile"
)

// jobScenes are the states that a job's pages file is shown in.
var jobScenes = []scene{
	{"table", (*stage).table},
	{"filter", (*stage).filter},
	{"find", (*stage).find},
	{"record", (*stage).record},
	{"error", (*stage).missing},
}

func (s *stage) open() error {
	s.p.Open(s.file)
	return s.until("the index", func() bool { return strings.Contains(s.p.Footer(), "indexed 100 %") })
}

// at puts the focus on a cell, and waits for what the pane reads about it.
func (s *stage) at(row int64, column string) {
	s.p.GoTo(row)
	s.p.FocusColumn(column)
	s.p.Focus()
	s.rest(700 * time.Millisecond)
}

func (s *stage) table() error {
	if err := s.open(); err != nil {
		return err
	}
	s.p.Freeze("page_title")
	s.at(12_004, "page_content")
	return nil
}

func (s *stage) filter() error {
	if err := s.open(); err != nil {
		return err
	}
	s.p.Filter(
		csvfile.Condition{Column: s.p.Column("page_type"), Text: "page"},
		csvfile.Condition{Column: s.p.Column("updated_date"), Op: csvfile.OpTime, Min: "2026-01-01"},
	)
	err := s.until("the matching rows", func() bool {
		return strings.Contains(s.p.Footer(), "that match") && !strings.Contains(s.p.Footer(), "so far")
	})
	s.at(140, "last_modifier_id")
	return err
}

func (s *stage) find() error {
	if err := s.open(); err != nil {
		return err
	}
	s.at(100, "page_title")
	s.p.Find("failover")
	s.rest(700 * time.Millisecond)
	s.p.Find("failover")
	s.rest(700 * time.Millisecond)
	return nil
}

func (s *stage) record() error {
	if err := s.open(); err != nil {
		return err
	}
	s.at(7, "updated_date")
	for _, o := range test.LaidOutObjects(s.p.Object()) {
		if c, ok := o.(interface{ Text() string }); ok && c.Text() == "Record" {
			if t, ok := o.(fyne.Tappable); ok {
				t.Tapped(&fyne.PointEvent{})
			}
		}
	}
	s.rest(500 * time.Millisecond)
	return nil
}

func (s *stage) missing() error {
	s.p.Open("/nowhere/pages_job7_2026_11_22T03_32_18Z.csv")
	s.rest(300 * time.Millisecond)
	return nil
}

// row shows the file at a row.
func (s *stage) row(row int64) error {
	if err := s.open(); err != nil {
		return err
	}
	s.p.GoTo(row)
	s.rest(time.Second)
	return nil
}
