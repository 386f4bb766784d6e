package jobstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	sqlitelib "modernc.org/sqlite/lib"

	"sluice/pipeline"
	"sluice/wording"
)

const sqliteConstraint = sqlitelib.SQLITE_CONSTRAINT

// Running returns the job that is recorded as running, and false if there is
// none. Whether its process lives is not the store's to know.
func (s *Store) Running(ctx context.Context) (Record, bool, error) {
	var r Record
	var progress string
	var seen int64
	job, err := scanJob(s.read().QueryRowContext(ctx, "SELECT "+jobColumns+", pid, host, mark, progress, seen_ms FROM job WHERE running = 1"),
		&r.Process.PID, &r.Process.Host, &r.Process.Mark, &progress, &seen)
	if errors.Is(err, sql.ErrNoRows) {
		return Record{}, false, nil
	}
	if err != nil {
		return Record{}, false, wording.Errorf("look for a running job: %w", describe(s.path, err))
	}
	r.Job, r.Seen = job, time.UnixMilli(seen)
	if json.Unmarshal([]byte(progress), &r.Progress) != nil { // none yet, or one that says nothing
		r.Progress = pipeline.Progress{}
	}
	return r, true, nil
}

// Latest returns the newest job, or the zero Job if there never was one.
func (s *Store) Latest(ctx context.Context) (pipeline.Job, error) {
	job, err := scanJob(s.read().QueryRowContext(ctx, "SELECT "+jobColumns+" FROM job ORDER BY id DESC LIMIT 1"))
	if errors.Is(err, sql.ErrNoRows) {
		return pipeline.Job{}, nil
	}
	if err != nil {
		return pipeline.Job{}, wording.Errorf("read the newest job: %w", describe(s.path, err))
	}
	return job, nil
}

// Get returns a job, and false if there is none with the id.
func (s *Store) Get(ctx context.Context, id int64) (pipeline.Job, bool, error) {
	job, err := scanJob(s.read().QueryRowContext(ctx, "SELECT "+jobColumns+" FROM job WHERE id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return pipeline.Job{}, false, nil
	}
	if err != nil {
		return pipeline.Job{}, false, wording.Errorf("read job %d: %w", id, describe(s.path, err))
	}
	return job, true, nil
}

// List returns the jobs, newest first; at most limit of them if limit is above 0.
func (s *Store) List(ctx context.Context, limit int) ([]pipeline.Job, error) {
	if limit <= 0 {
		limit = -1 // SQLite's word for all
	}
	rows, err := s.read().QueryContext(ctx, "SELECT "+jobColumns+" FROM job ORDER BY id DESC LIMIT ?", limit)
	if err != nil {
		return nil, wording.Errorf("list jobs: %w", describe(s.path, err))
	}
	defer rows.Close()
	jobs := []pipeline.Job{}
	for rows.Next() {
		job, err := scanJob(rows)
		if err != nil {
			return nil, wording.Errorf("list jobs: %w", err)
		}
		jobs = append(jobs, job)
	}
	if err := rows.Err(); err != nil {
		return nil, wording.Errorf("list jobs: %w", describe(s.path, err))
	}
	return jobs, nil
}
