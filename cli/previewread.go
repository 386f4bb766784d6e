package cli

import (
	"errors"
	"fmt"

	"sluice/csvfile"
	"sluice/visible"
	"sluice/wording"
)

// readingFlags say how a delimited file is to be read.
type readingFlags struct {
	Delimiter string `placeholder:"CHAR" help:"What stands between cells: one character, its name (comma, semicolon, tab, pipe, caret, tilde, colon, space) or its number (0x1f), or one twice (||)."`
	Encoding  string `placeholder:"NAME" help:"The encoding: utf-8, utf-16le, windows-1252, iso-8859-15, shift_jis, gb18030, big5, euc-kr, koi8-r and others."`
	Quote     string `placeholder:"CHAR" help:"What stands around cells: one character, or none to read quotes as text."`
	Escape    string `placeholder:"HOW" help:"How a quote in a quoted cell is written: doubled, or backslash."`
	NoHeader  bool   `help:"The first record is a row, and does not name the columns."`
	HeaderRow *int   `placeholder:"LINE" help:"The line, counted from 1, that names the columns; the lines before it are left out."`
	Skip      *int   `placeholder:"N" help:"How many lines to leave out at the start."`
	Comment   string `placeholder:"CHAR" help:"What begins a line that is a comment, or none."`
}

// reading is what the flags say; the error is a sentence.
func (f readingFlags) reading() (csvfile.Reading, error) {
	r := csvfile.Reading{
		Encoding: f.Encoding, Delimiter: f.Delimiter, Quote: f.Quote, Escape: f.Escape, Comment: f.Comment, Skip: f.Skip,
	}
	if f.HeaderRow != nil {
		if r.HeaderRow = *f.HeaderRow; r.HeaderRow == 0 { // which stands for a guess there
			return r, errors.New("--header-row 0: lines are counted from 1")
		}
	}
	if f.NoHeader {
		r.Header = "no"
	}
	return r, r.Check()
}

// mostChecked is how large a file may be for all its rows to be looked at without being
// asked: that takes a few hundredths of a second.
const mostChecked = 16 << 20

// check looks at all rows of a file that is small, or that must be as it should.
func (p *previewCommand) check(c *call, file *csvfile.File) error {
	if p.Find != "" {
		if err := p.wholeInput(c, file); err != nil {
			return err
		}
	}
	return checkRows(c, file, p.Strict)
}

// checkRows looks at all rows of a file that is small, or that is to be looked at.
func checkRows(c *call, file *csvfile.File, strict bool) error {
	if !strict && (file.TextSize() > mostChecked || file.Coming()) {
		return nil
	}
	file.StartCheck(c.ctx)
	select {
	case <-file.CheckDone():
	case <-c.ctx.Done():
		return c.ctx.Err()
	}
	return file.CheckProgress().Err
}

// wholeInput waits for the end of a file that is still coming: what is looked for may be in
// what is not there yet.
func (p *previewCommand) wholeInput(c *call, file *csvfile.File) error {
	if !file.Coming() {
		return nil
	}
	_, err := countRows(c.ctx, file)
	return err
}

// finding is something about a file that a person should know, as JSON.
type finding struct {
	Kind csvfile.FindingKind `json:"kind"`
	// Rows is how many rows, or lines, have it, and First the number of the first row,
	// from 1; 0 is the header.
	Rows  int64  `json:"rows,omitempty"`
	First *int64 `json:"first,omitempty"`
	Text  string `json:"text"`
	told  bool   // a mere fact
}

// findings are what is to be said of a file; seen is what the rows shown tell, for a file
// whose rows were not all looked at.
func findings(file *csvfile.File, seen []csvfile.Finding) []finding {
	info := file.Info()
	all := info.Findings
	if !info.Checked {
		all = append(all, seen...)
	}
	if changed, err := file.Changed(); err == nil && changed {
		all = append(all, csvfile.Finding{Kind: csvfile.FileChanged, Said: wording.Of("the file has changed since it was opened: what is shown may be of before and after")})
	}
	out := []finding{}
	for _, fi := range all {
		f := finding{Kind: fi.Kind, Text: fi.Text(), told: fi.Told()}
		if len(fi.Places) > 0 {
			first := fi.Places[0].Row + 1
			f.Rows, f.First = fi.Count, &first
		}
		out = append(out, f)
	}
	return out
}

// notes are the sentences on how the file was read.
func notes(found []finding) (out []string) {
	for _, f := range found {
		switch f.Kind {
		case csvfile.EncodingGuessed, csvfile.EncodingTold, csvfile.FileChanged, csvfile.Undecoded:
			out = append(out, f.Text)
		}
	}
	return out
}

// say tells of findings, each in a line. A damaged archive is an error besides, which
// tells of it.
func say(c *call, found []finding) {
	for _, f := range found {
		if f.Kind != csvfile.Damaged {
			visible.Fprintf(c.program.Err, "note: %s\n", f.Text)
		}
	}
}

// refuse makes findings an error where they are to be one.
func (p *previewCommand) refuse(s *previewed) error {
	if !p.Strict {
		return nil
	}
	return refuseOdd(p.File, append(findings(s.file, nil), s.sortFindings()...))
}

// refuseOdd is an error if something was found that is not as it should be.
func refuseOdd(name string, found []finding) error {
	var odd []finding
	for _, f := range found {
		if !f.told {
			odd = append(odd, f)
		}
	}
	switch len(odd) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("%s is not as it should be: %s", name, odd[0].Text)
	}
	return fmt.Errorf("%s is not as it should be: %s; and %d more, each noted above", name, odd[0].Text, len(odd)-1)
}

// oddRows counts, among rows that are shown, those with another number of cells than the
// header.
type oddRows struct {
	rows, ragged, blank     int64
	firstRagged, firstBlank int64
}

func (o *oddRows) add(cells, columns int) {
	switch {
	case cells == 0:
		if o.blank++; o.blank == 1 {
			o.firstBlank = o.rows
		}
	case cells != columns:
		if o.ragged++; o.ragged == 1 {
			o.firstRagged = o.rows
		}
	}
	o.rows++
}

// found is what was counted; at is the number of the first row.
func (o *oddRows) found(at int64) (out []csvfile.Finding) {
	if o.ragged > 0 {
		out = append(out, csvfile.Finding{Kind: csvfile.RaggedRow, Count: o.ragged, Places: []csvfile.Place{{Row: at + o.firstRagged, Offset: -1}}})
	}
	if o.blank > 0 {
		out = append(out, csvfile.Finding{Kind: csvfile.BlankRow, Count: o.blank, Places: []csvfile.Place{{Row: at + o.firstBlank, Offset: -1}}})
	}
	return out
}
