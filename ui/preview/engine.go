package preview

import (
	"context"

	"sluice/csvfile"
	"sluice/csvfile/saveas"
)

// rows is what a table can show: a file, or the rows of it that meet conditions.
type rows interface {
	Rows(ctx context.Context, from int64, n int) ([]csvfile.Row, error)
	Total() (n int64, final bool)
	Progress() csvfile.Progress
	Done() <-chan struct{}
}

// file is an open file as the pane uses it. It is csvfile's, but for tests of
// row counts that no disk has room for.
type file interface {
	rows
	Header() []string
	Info() csvfile.Info
	StartIndex(ctx context.Context)
	StartCheck(ctx context.Context)
	CheckProgress() csvfile.Progress
	Tail(ctx context.Context, n int) ([]csvfile.Row, error)
	CellString(ctx context.Context, row csvfile.Row, col int, limit int64) (string, int64, error)
	FindNext(ctx context.Context, q csvfile.Query, from csvfile.Position) (csvfile.Hit, bool, error)
	FindPrevious(ctx context.Context, q csvfile.Query, from csvfile.Position) (csvfile.Hit, bool, error)
	CountHits(ctx context.Context, q csvfile.Query, progress func(csvfile.FindProgress)) (int64, error)
	Changed() (bool, error)
	Damage() error
	StopComing()
	Close() error

	// filter starts the view of the rows that meet an expression.
	filter(ctx context.Context, e csvfile.Expr) (filtered, error)
	// sort starts to sort the rows shown, those of v or all when it is nil.
	sort(ctx context.Context, v filtered, keys []csvfile.SortKey) (sorted, error)
	// profile describes a column of the rows shown: those of v, or all when it is nil.
	profile(ctx context.Context, v filtered, col int, progress func(csvfile.Progress)) (csvfile.Profile, error)
	// group puts the rows shown into groups.
	group(ctx context.Context, v filtered, by csvfile.Grouping, progress func(csvfile.Progress)) (*grouped, error)
	// sample returns the lines with which saving would begin a file.
	sample(ctx context.Context, row csvfile.Row, o csvfile.SaveOptions) ([]string, error)
	// save writes the rows shown as a file at path.
	save(ctx context.Context, v filtered, path string, o saveas.Options, progress func(csvfile.SaveProgress)) (saveas.Result, error)
}

// filtered is a view that goes on being found in the background until Close.
type filtered interface {
	rows
	Close()
}

// sorted is rows in the order of some columns, which go on being sorted in the background
// until Close.
type sorted interface {
	filtered
	// Keys waits until the kinds of all keys are known.
	Keys(ctx context.Context) ([]csvfile.SortKey, error)
	Oddities() []csvfile.SortOddity
	FindNext(ctx context.Context, q csvfile.Query, from csvfile.Position) (csvfile.Hit, bool, error)
	FindPrevious(ctx context.Context, q csvfile.Query, from csvfile.Position) (csvfile.Hit, bool, error)
}

// opener opens a file for the pane, as it is to be read; follow reads on as it grows.
type opener func(ctx context.Context, path string, r csvfile.Reading, follow bool) (file, error)

// cellLimit is how many bytes of a cell the table keeps in memory: more than the
// widest column shows, and little enough that a page of two thousand columns
// stays small. The side pane reads the cell in focus in full.
const cellLimit = 512

type csvFile struct{ *csvfile.File }

func (f csvFile) filter(ctx context.Context, e csvfile.Expr) (filtered, error) {
	return f.FilterBy(ctx, e)
}

// source is what is shown, as the engine knows it.
func (f csvFile) source(v filtered) csvfile.Source {
	if src, ok := v.(csvfile.Source); ok && v != nil {
		return src
	}
	return f.File
}

func (f csvFile) sort(ctx context.Context, v filtered, keys []csvfile.SortKey) (sorted, error) {
	return csvfile.Sort(ctx, f.source(v), keys)
}

func (f csvFile) profile(ctx context.Context, v filtered, col int, progress func(csvfile.Progress)) (csvfile.Profile, error) {
	return csvfile.ProfileColumn(ctx, f.source(v), col, progress)
}

func (f csvFile) sample(ctx context.Context, row csvfile.Row, o csvfile.SaveOptions) ([]string, error) {
	return f.SaveSample(ctx, row, o)
}

func (f csvFile) save(ctx context.Context, v filtered, path string, o saveas.Options, progress func(csvfile.SaveProgress)) (saveas.Result, error) {
	return saveas.Save(ctx, f.source(v), path, o, progress)
}
