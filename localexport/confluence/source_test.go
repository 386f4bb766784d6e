package confluence

import (
	"context"
	"errors"
	"testing"

	"sluice/columns"
	"sluice/localexport/product"
	"sluice/localexport/record"
	"sluice/localexport/record/csv"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
)

// prepared is an exporter that is about to write files.
func prepared(t *testing.T, path string, o Options) *exporter {
	t.Helper()
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	o.Location, o.TempDir = berlin, t.TempDir()
	e := &exporter{s: s, o: o, format: o.format(), c: product.NewCounters(fileCount)}
	if err := e.prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.openFile()
	t.Cleanup(func() {
		if e.file != nil {
			e.file.Close()
		}
		s.Close()
	})
	return e
}

// TestWhoReads: snapshots are read without SQLite, with and without keys and
// indexes, as long as their text is UTF-8.
func TestWhoReads(t *testing.T) {
	path := edge(t)
	for name, tt := range map[string]struct {
		path string
		o    Options
		fast bool
	}{
		"well-formed":  {path, Options{}, true},
		"switched off": {path, Options{SQLiteOnly: true}, false},
		"db-to-sqlite": {convert(t, path, forms[0]), Options{}, true},
		"text ids":     {convert(t, path, forms[1]), Options{}, true},
		"UTF-16":       {convert(t, path, form{types: forms[0].types, keys: true, indexes: true, utf16: true}), Options{}, false},
	} {
		e := prepared(t, tt.path, tt.o)
		if (e.file != nil) != tt.fast {
			t.Errorf("%s: read without SQLite: %v", name, e.file != nil)
		}
		if e.file == nil {
			continue
		}
		err := e.file.Read(t.Context(), func(r *sqlitefile.Reader) error {
			for _, open := range []opener{e.openPages, e.openComments, e.openEvents} {
				c, err := e.s.Conn(t.Context())
				if err != nil {
					return err
				}
				x, err := open(source{conn: c, file: r, notes: new(notes)})
				if err != nil {
					t.Errorf("%s: %v", name, err)
					continue
				}
				x.close()
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// stumbling is a reader that fails at a row after a part of its record.
type stumbling struct {
	from, to int64
	fail     int64
	closed   *int
}

func (s *stumbling) read(after, last int64, out *output) error {
	for key := max(after, s.from-1) + 1; key <= min(last, s.to); key++ {
		out.Int(key)
		out.notes.add("key", "%d rows, the first is %d", key)
		if key == s.fail {
			return sqlitefile.ErrDamaged
		}
		out.Int(-key)
		if err := out.endRow(); err != nil {
			return err
		}
		out.key = key
		out.notes.settle()
	}
	return nil
}

func (s *stumbling) close() { *s.closed++ }

// TestSQLiteGoesOn: whatever the row at which reading without SQLite fails,
// every record is written once, and what there is to say of it is counted once.
func TestSQLiteGoesOn(t *testing.T) {
	const rows = 200_000 // several buffers
	for _, fail := range []int64{1, 2, 100_000, 100_001, 199_999, rows} {
		for _, workers := range []int{1, 3} {
			var m memory
			to, err := m.open("x")
			if err != nil {
				t.Fatal(err)
			}
			f := csv.New(csv.Options{})
			w, err := f.Writer(to, columns.File{}, &record.Position{})
			if err != nil {
				t.Fatal(err)
			}
			closed := 0
			var found notes
			p := &ordered{splits: []int64{0, 100_000, 150_000, rows}, encoder: func() record.Encoder { return f.Encoder(columns.File{}) }, done: func(_ int64, n notes) error {
				found.merge(n)
				return nil
			}}
			p.put = func(c record.Chunk, _ int64) (record.Chunk, error) { return w.Append(c) }
			p.open = func(context.Context, *sqlitefile.Reader, *notes) (reader, error) {
				return &tiered{
					fast:  &stumbling{1, rows, fail, new(int)},
					again: func() (reader, error) { return nil, sqlitefile.ErrUnsupported },
					open:  func() (reader, error) { return &stumbling{1, rows, 0, &closed}, nil },
				}, nil
			}
			if err := errors.Join(p.run(t.Context(), workers), w.End()); err != nil {
				t.Fatal(err)
			}
			want := f.Encoder(columns.File{})
			want.Reuse(nil)
			for key := range int64(rows) {
				want.Int(key + 1)
				want.Int(-key - 1)
				want.EndRecord()
			}
			if got := m.files["x"].String(); got != string(want.Take().([]byte)) {
				t.Errorf("fail at %d, %d workers: the records differ", fail, workers)
			}
			if got := found.diagnostics(); len(got) != 1 || got[0].Message != "200,000 rows, the first is 1" {
				t.Errorf("fail at %d, %d workers: %v", fail, workers, got)
			}
			if closed != 1 {
				t.Errorf("closed %d times", closed)
			}
		}
	}
}
