package snapshot

import (
	"context"
	"errors"

	"sluice/figures"
	"sluice/localexport/sqlread"
	"sluice/pipeline"
	"sluice/wording"
)

// Liveness is what a search for a live page or blog post found.
type Liveness struct {
	Found bool
	// States counts all pages and blog posts by their state; it is complete only
	// if none is live.
	States [stateCount]int64
}

// errFound ends a search.
var errFound = errors.New("found")

// FindLive looks for a page or blog post that is live. It reads content up to the
// first, which in the product's tables is one of the first rows.
func (s *Snapshot) FindLive(ctx context.Context, a Accepted) (Liveness, error) {
	var l Liveness
	c, err := s.Conn(ctx)
	if err != nil {
		return l, err
	}
	defer c.Close()
	t := s.Table("content")
	err = c.Each("SELECT "+t.Select("contenttype", "prevver", "content_status")+" FROM "+t.From("t"), func(r *sqlread.Stmt) error {
		if !KindOf(r.Bytes(0)).IsPage() {
			return nil
		}
		state := StateOf(r, 1, 2)
		if a.Takes(state) {
			return errFound
		}
		l.States[state]++
		return nil
	})
	if errors.Is(err, errFound) {
		l.Found, err = true, nil
	}
	if err != nil {
		return l, wording.Errorf("look for a live page: %w", err)
	}
	return l, nil
}

// Complaint says what is wrong if there are pages of which none is live, "" if
// nothing is. A wiki with nothing but drafts and a bin, and old versions of what is
// there, is as it should be.
func (l Liveness) Complaint() (d pipeline.Diagnostic, wrong bool) {
	if l.Found {
		return d, false
	}
	worst, most := StateOld, l.States[StateOld]
	for _, state := range Odd {
		if l.States[state] > most {
			worst, most = state, l.States[state]
		}
	}
	if most == 0 || worst == StateOld && l.States[StateDraft]+l.States[StateDeleted] > 0 {
		return d, false
	}
	which, advice := wording.Format("that are old versions"), wording.Format("Convert the database again, with all rows.")
	if worst != StateOld {
		which, advice = worst.Which(), worst.Advice()
	}
	return pipeline.Say(KeyNothingLive, "No page or blog post is live, but there are %d %s: all pages and comments would be missing. %s", figures.N(most), wording.Text{Format: which}, wording.Text{Format: advice}), true
}
