package feed

import (
	"context"
	"fmt"
)

// Marked says how the source is to tell the versions of the rows of a table.
type Marked struct {
	// Mark is the name under which the version comes, like a column: a text that
	// is another one when the row has changed; "" if it is not asked for. A source
	// that cannot tell leaves the column out.
	Mark string
	// Value is the column that is too long to be compared: the version stands for
	// it. "" if there is none.
	Value string
	// Check is the column of numbers by which ranges are compared where the version
	// is not asked for; "" if they are not.
	Check string
}

// Query asks for some rows of a table, with the columns of Table.Columns.
type Query struct {
	Table Table
	// Key is the column by whose values, which are numbers, or bytes if Text is
	// true, the rows come in order. Empty: all rows, in any order.
	Key  string
	Text bool
	// After and Until, if not nil, leave out the keys up to the one and those
	// above the other.
	After, Until *int64
	// Limit, if not 0, is how many rows come at most.
	Limit int
	// Keys, if not nil, are those of the rows that are asked for.
	Keys []int64
	// Sum is the column of numbers that Spans may add up.
	Sum string
}

// Span is a range of keys with the sums of its rows, by which it is told from
// another state of the same range.
type Span struct {
	// Number counts the ranges: Number*size is the first key of one. All keys
	// below 0 are in the range -1.
	Number int64
	Rows   int64
	Keys   string // sum of the keys, from the first of the range on; decimal
	// Check is a sum over all values, and empty if the source knows otherwise
	// what changed: then Fresh rows came since the state of before, and Sum is that
	// of the column Query.Sum, decimal.
	Check string
	Fresh int64
	Sum   string
}

// Parts is a source that tells parts of its tables, all as they were at one moment.
type Parts interface {
	// Tables are those that the source has, with their columns, also that of the
	// mark if it can tell it.
	Tables() []Table
	// Rows calls take for the rows of a query. The values are valid until it
	// returns.
	Rows(ctx context.Context, q Query, take func([]Value) error) error
	// Spans calls take for each range of so many keys of a table that has rows,
	// in any order. The columns of q.Table are those that count.
	Spans(ctx context.Context, q Query, size int64, take func(Span) error) error
	// Fresh reports whether a row with this mark may have come since the state
	// of before, whatever its mark was then.
	Fresh(mark []byte) bool
}

// StateUntold is why a snapshot is unfit that was made before Sluice noted states, or
// of something else.
const StateUntold = "the snapshot does not tell the state of the database it was taken of"

// UnfitError says why what is there already does not help: all has to be read.
type UnfitError struct{ Why string } // the rest of a sentence

func (e *UnfitError) Error() string { return e.Why }

// Unfit makes an *UnfitError.
func Unfit(format string, args ...any) error { return &UnfitError{fmt.Sprintf(format, args...)} }

// Comparer is a Sink that has most rows already. Instead of being told all, it asks.
type Comparer interface {
	Sink
	Compare(ctx context.Context, source Parts) error
}
