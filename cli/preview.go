package cli

import (
	"context"
	"errors"
	"fmt"

	"sluice/csvfile"
	"sluice/visible"
)

// previewCommand shows rows of a CSV file. Rows are data records counted from
// 0; the header is not one.
type previewCommand struct {
	File  string `arg:"" type:"path" help:"The CSV file, gzip-packed or not. A damaged one ends with exit code 1, after what can be read of it."`
	At    int64  `placeholder:"N" help:"First row to show; data records count from 0. Negative: from the end."`
	Rows  int    `default:"10" placeholder:"N" help:"How many rows to show (${default})."`
	Find  string `placeholder:"TEXT" help:"Start at the first row, from --at on, with a cell that contains the text."`
	Count bool   `help:"Print the number of rows instead; with --find, of the rows that contain the text."`
	JSON  bool   `name:"json" help:"Print JSON."`
}

// textCellLimit is how much of a cell is read for the table, which shows less.
const textCellLimit = 1 << 10

func (p *previewCommand) Run(c *call) error {
	if p.Rows < 0 {
		return usageError{fmt.Errorf("--rows %d is negative", p.Rows)}
	}
	file, err := csvfile.Open(c.ctx, p.File, csvfile.WithCellLimit(textCellLimit))
	if err != nil {
		return err
	}
	defer file.Close()
	run := p.page
	if p.Count {
		run = p.count
	}
	// What could be read of a damaged file is printed, and then it is an error.
	err = run(c, file)
	return errors.Join(err, file.Damage())
}

// page prints rows.
func (p *previewCommand) page(c *call, file *csvfile.File) error {
	at, err := p.start(c, file)
	if err != nil {
		return err
	}
	if p.JSON {
		return p.printJSON(c, file, at)
	}
	rows, err := rowsAt(c.ctx, file, at, p.Rows)
	if err != nil {
		return fmt.Errorf("preview %s: %w", p.File, err)
	}
	if len(rows) == 0 && at > 0 && p.Rows > 0 {
		return p.noRow(c, file, at)
	}
	p.printTable(c, file, at, rows)
	for _, note := range notes(file) {
		visible.Fprintf(c.program.Err, "note: %s\n", note)
	}
	return nil
}

// noRow says that there is no row at.
func (p *previewCommand) noRow(c *call, file *csvfile.File, at int64) error {
	total, err := countRows(c.ctx, file)
	if err != nil {
		return err
	}
	return fmt.Errorf("preview %s: row %d does not exist: the file has %s rows, counted from 0", p.File, at, number(total))
}

// start is the row to begin with.
func (p *previewCommand) start(c *call, file *csvfile.File) (int64, error) {
	at := p.At
	if at < 0 {
		total, err := countRows(c.ctx, file)
		if err != nil {
			return 0, err
		}
		at = max(0, total+at)
	}
	if p.Find == "" {
		return at, nil
	}
	found, err := firstMatch(c.ctx, file, p.Find, at)
	if err != nil {
		return 0, err
	}
	if found < 0 {
		return 0, fmt.Errorf("preview %s: no row from %d on contains %q", p.File, at, p.Find)
	}
	return found, nil
}

func (p *previewCommand) count(c *call, file *csvfile.File) (err error) {
	var n int64
	if p.Find == "" {
		n, err = countRows(c.ctx, file)
	} else {
		n, err = countMatches(c.ctx, file, p.Find, max(0, p.At))
	}
	if err != nil {
		return fmt.Errorf("count rows of %s: %w", p.File, err)
	}
	if p.JSON {
		c.documented = true
		return c.printDocument(previewCount{n, completenessOf(file)}, file.Damage())
	}
	_, err = fmt.Fprintln(c.program.Out, n)
	return err
}

func (p *previewCommand) printTable(c *call, file *csvfile.File, at int64, rows []csvfile.Row) {
	cells := make([][]string, len(rows))
	numbers := make([]string, len(rows))
	for i, row := range rows {
		cells[i], numbers[i] = row.Fields, number(at+int64(i))
	}
	width, ok := isTerminal(c.program.Out)
	if !ok {
		width = defaultTableWidth
	}
	table(c.program.Out, file.Header(), cells, numbers, width)
}

// notes are what a person should know about how the file was read.
func notes(file *csvfile.File) []string {
	var out []string
	if i := file.Info(); i.EncodingGuessed {
		out = append(out, fmt.Sprintf("the file is read as %s: that is a guess, nothing in it says so", i.Encoding))
	} else if i.Encoding == "UTF-16" {
		out = append(out, "the file is in UTF-16")
	}
	if changed, err := file.Changed(); err == nil && changed {
		out = append(out, "the file has changed since it was opened: what is shown may be of before and after")
	}
	switch n := file.Replaced(); {
	case n == 1:
		out = append(out, "1 half of a UTF-16 pair is shown as U+FFFD")
	case n > 1:
		out = append(out, number(n)+" halves of UTF-16 pairs are shown as U+FFFD")
	}
	return out
}

// rowsAt reads rows, and indexes the file up to them where that is needed.
func rowsAt(ctx context.Context, file *csvfile.File, at int64, n int) ([]csvfile.Row, error) {
	rows, err := file.Rows(ctx, at, n)
	var notYet *csvfile.NotIndexedError
	if !errors.As(err, &notYet) {
		return rows, err
	}
	file.StartIndex(ctx)
	if err := file.WaitRow(ctx, at+int64(n)); err != nil {
		return nil, err
	}
	return file.Rows(ctx, at, n)
}

// countRows indexes the file to its end.
func countRows(ctx context.Context, file *csvfile.File) (int64, error) {
	file.StartIndex(ctx)
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-file.Done():
	}
	if err := file.Progress().Err; err != nil {
		return 0, err
	}
	total, _ := file.Total()
	return total, nil
}
