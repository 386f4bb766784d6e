package preview

import (
	"strings"
	"testing"
)

// TestAWrongExpressionIsRefused: what is wrong with an expression is said in a plain
// sentence, as an error, where it was typed; the next letter takes that back.
func TestAWrongExpressionIsRefused(t *testing.T) {
	withPane(t, newFake(100, "id", "title"), nil, func(b *bench) {
		find := b.p.find
		b.do(func() { find.state.Expr = true; b.p.Find("(dra") })
		b.settle()
		if said := find.status.Text(); !find.state.Failed || !find.entry.Wrong() || !strings.HasPrefix(said, "This is no regular expression: a ( is never closed") || strings.Contains(said, "regexp") {
			t.Errorf("an error: %t, the field is wrong: %t, said: %s", find.state.Failed, find.entry.Wrong(), said)
		}
		b.do(func() { find.changed("(draft)") })
		if find.state.Failed || find.entry.Wrong() || strings.Contains(find.status.Text(), "expression") {
			t.Errorf("an error: %t, the field is wrong: %t, said: %s", find.state.Failed, find.entry.Wrong(), find.status.Text())
		}
	})
}
