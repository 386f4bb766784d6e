package preview

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/csvfile"
	"sluice/csvfile/saveas"
	"sluice/ui/look"
)

// fakeFile is a file of any number of rows, of which the index knows as many as a
// test says. Each cell tells where it is.
type fakeFile struct {
	mu      sync.Mutex
	header  []string
	rows    int64
	indexed int64
	final   bool
	err     error // of reading
	changed bool
	info    csvfile.Info
	done    chan struct{}
	cell    func(row int64, col int) string
	saved   []saveas.Options
	saving  error
	notes   []saveas.Note
	closed  bool
	hits    []csvfile.Hit
	sorting *fakeSorted // what was sorted last
	unsorts bool        // sorting waits for the test
}

func newFake(rows int64, header ...string) *fakeFile {
	return &fakeFile{
		header: header, rows: rows, indexed: rows, final: true,
		info: csvfile.Info{Size: rows * 100, Delimiter: ',', LineEnding: "CRLF", Encoding: "UTF-8", HasHeader: true, Columns: len(header)},
		cell: func(row int64, col int) string { return fmt.Sprintf("r%d c%d", row, col) },
	}
}

// set changes the file under its lock.
func (f *fakeFile) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

func (f *fakeFile) record(row int64) csvfile.Row {
	r := csvfile.Row{Number: row, Offset: row * 100}
	for c := range f.header {
		r.Fields = append(r.Fields, f.cell(row, c))
	}
	return r
}

func (f *fakeFile) Rows(ctx context.Context, from int64, n int) ([]csvfile.Row, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	if from >= f.indexed+1000 && !f.final {
		return nil, &csvfile.NotIndexedError{Row: from, Indexed: f.indexed}
	}
	var out []csvfile.Row
	for r := from; r < min(from+int64(n), f.rows); r++ {
		out = append(out, f.record(r))
	}
	return out, ctx.Err()
}

func (f *fakeFile) Total() (int64, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.indexed, f.final
}

func (f *fakeFile) Progress() csvfile.Progress {
	f.mu.Lock()
	defer f.mu.Unlock()
	return csvfile.Progress{Bytes: f.indexed, TotalBytes: f.rows, Rows: f.indexed, Done: f.final}
}

func (f *fakeFile) Tail(_ context.Context, n int) ([]csvfile.Row, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []csvfile.Row
	for r := max(0, f.rows-int64(n)); r < f.rows; r++ {
		row := f.record(r)
		row.Number = -1
		out = append(out, row)
	}
	return out, nil
}

func (f *fakeFile) CellString(_ context.Context, r csvfile.Row, col int, limit int64) (string, int64, error) {
	s := r.Fields[col]
	return s[:min(int64(len(s)), limit)], int64(len(s)), nil
}

// find looks for the first hit in a direction among those that the test gave.
func (f *fakeFile) find(from csvfile.Position, forward bool) (csvfile.Hit, bool, error) {
	var best csvfile.Hit
	ok := false
	for _, h := range f.hits {
		after := h.Row > from.Row || h.Row == from.Row && h.Column > from.Column
		before := h.Row < from.Row || h.Row == from.Row && h.Column < from.Column
		if forward && after && !ok {
			return h, true, nil
		}
		if !forward && before {
			best, ok = h, true
		}
	}
	return best, ok, nil
}

func (f *fakeFile) FindNext(_ context.Context, _ csvfile.Query, from csvfile.Position) (csvfile.Hit, bool, error) {
	return f.find(from, true)
}

func (f *fakeFile) FindPrevious(_ context.Context, _ csvfile.Query, from csvfile.Position) (csvfile.Hit, bool, error) {
	return f.find(from, false)
}

func (f *fakeFile) CountHits(_ context.Context, _ csvfile.Query, progress func(csvfile.FindProgress)) (int64, error) {
	progress(csvfile.FindProgress{Hits: 1, Bytes: 1, TotalBytes: 10})
	return int64(len(f.hits)), nil
}

func (f *fakeFile) StopComing()   {}
func (f *fakeFile) Damage() error { return nil }

func (f *fakeFile) group(context.Context, filtered, csvfile.Grouping, func(csvfile.Progress)) (*grouped, error) {
	return nil, errors.New("this file has no groups")
}

