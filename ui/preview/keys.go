package preview

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/csvfile"
	"sluice/ui/tone"
)

// Shortcut is something the pane does by keyboard, for the window's menus and for
// the times when nothing of the pane has the focus.
type Shortcut struct {
	Name string
	Keys fyne.Shortcut
	Do   func()
}

// shortcuts is what a pane does by keyboard beyond moving about.
var shortcuts = []struct {
	name string
	key  fyne.KeyName
	more fyne.KeyModifier // besides Ctrl
	do   func(*Pane)
}{
	{"Find…", fyne.KeyF, 0, func(p *Pane) { p.find.open() }},
	{"Go to row…", fyne.KeyG, 0, (*Pane).openGoRow},
	{"Add condition…", fyne.KeyK, 0, func(p *Pane) { p.filter.editNew() }},
	{"Columns…", fyne.KeyB, 0, (*Pane).openColumns},
	{"Copy row", fyne.KeyC, fyne.KeyModifierShift, (*Pane).copyRow},
	{"Profile column", fyne.KeyP, 0, (*Pane).profileFocused},
	{"Save view…", fyne.KeyS, 0, func(p *Pane) { p.save.open() }},
}

// Shortcuts lists what every pane does by keyboard beyond moving about; what Do
// does is up to a pane, so it is nil.
func Shortcuts() []Shortcut {
	list := make([]Shortcut, len(shortcuts))
	for i, s := range shortcuts {
		list[i] = Shortcut{Name: s.name, Keys: &desktop.CustomShortcut{KeyName: s.key, Modifier: fyne.KeyModifierShortcutDefault | s.more}}
	}
	return list
}

// Shortcuts lists what the pane does by keyboard beyond moving about.
func (p *Pane) Shortcuts() []Shortcut {
	list := Shortcuts()
	for i, s := range shortcuts {
		list[i].Do = func() { s.do(p) }
	}
	return list
}

// Key is a key that works while the table has the focus, as people read it.
type Key struct{ Keys, Does string }

// Keys lists what the table does by keyboard beside the shortcuts.
func Keys() []Key {
	return []Key{
		{"Arrows", "Go from cell to cell"},
		{"Page Up, Page Down", "Turn the page"},
		{"Home, End", "First or last column"},
		{"Ctrl+Home, Ctrl+End", "First or last row"},
		{"Enter", "Show the cell in full"},
		{"Alt+Down", "Menu of the cell"},
		{"+, -", "Make the column wider or narrower"},
		{"Ctrl+C", "Copy the cell"},
		{"F3, Shift+F3", "Next or previous hit"},
		{"F4", "Switch between cell and record"},
		{"F5", "Read the file again"},
	}
}

// openGoRow puts the keyboard into the field for a row number.
func (p *Pane) openGoRow() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.goRow); c != nil && p.s != nil {
		c.Focus(p.goRow)
		p.goRow.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

func (p *Pane) profileFocused() {
	if _, col := p.grid.FocusCell(); p.s != nil && col < len(p.s.header) {
		p.side.profile(col)
	}
}

// shortcut takes the shortcuts that the grid has no use for.
func (p *Pane) shortcut(s fyne.Shortcut) bool {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		p.copyCell()
		return true
	}
	for _, k := range p.Shortcuts() {
		if k.Keys.ShortcutName() == s.ShortcutName() {
			k.Do()
			return true
		}
	}
	return false
}

// key takes the keys that the grid has no use for.
func (p *Pane) key(k fyne.KeyName, shift bool) {
	switch k {
	case fyne.KeyF3:
		p.find.step(!shift)
	case fyne.KeyF4:
		p.side.toggle()
	case fyne.KeyF5:
		p.Reload()
	case fyne.KeyEscape:
		p.find.close()
	default:
		p.toWindow(k)
	}
}

// toWindow hands a key on that has a use in the window, if any.
func (p *Pane) toWindow(k fyne.KeyName) {
	c := fyne.CurrentApp().Driver().CanvasForObject(p.root)
	if c == nil {
		return
	}
	if typed := c.OnTypedKey(); typed != nil {
		typed(&fyne.KeyEvent{Name: k})
	}
}

// maxCopy is how many bytes of a cell or a row go to the clipboard.
const maxCopy = 16 << 20

// copyCell copies the whole cell in focus, also where the table shows its start.
func (p *Pane) copyCell() {
	row, col := p.grid.FocusCell()
	p.copy(row, func(ctx context.Context, f file, r csvfile.Row) (string, int64, error) {
		if col >= len(r.Fields) {
			return "", 0, nil
		}
		return f.CellString(ctx, r, col, maxCopy)
	})
}

// copyRow copies the row in focus with tabs between its cells, as spreadsheets take it.
func (p *Pane) copyRow() {
	row, _ := p.grid.FocusCell()
	p.copy(row, func(ctx context.Context, f file, r csvfile.Row) (string, int64, error) {
		var b strings.Builder
		full := int64(0)
		for i := range r.Fields {
			cell, n, err := f.CellString(ctx, r, i, max(0, maxCopy-int64(b.Len())))
			if err != nil {
				return "", 0, err
			}
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(tabSafe(cell))
			full += n
		}
		return b.String(), full, nil
	})
}

// tabSafe quotes a cell whose tabs or breaks would tear the row apart.
func tabSafe(s string) string {
	if strings.ContainsAny(s, "\t\n\r\"") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// copy reads something of a row in the background and puts it on the clipboard.
func (p *Pane) copy(row int64, read func(context.Context, file, csvfile.Row) (string, int64, error)) {
	r, ok := p.model.record(row)
	if !ok || p.o.Clipboard == nil {
		return
	}
	s := p.s
	go func() {
		text, full, err := read(s.ctx, s.f, r)
		p.run(s, func() {
			switch {
			case err != nil:
				p.notices.show(aboutRead, tone.Bad, sentence(fmt.Errorf("nothing was copied: %w", err)))
			default:
				p.o.Clipboard.SetContent(text)
				note := "copied"
				if full > int64(len(text)) && full > maxCopy {
					note = fmt.Sprintf("copied the first %s of %s", size(int64(len(text))), size(full))
				}
				p.footRight.Set(note)
			}
		})
	}()
}
