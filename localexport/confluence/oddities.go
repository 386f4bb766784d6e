package confluence

import "sluice/localexport/snapshot"

// What is said of rows that are left out for an odd state, which state.Which and
// state.Advice tell.
const (
	oddPages    = "Pages and blog posts %[3]s were left out: %[1]d (first: contentid %[2]d). %[4]s"
	oddComments = "Comments %[3]s were left out: %[1]d (first: contentid %[2]d). %[4]s"
)

// What is said of rows and cells that converters have spoilt.
const (
	commentsOnOdd  = "Comments on pages and blog posts that were left out for their status or their prevver were left out: %d (first: contentid %d)."
	bodiesMissing  = "Pages, blog posts and comments for which bodycontent has no row were exported with an empty content: %d (first: contentid %d)."
	bodyReferences = "Bodies that are only a reference to a value in the database, such as oracle.sql.CLOB@1b2c3d, were exported as they stand: %d (first: contentid %d). The converter did not read the values: convert the database again."
	literalBodies  = `Bodies that are the text \N, which COPY writes for NULL, were exported as they stand: %d (first: contentid %d). Convert the database again.`
	literalTitles  = `Titles that are the text \N, which COPY writes for NULL, were exported as they stand: %d (first: contentid %d). Convert the database again.`
)

// contentAt are the columns that tell whether content is live, and when it changed.
type contentAt struct{ prevver, status, created, updated int }

// isLive reports whether a row is live. One that is not is noted, unless it is in a
// state that the product's rows are in, or changed before the time range.
func (r *walkReader) isLive(row snapshot.Row, at contentAt, text string) bool {
	state := snapshot.StateOf(row, at.prevver, at.status)
	if r.e.accepted.Takes(state) {
		return true
	}
	if state.Odd() { // old versions are many
		r.noteOdd(row, at, state, text)
	}
	return false
}

func (r *walkReader) noteOdd(row snapshot.Row, at contentAt, state snapshot.State, text string) {
	changed, dated, _ := snapshot.LastChange(at.updated, at.created, func(column int) (instant, bool, error) {
		reading, present, err := snapshot.Time(row, column)
		return instant{r.clock.Unix(reading), reading.Nanos}, present && err == nil, nil
	})
	if dated && !r.e.wanted(changed) {
		return
	}
	id, _ := snapshot.ID(row, 0)
	r.notes.add(state.Key(), text, id, state.Which(), state.Advice())
}

// fewMissing is the share of pages and comments without a row of a body, one in so
// many, up to which that is worth a note only: the product leaves a few.
const fewMissing = 100

// judgeBodies makes a note of it where few bodies are missing.
func (n *notes) judgeBodies(rows int64) {
	id := noteID{key: KeyBodyMissing, text: bodiesMissing}
	if x := n.counts[id]; x != nil && x.count*fewMissing <= rows {
		delete(n.counts, id)
		n.counts[noteID{key: KeyBodyNone, text: bodiesMissing}] = x
	}
}

// doubt notes what is odd about the body of content that was appended: that there
// is no row of one, or that it is none.
func (x *bodyCursor) doubt(id int64, any, none bool) {
	switch {
	case none:
		x.notes.add(KeyBodyMissing, bodiesMissing, id)
	case !any || len(x.last) == 0:
	case snapshot.IsLiteralNull(x.last):
		x.notes.add(KeyLiteralNull, literalBodies, id)
	case snapshot.IsReference(x.last):
		x.notes.add(KeyBodyReference, bodyReferences, id)
	}
	x.last = x.last[:0]
}
