package confluence

import (
	"fmt"
	"sync"

	"sluice/localexport/snapshot"
	"sluice/pipeline"
)

// The keys of the warnings of an export.
const (
	KeyTimeZone         = snapshot.KeyTimeZone         // which zone was taken, and why
	KeyMissingTable     = snapshot.KeyMissingTable     // a table or column that is not there
	KeyMissingIndex     = snapshot.KeyMissingIndex     // keys were sorted because an index is missing
	KeyPageWithoutSpace = snapshot.KeyPageWithoutSpace // pages left out
	KeyUnknownBuild     = snapshot.KeyUnknownBuild
	KeyUndated          = "export.snapshot.content.undated" // content left out
	KeyDuplicate        = "export.snapshot.key.duplicate"   // rows left out
	KeyBodyUnreadable   = "export.snapshot.body.unreadable" // cells left empty
	KeyBodyTooLong      = "export.snapshot.body.too.long"   // cells left empty
	KeyUnknownUser      = "export.snapshot.user.unknown"    // keys without a user
	KeySpacesOptedOut   = "export.spaces.opted.out"         // spaces left out
)

// notes counts what an export leaves out or cannot tell, with the first few
// examples in the order of the files. Workers add at any time.
type notes struct {
	mu     sync.Mutex
	counts map[string]*note
	fixed  []pipeline.Diagnostic
}

type note struct {
	count   int64
	example int64 // the smallest key
	text    string
}

// add counts a row; text says what happened to %d rows, of which the one
// with the key %d is the first.
func (n *notes) add(key, text string, row int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.counts == nil {
		n.counts = map[string]*note{}
	}
	id := key + "\x00" + text
	x := n.counts[id]
	if x == nil {
		x = &note{example: row, text: text}
		n.counts[id] = x
	}
	x.count++
	x.example = min(x.example, row)
}

// say adds a sentence.
func (n *notes) say(key, format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.fixed = append(n.fixed, pipeline.Diagnostic{Key: key, Message: fmt.Sprintf(format, args...)})
}

// diagnostics lists everything, in an order that does not depend on chance.
func (n *notes) diagnostics() []pipeline.Diagnostic {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := append([]pipeline.Diagnostic(nil), n.fixed...)
	for _, id := range sortedKeys(n.counts) {
		x := n.counts[id]
		key, _, _ := cutKey(id)
		all = append(all, pipeline.Diagnostic{Key: key, Message: fmt.Sprintf(x.text, x.count, x.example)})
	}
	return all
}
