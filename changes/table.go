package changes

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sluice/csvfile"
	"sluice/figures"
	"sluice/wording"
)

// Input is one of two files to compare.
type Input struct {
	Path  string
	Title string // for sentences: "pages of job 3"
	// Breaks is how line breaks stand in the cells.
	Breaks Breaks
	// Partial says that the file is not complete: its last row may be cut, and is left
	// out unless it has an end.
	Partial bool

	parquet bool // its times have milliseconds only where there are some

	sortMemory int // in tests: how much memory the keys of a file out of order may take
}

// Breaks is how line breaks stand in the cells of a file.
type Breaks struct {
	Known     bool
	Preserved bool
	Escape    string // what stands for one, if they are not preserved
}

// table is an open Input.
type table struct {
	input  Input
	file   *csvfile.File
	spool  *spool // nil if the file is read as it lies there
	sorted bool   // the spool has the rows in another order
	inTurn bool   // and in that of their keys, as they are compared now
	header []string
	scheme scheme
	key    []int // columns of the key
	kinds  []kind
	dates  []int
	first  int64   // where the first row starts
	end    int64   // of the text
	list   []int64 // where the rows are in the order of their keys, if they are not in that order
}

// openTable opens a file by its header. The caller must close the file.
func openTable(ctx context.Context, name string, in Input, chosen []string) (_ *table, err error) {
	file, err := openInput(ctx, &in)
	if err != nil {
		return nil, err
	}
	t := &table{input: in, file: file, header: file.Header()}
	defer func() {
		if err != nil {
			err = errors.Join(err, t.close())
		}
	}()
	if len(t.header) == 0 {
		return nil, wording.Errorf("%s is empty: it has not even a header (%s)", in.Title, in.Path)
	}
	var ok bool
	if t.scheme, ok = schemeOf(name, t.header, chosen); !ok {
		return nil, t.noKey(chosen)
	}
	for _, k := range t.scheme.key {
		t.key = append(t.key, slices.Index(t.header, k.name))
		t.kinds = append(t.kinds, k.kind)
	}
	for _, d := range t.scheme.dates {
		t.dates = append(t.dates, slices.Index(t.header, d))
	}
	if t.first, err = file.FirstRow(ctx); err != nil {
		return nil, err
	}
	if t.end, err = file.TextEnd(ctx); err != nil {
		return nil, err
	}
	return t, nil
}

// NoKeyError says that nothing tells by what the rows of a file are told apart.
type NoKeyError struct{ text string }

func (e *NoKeyError) Error() string { return e.text }

func (t *table) noKey(chosen []string) error {
	columns := strings.Join(t.header, ", ")
	if len(chosen) > 0 {
		return &NoKeyError{fmt.Sprintf("%s has no column %s, only %s", t.input.Title, strings.Join(chosen, ", "), columns)}
	}
	return &NoKeyError{fmt.Sprintf("nothing tells by which column the rows of %s are told apart: name it with --key, or several with commas between them. Its columns are %s", t.input.Title, columns)}
}

// keyNames are the columns of the key.
func (t *table) keyNames() string {
	names := make([]string, len(t.key))
	for i, column := range t.key {
		names[i] = t.header[column]
	}
	return strings.Join(names, ", ")
}

// rowAt is the row at an offset, for sentences. Rows are counted as the preview does.
func (t *table) rowAt(off int64) string {
	if t.sorted {
		return wording.Format("a row")
	}
	if row, ok, err := t.file.RowAt(off); err == nil && ok {
		return wording.Of("row %s", figures.Count(row+1)).String()
	}
	return fmt.Sprintf("the row at byte %s", figures.Count(off))
}

// sampled is how many rows are looked at to find out how keys are ordered.
const sampled = 1000

// settleKinds finds out how the keys of two tables are ordered, where the columns do
// not tell: by number if all keys at the start of both are whole numbers and ascend as
// such, else by their bytes.
func settleKinds(ctx context.Context, a, b *table) error {
	for i := range a.kinds {
		if a.kinds[i] != auto {
			continue
		}
		found := byNumber
		for _, t := range []*table{a, b} {
			numbers, err := t.numbersIn(ctx, i)
			if err != nil {
				return err
			}
			if !numbers {
				found = byBytes
			}
		}
		a.kinds[i], b.kinds[i] = found, found
	}
	return nil
}

// numbersIn reports whether a column of the key has whole numbers in the first rows;
// if it is the only one, whether they ascend, too, unless their bytes do not either.
func (t *table) numbersIn(ctx context.Context, part int) (bool, error) {
	w := t.file.NewWalk()
	defer w.Close()
	all, up, upBytes := true, true, true
	err := w.Do(func() error {
		w.Jump(t.first)
		before, text := int64(0), []byte(nil)
		for n := range sampled {
			ok, _, err := w.Load(ctx)
			if err != nil || !ok || w.Large() || t.input.Partial && !w.Ended() {
				return err
			}
			value, _ := w.Lead(t.key[part])
			number, isNumber := parseNumber(value)
			all = all && isNumber
			up = up && (n == 0 || number >= before)
			upBytes = upBytes && (n == 0 || string(value) >= string(text))
			before, text = number, append(text[:0], value...)
			w.Next()
		}
		return nil
	})
	return all && (up || !upBytes || len(t.key) > 1), err
}
