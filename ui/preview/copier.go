package preview

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// copier puts cells and rows on the clipboard.
type copier struct {
	on        sight
	of        chosenCells
	clipboard fyne.Clipboard // nil: nothing is copied
	notices   *notices
	said      func(string) // what was copied, in a few words
}

// maxCopy is how many bytes of a cell or a row go to the clipboard.
const maxCopy = 16 << 20

// cell copies the whole cell in focus, also where the table shows its start.
func (c *copier) cell() {
	row, col := c.on.focusCell()
	c.copy(row, func(ctx context.Context, f file, r csvfile.Row) (string, int64, error) {
		if col >= len(r.Fields) {
			return "", 0, nil
		}
		return f.CellString(ctx, r, col, maxCopy)
	})
}

// row copies the row in focus with tabs between its cells, as spreadsheets take it.
func (c *copier) row() {
	row, _ := c.on.focusCell()
	c.copy(row, func(ctx context.Context, f file, r csvfile.Row) (string, int64, error) {
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
func (c *copier) copy(row int64, read func(context.Context, file, csvfile.Row) (string, int64, error)) {
	r, ok := c.on.record(row)
	if !ok || c.clipboard == nil {
		return
	}
	s := c.on.current()
	go func() {
		text, full, err := read(s.ctx, s.f, r)
		c.on.run(s, func() { c.copied(text, full, err) })
	}()
}

// copied says what was copied, or why nothing was.
func (c *copier) copied(text string, full int64, err error) {
	t := texts.T.Preview.Cell
	if err != nil {
		c.notices.show(aboutRead, tone.Bad, said(fmt.Sprintf(t.NotCopied, texts.Error(err))))
		return
	}
	c.clipboard.SetContent(text)
	note := t.Copied
	if full > int64(len(text)) && full > maxCopy {
		note = fmt.Sprintf(t.CopiedPart, size(int64(len(text))), size(full))
	}
	c.said(note)
}
