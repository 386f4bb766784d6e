package product

import (
	"encoding/json"
	"io"

	"sluice/pipeline"
)

// Sink opens the destination of a file of a product. It is called once for each
// file. Several files may be open at once.
type Sink func(name string) (Output, error)

// Output is the destination of a file. Writes come in file order, in large pieces.
// Commit is called once, behind the last write of a file that is whole. Close is
// called once in any case; without a Commit before, the file is not whole.
type Output interface {
	io.WriteCloser
	Commit() error
}

// Keeper is an Output that remembers how far it is, so that its file can be gone
// on with after an interruption. A Sink may return one.
type Keeper interface {
	Output
	// From is where to go on; nil means at the beginning. The bytes up to there
	// are in the destination already.
	From() *State
	// Due reports whether enough was written since the last Keep for another one
	// to be worth its while. It is cheap.
	Due() bool
	// Keep says that what was written up to now is the start of the file that
	// the state describes. Before the file is committed, Keep is called with a
	// State that is Done.
	Keep(State)
}

// State is how far the writing of a file is: all that is needed to go on from
// there and to get the file, the counts and the warnings that an export without
// an interruption gives. It holds for the same content of a snapshot, the same
// options and the same version of the product's package.
type State struct {
	Done  bool  `json:"done"`
	After int64 `json:"after"` // the records up to this key are written
	Rows  int64 `json:"rows"`  // data records
	Bytes int64 `json:"bytes"` // with the header
	// Format is what the format of the file keeps of its own.
	Format json.RawMessage `json:"format,omitempty"`
	// Counted and Said are what there is to warn of up to here.
	Counted []Counted             `json:"counted,omitempty"`
	Said    []pipeline.Diagnostic `json:"said,omitempty"`
	// Rejected are the rows that were left out up to here, for the file of those,
	// which is always written from its start.
	Rejected []RejectedRow `json:"rejected,omitempty"`
}

// Counted is how many rows something happened to.
type Counted struct {
	Key     string    `json:"key"`
	Text    string    `json:"text"` // with places for the count and the example
	Count   int64     `json:"count"`
	Example int64     `json:"example"`       // the smallest key
	More    [2]string `json:"more,omitzero"` // what else stands in the text
}

// RejectedName is the name of the optional file with rows that could not be exported,
// of products that have one.
const RejectedName = "rejected"

// RejectedRow is a record of a file of rejected rows: a value that kept a row out of
// a file, or part of a row.
type RejectedRow struct {
	File   string `csv:"file"`  // the file that lacks the row, as in Product.Files; two if it is not known which
	Table  string `csv:"table"` // of the value
	Key    string `csv:"key"`   // of the row that is left out, such as "contentid 98305"
	Column string `csv:"column"`
	Reason string `csv:"reason"`
	Value  string `csv:"value"` // as stored, its first characters on one line
}
