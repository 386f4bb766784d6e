package query

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strconv"

	"modernc.org/sqlite"

	"sluice/csvfile"
)

// answer runs the statement, and makes a table of what it gives.
func (r *run) answer(ctx context.Context, statement string, out *Result) (err error) {
	d := &sqlite.Driver{}
	if err := d.RegisterModule(moduleName, &module{r, ctx}); err != nil {
		return err
	}
	if err := os.MkdirAll(r.tables[0].file.WorkDir(), 0o700); err != nil {
		return fmt.Errorf("make a folder for what is put aside: %w", err)
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
		return &StatementError{Reason: plain(err).Error(), Err: err}
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
	var failed *sqlite.Error
	if errors.As(err, &failed) {
		err = plain(failed)
	}
	return err
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
