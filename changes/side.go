package changes

import (
	"context"

	"sluice/csvfile"
)

// side goes through the rows of a table in the order of their keys.
type side struct {
	t    *table
	walk *csvfile.Walk
	list []int64 // where the rows are that are to come, if the table is not in order
	// unseen says that the index need not have seen the range, and its end is guessed.
	unseen bool

	key     key // of the current row
	scratch []byte
	before  key // a copy of that of the row before
	first   key // a copy of that of the first row of the range
	any     bool
	length  int64 // of the current row, if it is large
	seen    tally
}

// tally is what is odd about the rows of a table.
type tally struct {
	blank    int64 // lines
	repeated int64 // rows with the key of a row before
	ragged   int64 // rows with more cells than the header, or fewer
	cut      bool  // the last row is not whole, and was left out
}

func (t *tally) add(o tally) {
	t.blank += o.blank
	t.repeated += o.repeated
	t.ragged += o.ragged
	t.cut = t.cut || o.cut
}

func newSide(t *table) *side { return &side{t: t, walk: t.file.NewWalk()} }

// begin sets the range of the text to go through; a table that was brought in order is
// gone through whole.
func (s *side) begin(from, to int64) error {
	s.any, s.seen = false, tally{}
	s.list = s.t.list
	if s.list != nil {
		return nil
	}
	if s.unseen {
		return s.walk.RangeUnseen(from, to)
	}
	return s.walk.Range(from, to)
}

// endsAt reports whether the last row of a range ended where the range was thought to.
func (s *side) endsAt(to int64) bool {
	return s.walk.Offset() == to || s.seen.cut && to == s.t.end
}

// load makes the next row the current one and reads its key. ok is false at the end.
// The error is an *orderError if the row is out of order.
func (s *side) load(ctx context.Context) (ok bool, err error) {
	if s.t.list != nil {
		if len(s.list) == 0 {
			return false, nil
		}
		s.walk.Jump(s.list[0])
		s.list = s.list[1:]
	}
	ok, blank, err := s.walk.Load(ctx)
	s.seen.blank += blank
	if err != nil || !ok {
		return false, err
	}
	cut := s.t.input.Partial && !s.walk.Large() && !s.walk.Ended()
	if !cut {
		if err := s.readKey(ctx); err != nil {
			return false, err
		}
		cut = s.t.input.Partial && s.walk.Large() && s.walk.Offset()+s.length == s.t.end
	}
	if cut {
		s.seen.cut = true
		return false, nil
	}
	return true, s.follow(s.key)
}

// follow checks that a row with the key may come next.
func (s *side) follow(k key) error {
	if !s.any {
		s.any = true
		s.first.copyOf(k)
	} else if c := s.before.compare(k); c > 0 {
		return &orderError{s.here()}
	} else if c == 0 {
		s.seen.repeated++
	}
	s.before.copyOf(k)
	return nil
}

// here is the place of the current row.
func (s *side) here() place { return place{t: s.t, off: s.walk.Offset()} }

// next moves behind the current row.
func (s *side) next() {
	if s.walk.Large() {
		s.walk.Skip(s.length)
		return
	}
	s.walk.Next()
}

// readKey reads the key of the current row.
func (s *side) readKey(ctx context.Context) error {
	if s.walk.Large() {
		return s.readLargeKey(ctx)
	}
	if len(s.t.key) == 1 {
		value, _ := s.walk.Lead(s.t.key[0])
		return s.setKey(value)
	}
	s.walk.Cells()
	return s.compose(s.walk.Cell)
}

// setKey makes value, of the only column, the key.
func (s *side) setKey(value []byte) error {
	if len(value) == 0 {
		return &keyError{s.here(), s.t.key[0], ""}
	}
	if s.t.kinds[0] != byNumber {
		s.key = key{text: value}
		return nil
	}
	n, ok := parseNumber(value)
	if !ok {
		return &keyError{s.here(), s.t.key[0], string(value[:min(len(value), 80)])}
	}
	s.key = key{number: n}
	return nil
}

// compose makes the key of several columns.
func (s *side) compose(cell func(column int) []byte) error {
	s.scratch = s.scratch[:0]
	empty := true
	for i, column := range s.t.key {
		value, ok := cell(column), false
		empty = empty && len(value) == 0
		if s.scratch, ok = appendPart(s.scratch, value, s.t.kinds[i]); !ok {
			return &keyError{s.here(), column, string(value[:min(len(value), 80)])}
		}
	}
	if empty {
		return &keyError{s.here(), s.t.key[0], ""}
	}
	s.key = key{text: s.scratch}
	return nil
}

// longestKey is how much of the cells of a key is read in a row that is too large to
// be held whole.
const longestKey = 64 << 10

// readLargeKey reads the key of a large row, and how long that is.
func (s *side) readLargeKey(ctx context.Context) error {
	sink := &keySink{columns: s.t.key, cells: make([][]byte, len(s.t.key))}
	n, err := s.walk.Stream(ctx, -1, sink)
	if err != nil {
		return err
	}
	s.length = n
	if sink.long {
		return &keyError{s.here(), s.t.key[0], "longer than 64 KB"}
	}
	if len(s.t.key) == 1 {
		return s.setKey(sink.cells[0])
	}
	return s.compose(func(column int) []byte {
		for i, c := range s.t.key {
			if c == column {
				return sink.cells[i]
			}
		}
		return nil
	})
}

// keySink keeps the cells of a key.
type keySink struct {
	columns []int
	cells   [][]byte
	at      int
	long    bool
}

// Data implements csvfile.RowSink.
func (k *keySink) Data(p []byte) {
	for i, c := range k.columns {
		if c == k.at {
			if k.long = k.long || len(k.cells[i])+len(p) > longestKey; !k.long {
				k.cells[i] = append(k.cells[i], p...)
			}
		}
	}
}

// EndField implements csvfile.RowSink.
func (k *keySink) EndField() { k.at++ }

// EndRow implements csvfile.RowSink.
func (k *keySink) EndRow() error { return nil }
