package snapshot

import (
	"context"
	"sync"

	"sluice/localexport/sqlread"
	"sluice/wording"
)

// census is what a look at the rows of content tells.
type census struct {
	pages, comments int64
	homeless        int64             // live pages without a space, or in one that is missing
	states          [stateCount]int64 // pages, blog posts and comments, by their state
	estimated       bool
	newest          newest
}

const (
	censusRange  = 1 << 20 // bytes of the table that are read at once
	censusExact  = 512     // ranges up to which all of them are read
	censusSample = 128     // ranges of a larger table that are read
)

// takeCensus counts live content and finds its newest change, on a sample if
// the table is large.
func (s *Snapshot) takeCensus(ctx context.Context, o InspectOptions) (census, error) {
	t := s.Table("content")
	ranges, err := s.ranges(t, censusRange)
	if err != nil {
		return census{}, err
	}
	all := len(ranges)
	if all > censusExact && !o.Full {
		for i := range censusSample { // evenly, with the last one, where new rows are
			ranges[i] = ranges[(i+1)*all/censusSample-1]
		}
		ranges = ranges[:censusSample]
	}
	spaces, err := s.spaceIDs(ctx)
	if err != nil {
		return census{}, wording.Errorf("read the spaces: %w", err)
	}
	var mu sync.Mutex
	var counters []*censusTaker
	columns := []string{"creationdate", "lastmoddate", "contenttype", "prevver", "content_status", "spaceid", "contentid"}
	limit := s.latest()
	err = s.scan(ctx, t, ranges, o.Workers, "", columns, func() func(*sqlread.Stmt) error {
		c := &censusTaker{finder: recentFinder{recent: recent{limit: limit}, id: 7}, spaces: spaces}
		mu.Lock()
		counters = append(counters, c)
		mu.Unlock()
		return c.row
	})
	if err != nil {
		return census{}, wording.Errorf("count table %s: %w", t.Name, err)
	}
	out := census{estimated: len(ranges) < all}
	for _, c := range counters {
		out.pages += c.pages
		out.comments += c.comments
		out.homeless += c.homeless
		for i, n := range c.states {
			out.states[i] += n
		}
		out.newest.content.merge(c.finder.recent)
	}
	if out.estimated {
		counts := []*int64{&out.pages, &out.comments, &out.homeless}
		for i := range out.states {
			counts = append(counts, &out.states[i])
		}
		for _, n := range counts {
			*n = *n * int64(all) / int64(len(ranges))
		}
	}
	return out, nil
}

// censusTaker counts rows for one connection.
type censusTaker struct {
	pages, comments, homeless int64
	states                    [stateCount]int64
	finder                    recentFinder
	spaces                    map[int64]bool // all there are; shared
}

func (c *censusTaker) row(r *sqlread.Stmt) error {
	if err := c.finder.row(r); err != nil {
		return err
	}
	kind := KindOf(r.Bytes(3))
	if !kind.IsExported() {
		return nil
	}
	state := StateOf(r, 4, 5)
	if !(Accepted{}).Takes(state) {
		c.states[state]++
		return nil
	}
	if kind == KindComment {
		c.comments++
		return nil
	}
	c.pages++
	if id, space := ID(r, 6); space != IDPresent || !c.spaces[id] {
		c.homeless++
	}
	return nil
}

// spaceIDs are the ids of all spaces.
func (s *Snapshot) spaceIDs(ctx context.Context) (map[int64]bool, error) {
	c, err := s.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	t := s.Table("spaces")
	ids := map[int64]bool{}
	err = c.Each("SELECT "+t.Select("spaceid")+" FROM "+t.From("t"), func(r *sqlread.Stmt) error {
		if id, state := ID(r, 0); state == IDPresent {
			ids[id] = true
		}
		return nil
	})
	return ids, err
}
