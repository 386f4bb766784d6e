package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sluice/csvfile"
	"sluice/figures"
)

// previewCommand shows rows of a CSV file. Inside, rows are counted from 0; what a
// person reads counts them from 1, as the window does. The header is not a row.
type previewCommand struct {
	File  string `arg:"" type:"input" help:"The table: a CSV file, packed or not (gz, zst, xz, bz2, lz4, zip), a Parquet file, a pipe, - for the standard input, or an http or https address. A damaged one ends with exit code 1, after what can be read of it."`
	At    int64  `placeholder:"N" xor:"start" help:"How many rows to pass over: --at 9 begins with row 10, since row numbers count from 1, here and in the window. Negative: that many rows before the end."`
	Row   *int64 `placeholder:"N" xor:"start" help:"First row to show, by its number, counted from 1 without the header."`
	Rows  int    `default:"10" placeholder:"N" help:"How many rows to show (${default})."`
	Find  string `placeholder:"TEXT" help:"Start at the first row, from --at or --row on, with a cell that contains the text."`
	Count bool   `xor:"what" help:"Print the number of rows instead; with --find, of the rows that contain the text."`
	JSON  bool   `name:"json" help:"Print JSON."`

	choiceFlags `embed:"" group:"What of the file is shown"`
	groupFlags  `embed:""`
	saveFlags   `embed:"" group:"How to save what is shown"`
	followFlags `embed:""`
	inputFlags  `embed:""`

	readingFlags `embed:"" group:"How to read the file (what is not given is guessed, and said)"`
	Strict       bool `help:"Look at all rows, and end with exit code 1 if anything about the file was guessed or is odd. Without it, all rows of a file of up to 16 MB are looked at, and of a larger one those that are shown."`
}

// textCellLimit is how much of a cell is read for the table, which shows less.
const textCellLimit = 1 << 10

func (p *previewCommand) Run(c *call) error {
	if p.Rows < 0 {
		return usageError{fmt.Errorf("--rows %d is negative", p.Rows)}
	}
	reading, err := p.reading()
	if err != nil {
		return usageError{err}
	}
	if err := p.checkGroups(); err != nil {
		return err
	}
	if err := p.checkSave(c); err != nil {
		return err
	}
	if p.Row != nil {
		if *p.Row < 1 {
			return usageError{fmt.Errorf("--row %d: rows are counted from 1", *p.Row)}
		}
		p.At = *p.Row - 1
	}
	reading.Member = p.Member
	if p.Follow {
		return p.follow(c, reading)
	}
	file, err := p.open(c, p.File, csvfile.WithCellLimit(textCellLimit), csvfile.WithReading(reading))
	if err != nil {
		return err
	}
	defer file.Close()
	p.File = inputName(p.File)
	if err := p.check(c, file); err != nil {
		return err
	}
	s, err := p.choose(c, file)
	if err != nil {
		return err
	}
	// What could be read of a damaged file is printed, and then it is an error.
	if err = errors.Join(p.action()(c, s), file.Damage()); err != nil {
		return err
	}
	return p.refuse(s)
}

// action is what is asked for.
func (p *previewCommand) action() func(*call, *previewed) error {
	switch {
	case p.Group != "":
		return p.group
	case p.Count:
		return p.count
	case p.Profile != "":
		return p.describe
	case p.Save != "":
		return p.save
	}
	return p.page
}

// page prints rows.
func (p *previewCommand) page(c *call, s *previewed) error {
	at, err := p.start(c, s)
	if err != nil {
		return err
	}
	if p.JSON {
		return p.printJSON(c, s, at)
	}
	if s.part() == nil && s.file.Coming() && p.Rows > 0 {
		return p.pageComing(c, s, at)
	}
	rows, err := s.rows(c.ctx, at, p.Rows)
	if err != nil {
		return fmt.Errorf("preview %s: %w", p.File, err)
	}
	if len(rows) == 0 && at > 0 && p.Rows > 0 {
		return p.noRow(c, s, at)
	}
	printTable(c, s, at, rows)
	var odd oddRows
	for _, row := range rows {
		odd.add(len(row.Fields), s.file.Info().Columns)
	}
	say(c, s.findings(&odd, at))
	return s.tellMatches(c)
}

// noRow says that there is no row at.
func (p *previewCommand) noRow(c *call, s *previewed, at int64) error {
	total, err := s.count(c.ctx)
	if err != nil {
		return err
	}
	if s.view != nil {
		return fmt.Errorf("preview %s: %s, so that there is nothing behind the first %s", p.File, figures.Some(total, "one row meets the filter", "%d rows meet the filter"), number(at))
	}
	return fmt.Errorf("preview %s: row %s does not exist: the file has %s", p.File, number(at+1), figures.Some(total, "one row", "%d rows"))
}

// start is the place, among the rows shown, to begin with.
func (p *previewCommand) start(c *call, s *previewed) (at int64, err error) {
	at = p.At
	switch {
	case at < 0:
		total, err := s.count(c.ctx)
		if err != nil {
			return 0, err
		}
		at = max(0, total+at)
	case p.Row != nil:
		if at, err = s.placeOf(c.ctx, *p.Row-1); err != nil {
			return 0, err
		}
	}
	if p.Find == "" {
		return at, nil
	}
	found, err := p.firstMatch(c.ctx, s, at)
	if err != nil {
		return 0, err
	}
	if found < 0 {
		return 0, fmt.Errorf("preview %s: no row from %s on contains %q", p.File, number(at+1), p.Find)
	}
	return found, nil
}

func (p *previewCommand) count(c *call, s *previewed) (err error) {
	var n int64
	if p.Find == "" {
		n, err = s.count(c.ctx)
	} else {
		n, err = p.countMatches(c.ctx, s, max(0, p.At))
	}
	if err != nil {
		return fmt.Errorf("count rows of %s: %w", p.File, err)
	}
	found := findings(s.file, nil)
	say(c, found)
	if p.JSON {
		c.documented = true
		return c.printDocument(previewCount{n, completenessOf(s.file), found}, s.file.Damage())
	}
	_, err = fmt.Fprintln(c.program.Out, n)
	return err
}

func printTable(c *call, s *previewed, at int64, rows []csvfile.Row) {
	header, cells, numbers := s.table(at, rows)
	table(c.program.Out, header, cells, numbers, tableWidth(c))
}

// tableWidth is how wide a table may be.
func tableWidth(c *call) int {
	if width, ok := isTerminal(c.program.Out); ok {
		return width
	}
	return defaultTableWidth
}

// table are rows from a place on as a table has them, and names of all their columns.
func (s *previewed) table(at int64, rows []csvfile.Row) (header []string, cells [][]string, numbers []string) {
	header = s.file.Header()
	for i, row := range rows {
		cells, numbers = append(cells, s.chosen(withNulls(row))), append(numbers, number(s.numberOf(row, at+int64(i))+1))
		for s.columns == nil && len(header) < len(row.Fields) {
			header = append(header, csvfile.ColumnName(len(header)))
		}
	}
	return s.chosen(header), cells, numbers
}

// withNulls are the cells of a row; what has no value in a Parquet file is NULL.
func withNulls(row csvfile.Row) []string {
	cells, copied := row.Fields, false
	for i := range cells {
		if row.Null(i) {
			if !copied {
				cells, copied = slices.Clone(cells), true
			}
			cells[i] = "NULL"
		}
	}
	return cells
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
