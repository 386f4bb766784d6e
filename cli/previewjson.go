package cli

import (
	"bytes"
	"encoding/json"
	"fmt"

	"sluice/csvfile"
)

// previewRest is what follows "header", a list of names, and "rows", lists of cells,
// each in full, in the JSON of a preview.
type previewRest struct {
	At    int64  `json:"at"`
	Total *int64 `json:"total"` // null while not known
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
func (p *previewCommand) printJSON(c *call, file *csvfile.File, at int64) error {
	if ok, err := file.HasRow(c.ctx, at); err != nil {
		return fmt.Errorf("preview %s: %w", p.File, err)
	} else if !ok && at > 0 && p.Rows > 0 {
		return p.noRow(c, file, at)
	}
	c.documented = true
	j := newRowsJSON(jsonOutput(c.program.Out))
	if err := p.writeJSON(c, file, at, j); err != nil {
		return fmt.Errorf("preview %s: %w", p.File, err)
	}
	return j.flush()
}

func (p *previewCommand) writeJSON(c *call, file *csvfile.File, at int64, j *rowsJSON) error {
	j.text("{\n  \"header\": ")
	j.indent = "  "
	if err := file.ReadHeader(c.ctx, j); err != nil {
		return err
	}
	j.text(",\n  \"rows\": [")
	j.indent, j.listed, j.rows, j.odd = "    ", true, 0, oddRows{}
	j.columns = file.Info().Columns
	n, err := file.ReadRows(c.ctx, at, int64(p.Rows), j)
	if err != nil {
		return err
	}
	if n > 0 {
		j.text("\n  ")
	}
	info := file.Info()
	rest := previewRest{At: at, completeness: completenessOf(file), Encoding: info.Encoding, Dialect: file.Dialect(), Checked: info.Checked}
	rest.Findings = findings(file, j.odd.found(at))
	rest.Notes = notes(rest.Findings)
	if total, ok := file.Total(); ok {
		rest.Total = &total
	} else if end, ok := file.RowsAtEnd(); ok {
		rest.Total = &end // all were read
	}
	p.say(c, rest.Findings)
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
