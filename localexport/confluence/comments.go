package confluence

import "sluice/localexport/snapshot"

var commentColumns = []string{"contentid", "pageid", "parentcommentid", "creator", "creationdate", "lastmodifier", "lastmoddate",
	"contenttype", "prevver", "content_status"}

// commentReader encodes the records of comments.
type commentReader struct {
	walkReader
	bodies *bodyCursor
	on     *containers
	url    []byte
}

func (e *exporter) openComments(src source) (reader, error) {
	r := &commentReader{walkReader: e.newWalkReader(src, fileComments, e.content.Table, commentColumns)}
	if err := r.prepare(src); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *commentReader) prepare(src source) (err error) {
	if err := r.openWalk(src, r.e.content, r.isComment); err != nil {
		return err
	}
	if r.bodies, err = r.e.openBodies(src, bodyLimit(fileComments)); err != nil {
		return err
	}
	r.parts = append(r.parts, r.bodies)
	if r.on, err = r.e.openContainers(src); err != nil {
		return err
	}
	r.parts = append(r.parts, r.on)
	return nil
}

// isComment reports whether a row of commentColumns is a live comment.
func (r *commentReader) isComment(row snapshot.Row) bool {
	return snapshot.KindOf(row.Bytes(7)) == snapshot.KindComment && r.isLive(row, contentAt{prevver: 8, status: 9, created: 4, updated: 6}, oddComments)
}

func (r *commentReader) read(after, last int64, out *output) error {
	if err := r.bodies.start(after, last); err != nil {
		return err
	}
	return r.each(after, last, out, r.comment)
}

// comment encodes the current row.
func (r *commentReader) comment(out *output) error {
	id, fresh, err := r.nextKey("Rows of the table content whose contentid is there already were left out: %d (first: contentid %d).")
	if err != nil || !fresh {
		return err
	}
	d, wanted, err := r.dates(4, 6, id, "Comments without any date were left out: %d (first: contentid %d).")
	if err != nil || !wanted {
		return err
	}
	pageID, in, p, err := r.container(id)
	if err != nil || in == nil || r.e.leavesOut(r.notes, in, p.id, id) {
		return err
	}
	parent, hasParent, err := r.id(2, id)
	if err != nil {
		return err
	}
	creator, modifier := r.row.Bytes(3), r.row.Bytes(5)
	if err := r.walk.Err(); err != nil {
		return err
	}
	// The record, in the order of its columns. Nothing behind the body can fail.
	e := r.e
	out.Int(id)
	out.Shared(e.shared.instance)
	r.url = e.address.appendComment(r.url[:0], p.page, id)
	out.Text(r.url)
	out.Int(pageID)
	out.id(parent, hasParent)
	if err := r.bodies.append(out, id); err != nil {
		return err
	}
	out.Text(creator)
	out.Text(modifier)
	e.users.check(r.notes, creator, id)
	e.users.check(r.notes, modifier, id)
	out.time(d.created, d.hasCreated)
	out.time(d.updated, d.hasUpdated)
	return out.endRow()
}

// container finds the page that the comment is on, and its space. The space is
// nil if the comment is not exported: on content that is not live or of another
// kind, or in a space that is excluded or missing.
func (r *commentReader) container(id int64) (pageID int64, in *space, p container, err error) {
	on, present, err := r.id(1, id)
	if err != nil || !present {
		return 0, nil, p, err
	}
	p, found, err := r.on.get(on)
	if err != nil || !found || !p.live {
		if err == nil && p.odd {
			r.notes.add(KeyStatusUnknown, commentsOnOdd, id)
		}
		return 0, nil, p, err
	}
	pageID = p.id
	if p.kind == snapshot.KindAttachment {
		if r.e.o.AttachmentComments == AttachmentSkip || !p.isOn {
			return 0, nil, p, nil
		}
		if p, found, err = r.on.get(p.on); err != nil || !found {
			return 0, nil, p, err
		}
		if r.e.o.AttachmentComments == AttachmentPage {
			pageID = p.id
		}
	}
	if !p.isPage() || !p.inSpace {
		return 0, nil, p, nil
	}
	in = r.e.spaces.byID[p.spaceID]
	if in == nil || in.optedOut {
		return 0, nil, p, nil
	}
	p.space = in.escaped
	return pageID, in, p, nil
}
