package demo

import (
	"fmt"
	"strings"

	"sluice/localexport/sqlread"
)

// rows inserts rows into the tables through prepared statements.
type rows struct {
	conn        *sqlread.Conn
	stamp       []byte // scratch space for time stamps
	contentRows int64  // rows of content so far

	content, body, property, label, labelLink, event insertion
}

func prepareRows(conn *sqlread.Conn) (*rows, error) {
	w := &rows{conn: conn}
	for _, s := range []struct {
		into  *insertion
		table string
		args  int
	}{
		{&w.content, "content", 26},
		{&w.body, "bodycontent", 4},
		{&w.property, "contentproperties", 6},
		{&w.label, "label", 6},
		{&w.labelLink, "content_label", 9},
		{&w.event, `"AO_7B47A5_EVENT"`, 8},
	} {
		stmt, err := conn.Prepare(insertInto(s.table, s.args))
		if err != nil {
			w.close()
			return nil, fmt.Errorf("prepare rows of %s: %w", s.table, err)
		}
		*s.into = insertion{w: w, stmt: stmt, table: s.table}
	}
	return w, nil
}

func insertInto(table string, args int) string {
	return "INSERT INTO " + table + " VALUES (?" + strings.Repeat(",?", args-1) + ")"
}

// close releases the statements; the connection stays.
func (w *rows) close() {
	for _, x := range []*insertion{&w.content, &w.body, &w.property, &w.label, &w.labelLink, &w.event} {
		x.stmt.Close()
	}
}

// status values of content.content_status.
const (
	current = "current"
	draft   = "draft"
	deleted = "deleted"
)

// contentRow is a row of content. Zeros and empty strings are stored as NULL.
type contentRow struct {
	id                int64
	kind              string
	title             string
	version           int64
	creator, modifier string // user keys; empty is anonymous
	created, modified int64  // epoch ms
	comment           string
	previous          int64
	status            string
	container         int64
	space             int64
	position          int64 // 1-based; 0 is alphabetical order
	parent            int64
	parentComment     int64
	parentCustom      int64
	plugin            string
	draftOf           string
	draftSpace        string
	draftKind         string
	draftVersion      int64
	owner             string
}

func (w *rows) insertContent(c contentRow) error {
	s := w.content.row()
	s.int(c.id)
	s.int(c.version)
	s.text(c.kind)
	s.textOrNull(c.title)
	s.textOrNull(strings.ToLower(c.title))
	s.int(c.version)
	s.textOrNull(c.creator)
	s.time(c.created)
	s.textOrNull(c.modifier)
	s.time(c.modified)
	s.textOrNull(c.comment)
	s.numberOrNull(c.previous)
	s.textOrNull(c.status)
	s.numberOrNull(c.container)
	s.numberOrNull(c.space)
	s.numberOrNull(c.position)
	s.numberOrNull(c.parent)
	s.textOrNull(c.plugin)
	if c.plugin == "" {
		s.null()
	} else {
		s.text("1")
	}
	s.numberOrNull(c.parentCustom)
	s.textOrNull(c.draftOf)
	s.textOrNull(c.draftSpace)
	s.textOrNull(c.draftKind)
	s.numberOrNull(c.draftVersion)
	s.numberOrNull(c.parentComment)
	s.textOrNull(c.owner)
	w.contentRows++
	return s.insert()
}

// Values of bodycontent.bodytypeid.
const (
	bodyWiki    = 0
	bodyStorage = 2
)

func (w *rows) insertBody(id, content int64, bodyType int64, body string) error {
	s := w.body.row()
	s.int(id)
	s.text(body)
	s.int(content)
	s.int(bodyType)
	return s.insert()
}

// insertProperty adds a row of contentproperties; an empty string, a zero number and a zero time are NULL.
func (w *rows) insertProperty(id, content int64, name, str string, num, at int64) error {
	s := w.property.row()
	s.int(id)
	s.text(name)
	s.textOrNull(str)
	s.numberOrNull(num)
	s.time(at)
	s.int(content)
	return s.insert()
}

func (w *rows) insertLabel(id int64, name, owner, namespace string, at int64) error {
	s := w.label.row()
	s.int(id)
	s.text(name)
	s.textOrNull(owner)
	s.text(namespace)
	s.time(at)
	s.time(at)
	return s.insert()
}

// insertLabelLink attaches a label to content. Older rows have only the pair of labelable columns.
func (w *rows) insertLabelLink(id, label, content int64, owner string, at int64, old bool) error {
	s := w.labelLink.row()
	s.int(id)
	s.int(label)
	if old {
		s.null()
	} else {
		s.int(content)
	}
	s.null()
	s.textOrNull(owner)
	s.time(at)
	s.time(at)
	s.int(content)
	s.text("CONTENT")
	return s.insert()
}

// eventRow is a row of AO_7B47A5_EVENT; times are epoch ms, 0 is NULL except for the container, where it is stored.
type eventRow struct {
	id                 int64
	name               string
	at                 int64
	user, space        string
	content, container int64
	version            int64
}

func (w *rows) insertEvent(e eventRow) error {
	s := w.event.row()
	s.int(e.id)
	s.text(e.name)
	s.int(e.at)
	s.textOrNull(e.user)
	s.textOrNull(e.space)
	s.numberOrNull(e.content)
	s.int(e.container)
	s.numberOrNull(e.version)
	return s.insert()
}

// exec inserts one row of a small table: args are string, int64 or nil.
func (w *rows) exec(table string, args ...any) error {
	if err := w.conn.Run(insertInto(table, len(args)), args...); err != nil {
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	return nil
}

// stampText returns epoch ms as a stored time stamp.
func (w *rows) stampText(ms int64) string {
	w.stamp = wallClock(w.stamp[:0], ms)
	return string(w.stamp)
}
