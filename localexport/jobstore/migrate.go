package jobstore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"sluice/formats"
	"sluice/sqliteformat"
	"sluice/wording"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations lists the steps in their order. The database notes in user_version
// how many of them it has seen.
var migrations = []string{"001_jobs.sql", "002_process.sql"}

// checkFormat refuses the database of a newer Sluice before anything in it is changed,
// the journal mode in its head included.
func checkFormat(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	return formats.Jobs.Check(version)
}

// versionAt is where the head of a SQLite file has the user_version.
const versionAt = 60

// CheckFile refuses the database of a newer Sluice without opening it as one: by its head,
// to which what is still in its log may add. What is no such file is left to Open.
func CheckFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	head := make([]byte, versionAt+4)
	if _, err := io.ReadFull(f, head); err != nil || !sqliteformat.Begins(head) {
		return nil
	}
	return formats.Jobs.Check(int(int32(binary.BigEndian.Uint32(head[versionAt:]))))
}

// migrate applies what is missing, all in one transaction.
func migrate(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if err := formats.Jobs.Check(version); err != nil {
		return err
	}
	for _, name := range migrations[version:] {
		step, err := migrationFiles.ReadFile("migrations/" + name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(step)); err != nil {
			return wording.Errorf("migration %s: %w", name, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(migrations))); err != nil {
		return err
	}
	return tx.Commit()
}
