package dbfile

import (
	"bytes"
	"context"
	"strconv"

	"sluice/localexport/sqlread"
	"sluice/takes/feed"
)

// openConn opens a database for changes. Whoever gives a run up looks at its context
// between the statements: one that has begun is finished.
func openConn(path string, noLock bool) (*sqlread.Conn, error) {
	return sqlread.Open(context.Background(), path, sqlread.OpenOptions{Write: true, NoLock: noLock})
}

// empty is a text without bytes, which is not null.
var empty = []byte{}

// column is column i of the row as text, valid until the next row. A number is written
// into buf.
func column(s *sqlread.Stmt, i int, buf []byte) feed.Value {
	switch s.Kind(i) {
	case sqlread.Null:
		return feed.Value{}
	case sqlread.Integer:
		return feed.Value{Text: strconv.AppendInt(buf[:0], s.Int(i), 10), Valid: true}
	}
	text := s.Bytes(i)
	if text == nil {
		text = empty
	}
	return feed.Value{Text: text, Valid: true}
}

// sameValue reports whether column i holds a value. One that is written in another way
// than the snapshot keeps it counts as another.
func sameValue(s *sqlread.Stmt, i int, v feed.Value) bool {
	var buf [24]byte
	have := column(s, i, buf[:])
	return have.Valid == v.Valid && bytes.Equal(have.Text, v.Text)
}

// firstNumber is the first number of a query.
func firstNumber(c *sqlread.Conn, sql string) (int64, error) {
	n, _, err := c.Int(sql)
	return n, err
}

// texts are the rows of a query, as text; a null is empty.
func texts(c *sqlread.Conn, sql string, columns int) ([][]string, error) {
	var rows [][]string
	err := c.Each(sql, func(s *sqlread.Stmt) error {
		row := make([]string, columns)
		for i := range row {
			row[i] = string(column(s, i, nil).Text)
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}
