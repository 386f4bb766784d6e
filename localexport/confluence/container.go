package confluence

import (
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
)

// containerColumns describe content that other rows refer to.
var containerColumns = []string{"contentid", "contenttype", "title", "creationdate", "prevver", "content_status", "pageid", "spaceid"}

// containers finds the pages that comments, events and spaces refer to.
type containers struct {
	values
	find *snapshot.Finder
}

// container is what was found.
type container struct {
	page
	kind    string // PAGE, BLOGPOST, ATTACHMENT or "" for anything else
	live    bool
	on      int64 // page that an attachment or comment is on
	isOn    bool
	spaceID int64
	inSpace bool
}

// openContainers always uses SQLite, which is the faster one at rows that lie
// far from each other.
func (e *exporter) openContainers(c *sqlread.Conn) (*containers, error) {
	find, err := e.content.Finder(c, containerColumns...)
	if err != nil {
		return nil, err
	}
	x := &containers{find: find}
	x.values = values{e: e, clock: wallclock.NewClock(e.zone), table: e.content.Table, key: "contentid", row: find.Row, names: containerColumns}
	return x, nil
}

// Close releases the look-up.
func (x *containers) Close() { x.find.Close() }

// get finds content by id. The title is valid until the next call.
func (x *containers) get(id int64) (container, bool, error) {
	found, err := x.find.Find(id)
	if err != nil || !found {
		return container{}, false, err
	}
	p := container{page: page{id: id, title: x.row.Bytes(2)}}
	switch string(x.row.Bytes(1)) {
	case "PAGE":
		p.kind = "PAGE"
	case "BLOGPOST":
		p.kind, p.blog = "BLOGPOST", true
	case "ATTACHMENT":
		p.kind = "ATTACHMENT"
	}
	_, old := snapshot.ID(x.row, 4)
	status := x.row.Bytes(5)
	p.live = old == snapshot.IDNull && (string(status) == "current" || x.e.o.StatuslessContent && len(status) == 0)
	if p.on, p.isOn, err = x.id(6, id); err != nil {
		return container{}, false, err
	}
	if p.spaceID, p.inSpace, err = x.id(7, id); err != nil {
		return container{}, false, err
	}
	if p.blog { // only addresses of blog posts have a date
		r, _, present, err := x.time(3, id)
		if err != nil {
			return container{}, false, err
		}
		p.created, p.dated = x.wall(r), present
	}
	return p, true, nil
}

// isPage reports whether the container is a live page or blog post.
func (c container) isPage() bool { return c.live && (c.kind == "PAGE" || c.kind == "BLOGPOST") }

// homepages finds the addresses of home pages of spaces.
type homepages struct{ *containers }

func (e *exporter) openHomepages(c *sqlread.Conn) (*homepages, error) {
	x, err := e.openContainers(c)
	return &homepages{x}, err
}

// address appends the address of a home page; nothing if there is none or if
// it is not live.
func (h *homepages) address(dst []byte, id int64, present bool, space string) ([]byte, error) {
	if !present {
		return dst, nil
	}
	p, found, err := h.get(id)
	if err != nil || !found || !p.live {
		return dst, err
	}
	p.space = space
	dst, _ = h.e.address.appendPage(dst, p.page)
	return dst, nil
}
