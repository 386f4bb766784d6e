package demo

import "sort"

// exported are the event names that an export contains, as the vendor documents them.
var exported = map[string]bool{
	"page_viewed": true, "page_created": true, "page_updated": true,
	"blog_viewed": true, "blog_created": true, "blog_updated": true,
	"comment_created": true, "attachment_viewed": true, "attachment_created": true,
}

const eventsPerPage = 5

// eventLog says which events the site has kept, and how many it should have at each page.
type eventLog struct {
	since     int64 // steady moment from which on events are kept
	first     int64 // the first page after it
	lastID    int64
	delayMsec int64
}

func (l *eventLog) init(c *clock, pages int64) {
	l.since = c.end - eventRetention
	l.first = int64(sort.Search(int(pages-1), func(i int) bool { return c.page(int64(i), pages) >= l.since }))
	l.lastID = 41_007
}

// log writes an event that happens at a steady moment, unless it is too old to have been kept. The analytics app
// records it some milliseconds later.
func (s *site) log(e eventRow, steady int64) error {
	l := &s.events
	if steady < l.since {
		return nil
	}
	l.lastID++
	if l.lastID%1000 == 0 {
		l.lastID += 32 // a sequence loses what it has cached when the database restarts
	}
	l.delayMsec = (l.delayMsec + 7) % 90
	e.id = l.lastID
	e.at = s.clock.work(steady) + l.delayMsec
	if exported[e.name] {
		s.summary.Events++
	} else {
		s.summary.OtherEvents++
	}
	return s.rows.insertEvent(e)
}

// look writes views of recent pages and files between the steady moments now and next, as many as bring the number
// of events to five for every page. They are spread over the pages that were created since events are kept.
func (s *site) look(i, now, next int64) error {
	l := &s.events
	if i < l.first {
		return nil
	}
	total := eventsPerPage * s.pages
	due := total * (i - l.first + 1) / (s.pages - l.first)
	due -= s.updatesToCome(i)
	for s.summary.Events < due {
		if err := s.view(s.clock.between(s.rand, max(now, l.since), next)); err != nil {
			return err
		}
	}
	return nil
}

// updatesToCome estimates the page_updated events that will be written with the history of the recent pages.
func (s *site) updatesToCome(i int64) int64 {
	if i < s.pages-1 {
		return 0
	}
	var n int64
	for k := range s.recent {
		p := &s.recent[k]
		if p.modified >= s.events.since {
			n += p.history
		}
	}
	return n
}

// view writes one view, or rarely another event that an export leaves out.
func (s *site) view(at int64) error {
	p := pick(s.rand, s.recent)
	e := eventRow{
		name: p.event("viewed"), space: s.spaces[p.space].key, content: p.id, container: p.id,
		version: s.clock.work(p.modified),
	}
	if !s.rand.in(15) { // else an anonymous visitor
		e.user = s.people.reader(s.rand)
	}
	switch k := s.rand.below(200); {
	case k < 12 && len(s.files) > 0:
		f := pick(s.rand, s.files)
		e.name, e.content, e.container, e.space, e.version = "attachment_viewed", f.id, f.on.id, s.spaces[f.on.space].key, 0
		if k == 0 {
			e.container = 0
		}
	case k < 14:
		e.container = 0 // not recorded
	case k < 15:
		e.space = "GONE" // a space that was removed since
	case k < 18:
		e.name = pick(s.rand, []string{"page_removed", "comment_removed", "search_performed", "blog_trashed"})
	}
	return s.log(e, at)
}
