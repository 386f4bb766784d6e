package changes

import (
	"context"

	"sluice/wording"
)

// placed is an error about a row.
type placed interface {
	error
	// find finds out the number of the row, while the file is open.
	find(ctx context.Context)
}

// place is where a row starts, and which row it is, for sentences.
type place struct {
	t   *table
	off int64
	row string
}

func (p *place) find(ctx context.Context) {
	_ = p.t.file.WaitIndexed(ctx, p.off) // else the byte tells the place
	p.row = p.t.rowAt(p.off)
}

// orderError says that a row comes behind one with a higher key.
type orderError struct{ place }

func (e *orderError) Error() string {
	return wording.Of("%s is not in the order of %s: %s comes behind a row with a higher key, and so many rows of a file that is not complete are not sorted. Sort the file by %s first",
		e.t.input.Title, e.t.keyNames(), e.row, e.t.keyNames()).String()
}

// keyError says that a row has no key, or none of the right form.
type keyError struct {
	place
	column int
	value  string
}

func (e *keyError) Error() string {
	where := wording.Of("%s of %s", e.row, e.t.input.Title)
	if e.value == "" {
		return wording.Of("%s has no %s, so it cannot be told which row it is in the other file: mend the row, or name another column with --key", where, e.t.header[e.column]).String()
	}
	return wording.Of("%s has %q as its %s, where the rows before have whole numbers: mend the row, or name another column with --key", where, e.value, e.t.header[e.column]).String()
}
