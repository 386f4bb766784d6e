package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sluice/csvfile"
	"sluice/csvfile/saveas"
	"sluice/visible"
)

// saveFlags say how what is shown is saved.
type saveFlags struct {
	Save            string `type:"path" placeholder:"FILE" xor:"what" help:"Save all rows shown, whole or not at all. The name says the form: .csv .tsv .jsonl .parquet .sqlite .xlsx .md"`
	Overwrite       bool   `help:"Replace the file of --save if it exists, once the new one is complete."`
	SaveAs          string `placeholder:"FORM" help:"The form, where the name does not say it: csv, tsv, jsonl, parquet, sqlite (a table called data), xlsx or markdown."`
	SpreadsheetSafe bool   `help:"Put an apostrophe before cells that a spreadsheet would take for a formula."`
	SaveTypes       string `placeholder:"auto|text" help:"auto gives each column the type that all its values have, without losing a digit, and text writes all as text (auto; text for JSON Lines)."`
	SaveDelimiter   string `placeholder:"CHAR" help:"CSV: what stands between cells (that of the file)."`
	SaveQuote       string `placeholder:"CHAR" help:"CSV: what stands around cells (that of the file); with all behind it, as in '\"all', around every cell."`
	SaveLineEnding  string `placeholder:"lf|crlf" help:"CSV: what ends lines (what does in the file)."`
	SaveEncoding    string `placeholder:"NAME" help:"CSV: the encoding (utf-8). Characters that it lacks are counted, and stand as question marks."`
	SaveHeader      string `placeholder:"yes|no" help:"CSV: whether the names of the columns come first (as in the file)."`
	SaveBOM         bool   `name:"save-bom" help:"CSV: begin with a byte order mark, by which Excel knows UTF-8."`
}

// savedView is what was saved, as JSON.
type savedView struct {
	Path    string        `json:"path"`
	Form    saveas.Form   `json:"form"`
	Rows    int64         `json:"rows"`
	Bytes   int64         `json:"bytes"`
	Sheets  int           `json:"sheets,omitempty"`
	Columns []savedColumn `json:"columns,omitempty"`
	Notes   []savedNote   `json:"notes"`
	completeness
	Findings []finding `json:"findings"`
}

type savedColumn struct {
	Name string            `json:"name"`
	Type csvfile.ValueType `json:"type"`
}

type savedNote struct {
	Kind  saveas.NoteKind `json:"kind"`
	Count int64           `json:"count"`
	First *int64          `json:"first,omitempty"` // number of the first row, from 1
	Text  string          `json:"text"`
}

// options are what the flags say; the error is a sentence.
func (f saveFlags) options(path string) (o saveas.Options, err error) {
	o = saveas.Options{SpreadsheetSafe: f.SpreadsheetSafe, Types: saveas.Types(f.SaveTypes), Form: saveas.FormOf(path)}
	if f.SaveAs != "" {
		if o.Form, err = saveas.Named(f.SaveAs); err != nil {
			return o, fmt.Errorf("--save-as: %w", err)
		}
	}
	if o.Form == "" {
		return o, fmt.Errorf("the name %s says no form; say it with --save-as", filepath.Base(path))
	}
	if !slices.Contains([]saveas.Types{"", saveas.TypesAuto, saveas.TypesText}, o.Types) {
		return o, fmt.Errorf("--save-types is auto or text, not %q", f.SaveTypes)
	}
	if f.SaveDelimiter != "" && o.Form == saveas.TSV {
		return o, fmt.Errorf("what stands between the cells of TSV is a tab; save as csv for --save-delimiter")
	}
	o.CSV, err = f.dialect()
	asked := f.SaveDelimiter + f.SaveQuote + f.SaveLineEnding + f.SaveEncoding + f.SaveHeader
	if err == nil && (asked != "" || f.SaveBOM) && o.Form != saveas.CSV && o.Form != saveas.TSV {
		err = fmt.Errorf("delimiter, quote, line ending, encoding, header and mark are those of csv; %s has its own", o.Form)
	}
	return o, err
}

