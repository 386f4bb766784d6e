package confluence

import (
	"errors"
	"fmt"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
)

// containerColumns describe content that other rows refer to.
var containerColumns = []string{"contentid", "contenttype", "title", "creationdate", "prevver", "content_status", "pageid", "spaceid"}

// containers finds the pages that comments, events and spaces refer to.
type containers struct {
	values
	find   *snapshot.Finder
	fast   *snapshot.FileFinder // nil if SQLite finds all
	recent [recentContainers]recentContainer
}

// recentContainers is how many containers are kept. Those who comment on a page
// answer each other, so every third comment is on a page that was just there.
const recentContainers = 1024

// recentContainer is an answer of get; its title lies in text.
type recentContainer struct {
	container
	text  []byte
	found bool
	set   bool
}

// container is what was found.
type container struct {
	page
	kind    snapshot.Kind
	live    bool
	odd     bool  // a page or blog post that is not live for a state that people are told of
	on      int64 // page that an attachment or comment is on
	isOn    bool
	spaceID int64
	inSpace bool
}

// openContainers makes a look-up over a source.
func (e *exporter) openContainers(src source) (*containers, error) {
	find, err := e.content.Finder(src.conn, containerColumns...)
	if err != nil {
		return nil, err
	}
	x := &containers{find: find}
	x.values = values{e: e, clock: wallclock.NewClock(e.zone), table: e.content.Table, key: "contentid", row: find.Row, names: containerColumns}
	if src.file != nil {
		if x.fast, err = e.content.FileFinder(src.file, e.file, containerColumns...); err != nil {
			find.Close()
			return nil, err
		}
	}
	return x, nil
}

// Close releases the look-up.
func (x *containers) Close() { x.find.Close() }

// get finds content by id. The title is valid until the next call.
func (x *containers) get(id int64) (container, bool, error) {
	r := &x.recent[uint64(id)%recentContainers]
	if r.set && r.id == id {
		return r.container, r.found, nil
	}
	r.set = false // in case of an error
	found, err := x.search(id)
	if errors.Is(err, sqlread.ErrTooBig) { // no other column is of any length
		return container{}, false, &snapshot.ValueError{Path: x.e.s.Path(), Table: x.table.Name, Column: "title", Row: fmt.Sprintf("contentid %d", id),
			Want: "is longer than 64 MB"}
	}
	if err != nil {
		return container{}, false, err
	}
	if r.container, r.found = (container{page: page{id: id}}), found; found {
		if r.container, err = x.read(id); err != nil {
			return container{}, false, err
		}
		r.text = append(r.text[:0], r.title...)
		r.title = r.text
	}
	r.set = true
	return r.container, found, nil
}

// search goes to the row of content. SQLite is asked, too, before content is
// taken for missing.
func (x *containers) search(id int64) (bool, error) {
	if x.fast != nil {
		x.row = x.fast
		if found, err := x.fast.Find(id); found || err != nil {
			return found, err
		}
		x.row = x.find.Row
	}
	return x.find.Find(id)
}

// read reads the row that was found.
func (x *containers) read(id int64) (container, error) {
	p := container{page: page{id: id, title: x.row.Bytes(2)}}
	p.kind = snapshot.KindOf(x.row.Bytes(1))
	p.blog = p.kind == snapshot.KindBlogPost
	state := snapshot.StateOf(x.row, 4, 5)
	p.live = x.e.accepted.Takes(state)
	p.odd = !p.live && p.kind.IsPage() && state.Odd()
	var err error
	if p.on, p.isOn, err = x.id(6, id); err != nil {
		return container{}, err
	}
	if p.spaceID, p.inSpace, err = x.id(7, id); err != nil {
		return container{}, err
	}
	if p.blog { // only addresses of blog posts have a date
		r, _, present, err := x.time(3, id)
		if err != nil {
			return container{}, err
		}
		p.created, p.dated = x.wall(r), present
	}
	if x.fast != nil && x.row == snapshot.Row(x.fast) {
		return p, x.fast.Err()
	}
	return p, nil
}

// pageOf is the page that content is on; false if it is on none, or not there any more. A
// comment on an attachment belongs to the page that the attachment is on.
func (x *containers) pageOf(content int64) (id int64, isOn bool, err error) {
	on, found, err := x.get(content)
	if err != nil || !found || !on.isOn {
		return 0, false, err
	}
	id = on.on
	if on, found, err = x.get(id); err == nil && found && on.kind == snapshot.KindAttachment && on.isOn {
		id = on.on
	}
	return id, true, err
}

// isPage reports whether the container is a live page or blog post.
func (c container) isPage() bool { return c.live && c.kind.IsPage() }

// homepages finds the addresses of home pages of spaces.
type homepages struct{ *containers }

func (e *exporter) openHomepages(c *sqlread.Conn) (*homepages, error) {
	x, err := e.openContainers(source{conn: c})
	return &homepages{x}, err
}

// address appends the address of a home page; nothing if there is none or if
// it is not live.
func (h *homepages) address(dst []byte, id int64, present bool, space string) ([]byte, error) {
	if !present {
		return dst, nil
	}
	p, found, err := h.get(id)
	if err != nil || !found || !p.live || h.e.redaction.hides(id) {
		return dst, err
	}
	p.space = space
	dst, _ = h.e.address.appendPage(dst, p.page)
	return dst, nil
}
