package jobstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"sluice/formats"
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
			return fmt.Errorf("migration %s: %w", name, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(migrations))); err != nil {
		return err
	}
	return tx.Commit()
}
