package confluence

import (
	"context"
	"sync"
	"time"

	"sluice/localexport/snapshot"
)

// changes gathers when the rows that an export reads have changed. Each reader has a
// collection of its own.
type changes struct {
	mu              sync.Mutex
	content, events []*snapshot.Seen
	partly          bool // some rows are not read again, since the export goes on with another
}

// of returns a new collection for a reader of a file; nil if no from date goes by its
// rows.
func (c *changes) of(s *snapshot.Snapshot, file int) *snapshot.Seen {
	list := &c.content
	switch file {
	case filePages, fileComments:
	case fileEvents:
		list = &c.events
	default:
		return nil
	}
	seen := s.NewSeen()
	c.mu.Lock()
	defer c.mu.Unlock()
	*list = append(*list, seen)
	return seen
}

// newest is the newest change of the rows that were read. What an earlier job has read
// of an export that was gone on with is not known here: then every row is looked at once
// more. No reader may be at work.
func (e *exporter) newest(ctx context.Context) (time.Time, error) {
	if e.changes.partly {
		r, err := e.s.Newest(ctx, e.zone, e.o.workers())
		return r.At, err
	}
	return e.s.NewestSeen(e.changes.content, e.changes.events), nil
}