func (f *fakeFile) Changed() (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.changed, nil
}

func (f *fakeFile) Close() error {
	f.set(func() { f.closed = true })
	return nil
}

func (f *fakeFile) filter(_ context.Context, e csvfile.Expr) (filtered, error) {
	if e.Is.Text == "(" {
		return nil, errors.New("the expression is not complete")
	}
	return &fakeView{f: f, step: 10}, nil
}

func (f *fakeFile) sort(_ context.Context, v filtered, keys []csvfile.SortKey) (sorted, error) {
	if keys[0].Column == 9 {
		return nil, errors.New("there is no column 10")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sorting = &fakeSorted{f: f, of: v, keys: keys, done: make(chan struct{})}
	if !f.unsorts {
		f.sorting.known = f.rows
		close(f.sorting.done)
	}
	return f.sorting, nil
}

func (f *fakeFile) profile(_ context.Context, _ filtered, col int, progress func(csvfile.Progress)) (csvfile.Profile, error) {
	progress(csvfile.Progress{Bytes: 1, TotalBytes: 2})
	return csvfile.Profile{Column: col, Name: f.header[col], Rows: 50_000, Empty: 5, Distinct: 41_900, Type: csvfile.TypeText,
		Top: []csvfile.ValueCount{{Value: "x", Count: 9000}, {Value: "", Count: 5}}}, nil
}

func (f *fakeFile) sample(context.Context, csvfile.Row, csvfile.SaveOptions) ([]string, error) {
	return nil, nil
}

func (f *fakeFile) save(ctx context.Context, _ filtered, path string, o saveas.Options, progress func(csvfile.SaveProgress)) (saveas.Result, error) {
	f.set(func() { f.saved = append(f.saved, o) })
	p := csvfile.SaveProgress{Rows: 12, Written: 3400, Bytes: 50, TotalBytes: 100}
	progress(p)
	if f.saving != nil {
		<-ctx.Done()
		return saveas.Result{SaveProgress: p}, fmt.Errorf("save %s: %w", path, ctx.Err())
	}
	return saveas.Result{SaveProgress: p, Form: o.Form, Notes: f.notes}, nil
}

func (f *fakeFile) Header() []string                { return f.header }
func (f *fakeFile) Info() csvfile.Info              { f.mu.Lock(); defer f.mu.Unlock(); return f.info }
func (f *fakeFile) StartIndex(context.Context)      {}
func (f *fakeFile) StartCheck(context.Context)      {}
func (f *fakeFile) CheckProgress() csvfile.Progress { return csvfile.Progress{Done: true} }
func (f *fakeFile) Done() <-chan struct{}           { return f.done }

// fakeView is every step-th row of a file.
type fakeView struct {
	f    *fakeFile
	step int64
}

func (v *fakeView) Rows(_ context.Context, from int64, n int) ([]csvfile.Row, error) {
	var out []csvfile.Row
	for i := from; i < from+int64(n) && i*v.step < v.f.rows; i++ {
		out = append(out, v.f.record(i*v.step))
	}
	return out, nil
}

func (v *fakeView) Total() (int64, bool)       { return (v.f.rows + v.step - 1) / v.step, true }
func (v *fakeView) Progress() csvfile.Progress { return csvfile.Progress{Done: true} }
func (v *fakeView) Close()                     {}
func (v *fakeView) Done() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

// fakeSorted is the rows of a file, or of a view of it, backwards.
type fakeSorted struct {
	f      *fakeFile
	of     filtered // nil: the file
	keys   []csvfile.SortKey
	known  int64
	odd    []csvfile.SortOddity
	err    error
	closed bool
	done   chan struct{}
}

func (v *fakeSorted) Rows(_ context.Context, from int64, n int) ([]csvfile.Row, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	var out []csvfile.Row
	for i := from; i < min(from+int64(n), v.known); i++ {
		out = append(out, v.f.record(v.f.rows-1-i))
	}
	return out, nil
}

func (v *fakeSorted) Total() (int64, bool) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	return v.known, v.known == v.f.rows
}

func (v *fakeSorted) Progress() csvfile.Progress {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	return csvfile.Progress{Bytes: v.known, TotalBytes: v.f.rows, Err: v.err}
}

