package csv

// replacements count the cells in which U+0000 was replaced. What is not in a
// record that was ended counts only once it is.
type replacements struct {
	found   int64 // characters, to notice that there were some
	pending []int // columns of the cells of the record
	settled []int // of those of records that were ended
}

// note takes in a cell of a column.
func (r *replacements) note(column int) { r.pending = append(r.pending, column) }

// settle takes over the cells of a record that was ended.
func (r *replacements) settle() {
	if len(r.pending) == 0 {
		return
	}
	r.settled = append(r.settled, r.pending...)
	r.pending = r.pending[:0]
}

// rewind forgets the cells from a column on.
func (r *replacements) rewind(column int) {
	for len(r.pending) > 0 && r.pending[len(r.pending)-1] >= column {
		r.pending = r.pending[:len(r.pending)-1]
	}
}

// Replaced implements record.Encoder.
func (e *encoder) Replaced() bool { return len(e.nul.settled) > 0 }

// TakeReplaced implements record.Encoder.
func (e *encoder) TakeReplaced() []int {
	columns := e.nul.settled
	e.nul.settled = e.nul.settled[:0]
	return columns
}
