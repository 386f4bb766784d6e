package demo

import "time"

// page is what is remembered of a live page or blog post. Times are steady moments.
type page struct {
	index, id         int64
	space             int32 // index into site.spaces
	blog              bool
	lang              int8
	title             string
	creator, modifier string
	parent            int64
	version           int64
	history           int64 // earlier versions still to be written
	created, modified int64
}

func (p *page) kind() string {
	if p.blog {
		return "BLOGPOST"
	}
	return "PAGE"
}

// event returns the name of an event about the page, such as page_viewed.
func (p *page) event(what string) string {
	if p.blog {
		return "blog_" + what
	}
	return "page_" + what
}

// writePage writes live page i, created at the steady moment now, and its body.
func (s *site) writePage(i, now int64) (*page, error) {
	p := &page{index: i, created: now, modified: now, version: 1, id: s.contentID()}
	place, err := s.place(p)
	if err != nil {
		return nil, err
	}
	s.nameAuthors(p)
	s.ageVersions(p)
	s.showScript(p)
	row := s.rowOf(p)
	row.position = place
	if p.version > 1 && s.rand.percent(40) {
		row.comment = pick(s.rand, changeComments)
	}
	if err := s.rows.insertContent(row); err != nil {
		return nil, err
	}
	if p.blog {
		s.summary.BlogPosts++
	} else {
		s.summary.LivePages++
	}
	if err := s.writePageBody(p); err != nil {
		return nil, err
	}
	return p, s.log(eventRow{
		name: p.event("created"), user: p.creator, space: s.spaces[p.space].key, content: p.id, container: p.id,
		version: s.clock.work(p.created),
	}, p.created)
}

// place chooses the page's space, title and parent. It returns the page's place among its siblings, which is 0 for
// most: in alphabetical order.
func (s *site) place(p *page) (int64, error) {
	wanted := spacesWithPages(s.pages)
	if open := int64(len(s.spaces)); open < min(1+wanted*p.index/s.pages, wanted) {
		return 0, s.placeHome(p)
	}
	p.space = int32(s.rand.skewed(int64(len(s.spaces))))
	sp := &s.spaces[p.space]
	if p.blog = s.rand.percent(12) || (sp.personal && s.rand.percent(15)); p.blog {
		date := time.UnixMilli(s.clock.work(p.created)).UTC().Format(time.DateOnly)
		title, lang := blogTitle(s.rand, p.index, date)
		p.title, p.lang = title, int8(lang)
		return 0, nil
	}
	title, lang := title(s.rand, p.index)
	p.title, p.lang = title, int8(lang)
	up := sp.parent(s.rand)
	p.parent = up.id
	sp.grow(s.rand, node{id: p.id, depth: up.depth + 1})
	if s.rand.in(5) {
		return 1 + s.rand.below(20), nil
	}
	return 0, nil
}

// placeHome makes the page the home of a new space. One space has put its home page into the trash; there, the page
// is just another one at the top.
func (s *site) placeHome(p *page) error {
	sp, err := s.openSpace(p.created)
	if err != nil {
		return err
	}
	p.space = int32(len(s.spaces) - 1)
	p.title = sp.name + " Home"
	sp.home = p.id
	if p.space == 4 {
		p.title = sp.name + " Start"
		if sp.home, err = s.writeTrashedHome(sp, p.created); err != nil {
			return err
		}
	}
	sp.grow(s.rand, node{id: p.id})
	return nil
}

func (s *site) nameAuthors(p *page) {
	if !s.rand.in(50) { // else anonymous
		p.creator = s.people.author(s.rand)
	}
	p.modifier = p.creator
}

