package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"sluice/csvfile"
)

// previewRest is what follows "header", a list of names, and "rows", lists of cells,
// each in full, in the JSON of a preview.
type previewRest struct {
	At    int64  `json:"at"`
	Total *int64 `json:"total"` // of the file; null while not known
	// Matches is how many rows meet the filter, and Numbers those of the rows, from 1.
	Matches *int64     `json:"matches,omitempty"`
	Numbers []int64    `json:"numbers,omitempty"`
	Sort    []sortedBy `json:"sort,omitempty"` // by what the rows are sorted
	completeness
	Encoding string          `json:"encoding"`
	Dialect  csvfile.Dialect `json:"dialect"`
	Findings []finding       `json:"findings"`
	Checked  bool            `json:"checked"`         // all rows were looked at for findings
	Notes    []string        `json:"notes,omitempty"` // on how the file was read
}

// completeness says whether the file could be read to its end, as far as it was.
type completeness struct {
	Complete bool   `json:"complete"`
	Reason   string `json:"reason,omitempty"` // why it is not
}

func completenessOf(file *csvfile.File) completeness {
	if err := file.Damage(); err != nil {
		return completeness{Reason: err.Error()}
	}
	return completeness{Complete: true}
}

// previewCount is the JSON of a count.
type previewCount struct {
	Total int64 `json:"total"`
	completeness
	Findings []finding `json:"findings,omitempty"`
}

// printJSON prints rows as they are read, so that their size does not matter. A
// document that an error breaks off is no JSON, and not taken for a whole one.
func (p *previewCommand) printJSON(c *call, s *previewed, at int64) error {
	if ok, err := s.hasRow(c.ctx, at); err != nil {
		return fmt.Errorf("preview %s: %w", p.File, err)
	} else if !ok && at > 0 && p.Rows > 0 {
		return p.noRow(c, s, at)
	}
	c.documented = true
	j := newRowsJSON(jsonOutput(c.program.Out))
	if err := p.writeJSON(c, s, at, j); err != nil {
		return fmt.Errorf("preview %s: %w", p.File, err)
	}
	return j.flush()
}

// hasRow reports whether there is a row at a place.
func (s *previewed) hasRow(ctx context.Context, at int64) (bool, error) {
	if part := s.part(); part != nil {
		total, _ := part.Total()
		return at < total, nil
	}
	return s.file.HasRow(ctx, at)
}

// writeHeader writes the names of the columns shown.
func (s *previewed) writeHeader(ctx context.Context, j *rowsJSON) error {
	if s.columns == nil {
		return s.file.ReadHeader(ctx, j)
	}
	for _, name := range s.chosen(s.file.Header()) {
		j.Data([]byte(name))
		j.EndField()
	}
	return j.EndRow()
}

// writeRows writes rows in full, and returns how many, and their numbers, from 1, where
// there is a filter, or another order.
func (s *previewed) writeRows(ctx context.Context, at, n int64, j *rowsJSON) (rows int64, numbers []int64, err error) {
	if s.part() == nil && s.columns == nil {
		rows, err = s.file.ReadRows(ctx, at, n, j)
		return rows, nil, err
	}
	const page = 512
	for rows < n {
		some, err := s.rows(ctx, at+rows, int(min(n-rows, page)))
		if err != nil || len(some) == 0 {
			return rows, numbers, err
		}
		for _, r := range some {
			if err := s.writeRow(ctx, r, j); err != nil {
				return rows, numbers, err
			}
			if s.part() != nil {
				numbers = append(numbers, r.Number+1)
			}
			rows++
		}
	}
	return rows, numbers, nil
}

func (p *previewCommand) writeJSON(c *call, s *previewed, at int64, j *rowsJSON) error {
	file := s.file
	j.text("{\n  \"header\": ")
	j.indent = "  "
	if err := s.writeHeader(c.ctx, j); err != nil {
		return err
	}
	j.text(",\n  \"rows\": [")
	j.indent, j.listed, j.rows, j.odd = "    ", true, 0, oddRows{}
	j.columns = file.Info().Columns
	if s.columns != nil { // whose cells tell nothing of the row
		j.columns = len(s.columns)
	}
	n, numbers, err := s.writeRows(c.ctx, at, int64(p.Rows), j)
	if err != nil {
		return err
	}
	if n > 0 {
		j.text("\n  ")
	}
	info := file.Info()
	rest := previewRest{At: at, Numbers: numbers, Sort: s.order(c), completeness: completenessOf(file), Encoding: info.Encoding, Dialect: file.Dialect(), Checked: info.Checked}
	rest.Findings = s.findings(&j.odd, at)
	if s.view != nil {
		matches, _ := s.view.Total()
		rest.Matches = &matches
	}
	rest.Notes = notes(rest.Findings)
	if total, ok := file.Total(); ok {
		rest.Total = &total
	} else if end, ok := file.RowsAtEnd(); ok {
		rest.Total = &end // all were read
	}
	say(c, rest.Findings)
	if j.invalid > 0 {
		rest.Notes = append(rest.Notes, fmt.Sprintf("%s bytes that are not UTF-8 stand as U+FFFD, since JSON cannot carry them", number(j.invalid)))
	}
	text, err := json.MarshalIndent(rest, "", "  ")
	if err != nil {
		return err
	}
	_, text, _ = bytes.Cut(text, []byte("{")) // goes on with the object
	j.text("],", string(text), "\n")
	return nil
}
