package cli

import (
	"context"
	"errors"
	"fmt"

	"sluice/csvfile"
	"sluice/csvfile/filtertext"
)

// followFlags are about a file that grows.
type followFlags struct {
	Follow bool `help:"Print rows as they are added to the file, until Ctrl+C: first those from --at or --row on, without these the last --rows; with --json each as a list in a line. That the file was cut or replaced is an error."`
}

// follow prints the rows of a file as they come.
func (p *previewCommand) follow(c *call, reading csvfile.Reading) error {
	switch {
	case p.Count || p.Find != "" || p.Group != "" || p.Filter != "" || p.Sort != "" || p.Profile != "" || p.Save != "" || p.Strict:
		return usageError{errors.New("--follow prints rows as they come: leave out --count, --find, --filter, --group, --profile, --save, --sort and --strict")}
	case p.File == csvfile.StandardInput || inputName(p.File) != p.File:
		return usageError{fmt.Errorf("%s is no file that grows: what it gives is read to its end without --follow", inputName(p.File))}
	}
	file, err := csvfile.Open(c.ctx, p.File, csvfile.WithCellLimit(textCellLimit), csvfile.WithReading(reading), csvfile.WithFollow())
	if err != nil {
		return err
	}
	defer file.Close()
	s := &previewed{file: file}
	if p.Columns != "" {
		if s.columns, err = filtertext.Columns(p.Columns, file.Header()); err != nil {
			return usageError{fmt.Errorf("--columns: %w", err)}
		}
	}
	at, err := p.firstFollowed(c, file)
	if err != nil {
		return err
	}
	say(c, findings(file, nil))
	if p.JSON {
		c.documented = true
		return p.followed(p.followJSON(c, s, at))
	}
	return p.followed(p.followTable(c, s, at))
}

// followed is how following ended: a signal ends it well.
func (p *previewCommand) followed(err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return nil
	case errors.Is(err, csvfile.ErrChanged):
		return fmt.Errorf("%s was cut or replaced: its rows are no longer followed; start again to follow it anew", p.File)
	}
	return fmt.Errorf("preview %s: %w", p.File, err)
}

// firstFollowed is the row to begin with.
func (p *previewCommand) firstFollowed(c *call, file *csvfile.File) (int64, error) {
	if p.At > 0 || p.Row != nil || c.typed["at"] && p.At == 0 {
		return p.At, nil
	}
	if _, err := file.TextEnd(c.ctx); err != nil { // what is there by now
		return 0, err
	}
	total, _ := file.Total()
	if p.At < 0 {
		return max(0, total+p.At), nil
	}
	return max(0, total-int64(p.Rows)), nil
}

// followTable prints rows as a table that goes on, with the columns as wide as they were at
// first.
func (p *previewCommand) followTable(c *call, s *previewed, at int64) error {
	var t *tableLines
	for {
		rows, err := rowsNow(c.ctx, s.file, at, p.Rows)
		if err != nil {
			return err
		}
		header, cells, numbers := s.table(at, rows)
		if t == nil {
			t = layTable(c.program.Out, header, cells, numbers, tableWidth(c))
			t.line("row", header)
		}
		t.lines(numbers, cells)
		at += int64(len(rows))
		if err := s.file.WaitRow(c.ctx, at); err != nil {
			return err
		}
	}
}

// pageComing prints rows of what is still coming as they come, with the columns as wide as
// those were that were there at first.
func (p *previewCommand) pageComing(c *call, s *previewed, at int64) error {
	var t *tableLines
	var odd oddRows
	s.file.StartIndex(c.ctx)
	for shown := int64(0); shown < int64(p.Rows); {
		if err := s.file.WaitRow(c.ctx, at+shown); err != nil {
			return fmt.Errorf("preview %s: %w", p.File, err)
		}
		rows, err := rowsNow(c.ctx, s.file, at+shown, p.Rows-int(shown))
		if err != nil {
			return fmt.Errorf("preview %s: %w", p.File, err)
		}
		if len(rows) == 0 { // it has ended
			if shown == 0 && at > 0 {
				return p.noRow(c, s, at)
			}
			break
		}
		header, cells, numbers := s.table(at+shown, rows)
		if t == nil {
			t = layTable(c.program.Out, header, cells, numbers, tableWidth(c))
			t.line("row", header)
			defer t.tellHidden()
		}
		t.lines(numbers, cells)
		for _, row := range rows {
			odd.add(len(row.Fields), s.file.Info().Columns)
		}
		shown += int64(len(rows))
	}
	if t == nil {
		printTable(c, s, at, nil)
	}
	say(c, s.findings(&odd, at))
	return nil
}

// rowsNow are up to n rows from at on that are there by now.
func rowsNow(ctx context.Context, file *csvfile.File, at int64, n int) ([]csvfile.Row, error) {
	file.StartIndex(ctx)
	rows, err := file.Rows(ctx, at, max(n, 1))
	var notYet *csvfile.NotIndexedError
	if errors.As(err, &notYet) {
		err = nil
	}
	return rows, err
}

// lineJSON writes each row in a line of its own.
type lineJSON struct{ *rowsJSON }

// EndRow ends a line, and shows it.
func (j lineJSON) EndRow() error {
	if err := j.rowsJSON.EndRow(); err != nil {
		return err
	}
	j.text("\n")
	return j.flush()
}

func (p *previewCommand) followJSON(c *call, s *previewed, at int64) error {
	j := newRowsJSON(jsonOutput(c.program.Out))
	j.compact = true
	for {
		if err := s.file.WaitRow(c.ctx, at); err != nil {
			return err
		}
		total, _ := s.file.Total()
		for ; at < total; at++ {
			if err := s.writeNow(c.ctx, at, lineJSON{j}); err != nil {
				return err
			}
		}
	}
}

// writeNow writes a row that is there: all of its cells, or those of the columns shown.
func (s *previewed) writeNow(ctx context.Context, at int64, to csvfile.RowSink) error {
	rows, err := s.file.Rows(ctx, at, 1)
	if err == nil && len(rows) > 0 {
		err = s.writeRow(ctx, rows[0], to)
	}
	return err
}
