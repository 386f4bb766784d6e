package demo

import (
	"context"
	"time"

	"sluice/localexport/sqlread"
)

// site lives through the demo site's years: page after page it writes what happens then. It remembers the spaces
// and a bounded choice of recent pages, on which people comment, work and look.
type site struct {
	pages int64 // live pages and blog posts to write

	rand   *random
	clock  *clock
	rows   *rows
	people *people
	bodies *bodies
	labels labels

	source       idSource
	contentIDs   [2]ids // two servers
	server       int    // the one that is at work
	bodyIDs      ids
	propertyIDs  ids
	linkIDs      ids
	labelIDs     ids
	spaceIDs     ids
	directoryIDs ids
	settingIDs   ids

	spaces  []space
	recent  []page       // at most recentPages; the home of what happens to pages later on
	threads []comment    // at most recentThreads
	files   []attachment // at most recentFiles
	events  eventLog

	firstTitles, recentTitles int // of the first pages, and of the first of the last year

	inconsistent bool
	missing      []int64 // keys of bodycontent to leave out of its index
	summary      Summary
}

const (
	recentPages   = 4096
	recentThreads = 256
	recentFiles   = 64
)

func newSite(o Options, w *rows) *site {
	r := newRandom(o.Seed, 1)
	s := &site{
		pages: int64(o.Pages), rand: r, clock: newClock(), rows: w,
		people: newPeople(r, int64(o.Pages)), bodies: newBodies(r), inconsistent: o.Inconsistent,
	}
	for _, g := range []*ids{
		&s.contentIDs[0], &s.contentIDs[1], &s.bodyIDs, &s.propertyIDs, &s.linkIDs, &s.labelIDs, &s.spaceIDs,
		&s.directoryIDs, &s.settingIDs,
	} {
		*g = ids{source: &s.source, rand: r}
	}
	s.source.nextBlock = 2
	s.events.init(s.clock, s.pages)
	return s
}

// contentID returns a key for a row of content from the server that is at work.
func (s *site) contentID() int64 { return s.contentIDs[s.server].take() }

// found writes what is there before the first page.
func (s *site) found() error {
	for _, step := range []func() error{s.writeDirectories, s.writeUsers, s.writeSettings, s.writeLabels, s.writeSiteDescription} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) writeSiteDescription() error {
	at := s.clock.work(s.clock.end - siteAge)
	row := contentRow{id: s.contentID(), kind: "GLOBALDESCRIPTION", version: 1, created: at, modified: at, status: current}
	return s.insertWithBody(row, "Welcome to the demo site")
}

// live writes page i and what happens until the next one.
func (s *site) live(i int64) error {
	s.server = int(s.rand.below(2))
	now, next := s.clock.page(i, s.pages), s.clock.end
	if i+1 < s.pages {
		next = s.clock.page(i+1, s.pages)
	}
	p, err := s.writePage(i, now)
	if err != nil {
		return err
	}
	if err := s.writeAround(p); err != nil {
		return err
	}
	if err := s.remember(p); err != nil {
		return err
	}
	if err := s.discuss(i, now, next); err != nil {
		return err
	}
	return s.look(i, now, next)
}

// finish writes what is left when the last page is there.
func (s *site) finish() error {
	for i := range s.recent {
		if err := s.writeHistory(&s.recent[i]); err != nil {
			return err
		}
	}
	if err := s.writeSpaces(); err != nil {
		return err
	}
	s.summary.ContentRows = s.rows.contentRows
	s.summary.Newest = time.UnixMilli(s.clock.work(s.clock.end)).UTC()
	return nil
}

// writeSite writes all rows into the tables, in transactions of some pages each.
func writeSite(ctx context.Context, conn *sqlread.Conn, s *site, report func(pages int64)) error {
	const batch = 500
	return inTransactions(conn, func(again func() error) error {
		if err := s.found(); err != nil {
			return err
		}
		for i := range s.pages {
			if i%batch == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := again(); err != nil {
					return err
				}
				report(i)
			}
			if err := s.live(i); err != nil {
				return err
			}
		}
		return s.finish()
	})
}

func orNull(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}
