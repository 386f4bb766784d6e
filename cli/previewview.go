package cli

import (
	"context"
	"fmt"
	"io"
	"sort"

	"sluice/csvfile"
	"sluice/csvfile/filtertext"
	"sluice/figures"
)

// choiceFlags say what of a file is shown.
type choiceFlags struct {
	Filter     string `placeholder:"FILTER" help:"Only rows that meet a filter, such as 'space_key = ENG and (updated_date >= 2026-01-01 or title contains draft)'; docs/csv.md has the grammar. Rows keep their numbers, and --at counts those that are left."`
	Columns    string `placeholder:"NAMES" help:"Only these columns, in this order, with commas between them; #3 is the third."`
	Regex      bool   `help:"What --find looks for is a regular expression (RE2)."`
	IgnoreCase bool   `help:"--find takes upper and lower case letters alike."`
	Sort       string `placeholder:"COLUMN[:desc],…" help:"In the order of these columns, the first before all: space_key,created:desc. A column is sorted as its profile says, or as text, bytes, number or time behind a colon (size:number:desc). Rows that are alike keep the order of the file, empty cells come last."`
	Profile    string `placeholder:"COLUMN" xor:"what" help:"Describe the values of a column instead: type, empty, distinct, least and greatest, most frequent."`
}

// previewed is what of a file is shown.
type previewed struct {
	file    *csvfile.File
	view    *csvfile.View   // nil: all rows
	sorted  *csvfile.Sorted // nil: in the order of the file
	columns []int           // nil: all columns
}

// choose applies the filter, and waits until all rows that meet it are known.
func (p *previewCommand) choose(c *call, file *csvfile.File) (s *previewed, err error) {
	s = &previewed{file: file}
	if p.Columns != "" {
		if s.columns, err = filtertext.Columns(p.Columns, file.Header()); err != nil {
			return nil, usageError{fmt.Errorf("--columns: %w", err)}
		}
	}
	if p.Find == "" && (p.Regex || p.IgnoreCase) {
		return nil, usageError{fmt.Errorf("--regex and --ignore-case say how --find looks, which is not given")}
	}
	if p.Find != "" && p.Profile != "" {
		return nil, usageError{fmt.Errorf("--find leads to a row, and --profile describes all; use --filter to choose rows")}
	}
	if p.Filter == "" {
		return s, p.sort(c, s)
	}
	e, err := filtertext.Parse(p.Filter, file.Header())
	if err != nil {
		return nil, usageError{err}
	}
	if s.view, err = file.FilterBy(c.ctx, e); err != nil {
		return nil, usageError{fmt.Errorf("--filter: %w", err)}
	}
	select {
	case <-s.view.Done():
	case <-c.ctx.Done():
		return nil, c.ctx.Err()
	}
	if err := s.view.Progress().Err; err != nil {
		return nil, err
	}
	return s, p.sort(c, s)
}

// source is what is shown, as the engine has it.
func (s *previewed) source() csvfile.Source {
	if part := s.part(); part != nil {
		return part
	}
	return s.file
}

// rows reads rows from a place on.
func (s *previewed) rows(ctx context.Context, at int64, n int) ([]csvfile.Row, error) {
	if part := s.part(); part != nil {
		return part.Rows(ctx, at, n)
	}
	return rowsAt(ctx, s.file, at, n)
}

// count is the number of rows shown.
func (s *previewed) count(ctx context.Context) (int64, error) {
	if part := s.part(); part != nil {
		n, _ := part.Total()
		return n, nil
	}
	return countRows(ctx, s.file)
}

// placeOf is the place of the first row, among those shown, with a number or a greater one.
func (s *previewed) placeOf(ctx context.Context, row int64) (int64, error) {
	if s.view == nil {
		return row, nil
	}
	total, _ := s.view.Total()
	var failed error
	at := sort.Search(int(total), func(i int) bool {
		rows, err := s.view.Rows(ctx, int64(i), 1)
		if err != nil || len(rows) == 0 {
			failed = err
			return true
		}
		return rows[0].Number >= row
	})
	return int64(at), failed
}

// numberOf is the number of a row that is at a place.
func (s *previewed) numberOf(r csvfile.Row, at int64) int64 {
	if s.part() != nil {
		return r.Number
	}
	return at
}

// chosen are the cells of the columns shown.
func (s *previewed) chosen(cells []string) []string {
	if s.columns == nil {
		return cells
	}
	out := make([]string, len(s.columns))
	for i, col := range s.columns {
		if col < len(cells) {
			out[i] = cells[col]
		}
	}
	return out
}

// findings are those of the file, and of rows that were shown from a place on.
func (s *previewed) findings(odd *oddRows, at int64) []finding {
	if s.part() != nil { // whose rows are not one behind the other
		return append(findings(s.file, nil), s.sortFindings()...)
	}
	return findings(s.file, odd.found(at))
}

// tellMatches says how many rows meet the filter.
func (s *previewed) tellMatches(c *call) error {
	if s.view == nil {
		return nil
	}
	n, _ := s.view.Total()
	all, err := countRows(c.ctx, s.file)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.program.Err, "note: %s, of %s\n", figures.Some(n, "one row meets the filter", "%d rows meet the filter"), number(all))
	return err
}

// writeRow writes a row in full: all of its cells, or those of the columns shown.
func (s *previewed) writeRow(ctx context.Context, r csvfile.Row, to csvfile.RowSink) error {
	if s.columns == nil {
		_, err := s.file.ReadRows(ctx, r.Number, 1, to)
		return err
	}
	for _, col := range s.columns {
		if col < len(r.Fields) {
			cell, err := s.file.Cell(ctx, r, col)
			if err != nil {
				return err
			}
			if _, err := io.Copy(cellOf{to}, cell); err != nil {
				return err
			}
		}
		to.EndField()
	}
	return to.EndRow()
}

// cellOf writes the pieces of a cell.
type cellOf struct{ to csvfile.RowSink }

func (c cellOf) Write(p []byte) (int, error) {
	c.to.Data(p)
	return len(p), nil
}