// dialect is how CSV is written.
func (f saveFlags) dialect() (o csvfile.SaveOptions, err error) {
	if f.SaveDelimiter != "" {
		if o.Delimiter, err = csvfile.ParseByte("delimiter", f.SaveDelimiter); err != nil {
			return o, fmt.Errorf("--save-delimiter: %w", err)
		}
	}
	quote, all := strings.CutSuffix(f.SaveQuote, "all")
	if o.QuoteAll = all; quote != "" {
		if o.Quote, err = csvfile.ParseByte("quote", quote); err != nil {
			return o, fmt.Errorf("--save-quote: %w", err)
		}
	}
	if o.LineEnding = strings.ToUpper(f.SaveLineEnding); !slices.Contains([]string{"", "LF", "CRLF"}, o.LineEnding) {
		return o, fmt.Errorf("--save-line-ending is lf or crlf, not %q", f.SaveLineEnding)
	}
	if o.Header = strings.ToLower(f.SaveHeader); !slices.Contains([]string{"", "yes", "no"}, o.Header) {
		return o, fmt.Errorf("--save-header is yes or no, not %q", f.SaveHeader)
	}
	o.Encoding, o.BOM = f.SaveEncoding, f.SaveBOM
	return o, nil
}

// checkSave refuses what does not go with saving, and what means nothing without it.
func (p *previewCommand) checkSave(c *call) error {
	if p.Save == "" {
		return p.unsaved()
	}
	if p.At != 0 || p.Row != nil || p.Find != "" || c.typed["rows"] {
		return usageError{fmt.Errorf("--save saves all rows shown, and --at, --row, --rows and --find choose some to print; use --filter to save some")}
	}
	if _, err := p.options(p.Save); err != nil {
		return usageError{err}
	}
	return p.refuseReplacing(p.File)
}

// unsaved refuses what means nothing without --save.
func (f saveFlags) unsaved() error {
	if f != (saveFlags{}) {
		return usageError{fmt.Errorf("--save-as, --spreadsheet-safe, --overwrite and the like say how --save writes, which is not given")}
	}
	return nil
}

// refuseReplacing refuses to save over a file that is there, before anything is read,
// unless that was asked for; over a table that is shown always.
func (f saveFlags) refuseReplacing(tables ...string) error {
	there, err := os.Stat(f.Save)
	if err != nil || !there.Mode().IsRegular() {
		return nil // there is none, or saving tells what is wrong
	}
	for _, table := range tables {
		if shown, err := os.Stat(table); err == nil && os.SameFile(shown, there) {
			return fmt.Errorf("save %s: this is the file that is shown; choose another name", f.Save)
		}
	}
	if f.Overwrite {
		return nil
	}
	return fmt.Errorf("save %s: %[1]s exists already: name another file, or add --overwrite", f.Save)
}

// save saves what is shown.
func (p *previewCommand) save(c *call, s *previewed) error {
	return p.saveSource(c, s.file, s.source(), s.columns)
}

// saveSource saves rows that are made of a file.
func (p *previewCommand) saveSource(c *call, file *csvfile.File, src csvfile.Source, columns []int) error {
	done, err := p.write(c, src, columns)
	if err != nil {
		return err
	}
	done.completeness, done.Findings = completenessOf(file), findings(file, nil)
	say(c, done.Findings)
	return done.print(c, p.JSON, file.Damage())
}

// write saves rows.
func (f saveFlags) write(c *call, src csvfile.Source, columns []int) (*savedView, error) {
	o, err := f.options(f.Save)
	if err != nil {
		return nil, usageError{err}
	}
	o.Columns = columns
	line, last := newLiveLine(c.program.Err), time.Time{}
	r, err := saveas.Save(c.ctx, src, f.Save, o, func(pr csvfile.SaveProgress) {
		if now := time.Now(); line.live() && now.Sub(last) >= sampleInterval {
			last = now
			line.draw(fmt.Sprintf("saving: %s rows, %d %%", number(pr.Rows), 100*pr.Bytes/max(1, pr.TotalBytes)))
		}
	})
	line.wipe()
	if err != nil {
		return nil, err
	}
	done := &savedView{Path: f.Save, Form: r.Form, Rows: r.Rows, Bytes: r.Written, Notes: []savedNote{}}
	if r.Form == saveas.XLSX {
		done.Sheets = r.Parts
	}
	for _, col := range r.Columns {
		done.Columns = append(done.Columns, savedColumn{col.Name, col.Type})
	}
	for _, n := range r.Notes {
		note := savedNote{Kind: n.Kind, Count: n.Count, Text: n.Text()}
		if n.Row >= 0 {
			first := n.Row + 1
			note.First = &first
		}
		done.Notes = append(done.Notes, note)
	}
	return done, nil
}

// print tells what was saved, behind what is to be said of the tables; damage is that of a table.
func (v *savedView) print(c *call, json bool, damage error) error {
	for _, n := range v.Notes {
		visible.Fprintf(c.program.Err, "note: %s\n", n.Text)
	}
	if json {
		c.documented = true
		return c.printDocument(v, damage)
	}
	_, err := visible.Fprintf(c.program.Out, "saved %s rows as %s, %s: %s\n", number(v.Rows), v.Form, size(v.Bytes), v.Path)
	return err
}
