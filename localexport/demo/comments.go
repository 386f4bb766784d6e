package demo

// comment is what is remembered of a comment that may be answered. Times are steady moments.
type comment struct {
	id, container int64
	on            page
	depth         int
	created       int64
}

// attachment is what is remembered of a file that may be commented on.
type attachment struct {
	id int64
	on page
	at int64
}

// discuss writes comments until there are three for every four pages, between the steady moments now and next.
func (s *site) discuss(i, now, next int64) error {
	for s.summary.Comments < 3*(i+1)/4 {
		if err := s.writeComment(s.nextComment(now, next)); err != nil {
			return err
		}
		s.summary.Comments++
	}
	return nil
}

// nextComment chooses what is commented on: an earlier comment, a file, or a page.
func (s *site) nextComment(now, next int64) comment {
	n := s.summary.Comments
	at := s.clock.between(s.rand, now, next)
	switch {
	case n%40 == 7 && len(s.files) > 0:
		f := pick(s.rand, s.files)
		return comment{container: f.id, on: f.on, created: max(at, f.at)}
	case n%9 != 4 && len(s.threads) > 0 && s.rand.percent(45):
		c := pick(s.rand, s.threads)
		c.depth++
		c.created = max(at, c.created)
		return c // its id is the parent's until the comment is written
	}
	p := pick(s.rand, s.recent)
	return comment{container: p.id, on: p, created: max(at, p.created)}
}

// writeComment writes a live comment. If c.depth is not 0, c.id is the comment that it answers.
func (s *site) writeComment(c comment) error {
	n := s.summary.Comments
	var parent int64
	if c.depth > 0 {
		parent = c.id
	}
	c.id = s.contentID()
	author := s.people.author(s.rand)
	if s.rand.in(30) {
		author = ""
	}
	edited := s.rand.percent(6)
	row := contentRow{
		id: c.id, kind: "COMMENT", version: 1, creator: author, created: s.clock.work(c.created), modifier: author,
		status: current, container: c.container, parentComment: parent,
	}
	row.modified = row.created
	if edited {
		row.version, row.modified = 2, s.clock.work(s.clock.later(s.rand, c.created, 2*day))
	}
	if err := s.rows.insertContent(row); err != nil {
		return err
	}
	if err := s.insertBody(c.id, bodyStorage, s.commentBody(n)); err != nil {
		return err
	}
	if edited {
		if err := s.writeOldComment(row); err != nil {
			return err
		}
	}
	if n%9 == 4 && c.depth == 0 && c.container == c.on.id {
		if err := s.markInline(c.id, n, row.modified); err != nil {
			return err
		}
	}
	s.threads = replaceSome(s.rand, s.threads, recentThreads, c)
	container := c.on.id
	if n%37 == 20 {
		container = 0 // not recorded
	}
	return s.log(eventRow{
		name: "comment_created", user: author, space: s.spaces[c.on.space].key, content: c.id, container: container,
	}, c.created)
}

func (s *site) commentBody(n int64) string {
	if n%89 == 33 {
		return s.bodies.atLimit(commentLimit, n/89%4)
	}
	return s.bodies.comment()
}

// writeOldComment writes the first version of an edited comment. It has neither container nor parent.
func (s *site) writeOldComment(live contentRow) error {
	old := live
	old.id, old.previous, old.version, old.modified = s.contentID(), live.id, 1, live.created
	old.container, old.parentComment = 0, 0
	if err := s.rows.insertContent(old); err != nil {
		return err
	}
	return s.insertBody(old.id, bodyStorage, s.bodies.comment())
}

// markInline makes a comment an inline comment, which only its properties show.
func (s *site) markInline(id, n, at int64) error {
	status := []string{"open", "resolved", "reopened", "dangling"}[n/9%4]
	for _, p := range []struct {
		name, value string
		at          int64
	}{
		{"inline-comment", "true", 0},
		{"inline-marker-ref", uuid(s.rand), 0},
		{"inline-original-selection", pick(s.rand, english.titles), 0},
		{"status", status, 0},
		{"status-lastmoddate", "", at},
	} {
		if err := s.rows.insertProperty(s.propertyIDs.take(), id, p.name, p.value, 0, p.at); err != nil {
			return err
		}
	}
	return nil
}

// replaceSome adds an element to a list of limited length, in place of a random one when the list is full.
func replaceSome[T any](r *random, list []T, limit int, element T) []T {
	if len(list) < limit {
		return append(list, element)
	}
	list[r.below(int64(limit))] = element
	return list
}
