package csvenc

// replacements count the fields in which U+0000 was replaced. What is not in a
// record that was ended counts only once it is.
type replacements struct {
	found   int64           // characters, to notice that there were some
	pending []replacedField // fields of the record
	settled []int           // columns of the fields of records that were ended
}

// replacedField is a field.
type replacedField struct{ at, column int }

func (r *replacements) note(at, column int) {
	r.pending = append(r.pending, replacedField{at, column})
}

// settle takes over the fields of a record that was ended.
func (r *replacements) settle() {
	if len(r.pending) == 0 {
		return
	}
	for _, x := range r.pending {
		r.settled = append(r.settled, x.column)
	}
	r.pending = r.pending[:0]
}

// rewind forgets the fields that begin at position n of the buffer or behind.
func (r *replacements) rewind(n int) {
	for len(r.pending) > 0 && r.pending[len(r.pending)-1].at >= n {
		r.pending = r.pending[:len(r.pending)-1]
	}
}

// Replaced reports whether U+0000 was replaced in a record that was ended since
// TakeReplaced was last called.
func (e *Encoder) Replaced() bool { return len(e.nul.settled) > 0 }

// TakeReplaced returns the columns, counted from 0, of the fields in which U+0000
// was replaced, one for each field of the records that were ended since the last
// call. They are valid until the next record.
func (e *Encoder) TakeReplaced() []int {
	columns := e.nul.settled
	e.nul.settled = e.nul.settled[:0]
	return columns
}

// column is the number of the field that was begun last, counted from 0. It is
// found by reading the record, since it is hardly ever asked for.
func (e *Encoder) column() int {
	n, quoted := e.columns, false
	for _, c := range e.buf[min(e.record, len(e.buf)):] {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			n++
		}
	}
	return n
}
