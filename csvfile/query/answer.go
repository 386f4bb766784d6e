package query

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"sluice/csvfile"
	"sluice/figures"
	"sluice/wording"
)

// answer runs the statement, and makes a table of what it gives.
func (r *run) answer(ctx context.Context, statement string, out *Result) (err error) {
	d := &sqlite.Driver{}
	if err := d.RegisterModule(moduleName, &module{r, ctx}); err != nil {
		return err
	}
	if err := os.MkdirAll(r.tables[0].file.WorkDir(), 0o700); err != nil {
		return wording.Errorf("make a folder for what is put aside: %w", err)
	}
	db, err := open(d)
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := r.prepare(ctx, conn); err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, statement)
	if err != nil {
		if failed := (*sqlite.Error)(nil); !errors.As(err, &failed) && ctx.Err() == nil { // a parameter has no value
			return &StatementError{Reason: err.Error(), Err: err}
		}
		return r.failing(ctx, err)
	}
	defer rows.Close()
	header, err := rows.Columns()
	if err != nil {
		return err
	}
	out.Made, err = csvfile.Make(ctx, r.tables[0].file, "query", header, func(add func([][]byte) error) error {
		return each(rows, len(header), func(cells [][]byte) error {
			out.Rows++
			return add(cells)
		})
	})
	return r.failing(ctx, err)
}

// ofStatements are what is wrong with a statement while it runs; all else is of the disk, of
// the files or of a person who ends it.
var ofStatements = []int{lib.SQLITE_ERROR, lib.SQLITE_TOOBIG, lib.SQLITE_MISMATCH}

// failing is why a statement that was compiled has ended early, with its first row or later;
// nil for nil.
func (r *run) failing(ctx context.Context, err error) error {
	var failed *sqlite.Error
	switch {
	case err == nil || ctx.Err() != nil:
		return cmp.Or(ctx.Err(), err)
	case !errors.As(err, &failed):
		return err
	case failed.Code()&0xff == lib.SQLITE_FULL:
		return fmt.Errorf("there is no room in %s for what the statement sorts, groups or joins: make some there, or set TMPDIR or XDG_CACHE_HOME to a place with more: %w", r.tables[0].file.WorkDir(), plain(failed))
	case failed.Code()&0xff == lib.SQLITE_TOOBIG:
		return &StatementError{Reason: fmt.Sprintf("a cell that it reads, or a value or a row that it makes, has more than %s", figures.Size(mostValue)), Err: err}
	case slices.Contains(ofStatements, failed.Code()&0xff):
		return &StatementError{Reason: plain(failed).Error(), Err: err}
	}
	return plain(failed)
}

// each hands out rows as texts.
func each(rows *sql.Rows, columns int, fn func([][]byte) error) error {
	values, into := make([]any, columns), make([]any, columns)
	for i := range values {
		into[i] = &values[i]
	}
	cells, text := make([][]byte, columns), make([]byte, 0, 64*columns)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		text = text[:0]
		for i, v := range values {
			switch v := v.(type) {
			case string:
				cells[i] = []byte(v)
			case []byte:
				cells[i] = v
			default:
				from := len(text)
				text = appendValue(text, v)
				cells[i] = text[from:len(text):len(text)]
			}
		}
		if err := fn(cells); err != nil {
			return err
		}
	}
	return rows.Err()
}

// appendValue appends a number as people write it; nothing for NULL.
func appendValue(text []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return text
	case int64:
		return strconv.AppendInt(text, v, 10)
	case float64:
		if v > -1e15 && v < 1e15 {
			return strconv.AppendFloat(text, v, 'f', -1, 64)
		}
		return strconv.AppendFloat(text, v, 'g', -1, 64)
	}
	return fmt.Append(text, v)
}
