package preview

import (
	"context"
	"errors"
	"strings"

	"sluice/csvfile"
	"sluice/csvfile/saveas"
	"sluice/ui/preview/grid"
	"sluice/ui/texts"
)

// chosenCells is what of the table is chosen.
type chosenCells interface {
	chosenRange() (r grid.Range, some bool)
	layout() *grid.Columns
}

// copyWay says how a range goes to the clipboard.
type copyWay struct {
	names bool // the names of the columns first
	safe  bool // no cell is a formula for a spreadsheet
	// markdown makes a table of Markdown of it, which has the names of the columns always. It is
	// the way to take a table into a text: HTML beside the text is more than the clipboard of the
	// toolkit takes.
	markdown bool
}

// around is what stands around the cells of a row.
func (w copyWay) around() (begin, between, end string) {
	if w.markdown {
		return "| ", " | ", " |\n"
	}
	return "", "\t", "\n"
}

// pageOfRange is how many rows of a range are read at once.
const pageOfRange = 256

// errFull says that the clipboard has as much as it gets; people are told by another sentence.
var errFull = errors.New("full")

// chosen copies the range, or the cell in focus if it is all that is chosen.
func (c *copier) chosen() {
	if _, some := c.of.chosenRange(); some {
		c.cells(copyWay{})
		return
	}
	c.cell()
}

// cells copies the chosen cells: rows as lines, with tabs between the cells, as
// spreadsheets take them. The clipboard of the toolkit takes text alone, and no HTML.
func (c *copier) cells(way copyWay) {
	r, _ := c.of.chosenRange()
	s := c.on.current()
	if s == nil || c.clipboard == nil || r.First < 0 {
		return
	}
	b := copiedText{way: way, f: s.f}
	for place := r.First; place < r.Last; place++ {
		b.columns = append(b.columns, c.of.layout().Index(place))
	}
	var here []csvfile.Row // the last rows are not in the file's order yet
	if s.inTail() {
		here = s.tail[r.From:min(r.To, int64(len(s.tail)))]
	}
	source, header := s.shown, s.header
	go func() {
		err := b.names(header)
		if err == nil && here != nil {
			err = b.rows(s.ctx, here)
		}
		for at := r.From; err == nil && here == nil && at < r.To; {
			var page []csvfile.Row
			page, err = source.Rows(s.ctx, at, int(min(r.To-at, pageOfRange)))
			if err == nil && len(page) == 0 {
				break
			}
			if err == nil {
				err = b.rows(s.ctx, page)
			}
			at += int64(len(page))
		}
		full := errors.Is(err, errFull)
		if full {
			err = nil
		}
		c.on.run(s, func() { c.copiedCells(&b, r, full, err) })
	}()
}

// copiedCells says how many cells were copied, or why none were.
func (c *copier) copiedCells(b *copiedText, r grid.Range, full bool, err error) {
	if err != nil {
		c.copied("", 0, err)
		return
	}
	c.clipboard.SetContent(b.text.String())
	t := texts.T.Preview.Cell
	if full {
		c.said(t.CopiedRows.Of(b.done, group(r.To-r.From), size(maxCopy)))
		return
	}
	c.said(t.CopiedCells.Of(b.done * int64(len(b.columns))))
}

// copiedText is rows of a range as text.
type copiedText struct {
	way     copyWay
	f       file
	columns []int // the data's indexes
	text    strings.Builder
	done    int64 // whole rows
}

// names writes the names of the columns, if they are wanted.
func (b *copiedText) names(header []string) error {
	if !b.way.names {
		return nil
	}
	names := make([]string, len(b.columns))
	for i, col := range b.columns {
		names[i] = b.written(columnName(col, header))
	}
	begin, between, end := b.way.around()
	b.text.WriteString(begin + strings.Join(names, between) + end)
	if b.way.markdown {
		b.text.WriteString("|" + strings.Repeat(" --- |", len(names)) + "\n")
	}
	return nil
}

// rows writes rows, whole ones alone: errFull says that the next has no room.
func (b *copiedText) rows(ctx context.Context, rows []csvfile.Row) error {
	begin, between, end := b.way.around()
	for _, r := range rows {
		var line strings.Builder
		line.WriteString(begin)
		for i, col := range b.columns {
			if i > 0 {
				line.WriteString(between)
			}
			if col >= len(r.Fields) {
				continue
			}
			cell := r.Fields[col]
			if r.Cut(col) {
				if r.Size(col) > maxCopy {
					return errFull
				}
				var err error
				if cell, _, err = b.f.CellString(ctx, r, col, maxCopy); err != nil {
					return err
				}
			}
			line.WriteString(b.written(cell))
		}
		if b.text.Len()+line.Len() > maxCopy {
			return errFull
		}
		b.text.WriteString(line.String() + end)
		b.done++
	}
	return ctx.Err()
}

// written is a cell as it goes to the clipboard.
func (b *copiedText) written(cell string) string {
	if b.way.safe {
		cell = csvfile.SpreadsheetSafe(cell)
	}
	if b.way.markdown {
		return saveas.MarkdownCell(cell)
	}
	return tabSafe(cell)
}

// rangeSaid is what the footer says of what is chosen, empty of a single cell.
func rangeSaid(r grid.Range, some bool) string {
	if !some {
		return ""
	}
	return texts.T.Preview.Cell.Chosen.Of((r.To-r.From)*int64(r.Last-r.First), group(r.To-r.From), group(int64(r.Last-r.First)))
}
