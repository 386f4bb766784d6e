package saveas

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"sluice/csvfile"
	"sluice/wording"
)

const (
	// Table is the name of the table that a database is saved with.
	Table = "data"
	// mostSQLite is how many columns a table of SQLite has at most.
	mostSQLite = 2000
)

// database writes a table of a SQLite database.
type database struct {
	s      *saving
	db     *sql.DB
	tx     *sql.Tx
	insert *sql.Stmt
	values []any
}

func newDatabase(s *saving) (d *database, err error) {
	if n := len(s.columns); n > mostSQLite || n == 0 {
		return nil, wording.Errorf("a table of SQLite has 1 to %d columns, and there are %d", mostSQLite, n)
	}
	d = &database{s: s, values: make([]any, len(s.columns))}
	// Nobody else sees the file before it is complete, so that it needs no journal.
	path, err := filepath.Abs(s.file.Name())
	if err != nil {
		return nil, err
	}
	if path = filepath.ToSlash(path); path[0] != '/' { // C:/…
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: "_pragma=journal_mode(off)&_pragma=synchronous(off)"}
	if d.db, err = sql.Open("sqlite", u.String()); err != nil {
		return nil, err
	}
	d.db.SetMaxOpenConns(1)
	if err := d.create(); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// create makes the table.
func (d *database) create() (err error) {
	var defs, marks []string
	for i := range d.s.columns {
		c := &d.s.columns[i]
		c.Name = d.s.name(c.Name)
		kind := map[csvfile.ValueType]string{csvfile.TypeInteger: "INTEGER", csvfile.TypeDecimal: "REAL"}[c.Type]
		if kind == "" {
			kind = "TEXT"
		}
		defs, marks = append(defs, `"`+strings.ReplaceAll(c.Name, `"`, `""`)+`" `+kind), append(marks, "?")
	}
	if d.tx, err = d.db.Begin(); err != nil {
		return err
	}
	if _, err := d.tx.Exec(fmt.Sprintf("CREATE TABLE %s (%s)", Table, strings.Join(defs, ", "))); err != nil {
		return err
	}
	d.insert, err = d.tx.Prepare(fmt.Sprintf("INSERT INTO %s VALUES (%s)", Table, strings.Join(marks, ", ")))
	return err
}

func (d *database) row(number int64, cells [][]byte) (err error) {
	for i := range d.values {
		d.values[i] = nil
		if i >= len(cells) || cells[i] == nil {
			continue
		}
		switch t := d.s.columns[i].Type; {
		case t == csvfile.TypeText:
			d.values[i] = string(d.s.notes.valid(cells[i], number))
		case len(cells[i]) == 0:
		case t == csvfile.TypeInteger:
			d.values[i], err = strconv.ParseInt(string(cells[i]), 10, 64)
		case t == csvfile.TypeDecimal:
			d.values[i], err = strconv.ParseFloat(string(cells[i]), 64)
		default: // it has no type for times, and none for true and false
			d.values[i] = string(cells[i])
		}
		if err != nil {
			return err
		}
	}
	_, err = d.insert.Exec(d.values...)
	return err
}

func (d *database) close() (err error) {
	if d.insert != nil {
		err = d.insert.Close()
	}
	if d.tx != nil {
		err = errors.Join(err, d.tx.Commit())
	}
	return errors.Join(err, d.db.Close())
}
