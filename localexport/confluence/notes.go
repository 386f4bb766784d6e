package confluence

import (
	"cmp"
	"maps"
	"slices"

	"sluice/figures"
	"sluice/localexport/product"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/wording"
)

// The keys of the warnings of an export.
const (
	KeyTimeZone         = snapshot.KeyTimeZone                // which zone was found
	KeyNoTimeZone       = "export.snapshot.time.zone.unknown" // this computer's was taken
	KeyMissingTable     = snapshot.KeyMissingTable            // a table or column that is not there
	KeyMissingIndex     = snapshot.KeyMissingIndex            // keys were sorted because an index is missing
	KeyPageWithoutSpace = snapshot.KeyPageWithoutSpace        // pages left out
	KeyUnknownBuild     = snapshot.KeyUnknownBuild
	KeyImplausibleTime  = snapshot.KeyImplausibleTime          // times that the default time range does not go by
	KeyEventOutOfRange  = "export.snapshot.event.out.of.range" // events left out
	KeyZeroDate         = "export.snapshot.date.zeros"         // cells left empty
	KeyUndated          = "export.snapshot.content.undated"    // content left out
	KeyDuplicate        = "export.snapshot.key.duplicate"      // rows left out
	KeyBodyUnreadable   = "export.snapshot.body.unreadable"    // cells left empty
	KeyDoubtful         = product.KeyDoubtful                  // records next to damage
	KeyBodyTooLong      = "export.snapshot.body.too.long"      // cells left empty
	KeyUnknownUser      = "export.snapshot.user.unknown"       // keys without a user
	KeyRejected         = product.KeyRejected                  // rows left out, in the file RejectedName
	KeyNULReplaced      = "export.text.nul.replaced"           // U+0000 in cells
	KeyStatusUnknown    = snapshot.KeyStatusUnknown            // comments left out
	KeyBodyMissing      = snapshot.KeyBodyMissing              // cells left empty
	KeyBodyNone         = "export.snapshot.body.none"          // the same, but few
	KeyBodyReference    = snapshot.KeyBodyReference            // cells that hold a reference to a value
	KeyLiteralNull      = snapshot.KeyLiteralNull              // cells that hold \N
	KeySpacesOptedOut   = "export.spaces.opted.out"            // spaces left out
)

// IsNote tells what is worth knowing but says nothing against the files from what
// they lack or may have wrong: which zone the events agree on, how long it took
// because an index is missing, that the release is newer than this program, that a
// few pages never had a body, and what
// the administrator of the wiki has excluded, which the job lists by itself. Scripts
// ask whether a job has warnings.
func IsNote(d pipeline.Diagnostic) bool {
	switch d.Key {
	case KeyTimeZone, KeyMissingIndex, KeyUnknownBuild, KeySpacesOptedOut, KeyBodyNone:
		return true
	}
	return false
}

// notes counts what an export leaves out or cannot tell, with the first
// example of each. They belong to one goroutine: each worker has its own, which
// go along with the records of a range, so that what was counted belongs to what
// was written.
type notes struct {
	counts map[noteID]*note
	fixed  []pipeline.Diagnostic
	undo   []noted // what was counted since the last settle
}

// noteID says what is counted; text says what happened to %[1]d rows, of which the
// one with the key %[2]d is the first. What else stands in it, from %[3]s on, is in more.
type noteID struct {
	key, text string
	more      [2]string
}

type note struct {
	count   int64
	example int64 // the smallest key
}

// noted is a note as it was before a row was counted.
type noted struct {
	id     noteID
	before note
}

// add counts a row.
func (n *notes) add(key, text string, row int64, more ...string) {
	id := noteID{key: key, text: text}
	copy(id.more[:], more)
	x := n.at(id, row)
	n.undo = append(n.undo, noted{id, *x})
	x.count++
	x.example = min(x.example, row)
}

func (n *notes) at(id noteID, row int64) *note {
	x := n.counts[id]
	if x == nil {
		if n.counts == nil {
			n.counts = map[noteID]*note{}
		}
		x = &note{example: row}
		n.counts[id] = x
	}
	return x
}

// settle keeps what was counted: the row is done with.
func (n *notes) settle() { n.undo = n.undo[:0] }

// rewind forgets what was counted since the last settle: another reader looks at
// the row again.
func (n *notes) rewind() {
	for _, was := range slices.Backward(n.undo) {
		if was.before.count == 0 {
			delete(n.counts, was.id)
		} else {
			*n.counts[was.id] = was.before
		}
	}
	n.settle()
}

// take returns what was counted and leaves nothing.
func (n *notes) take() notes {
	all := notes{counts: n.counts, fixed: n.fixed}
	*n = notes{undo: n.undo[:0]}
	return all
}

// merge adds what others have counted, in the order of the files.
func (n *notes) merge(more notes) {
	n.fixed = append(n.fixed, more.fixed...)
	for id, x := range more.counts {
		to := n.at(id, x.example)
		to.count += x.count
		to.example = min(to.example, x.example)
	}
}

// say adds a sentence.
func (n *notes) say(key, format string, args ...any) {
	n.fixed = append(n.fixed, pipeline.Say(key, format, args...))
}

// diagnostics lists everything, in an order that does not depend on chance.
func (n *notes) diagnostics() []pipeline.Diagnostic {
	all := slices.Clone(n.fixed)
	for _, id := range n.ids() {
		all = append(all, n.counts[id].diagnostic(id))
	}
	return all
}

func (x *note) diagnostic(id noteID) pipeline.Diagnostic {
	if id.more[0] == "" {
		return pipeline.Say(id.key, id.text, figures.N(x.count), x.example)
	}
	return pipeline.Say(id.key, id.text, figures.N(x.count), x.example, wording.Text{Format: id.more[0]}, wording.Text{Format: id.more[1]})
}

// ids lists what was counted in the order of keys and texts.
func (n *notes) ids() []noteID {
	return slices.SortedFunc(maps.Keys(n.counts), func(a, b noteID) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.text, b.text), slices.Compare(a.more[:], b.more[:]))
	})
}
