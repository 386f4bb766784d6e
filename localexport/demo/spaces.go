package demo

import (
	"fmt"
	"strings"
)

// space is what is remembered of a space. Its row is written at the end, when its home page is known.
type space struct {
	id, description int64
	home            int64 // 0 is none
	opened          int64 // steady moment
	key, name       string
	personal        bool
	owner           string

	parents [16]node // pages that further pages go below
	pages   int64    // pages that went through parents
}

// node is a page's place in the tree of its space.
type node struct {
	id    int64
	depth int64 // 0 is the home page
}

const maxDepth = 8

// spacesWithPages returns how many spaces get pages; two more stay empty.
func spacesWithPages(pages int64) int64 { return min(pages, 8+pages/100, 3000) }

const emptySpaces = 2

// openSpace starts the next space at a steady moment.
func (s *site) openSpace(now int64) (*space, error) {
	i := int64(len(s.spaces))
	s.spaces = append(s.spaces, space{
		id: s.spaceIDs.take(), description: s.contentID(), opened: now, owner: s.people.author(s.rand),
	})
	sp := &s.spaces[i]
	s.nameSpace(sp, i)
	at := s.clock.work(now)
	row := contentRow{
		id: sp.description, kind: "SPACEDESCRIPTION", version: 1, creator: sp.owner, modifier: sp.owner,
		created: at, modified: at, status: current, space: sp.id,
	}
	if err := s.insertWithBody(row, "About "+sp.name); err != nil {
		return nil, err
	}
	if i%7 == 3 { // an earlier text of the description
		row.id, row.previous, row.space = s.contentID(), sp.description, 0
		if err := s.insertWithBody(row, "Soon more about "+sp.name); err != nil {
			return nil, err
		}
	}
	if i%3 == 0 {
		label := s.labels.team[(i/3)%int64(len(s.labels.team))]
		if err := s.linkLabel(label, sp.description, "", at, false); err != nil {
			return nil, err
		}
	}
	return sp, s.log(eventRow{name: "space_created", user: sp.owner, space: sp.key}, now)
}

// nameSpace gives the i-th space its key and name: every fifth one is personal.
func (s *site) nameSpace(sp *space, i int64) {
	if i%5 == 2 {
		owner := s.people.personalOwner(i / 5)
		sp.personal, sp.owner = true, s.people.keys[owner]
		sp.name, _, _ = fullName(owner)
		switch {
		case kindOfUser(owner) == renamed:
			sp.key = "~" + oldLogin(owner)
		case i%2 == 0:
			sp.key = "~" + login(owner)
		default:
			sp.key = "~" + sp.owner
		}
		return
	}
	k := i - (i+2)/5 // the number of other spaces before this one
	n := int64(len(spaceKeys))
	sp.key, sp.name = spaceKeys[k%n], spaceNames[k%n]
	if round := k / n; round > 0 {
		sp.key += fmt.Sprint(round + 1)
		sp.name += fmt.Sprint(" ", round+1)
	}
}

// parent returns where a new page goes in the tree; id 0 is the top level.
func (sp *space) parent(r *random) node {
	if sp.home == 0 || sp.pages == 0 || r.in(90) {
		return node{}
	}
	if r.in(4) {
		return sp.parents[0]
	}
	for range 4 {
		n := sp.parents[r.below(min(sp.pages, int64(len(sp.parents))))]
		if n.depth < maxDepth {
			return n
		}
	}
	return sp.parents[0]
}

// grow lets further pages go below a page. The home page stays the first choice.
func (sp *space) grow(r *random, n node) {
	size := int64(len(sp.parents))
	switch {
	case sp.pages < size:
		sp.parents[sp.pages] = n
	default:
		sp.parents[1+r.below(size-1)] = n
	}
	sp.pages++
}

// writeSpaces writes the rows of all spaces, after two that never got a page.
func (s *site) writeSpaces() error {
	for range emptySpaces {
		if _, err := s.openSpace(s.clock.end - s.rand.below(siteAge/2)); err != nil {
			return err
		}
	}
	for i := range s.spaces {
		sp := &s.spaces[i]
		kind, status := "global", "CURRENT"
		if sp.personal {
			kind = "personal"
		}
		if i%8 == 5 {
			status = "ARCHIVED"
		}
		modified := sp.opened
		if s.rand.percent(60) {
			modified = s.clock.later(s.rand, sp.opened, 200*day)
		}
		created := s.rows.stampText(s.clock.work(sp.opened))
		changed := s.rows.stampText(s.clock.work(modified))
		err := s.rows.exec("spaces", sp.id, sp.name, sp.key, strings.ToLower(sp.key), sp.description, orNull(sp.home), sp.owner,
			created, s.people.author(s.rand), changed, kind, status)
		if err != nil {
			return err
		}
	}
	s.summary.Spaces = int64(len(s.spaces))
	return nil
}
