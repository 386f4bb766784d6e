package dbfile

import (
	"bytes"
	"strconv"
	"unsafe"

	lib "modernc.org/sqlite/lib"

	"sluice/takes/feed"
)

// next goes on to the next row; false if there is none.
func (s *stmt) next() (bool, error) {
	switch rc := lib.Xsqlite3_step(s.c.tls, s.stmt); rc {
	case lib.SQLITE_ROW:
		return true, nil
	case lib.SQLITE_DONE:
		return false, nil
	default:
		return false, s.c.failure(rc)
	}
}

// reset lets the statement be run again.
func (s *stmt) reset() { lib.Xsqlite3_reset(s.c.tls, s.stmt) }

// int is the number in column i.
func (s *stmt) int(i int) int64 { return lib.Xsqlite3_column_int64(s.c.tls, s.stmt, int32(i)) }

// value is column i as text, valid until the next row. A number is written into buf.
func (s *stmt) value(i int, buf []byte) feed.Value {
	switch lib.Xsqlite3_column_type(s.c.tls, s.stmt, int32(i)) {
	case lib.SQLITE_NULL:
		return feed.Value{}
	case lib.SQLITE_INTEGER:
		return feed.Value{Text: strconv.AppendInt(buf[:0], s.int(i), 10), Valid: true}
	}
	p := lib.Xsqlite3_column_text(s.c.tls, s.stmt, int32(i))
	n := lib.Xsqlite3_column_bytes(s.c.tls, s.stmt, int32(i))
	if p == 0 || n == 0 {
		return feed.Value{Text: empty[:0], Valid: true}
	}
	return feed.Value{Text: unsafe.Slice((*byte)(pointer(p)), n), Valid: true}
}

// same reports whether column i holds a value. One that is written in another way
// than the snapshot keeps it counts as another.
func (s *stmt) same(i int, v feed.Value) bool {
	var buf [24]byte
	have := s.value(i, buf[:])
	return have.Valid == v.Valid && bytes.Equal(have.Text, v.Text)
}

// number is the first number of a query.
func (c *conn) number(sql string) (int64, error) {
	s, err := c.prepare(sql)
	if err != nil {
		return 0, err
	}
	defer s.close()
	if ok, err := s.next(); err != nil || !ok {
		return 0, err
	}
	return s.int(0), nil
}

// texts are the rows of a query, as text; a null is empty.
func (c *conn) texts(sql string, columns int) ([][]string, error) {
	s, err := c.prepare(sql)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var rows [][]string
	for {
		ok, err := s.next()
		if err != nil || !ok {
			return rows, err
		}
		row := make([]string, columns)
		for i := range row {
			row[i] = string(s.value(i, nil).Text)
		}
		rows = append(rows, row)
	}
}
