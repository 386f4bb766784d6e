package demo

import "fmt"

// writeAround writes what belongs to a new page: labels, files, drafts; and now and then other content of its space
// that no export may contain.
func (s *site) writeAround(p *page) error {
	if err := s.labelPage(p); err != nil {
		return err
	}
	if s.rand.percent(15) || p.index == 0 {
		for range 1 + s.rand.below(3) {
			if err := s.attach(p); err != nil {
				return err
			}
		}
	}
	for _, extra := range []struct {
		every, at int64
		write     func(*page) error
	}{
		{40, 20, s.writeTrashed},
		{50, 30, s.writeDraftOf},
		{90, 45, s.writeNewDraft},
		{300, 150, s.writeLegacyDraft},
		{200, 99, s.writeCustom},
		{100, 10, s.writeProfile},
		{120, 60, s.writeTrashedFile},
	} {
		if p.index%extra.every == extra.at {
			if err := extra.write(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// attach adds a file to a page, sometimes with an earlier version.
func (s *site) attach(p *page) error {
	f := attachment{id: s.contentID(), on: *p, at: s.clock.later(s.rand, p.created, day)}
	row := s.fileRow(p, f)
	if s.rand.in(6) {
		row.comment = pick(s.rand, changeComments)
	}
	old := s.rand.in(10)
	if old {
		row.version, row.modified = 2, s.clock.work(s.clock.later(s.rand, f.at, 30*day))
	}
	if err := s.writeFile(row); err != nil {
		return err
	}
	if old { // keeps its space but has no container
		row.previous, row.id, row.version, row.container, row.modified = f.id, s.contentID(), 1, 0, row.created
		if err := s.writeFile(row); err != nil {
			return err
		}
	}
	s.files = replaceSome(s.rand, s.files, recentFiles, f)
	return s.log(eventRow{
		name: "attachment_created", user: row.creator, space: s.spaces[p.space].key, content: f.id, container: p.id,
	}, f.at)
}

func (s *site) fileRow(p *page, f attachment) contentRow {
	author := s.people.author(s.rand)
	at := s.clock.work(f.at)
	return contentRow{
		id: f.id, kind: "ATTACHMENT", title: pick(s.rand, fileNames), version: 1, creator: author, created: at, modifier: author,
		modified: at, status: current, container: p.id, space: s.spaces[p.space].id,
	}
}

// writeFile writes a row of an attachment and its properties.
func (s *site) writeFile(row contentRow) error {
	if err := s.rows.insertContent(row); err != nil {
		return err
	}
	media := "application/octet-stream"
	for i, name := range fileNames {
		if name == row.title {
			media = mediaTypes[i]
		}
	}
	if err := s.rows.insertProperty(s.propertyIDs.take(), row.id, "MEDIA_TYPE", media, 0, 0); err != nil {
		return err
	}
	if err := s.rows.insertProperty(s.propertyIDs.take(), row.id, "FILESIZE", "", 100+s.rand.below(4<<20), 0); err != nil {
		return err
	}
	return s.rows.insertProperty(s.propertyIDs.take(), row.id, "MINOR_EDIT", "false", 0, 0)
}

// writeTrashed puts a page or blog post with a comment into the trash of the page's space.
func (s *site) writeTrashed(p *page) error {
	row := s.rowOf(p)
	row.id, row.status, row.title, row.version = s.contentID(), deleted, oldTitle(p.title), 1
	row.modified = s.clock.work(s.clock.later(s.rand, p.created, 10*day))
	if err := s.rows.insertContent(row); err != nil {
		return err
	}
	if err := s.insertBody(row.id, bodyStorage, s.bodies.page(row.title, 0)); err != nil {
		return err
	}
	remark := contentRow{
		id: s.contentID(), kind: "COMMENT", version: 1, creator: p.creator, created: row.created, modifier: p.creator,
		modified: row.created, status: current, container: row.id,
	}
	if err := s.insertWithBody(remark, "Can this be deleted?"); err != nil {
		return err
	}
	gone := row.id
	if p.index%80 == 60 {
		gone = row.id + 1<<40 // an event about a page that was purged since
	}
	return s.log(eventRow{
		name: p.event("trashed"), user: p.modifier, space: s.spaces[p.space].key, content: gone, container: gone,
	}, p.modified)
}

// writeTrashedHome writes a page of a space that is in the trash, and returns its id.
func (s *site) writeTrashedHome(sp *space, now int64) (int64, error) {
	at := s.clock.work(now)
	row := contentRow{
		id: s.contentID(), kind: "PAGE", title: sp.name + " Home", version: 3, creator: sp.owner, created: at, modifier: sp.owner,
		modified: at, status: deleted, space: sp.id,
	}
	return row.id, s.insertWithBody(row, "This was the home page")
}

// writeTrashedFile puts a file of the page into the trash.
func (s *site) writeTrashedFile(p *page) error {
	row := s.fileRow(p, attachment{id: s.contentID(), at: p.created})
	row.status = deleted
	if err := s.writeFile(row); err != nil {
		return err
	}
	return s.log(eventRow{
		name: "attachment_removed", user: row.creator, space: s.spaces[p.space].key, content: row.id, container: p.id,
	}, p.created)
}

// writeDraftOf writes a draft of the published page: it points to the page like an old version, but is a draft.
func (s *site) writeDraftOf(p *page) error {
	row := s.rowOf(p)
	row.id, row.previous, row.status, row.version = s.contentID(), p.id, draft, 1
	row.modified = s.clock.work(s.clock.later(s.rand, p.modified, 5*day))
	if err := s.rows.insertContent(row); err != nil {
		return err
	}
	return s.insertBody(row.id, bodyStorage, s.bodies.page(p.title, int(p.lang)))
}

// writeNewDraft writes a draft that was never published, beside the page.
func (s *site) writeNewDraft(p *page) error {
	row := s.rowOf(p)
	row.id, row.status, row.version, row.title = s.contentID(), draft, 1, ""
	return s.insertWithBody(row, pick(s.rand, english.sentences))
}

// writeLegacyDraft writes a personal draft from the time before collaborative editing.
func (s *site) writeLegacyDraft(p *page) error {
	at := s.clock.work(p.created)
	row := contentRow{
		id: s.contentID(), kind: "DRAFT", title: p.title, version: 1, creator: p.creator, created: at, modifier: p.creator,
		modified: at, status: current, draftOf: fmt.Sprint(p.id), draftSpace: s.spaces[p.space].key, draftKind: "page", draftVersion: 1,
	}
	return s.insertWithBody(row, pick(s.rand, english.sentences))
}

// writeCustom writes content of an app on the page, with a comment on it.
func (s *site) writeCustom(p *page) error {
	at := s.clock.work(p.created)
	row := contentRow{
		id: s.contentID(), kind: "CUSTOM", title: "Board", version: 1, creator: p.creator, created: at, modifier: p.creator,
		modified: at, status: current, container: p.id, space: s.spaces[p.space].id, plugin: "com.example.boards:board",
	}
	if err := s.insertWithBody(row, "board"); err != nil {
		return err
	}
	remark := row
	remark.id, remark.kind, remark.title, remark.plugin = s.contentID(), "COMMENT", "", ""
	remark.container, remark.space = row.id, 0
	return s.insertWithBody(remark, "A comment on the content of an app")
}

// writeProfile writes the profile text of a user, each user's only once.
func (s *site) writeProfile(p *page) error {
	i := p.index / 100
	if i >= int64(len(s.people.keys)) {
		return nil
	}
	at := s.clock.work(p.created)
	user := s.people.keys[i]
	row := contentRow{
		id: s.contentID(), kind: "USERINFO", version: 1, creator: user, created: at, modifier: user, modified: at, status: current,
		owner: user,
	}
	return s.insertWithBody(row, "Ask me about examples")
}
