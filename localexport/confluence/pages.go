package confluence

import (
	"bytes"

	"sluice/localexport/snapshot"
)

var pageColumns = []string{"contentid", "contenttype", "title", "version", "creator", "creationdate", "lastmodifier",
	"lastmoddate", "versioncomment", "spaceid", "parentid", "prevver", "content_status"}

// pageReader encodes the records of pages.
type pageReader struct {
	walkReader
	bodies  *bodyCursor
	labels  *labelCursor
	url     []byte
	spaceID int64 // whose space was looked up last
	space   *space
}

func (e *exporter) openPages(src source) (reader, error) {
	r := &pageReader{walkReader: e.newWalkReader(src, filePages, e.content.Table, pageColumns)}
	if err := r.prepare(src); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *pageReader) prepare(src source) (err error) {
	if err := r.openWalk(src, r.e.content, r.isPage); err != nil {
		return err
	}
	if r.bodies, err = r.e.openBodies(src, bodyLimit(filePages)); err != nil {
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
func (r *pageReader) isPage(row snapshot.Row) bool {
	return snapshot.KindOf(row.Bytes(1)).IsPage() && r.isLive(row, contentAt{prevver: 11, status: 12, created: 5, updated: 7}, oddPages)
}

func (r *pageReader) read(after, last int64, out *output) error {
	if err := r.bodies.start(after, last); err != nil {
		return err
	}
	if err := r.labels.start(after, last); err != nil {
		return err
	}
	return r.each(after, last, out, r.page)
}

// page encodes the current row.
func (r *pageReader) page(out *output) error {
	id, fresh, err := r.nextKey("Rows of the table content whose contentid is there already were left out: %d (first: contentid %d).")
	if err != nil || !fresh {
		return err
	}
	d, wanted, err := r.dates(5, 7, id, "Pages and blog posts without any date were left out: %d (first: contentid %d).")
	if err != nil || !wanted {
		return err
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
		r.notes.add(KeyPageWithoutSpace, "Pages and blog posts that belong to no space were left out: %d (first: contentid %d).", id)
		return nil
	}
	if in.optedOut || r.e.leavesOut(r.notes, in, id, id) {
		return nil
	}
	p := page{id: id, space: in.escaped, title: r.row.Bytes(2), blog: snapshot.KindOf(r.row.Bytes(1)) == snapshot.KindBlogPost, dated: d.hasCreated}
	if d.hasCreated && p.blog {
		p.created = r.wall(d.wall)
	}
	return r.encode(out, p, in, &d)
}

// encode appends the record in the order of its columns. What can fail comes first:
// records with long cells are on their way before they end.
func (r *pageReader) encode(out *output, p page, in *space, d *dates) error {
	e := r.e
	parent, hasParent, err := r.id(10, p.id)
	if err != nil {
		return err
	}
	version, hasVersion, err := r.id(3, p.id)
	if err != nil {
		return err
	}
	if err := r.labels.collect(p.id); err != nil {
		return err
	}
	creator, modifier, description := r.row.Bytes(4), r.row.Bytes(6), r.row.Bytes(8)
	if err := r.walk.Err(); err != nil {
		return err
	}
	out.Int(p.id)
	out.Shared(e.shared.instance)
	out.Shared(in.cell)
	r.url, _ = e.address.appendPage(r.url[:0], p)
	out.Text(r.url)
	if p.blog {
		out.Shared(e.shared.blog)
	} else {
		out.Shared(e.shared.page)
	}
	out.Text(p.title)
	if snapshot.IsLiteralNull(p.title) {
		r.notes.add(KeyLiteralNull, literalTitles, p.id)
	}
	r.status(out)
	if err := r.bodies.append(out, p.id); err != nil {
		return err
	}
	out.id(parent, hasParent)
	if err := r.labels.append(out); err != nil {
		return err
	}
	out.id(version, hasVersion)
	out.Text(creator)
	out.Text(modifier)
	if known := e.users.check(r.notes, creator, p.id); !known || !bytes.Equal(modifier, creator) {
		e.users.check(r.notes, modifier, p.id)
	}
	out.time(d.created, d.hasCreated)
	out.time(d.updated, d.hasUpdated)
	out.Text(description)
	return out.endRow()
}

// status appends the cell with the status, which is current unless more is
// accepted as live.
func (r *pageReader) status(out *output) {
	if r.e.o.ArchivedContent && string(r.row.Bytes(12)) == snapshot.StatusArchived {
		out.Shared(r.e.shared.archived)
		return
	}
	out.Shared(r.e.shared.current)
}
