package confluence

import "sluice/localexport/record"

// output collects records of one worker.
type output struct {
	record.Encoder
	rows  int64
	notes notes // on the range so far
	send  func(end bool, err error) error

	rejected []RejectedRow // since the last send
	torn     bool          // a part of the record was sent already

	// Where a record begins, and the key of the last row that is done with: what
	// a reader that has to give up leaves to the next.
	mark record.Mark
	key  int64

	records int64 // all that were ended
	doubt   bool  // the file is damaged where they come from
}

// begin remembers that a record begins.
func (o *output) begin() { o.mark = o.Mark() }

// endRow ends a record and hands the chunk on when it is full.
func (o *output) endRow() error {
	o.EndRecord()
	o.rows++
	o.records++
	o.torn = false
	if o.Full() {
		if err := o.send(false, nil); err != nil {
			return err
		}
	}
	o.begin()
	return nil
}

// room hands the chunk on when it is full, between two pieces of a cell. After that
// the record cannot be taken back.
func (o *output) room() error {
	if !o.Full() {
		return nil
	}
	o.torn = true
	return o.send(false, nil)
}

// time gives a cell with a time, or none.
func (o *output) time(t instant, present bool) {
	if present {
		o.Time(t.unix, t.nanos)
	} else {
		o.Null()
	}
}

// id gives a cell with an id or a number, or none.
func (o *output) id(id int64, present bool) {
	if present {
		o.Int(id)
	} else {
		o.Null()
	}
}
