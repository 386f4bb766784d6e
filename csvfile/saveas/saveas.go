package saveas

import (
	"context"
	"errors"

	"sluice/csvfile"
	"sluice/wholefile"
	"sluice/wording"
)

// Types says what the columns are written as, in forms that have types.
type Types string

const (
	// TypesAuto gives a column the type that all of its values have. It is the default,
	// but for JSON Lines.
	TypesAuto Types = "auto"
	// TypesText writes all values as text.
	TypesText Types = "text"
)

// Options say how rows are saved.
type Options struct {
	// Form is the form; "" is that which the name of the file says, else CSV.
	Form Form
	// Columns are the columns to write, in this order; nil means all of them.
	Columns []int
	// SpreadsheetSafe is that of [csvfile.SaveOptions], for every form.
	SpreadsheetSafe bool
	Types           Types // "" is the default of the form
	// CSV is how CSV is written, and, but for the delimiter, TSV.
	CSV csvfile.SaveOptions
}

// Result says what was saved.
type Result struct {
	csvfile.SaveProgress
	Form Form
	// Columns are those of forms that have types.
	Columns []Column
	// Parts is how many sheets a workbook has.
	Parts int
	Notes []Note
}

// sheet writes rows in a form.
type sheet interface {
	// row writes the cells of a row, one for each column at most; nil is no cell.
	row(number int64, cells [][]byte) error
	// close writes what ends the file.
	close() error
}

// Save writes the rows of src as a file at path: whole, or not at all, as [csvfile.SaveView]
// does. progress, which may be nil, is called often, from one goroutine. For forms whose
// columns must be known before the first row the source is read twice.
func Save(ctx context.Context, src csvfile.Source, path string, o Options, progress func(csvfile.SaveProgress)) (Result, error) {
	if o.Form == "" {
		if o.Form = FormOf(path); o.Form == "" {
			o.Form = CSV
		}
	}
	if progress == nil {
		progress = func(csvfile.SaveProgress) {}
	}
	if o.Form.plain() {
		return savePlain(ctx, src, path, o, progress)
	}
	s := saving{src: src, o: o, progress: progress, notes: notes{}}
	if err := s.save(ctx, path); err != nil {
		return Result{SaveProgress: s.p, Form: o.Form}, wording.Errorf("save %s: %w", path, err)
	}
	r := Result{SaveProgress: s.p, Form: o.Form, Notes: s.notes.list(), Parts: 1}
	if o.Form.typed() {
		r.Columns = s.columns
	}
	if w, ok := s.sheet.(*workbook); ok {
		r.Parts = w.sheets
	}
	return r, nil
}

// savePlain saves text with a delimiter.
func savePlain(ctx context.Context, src csvfile.Source, path string, o Options, progress func(csvfile.SaveProgress)) (Result, error) {
	c := o.CSV
	c.Columns, c.SpreadsheetSafe = o.Columns, o.SpreadsheetSafe
	if o.Form == TSV {
		c.Delimiter = '\t'
	}
	p, err := csvfile.SaveView(ctx, src, path, c, progress)
	r := Result{SaveProgress: p, Form: o.Form, Parts: 1}
	if p.Replaced > 0 {
		r.Notes = []Note{{Kind: NotInEncoding, Count: p.Replaced, Row: -1}}
	}
	return r, err
}

// saving is one file that is written row by row.
type saving struct {
	src      csvfile.Source
	o        Options
	progress func(csvfile.SaveProgress)
	p        csvfile.SaveProgress
	notes    notes
	columns  []Column
	all      bool // the source's columns, and not chosen ones
	file     *wholefile.File
	sheet    sheet
}

func (s *saving) save(ctx context.Context, path string) error {
	if csvfile.Shows(s.src, path) {
		return wording.New("this is the file that is shown; choose another name")
	}
	if err := s.measure(ctx); err != nil {
		return err
	}
	_ = wholefile.RemoveStale(path, csvfile.StaleSave) // it only takes room
	file, err := wholefile.Create(path)
	if err != nil {
		return err
	}
	s.file = file
	if err := s.write(ctx); err != nil {
		if s.sheet != nil {
			s.sheet.close() // lets go of the file
		}
		return errors.Join(err, file.Discard())
	}
	if info, err := file.OS().Stat(); err == nil {
		s.p.Written = info.Size()
	}
	s.progress(s.p)
	if err := ctx.Err(); err != nil {
		return errors.Join(err, file.Discard())
	}
	return file.Commit()
}

// write writes the rows into the file.
func (s *saving) write(ctx context.Context) (err error) {
	if s.sheet, err = s.begin(); err != nil {
		return err
	}
	var safe [][]byte
	err = csvfile.EachRow(ctx, s.src, s.o.Columns, func(r csvfile.FullRow) error {
		cells := r.Cells
		if s.o.SpreadsheetSafe {
			safe = safe[:0]
			for _, c := range cells {
				if c != nil {
					c = []byte(csvfile.SpreadsheetSafe(string(c)))
				}
				safe = append(safe, c)
			}
			cells = safe
		}
		s.p.Rows++
		return s.sheet.row(r.Number, cells)
	}, s.reading(1-s.measured(), s.measured()))
	if err != nil {
		return err
	}
	done := s.sheet
	s.sheet = closed{done}
	if err := done.close(); err != nil {
		return err
	}
	s.sheet = done
	return nil
}

// closed is a sheet that is not to be closed again.
type closed struct{ sheet }

func (closed) close() error { return nil }

// reading is the progress of one reading of the source, which is a share of all work,
// behind another.
func (s *saving) reading(share, behind float64) func(csvfile.Progress) {
	return func(p csvfile.Progress) {
		s.p.TotalBytes = p.TotalBytes
		s.p.Bytes = int64(behind*float64(p.TotalBytes) + share*float64(p.Bytes))
		if s.file != nil {
			s.p.Written = s.file.Written()
		}
		s.progress(s.p)
	}
}

// begin begins the file in its form.
func (s *saving) begin() (sheet, error) {
	switch s.o.Form {
	case JSONL:
		return newLines(s), nil
	case Markdown:
		return begun(newMarkdown(s))
	case XLSX:
		return begun(newWorkbook(s))
	case SQLite:
		return begun(newDatabase(s))
	case Parquet:
		return begun(newParquet(s))
	}
	return nil, wording.Errorf("there is no form %q", s.o.Form)
}

// begun is a sheet, or no sheet at all if it could not be begun: a nil of a type would be one
// that is there.
func begun[S sheet](begun S, err error) (sheet, error) {
	if err != nil {
		return nil, err
	}
	return begun, nil
}
