package ui

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/csvfile"
	"sluice/ui/keymap"
	"sluice/ui/preview"
	"sluice/ui/preview/grid"
	"sluice/ui/texts"
)

// tableScreens are what can be done with the rows of a table, in the states that it comes to.
func tableScreens() []screen {
	words := texts.English().Preview
	both := fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
	group := func(column string) func(*stage, *preview.Pane) {
		return func(s *stage, p *preview.Pane) {
			p.FocusColumn(column)
			p.Press(keymap.Ctrl(fyne.KeyU)[0])
			s.until("they are grouped", s.offers(words.Groups.SaveCSV))
		}
	}
	asText := func(text string) func(*stage, *preview.Pane) {
		return func(s *stage, p *preview.Pane) {
			p.Press(keymap.With(both, fyne.KeyK)[0])
			if text != "" {
				s.field(words.Filter.AsTextPlaceholder).SetText(text)
				s.press(words.Filter.Apply)
			}
		}
	}
	save := func(path string) func(*stage, *preview.Pane) {
		return func(s *stage, p *preview.Pane) {
			s.press(words.Save.Button)
			s.press(words.Save.Start)
			s.w.file.Type(strings.ReplaceAll(path, "~", s.dir))
			s.press("Save")
			s.patient(50 * time.Millisecond)
		}
	}
	var list []screen
	for _, sc := range []struct {
		name string
		play func(s *stage, p *preview.Pane)
	}{
		{"preview, grouped", group("space_key")},
		{"preview, grouped by months", group("updated_date")},
		{"preview, group refused", func(s *stage, p *preview.Pane) {
			s.press(words.Groups.Button)
			s.field(words.Groups.KeysExample).SetText("a_column_that_is_not_there")
			s.press(words.Groups.Start)
		}},
		{"preview, sorted", func(s *stage, p *preview.Pane) {
			p.Sort(csvfile.SortKey{Column: p.Column("space_key")}, csvfile.SortKey{Column: p.Column("updated_date"), Desc: true})
			s.until("they are sorted", s.offers(words.Sort.FileOrder))
			s.patient(50 * time.Millisecond)
		}},
		{"preview, filter as text", asText("")},
		{"preview, filter as text, refused", asText("space_key = ENG and (a_column_that_is_not_there >= 2026-01-01)")},
		{"preview, save", func(s *stage, _ *preview.Pane) { s.press(words.Save.Button) }},
		{"preview, saved", save("~/pages-view.csv")},
		{"preview, menu of a cell", func(s *stage, p *preview.Pane) {
			p.FocusColumn("space_key")
			s.grid().TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
		}},
		{"preview, range of cells", func(s *stage, p *preview.Pane) {
			p.FocusColumn("space_key")
			for _, m := range []grid.Move{grid.MoveDown, grid.MoveDown, grid.MoveDown, grid.MoveRight} {
				s.grid().Extend(m)
			}
		}},
		{"preview, panel folded", func(s *stage, p *preview.Pane) { p.Press(keymap.Shift(fyne.KeyF4)[0]) }},
	} {
		list = append(list, screen{name: sc.name, sources: named(), prepare: withFiles, play: func(s *stage) { sc.play(s, s.openFiles()) }})
	}
	return append(list, oddScreens()...)
}

// grid is the table in sight.
func (s *stage) grid() *grid.Grid {
	s.t.Helper()
	for _, o := range s.visibleObjects() {
		if g, ok := o.(*grid.Grid); ok {
			return g
		}
	}
	s.t.Fatal("no table is in sight")
	return nil
}

// oddScreens are files that are not what a table ought to be.
func oddScreens() []screen {
	open := func(name, content string, then func(s *stage, p *preview.Pane)) screen {
		return screen{name: name, play: func(s *stage) {
			path := filepath.Join(s.dir, "a-"+strings.ReplaceAll(longName, ".db", ".csv"))
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				s.t.Fatal(err)
			}
			s.w.openCSV(path)
			s.patient(400 * time.Millisecond)
			p, ok := s.w.previewInSight()
			if !ok {
				s.t.Fatal("no table is in sight")
			}
			then(s, p.(*preview.Pane))
			s.patient(50 * time.Millisecond)
		}}
	}
	nothing := func(*stage, *preview.Pane) {}
	const odd = "id,text,note\r\n1,plain,\"with, comma\"\r\n2,\"two\r\nlines\",\"says \"\"hello\"\"\"\r\n3,a\x00b and \xff\xfe,control\x1b[31m\r\n4,only two\r\n5,one,two,three\r\n\r\n" +
		"6,中文 العربية,emoji ✓ →\r\n7,=1+1,\t tab\r\n9,\"never closed,x\r\n10,y,z\r\n"
	return []screen{
		open("preview, odd file", odd, nothing),
		open("preview, empty file", "", nothing),
		open("preview, header only", "id,text,note\r\n", nothing),
		open("preview, no table", "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00\x00\x01\x9f\x03\xfe\x80", 4000), nothing),
		open("preview, read as, with semicolons", "Cities\n\nid;city;price\n1;K\xf6ln;1,50 \x80\n2;M\xe1laga;2,75 \x80;new\n", func(s *stage, p *preview.Pane) { p.Press(keymap.Ctrl(fyne.KeyR)[0]) }),
	}
}