// ageVersions decides how often the page was changed since and when last. A page's last change is later than some
// pages that are written after it, as on a real site.
func (s *site) ageVersions(p *page) {
	last := p.index == s.pages-1 // makes the newest change of all
	if !last && !s.rand.percent(30) {
		return
	}
	p.history = 1
	if s.rand.in(6) {
		p.history += 1 + s.rand.below(3)
	}
	p.version += p.history
	if p.index%53 == 11 { // older versions were purged
		p.version += 40
	}
	p.modified = s.clock.later(s.rand, p.created, 150*day)
	if last {
		p.modified = s.clock.end
	}
	p.modifier = ""
	if !s.rand.in(60) {
		p.modifier = s.people.author(s.rand)
	}
}

// rowOf returns the row of the live page.
func (s *site) rowOf(p *page) contentRow {
	return contentRow{
		id: p.id, kind: p.kind(), title: p.title, version: p.version, creator: p.creator, modifier: p.modifier,
		created: s.clock.work(p.created), modified: s.clock.work(p.modified), status: current,
		space: s.spaces[p.space].id, parent: p.parent,
	}
}

// writePageBody writes the body of a live page: mostly of ordinary length, now and then a special one.
func (s *site) writePageBody(p *page) error {
	i := p.index
	last := i >= s.pages-3
	switch {
	case i%701 == 350 && !last:
		return nil // no body at all
	case i%499 == 7:
		return s.insertBody(p.id, bodyWiki, s.bodies.wiki(p.title))
	case i%499 == 123: // left over from the migration to storage format
		if err := s.insertBody(p.id, bodyWiki, s.bodies.wiki(p.title)); err != nil {
			return err
		}
	}
	var body string
	switch {
	case i%97 == 41:
		body = s.bodies.atLimit(pageLimit, i/97%4)
	case i%3989 == 1000:
		body = s.bodies.pageOf(p.title, int(p.lang), 200_000)
	default:
		body = s.bodies.page(p.title, int(p.lang))
	}
	if s.inconsistent && (last || i%997 == 3) {
		s.missing = append(s.missing, s.bodyIDs.peek())
	}
	return s.insertBody(p.id, bodyStorage, body)
}

func (s *site) insertBody(content, bodyType int64, body string) error {
	return s.rows.insertBody(s.bodyIDs.take(), content, bodyType, body)
}

// insertWithBody writes a row of content and a body for it that is one plain paragraph.
func (s *site) insertWithBody(row contentRow, body string) error {
	if err := s.rows.insertContent(row); err != nil {
		return err
	}
	return s.insertBody(row.id, bodyStorage, "<p>"+escape(body)+"</p>")
}

// remember adds a page to the recent ones. The page that has to make room gets its earlier versions, whose ids are
// therefore later than those of many pages created after it.
func (s *site) remember(p *page) error {
	if len(s.recent) < min(recentPages, int(s.pages/16)+1) {
		s.recent = append(s.recent, *p)
		return nil
	}
	old := &s.recent[s.rand.below(int64(len(s.recent)))]
	err := s.writeHistory(old)
	*old = *p
	return err
}

// writeHistory writes the earlier versions of a page, which point to it, and the events of its changes.
func (s *site) writeHistory(p *page) error {
	changed := s.clock.work(p.created)
	row := s.rowOf(p)
	row.previous, row.space, row.parent, row.modifier = p.id, 0, 0, p.creator
	from := p.created
	for k := range p.history {
		row.id, row.version, row.modified = s.contentID(), p.version-p.history+k, changed
		if err := s.rows.insertContent(row); err != nil {
			return err
		}
		if err := s.insertBody(row.id, bodyStorage, s.bodies.page(p.title, int(p.lang))); err != nil {
			return err
		}
		// The next version is written in the next part of the time between creation and the last change.
		to := p.created + (p.modified-p.created)*(k+1)/p.history
		at, user := p.modified, p.modifier
		if k < p.history-1 {
			at, user = s.clock.between(s.rand, from, to), s.people.author(s.rand)
		}
		from, changed = to, s.clock.work(at)
		row.modifier = user
		err := s.log(eventRow{
			name: p.event("updated"), user: user, space: s.spaces[p.space].key, content: p.id, container: p.id,
			version: changed,
		}, at)
		if err != nil {
			return err
		}
	}
	return nil
}
