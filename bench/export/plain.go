package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"sluice/localexport/confluence"
)

// plainName is the variant that a programmer writes first.
const plainName = "database/sql + encoding/csv"

// plain runs the statements of the peers that compute the same cells, through
// database/sql into any values and through encoding/csv to nowhere.
func plain(ctx context.Context, c config) (err error) {
	db, err := sql.Open("sqlite", "file:"+c.snapshot+"?mode=ro")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	names := []string{c.child}
	if c.child == "all" {
		names = confluence.FileNames
	}
	for _, name := range names {
		if err := plainFile(ctx, db, peers[name]["same"]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func plainFile(ctx context.Context, db *sql.DB, statement string) (err error) {
	rows, err := db.QueryContext(ctx, statement)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, places, record := make([]any, len(columns)), make([]any, len(columns)), make([]string, len(columns))
	for i := range values {
		places[i] = &values[i]
	}
	w := csv.NewWriter(io.Discard)
	if err := w.Write(columns); err != nil {
		return err
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i, v := range values {
			if record[i] = ""; v != nil {
				record[i] = fmt.Sprint(v)
			}
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return errors.Join(rows.Err(), w.Error())
}
