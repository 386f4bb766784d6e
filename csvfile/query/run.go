package query

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"sluice/csvfile"
	"sluice/csvfile/saveas"
	"sluice/figures"
	"sluice/wording"
)

// mostColumns is how many columns a table of SQLite has at most.
const mostColumns = 2000

// memory is how many bytes of each thing that SQLite sorts, groups or joins are held before they
// go to the disk.
const memory = 32 << 20

// mostValue is how many bytes a value has at most, a cell too, and a row of what is put aside: SQLite holds
// several copies of it in memory.
const mostValue = 64e6

// Table is a file by the name that a statement knows it by.
type Table struct {
	Name string
	File *csvfile.File
}

// Options say how a statement is run.
type Options struct {
	// Text takes all cells for text, as they are written.
	Text bool
	// Progress, which may be nil, is called often, from one goroutine at a time.
	Progress func(Progress)
}

// Progress says which table is being read, and how far.
type Progress struct {
	Table string
	// Typing says that the types of its columns are being found out: rows come later.
	Typing bool
	csvfile.Progress
}

// Result is what a statement found: a table, in the order of the statement. An empty cell
// stands for NULL. The caller must close it.
type Result struct {
	csvfile.Made
	Rows int64
	// Notes are sentences on what of the files the statement could not see as it stands there.
	Notes []string
}

// Run runs a statement over tables. There must be one, and their names differ in more than
// upper and lower case letters. A statement that SQLite does not understand, or that does more
// than read, gives a *[StatementError].
func Run(ctx context.Context, tables []Table, statement string, o Options) (*Result, error) {
	return (&run{o: o, memory: memory}).whole(ctx, tables, statement)
}

// whole runs a statement from its text to its result.
func (r *run) whole(ctx context.Context, tables []Table, statement string) (*Result, error) {
	for _, t := range tables {
		one, err := r.table(t)
		if err != nil {
			return nil, err
		}
		r.tables = append(r.tables, one)
	}
	statement = trimmed(statement)
	if err := r.ask(ctx, statement); err != nil {
		return nil, err
	}
	for _, t := range r.tables {
		if err := t.measure(ctx); err != nil {
			return nil, err
		}
	}
	out := &Result{}
	err := r.answer(ctx, statement, out)
	if failed := r.failed(); failed != nil && err != nil { // which SQLite has only seen as an error
		err = failed
	}
	if err != nil {
		return nil, errors.Join(err, out.Close())
	}
	for _, t := range r.tables {
		out.Notes = append(out.Notes, t.notes()...)
	}
	return out, nil
}

// run is one run of a statement.
type run struct {
	o      Options
	memory int64 // see memory
	tables []*table

	mu    sync.Mutex
	first error // of what reads the tables
}

func (r *run) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.first == nil {
		r.first = err
	}
}

func (r *run) failed() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.first
}

func (r *run) tell(p Progress) {
	if r.o.Progress == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.o.Progress(p)
}

// table is a table of a run.
type table struct {
	run     *run
	name    string
	file    *csvfile.File
	columns []string // names, each its own
	renamed []saveas.Note
	used    []int               // the columns that the statement asks for
	types   []csvfile.ValueType // of those used
	long    []int               // those used that are texts since some of their numbers have too many digits
	rows    int64               // as far as it is known
	seen    bool                // the rows have been counted, and looked at for cells behind the last column
	wider   int64               // rows that have such
}

func (r *run) table(t Table) (*table, error) {
	one := &table{run: r, name: t.Name, file: t.File}
	one.columns, one.renamed = saveas.Names(saveas.SQLite, t.File.Header())
	if n := len(one.columns); n == 0 || n > mostColumns {
		return nil, wording.Errorf("%s has %s columns: a table of SQLite has 1 to %s", t.Name, figures.Count(int64(n)), figures.Count(mostColumns))
	}
	return one, nil
}

// measure finds out of what type the columns are that are asked for.
func (t *table) measure(ctx context.Context) (err error) {
	t.rows = max(1, t.file.TextSize()/64)
	t.types = make([]csvfile.ValueType, len(t.used))
	if t.run.o.Text || len(t.used) == 0 {
		return nil
	}
	t.rows = 0
	t.types, t.long, err = saveas.TypesOf(ctx, t.file, t.used, t.look, func(p csvfile.Progress) {
		t.run.tell(Progress{Table: t.name, Typing: true, Progress: p})
	})
	t.seen = true
	return err
}

// look looks at a row.
func (t *table) look(r csvfile.FullRow) {
	t.rows++
	if r.Width > len(t.columns) {
		t.wider++
	}
}

func (t *table) notes() (out []string) {
	if len(t.used) == 0 {
		return nil
	}
	for _, n := range t.renamed {
		out = append(out, fmt.Sprintf("%s: %s", t.name, n.Text()))
	}
	for _, column := range t.long {
		out = append(out, fmt.Sprintf("%s: the column %s has numbers of more digits than SQLite counts with. It is text: 9 comes behind 10 in it, and sums and CAST are rounded; \"sluice preview --filter\" and \"--sort\" are exact", t.name, t.columns[column]))
	}
	if t.wider > 0 {
		out = append(out, fmt.Sprintf("%s: %s, which a statement cannot ask for", t.name,
			figures.Some(t.wider, "one row has cells behind the last column of the header", "%d rows have cells behind the last column of the header")))
	}
	return out
}
