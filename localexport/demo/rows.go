package demo

import (
	"fmt"
	"strings"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// rows inserts rows into the tables through prepared statements.
type rows struct {
	conn        *sqlite.Conn
	stamp       []byte // scratch space for time stamps
	contentRows int64  // rows of content so far

	content, body, property, label, labelLink, event *sqlite.Stmt
}

func prepareRows(conn *sqlite.Conn) (*rows, error) {
	w := &rows{conn: conn}
	for _, s := range []struct {
		stmt  **sqlite.Stmt
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
		stmt, err := conn.Prepare("INSERT INTO " + s.table + " VALUES (?" + strings.Repeat(",?", s.args-1) + ")")
		if err != nil {
			return nil, fmt.Errorf("prepare rows of %s: %w", s.table, err)
		}
		*s.stmt = stmt
	}
	return w, nil
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
	s := w.content
	s.BindInt64(1, c.id)
	s.BindInt64(2, c.version)
	s.BindText(3, c.kind)
	text(s, 4, c.title)
	text(s, 5, strings.ToLower(c.title))
	s.BindInt64(6, c.version)
	text(s, 7, c.creator)
	w.time(s, 8, c.created)
	text(s, 9, c.modifier)
	w.time(s, 10, c.modified)
	text(s, 11, c.comment)
	number(s, 12, c.previous)
	text(s, 13, c.status)
	number(s, 14, c.container)
	number(s, 15, c.space)
	number(s, 16, c.position)
	number(s, 17, c.parent)
	text(s, 18, c.plugin)
	if c.plugin == "" {
		s.BindNull(19)
	} else {
		s.BindText(19, "1")
	}
	number(s, 20, c.parentCustom)
	text(s, 21, c.draftOf)
	text(s, 22, c.draftSpace)
	text(s, 23, c.draftKind)
	number(s, 24, c.draftVersion)
	number(s, 25, c.parentComment)
	text(s, 26, c.owner)
	w.contentRows++
	return run(s, "content")
}

// Values of bodycontent.bodytypeid.
const (
	bodyWiki    = 0
	bodyStorage = 2
)

func (w *rows) insertBody(id, content int64, bodyType int64, body string) error {
	s := w.body
	s.BindInt64(1, id)
	s.BindText(2, body)
	s.BindInt64(3, content)
	s.BindInt64(4, bodyType)
	return run(s, "bodycontent")
}

// insertProperty adds a row of contentproperties; an empty string, a zero number and a zero time are NULL.
func (w *rows) insertProperty(id, content int64, name, str string, num, at int64) error {
	s := w.property
	s.BindInt64(1, id)
	s.BindText(2, name)
	text(s, 3, str)
	number(s, 4, num)
	w.time(s, 5, at)
	s.BindInt64(6, content)
	return run(s, "contentproperties")
}

func (w *rows) insertLabel(id int64, name, owner, namespace string, at int64) error {
	s := w.label
	s.BindInt64(1, id)
	s.BindText(2, name)
	text(s, 3, owner)
	s.BindText(4, namespace)
	w.time(s, 5, at)
	w.time(s, 6, at)
	return run(s, "label")
}

// insertLabelLink attaches a label to content. Older rows have only the pair of labelable columns.
func (w *rows) insertLabelLink(id, label, content int64, owner string, at int64, old bool) error {
	s := w.labelLink
	s.BindInt64(1, id)
	s.BindInt64(2, label)
	if old {
		s.BindNull(3)
	} else {
		s.BindInt64(3, content)
	}
	s.BindNull(4)
	text(s, 5, owner)
	w.time(s, 6, at)
	w.time(s, 7, at)
	s.BindInt64(8, content)
	s.BindText(9, "CONTENT")
	return run(s, "content_label")
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
	s := w.event
	s.BindInt64(1, e.id)
	s.BindText(2, e.name)
	s.BindInt64(3, e.at)
	text(s, 4, e.user)
	text(s, 5, e.space)
	number(s, 6, e.content)
	s.BindInt64(7, e.container)
	number(s, 8, e.version)
	return run(s, "AO_7B47A5_EVENT")
}

// exec inserts one row of a small table: args are string, int64 or nil.
func (w *rows) exec(table string, args ...any) error {
	query := "INSERT INTO " + table + " VALUES (?" + strings.Repeat(",?", len(args)-1) + ")"
	if err := sqlitex.Execute(w.conn, query, &sqlitex.ExecOptions{Args: args}); err != nil {
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	return nil
}

// stampText returns epoch ms as a stored time stamp.
func (w *rows) stampText(ms int64) string {
	w.stamp = wallClock(w.stamp[:0], ms)
	return string(w.stamp)
}

func (w *rows) time(s *sqlite.Stmt, param int, ms int64) {
	if ms == 0 {
		s.BindNull(param)
		return
	}
	s.BindText(param, w.stampText(ms))
}

func text(s *sqlite.Stmt, param int, value string) {
	if value == "" {
		s.BindNull(param)
		return
	}
	s.BindText(param, value)
}

func number(s *sqlite.Stmt, param int, value int64) {
	if value == 0 {
		s.BindNull(param)
		return
	}
	s.BindInt64(param, value)
}

func run(s *sqlite.Stmt, table string) error {
	_, err := s.Step()
	if resetErr := s.Reset(); err == nil {
		err = resetErr
	}
	if err != nil {
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	return nil
}
