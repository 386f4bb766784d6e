package main

import (
	"database/sql"
	"errors"
	"fmt"

	_ "modernc.org/sqlite" // the driver
)

// dropKeys makes of a snapshot what some converters leave of a database: tables
// without keys and indexes, so that an export sorts them into files of its own.
func dropKeys(path string) error {
	var list []string
	for _, table := range []string{"content", "bodycontent", "content_label", "AO_7B47A5_EVENT"} {
		list = append(list,
			`CREATE TABLE keyless AS SELECT * FROM "`+table+`" ORDER BY rowid * 7919 % 10007`,
			`DROP TABLE "`+table+`"`,
			`ALTER TABLE keyless RENAME TO "`+table+`"`)
	}
	return statements(path, list...)
}

// statements runs statements on a database.
func statements(path string, list ...string) (err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	for _, s := range list {
		if _, err := db.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// pagesThatMatter are those of the tables and indexes that an export reads.
func pagesThatMatter(path string) (pages []int, err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.Query(`SELECT pageno FROM dbstat WHERE name IN ('content', 'bodycontent', 'AO_7B47A5_EVENT', 'spaces', 'user_mapping', 'cwd_user',
		'label', 'content_label', 'body_content_idx', 'cl_contentid_idx', 'sqlite_schema') ORDER BY pageno`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		pages = append(pages, n-1)
	}
	return pages, rows.Err()
}
