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

// Shortcuts lists what the pane does by keyboard beyond moving about.
func (p *Pane) Shortcuts() []Shortcut {
	ctrl := func(k fyne.KeyName, more fyne.KeyModifier) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault | more}
	}
	return []Shortcut{
		{"Find…", ctrl(fyne.KeyF, 0), p.find.open},
		{"Go to row…", ctrl(fyne.KeyG, 0), p.openGoRow},
		{"Add condition…", ctrl(fyne.KeyK, 0), func() { p.filter.editNew() }},
		{"Columns…", ctrl(fyne.KeyB, 0), p.openColumns},
		{"Copy row", ctrl(fyne.KeyC, fyne.KeyModifierShift), p.copyRow},
		{"Profile column", ctrl(fyne.KeyP, 0), p.profileFocused},
		{"Save view…", ctrl(fyne.KeyS, 0), p.save.open},
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
