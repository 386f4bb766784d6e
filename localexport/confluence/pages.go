package confluence

import (
	"bytes"

	"sluice/localexport/snapshot"
	"sluice/localexport/wallclock"
)

// The limits of bodies (spec/csv-schema-confluence.md §4.3 and §4.4).
const (
	pageLimit    = 10_000
	commentLimit = 2_000
)

var pageColumns = []string{"contentid", "contenttype", "title", "version", "creator", "creationdate", "lastmodifier",
	"lastmoddate", "versioncomment", "spaceid", "parentid", "prevver", "content_status"}

// pageReader encodes the records of pages.
type pageReader struct {
	closing
	values
	walk     *snapshot.Walk
	bodies   *bodyCursor
	labels   *labelCursor
	blogType []byte
	last     int64 // the key before, to find duplicates
	any      bool
	url      []byte
	spaceID  int64 // whose space was looked up last
	space    *space
}

func (e *exporter) openPages(where string) opener {
	return func(src source) (reader, error) {
		r := &pageReader{closing: closing{conn: src.conn}, blogType: []byte("blogpost")}
		if e.o.BlogPostType != "" {
			r.blogType = []byte(e.o.BlogPostType)
		}
		r.values = values{e: e, clock: wallclock.NewClock(e.zone), table: e.content.Table, key: "contentid", names: pageColumns}
		if err := r.prepare(src, where); err != nil {
			r.close()
			return nil, err
		}
		return r, nil
	}
}

func (r *pageReader) prepare(src source, where string) (err error) {
	if src.file == nil { // the condition sees to the last two columns
		r.walk, err = r.e.content.Walk(r.conn, where, pageColumns[:len(pageColumns)-2]...)
	} else {
		r.walk, err = r.e.content.FileWalk(src.file, r.e.file, r.e.isPage, pageColumns...)
	}
	if err != nil {
		return err
	}
	r.parts = append(r.parts, r.walk)
	r.row = r.walk.Row
	if r.bodies, err = r.e.openBodies(src, pageLimit); err != nil {
		return err
	}
	r.parts = append(r.parts, r.bodies)
	if r.labels, err = r.e.openLabels(src); err != nil {
		return err
	}
	r.parts = append(r.parts, r.labels)
	return nil
}

// isPage reports whether a row of pageColumns is a live page or blog post.
func (e *exporter) isPage(row snapshot.Row) bool {
	switch string(row.Bytes(1)) {
	case "PAGE", "BLOGPOST":
		return e.isLive(row, 11, 12)
	}
	return false
}

func (r *pageReader) read(after, last int64, out *output) error {
	if err := r.walk.Range(after, last); err != nil {
		return err
	}
	if err := r.bodies.start(after, last); err != nil {
		return err
	}
	if err := r.labels.start(after, last); err != nil {
		return err
	}
	for {
		row, err := r.walk.Next()
		if err != nil || !row {
			return err
		}
		if err := r.page(out); err != nil {
			return err
		}
		out.key = r.last
	}
}

// page encodes the current row.
func (r *pageReader) page(out *output) error {
	id, _, err := r.id(0, 0)
	if err != nil {
		return err
	}
	if r.any && id == r.last {
		r.e.notes.add(KeyDuplicate, "Rows of the table content whose contentid is there already were left out: %d (first: contentid %d).", id)
		return nil
	}
	r.last, r.any = id, true
	_, updated, hasUpdated, err := r.time(7, id)
	if err != nil {
		return err
	}
	if hasUpdated && !r.e.wanted(updated) {
		return nil
	}
	wall, created, hasCreated, err := r.time(5, id)
	if err != nil {
		return err
	}
	if !hasUpdated {
		if !hasCreated {
			r.e.notes.add(KeyUndated, "Pages and blog posts without any date were left out: %d (first: contentid %d).", id)
			return nil
		}
		if !r.e.wanted(created) {
			return nil
		}
	}
	spaceID, inSpace, err := r.id(9, id)
	if err != nil {
		return err
	}
	if r.space == nil || spaceID != r.spaceID {
		r.spaceID, r.space = spaceID, r.e.spaces.byID[spaceID]
	}
	in := r.space
	if !inSpace || in == nil {
		r.e.notes.add(KeyPageWithoutSpace, "Pages and blog posts that belong to no space were left out: %d (first: contentid %d).", id)
		return nil
	}
	if in.optedOut {
		return nil
	}
	p := page{id: id, space: in.escaped, title: r.row.Bytes(2), blog: string(r.row.Bytes(1)) == "BLOGPOST", dated: hasCreated}
	if hasCreated && p.blog {
		p.created = r.wall(wall)
	}
	return r.encode(out, p, in, created, hasCreated, updated, hasUpdated)
}

// encode appends the record in the order of PageRow.
func (r *pageReader) encode(out *output, p page, in *space, created instant, hasCreated bool, updated instant, hasUpdated bool) error {
	e := r.e
	out.Int(p.id)
	out.Encoded(e.instance)
	out.EncodedString(in.cell)
	r.url, _ = e.address.appendPage(r.url[:0], p)
	out.Text(r.url)
	if p.blog {
		out.Text(r.blogType)
	} else {
		out.EncodedString("page")
	}
	out.Text(p.title)
	out.EncodedString("current")
	if err := r.bodies.append(out, p.id); err != nil {
		return err
	}
	parent, hasParent, err := r.id(10, p.id)
	if err != nil {
		return err
	}
	appendID(out, parent, hasParent)
	labels, err := r.labels.cellOf(p.id, e.o.Labels)
	if err != nil {
		return err
	}
	out.Text(labels)
	version, hasVersion, err := r.id(3, p.id)
	if err != nil {
		return err
	}
	appendID(out, version, hasVersion)
	creator, modifier := r.row.Bytes(4), r.row.Bytes(6)
	out.Text(creator)
	out.Text(modifier)
	if known := e.users.check(&e.notes, creator, p.id); !known || !bytes.Equal(modifier, creator) {
		e.users.check(&e.notes, modifier, p.id)
	}
	e.appendTime(out, created, hasCreated)
	e.appendTime(out, updated, hasUpdated)
	out.Text(r.row.Bytes(8))
	if err := r.walk.Err(); err != nil {
		return err
	}
	return out.endRow()
}
