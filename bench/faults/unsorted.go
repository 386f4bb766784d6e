package main

import (
	"database/sql"
	"errors"

	_ "modernc.org/sqlite" // the driver
)

// dropKeys makes of a snapshot what some converters leave of a database: tables
// without keys and indexes, so that an export sorts them into files of its own.
func dropKeys(path string) (err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, table := range []string{"content", "bodycontent", "content_label", "AO_7B47A5_EVENT"} {
		for _, statement := range []string{
			`CREATE TABLE keyless AS SELECT * FROM "` + table + `" ORDER BY rowid * 7919 % 10007`,
			`DROP TABLE "` + table + `"`,
			`ALTER TABLE keyless RENAME TO "` + table + `"`,
		} {
			if _, err := db.Exec(statement); err != nil {
				return err
			}
		}
	}
	return nil
}