func (v *fakeSorted) Close()                { v.f.set(func() { v.closed = true }) }
func (v *fakeSorted) Done() <-chan struct{} { return v.done }

func (v *fakeSorted) Keys(context.Context) ([]csvfile.SortKey, error) {
	keys := append([]csvfile.SortKey(nil), v.keys...)
	for i := range keys {
		if keys[i].Kind == csvfile.SortAuto {
			keys[i].Kind = csvfile.SortNumber
		}
	}
	return keys, nil
}

func (v *fakeSorted) Oddities() []csvfile.SortOddity { return v.odd }

func (v *fakeSorted) FindNext(_ context.Context, _ csvfile.Query, from csvfile.Position) (csvfile.Hit, bool, error) {
	return csvfile.Hit{Row: from.Row + 7, Column: 1}, true, nil
}

func (v *fakeSorted) FindPrevious(_ context.Context, _ csvfile.Query, from csvfile.Position) (csvfile.Hit, bool, error) {
	return csvfile.Hit{Row: from.Row - 7}, from.Row >= 7, nil
}

// bench is a pane on a fake file in a window. What the pane hands over runs under
// a lock, which the test holds while it looks or acts: one UI goroutine at a time.
type bench struct {
	t  *testing.T
	mu sync.Mutex
	p  *Pane
	w  fyne.Window
	f  *fakeFile
	o  Options
}

// withPane runs body on a pane that shows f, in a bubble of time.
func withPane(t *testing.T, f *fakeFile, change func(*Options), body func(b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		f.done = make(chan struct{}) // channels must be made in the bubble
		b := &bench{t: t, f: f}
		app := test.NewTempApp(t)
		app.Settings().SetTheme(look.NewTheme(look.Light))
		b.o = Options{
			Dispatch: func(fn func()) {
				b.mu.Lock()
				defer b.mu.Unlock()
				fn()
			},
			Clipboard: test.NewClipboard(),
			Now:       time.Now,
			Explain:   func(context.Context, string) (Names, error) { return nil, nil },
			open: func(_ context.Context, path string, _ csvfile.Reading, _ bool) (file, error) {
				if strings.HasPrefix(path, "missing") {
					return nil, &csvfile.OpenError{Path: path, Reason: "there is no such file; check the name", Err: os.ErrNotExist}
				}
				return f, nil
			},
		}
		if change != nil {
			change(&b.o)
		}
		b.do(func() {
			b.p = New(b.o)
			b.w = test.NewTempWindow(t, b.p.Object())
			b.w.Resize(fyne.NewSize(1200, 700))
			b.p.Open("fake.csv")
		})
		b.settle()
		body(b)
		b.do(b.p.Close)
		synctest.Wait()
	})
}

// do acts as the UI goroutine.
func (b *bench) do(f func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f()
}

// settle waits until nothing moves any more but timers.
func (b *bench) settle() { synctest.Wait() }

// later lets time pass.
func (b *bench) later(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// sees fails unless a text that contains want is laid out in the pane.
func (b *bench) sees(want string) {
	b.t.Helper()
	b.later(100 * time.Millisecond) // the footer changes ten times a second at most
	b.do(func() {
		if !b.shows(want) {
			b.t.Errorf("the pane does not show %q; footer %q, message %q, notices %v", want, b.p.Footer(), b.p.Message(), b.p.notices.texts())
		}
	})
}

func (b *bench) shows(want string) bool {
	if strings.Contains(b.p.Footer(), want) || strings.Contains(b.p.Message(), want) || strings.Contains(b.p.footRight.Text(), want) {
		return true
	}
	for _, n := range b.p.notices.texts() {
		if strings.Contains(n, want) {
			return true
		}
	}
	for _, o := range test.LaidOutObjects(b.p.Object()) {
		if t, ok := o.(interface{ Text() string }); ok && o.Visible() && strings.Contains(t.Text(), want) {
			return true
		}
	}
	return false
}

// cell is what the table shows in a row and column, and how it labels the row.
func (b *bench) cell(row int64, col int) (label, text string) {
	b.do(func() {
		label, _ = b.p.model.RowLabel(row)
		text = b.p.model.Cell(row, col).Text
	})
	return label, text
}

func (b *bench) focus() (row int64, col int) {
	b.do(func() { row, col = b.p.grid.FocusCell() })
	return row, col
}
