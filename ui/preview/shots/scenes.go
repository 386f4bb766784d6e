package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/csvfile"
	"sluice/ui/keymap"
)

// jobScenes are the states that a job's pages file is shown in.
var jobScenes = []scene{
	{"table", (*stage).table},
	{"filter", (*stage).filter},
	{"find", (*stage).find},
	{"record", (*stage).record},
	{"condition", (*stage).condition},
	{"columns", (*stage).columns},
	{"save", (*stage).save},
	{"read-as", (*stage).readAs},
	{"groups", (*stage).groups},
	{"months", (*stage).months},
	{"odd", (*stage).odd},
	{"wide", (*stage).wide},
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

// readAs shows how a file is read that tells little of itself.
func (s *stage) readAs() error {
	if err := os.WriteFile(filepath.Join(filepath.Dir(s.file), "cities.csv"), []byte("Cities\n\nid;city;price\n1;K\xf6ln;1,50 \x80\n2;M\xe1laga;2,75 \x80;new\n"), 0o600); err != nil {
		return err
	}
	s.p.Open(filepath.Join(filepath.Dir(s.file), "cities.csv"))
	if err := s.until("the index", func() bool { return strings.Contains(s.p.Footer(), "indexed 100 %") }); err != nil {
		return err
	}
	s.p.Press(keymap.Ctrl(fyne.KeyR)[0])
	s.rest(700 * time.Millisecond)
	return nil
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
	return s.press("Row")
}

// press clicks what says text.
func (s *stage) press(text string) error {
	for _, o := range test.LaidOutObjects(s.p.Object()) {
		c, says := o.(interface{ Text() string })
		t, taps := o.(fyne.Tappable)
		if says && taps && c.Text() == text {
			t.Tapped(&fyne.PointEvent{})
			s.rest(500 * time.Millisecond)
			return nil
		}
	}
	return fmt.Errorf("nothing says %q", text)
}

func (s *stage) condition() error {
	if err := s.open(); err != nil {
		return err
	}
	s.at(20, "updated_date")
	return s.press("+ condition")
}

func (s *stage) columns() error {
	if err := s.open(); err != nil {
		return err
	}
	s.p.Freeze("page_title")
	s.at(20, "page_type")
	return s.press("Columns")
}

func (s *stage) save() error {
	if err := s.open(); err != nil {
		return err
	}
	s.at(20, "labels")
	return s.press("Save view…")
}

// groups shows the rows by the column in focus.
func (s *stage) groups() error { return s.grouped("space_key") }

// months shows the rows by the months of times.
func (s *stage) months() error { return s.grouped("updated_date") }

func (s *stage) grouped(column string) error {
	if err := s.open(); err != nil {
		return err
	}
	s.at(20, column)
	s.p.Press(keymap.Ctrl(fyne.KeyU)[0])
	err := s.until("the groups", func() bool { return strings.Contains(s.p.Footer(), "groups of") })
	s.rest(300 * time.Millisecond)
	return err
}

// odd shows what is wrong with a file that has much wrong with it.
func (s *stage) odd() error {
	s.file = filepath.Join(filepath.Dir(s.file), "odd.csv")
	if err := os.WriteFile(s.file, []byte(oddFile), 0o600); err != nil {
		return err
	}
	if err := s.open(); err != nil {
		return err
	}
	s.at(2, "text")
	s.rest(2500 * time.Millisecond)
	return nil
}

// wide shows a file of two thousand columns at its end.
func (s *stage) wide() error {
	s.file = filepath.Join(filepath.Dir(s.file), "wide.csv")
	var records [][]string
	for r := range 200 {
		var rec []string
		for c := range 2000 {
			rec = append(rec, fmt.Sprintf("%d·%d", r, c+1))
			if r == 0 {
				rec[c] = fmt.Sprintf("column_%d", c+1)
			}
		}
		records = append(records, rec)
	}
	if err := writeCSV(s.file, records); err != nil {
		return err
	}
	if err := s.open(); err != nil {
		return err
	}
	s.p.Freeze("column_1")
	s.at(9, "column_1990")
	return nil
}

const oddFile = "id,text,note\r\n1,plain,\"with, comma\"\r\n2,\"two\r\nlines\",\"says \"\"hello\"\"\"\r\n" +
	"3,a\x00b and \xff\xfe,control\x1b[31m\r\n4,only two\r\n5,one,two,three\r\n\r\n" +
	"6,中文 العربية हिन्दी,emoji 👩\u200d💻 ✓ →\r\n7,=1+1,\t tab\r\n8,right\u202eto left,Ωμέγα Größe Привет\r\n9,\"never closed,x\r\n10,y,z\r\n"

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
