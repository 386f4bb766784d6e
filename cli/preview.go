package cli

import (
	"context"
	"errors"
	"fmt"

	"sluice/csvfile"
)

// previewCommand shows rows of a CSV file. Rows are data records counted from
// 0; the header is not one.
type previewCommand struct {
	File  string `arg:"" type:"path" help:"The CSV file, gzip-packed or not."`
	At    int64  `placeholder:"N" help:"First row to show; data records count from 0. Negative: from the end."`
	Rows  int    `default:"10" placeholder:"N" help:"How many rows to show (${default})."`
	Find  string `placeholder:"TEXT" help:"Start at the first row, from --at on, with a cell that contains the text."`
	Count bool   `help:"Print the number of rows instead; with --find, of the rows that contain the text."`
	JSON  bool   `name:"json" help:"Print JSON."`
}

// previewPage is the JSON of a preview.
type previewPage struct {
	Header []string   `json:"header"`
	Rows   [][]string `json:"rows"`
	At     int64      `json:"at"`
	Total  *int64     `json:"total"` // null while not known
}

// previewCount is the JSON of a count.
type previewCount struct {
	Total int64 `json:"total"`
}

// jsonCellLimit is how much of a cell JSON carries: all of it, up to a size
// that no consumer of one document would want to pass.
const jsonCellLimit = 64 << 20

func (p *previewCommand) Run(c *call) error {
	if p.Rows < 0 {
		return usageError{fmt.Errorf("--rows %d is negative", p.Rows)}
	}
	options := []csvfile.Option{}
	if p.JSON {
		options = append(options, csvfile.WithCellLimit(jsonCellLimit))
	}
	file, err := csvfile.Open(c.ctx, p.File, options...)
	if err != nil {
		return err
	}
	defer file.Close()
	if p.Count {
		return p.count(c, file)
	}
	at, err := p.start(c, file)
	if err != nil {
		return err
	}
	rows, err := rowsAt(c.ctx, file, at, p.Rows)
	if err != nil {
		return fmt.Errorf("preview %s: %w", p.File, err)
	}
	if len(rows) == 0 && at > 0 && p.Rows > 0 {
		total, err := countRows(c.ctx, file)
		if err != nil {
			return err
		}
		return fmt.Errorf("preview %s: row %d does not exist: the file has %s rows, counted from 0", p.File, at, number(total))
	}
	return p.print(c, file, at, rows)
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
		return printJSON(c.program.Out, previewCount{n})
	}
	_, err = fmt.Fprintln(c.program.Out, n)
	return err
}

func (p *previewCommand) print(c *call, file *csvfile.File, at int64, rows []csvfile.Row) error {
	cells := make([][]string, len(rows))
	for i, row := range rows {
		cells[i] = row.Fields
		if cells[i] == nil {
			cells[i] = []string{}
		}
	}
	if p.JSON {
		page := previewPage{Header: file.Header(), Rows: cells, At: at}
		if total, ok := file.Total(); ok {
			page.Total = &total
		}
		if page.Header == nil {
			page.Header = []string{}
		}
		return printJSON(c.program.Out, page)
	}
	numbers := make([]string, len(rows))
	for i := range rows {
		numbers[i] = number(at + int64(i))
	}
	width, ok := isTerminal(c.program.Out)
	if !ok {
		width = defaultTableWidth
	}
	table(c.program.Out, file.Header(), cells, numbers, width)
	return nil
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
