package jobstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"sluice/pipeline"
	"sluice/wording"
)

// ErrRunning is returned by Create while another job runs.
var ErrRunning = wording.New("another export job is running")

// Process names the process that runs a job.
type Process struct {
	PID  int
	Host string
	Mark string // of package process
}

// Record is a running job and what its process has written down beside it.
type Record struct {
	Job      pipeline.Job
	Process  Process
	Progress pipeline.Progress // the last report; the zero value before the first
	Seen     time.Time         // when the process last reported
}

// Create gives the job the next id and records it. The job must be running. The
// error is ErrRunning if the store has a running job already.
func (s *Store) Create(ctx context.Context, job pipeline.Job, p Process) (pipeline.Job, error) {
	started := job.StartTime.UnixMilli()
	err := s.durably(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, `INSERT INTO job (document, status, running, started_ms, pid, host, mark, seen_ms)
			VALUES ('{}', ?, 1, ?, ?, ?, ?, ?)`, job.Status, started, p.PID, p.Host, p.Mark, started)
		if err != nil {
			return err
		}
		if job.ID, err = r.LastInsertId(); err != nil {
			return err
		}
		return putDocument(ctx, tx, job)
	})
	if isUniqueViolation(err) {
		return pipeline.Job{}, ErrRunning
	}
	if err != nil {
		return pipeline.Job{}, wording.Errorf("record new job: %w", describe(s.path, err))
	}
	return job, nil
}

// putDocument writes the row of the job anew; the row must exist.
func putDocument(ctx context.Context, tx *sql.Tx, job pipeline.Job) error {
	document, err := encode(job)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE job SET document = ?, status = ?, running = ? WHERE id = ?",
		string(document), job.Status, job.Running(), job.ID)
	return err
}

// Update changes a running job and returns what it has become. It does nothing
// to a job that has ended.
func (s *Store) Update(ctx context.Context, id int64, change func(*pipeline.Job)) (pipeline.Job, error) {
	var job pipeline.Job
	tx, err := s.write().BeginTx(ctx, nil)
	if err != nil {
		return job, wording.Errorf("update job %d: %w", id, describe(s.path, err))
	}
	defer tx.Rollback()
	job, err = scanJob(tx.QueryRowContext(ctx, "SELECT "+jobColumns+" FROM job WHERE id = ?", id))
	if err != nil {
		return job, wording.Errorf("read job %d: %w", id, describe(s.path, err))
	}
	if !job.Running() {
		return job, nil
	}
	change(&job)
	job.ID = id
	if err := putDocument(ctx, tx, job); err != nil {
		return job, wording.Errorf("update job %d: %w", id, describe(s.path, err))
	}
	if err := tx.Commit(); err != nil {
		return job, wording.Errorf("update job %d: %w", id, describe(s.path, err))
	}
	return job, nil
}

// Amend changes a job that has ended, which keeps its status.
func (s *Store) Amend(ctx context.Context, id int64, change func(*pipeline.Job)) error {
	err := s.durably(ctx, func(tx *sql.Tx) error {
		job, err := scanJob(tx.QueryRowContext(ctx, "SELECT "+jobColumns+" FROM job WHERE id = ?", id))
		if err != nil {
			return err
		}
		if job.Running() {
			return wording.New("it still runs")
		}
		if _, salvaged := job.Diagnostic(KeyUnreadable); salvaged {
			return wording.New("its record cannot be read, and is left as it is")
		}
		status := job.Status
		change(&job)
		job.ID, job.Status = id, status
		return putDocument(ctx, tx, job)
	})
	if err != nil {
		return wording.Errorf("amend job %d: %w", id, describe(s.path, err))
	}
	return nil
}

// RequestCancel notes that the job is to stop, for its process to find. It
// reports whether the job runs.
func (s *Store) RequestCancel(ctx context.Context, id int64) (bool, error) {
	job, err := s.Update(ctx, id, func(j *pipeline.Job) { j.Status = pipeline.CancellationRequested })
	return job.Running(), err
}

// Status is the recorded status of a job.
func (s *Store) Status(ctx context.Context, id int64) (pipeline.Status, error) {
	var status pipeline.Status
	if err := s.read().QueryRowContext(ctx, "SELECT status FROM job WHERE id = ?", id).Scan(&status); err != nil {
		return "", wording.Errorf("read the status of job %d: %w", id, describe(s.path, err))
	}
	return status, nil
}

// Report writes down how far a running job is.
func (s *Store) Report(ctx context.Context, p pipeline.Progress, at time.Time) error {
	progress, err := json.Marshal(p)
	if err != nil {
		return wording.Errorf("report progress: %w", err)
	}
	_, err = s.write().ExecContext(ctx, "UPDATE job SET progress = ?, seen_ms = ? WHERE id = ? AND running = 1",
		string(progress), at.UnixMilli(), p.JobID)
	if err != nil {
		return wording.Errorf("report progress of job %d: %w", p.JobID, describe(s.path, err))
	}
	return nil
}

// Finish records the end of a job, on disk before it returns. It reports false
// and changes nothing if the job had ended before.
func (s *Store) Finish(ctx context.Context, job pipeline.Job) (bool, error) {
	if !job.Status.Ended() {
		return false, wording.Errorf("job %d has not ended: its status is %s", job.ID, job.Status)
	}
	finished := false
	err := s.durably(ctx, func(tx *sql.Tx) error {
		var running bool
		if err := tx.QueryRowContext(ctx, "SELECT running FROM job WHERE id = ?", job.ID).Scan(&running); err != nil {
			return err
		}
		finished = running
		if !running {
			return nil
		}
		return putDocument(ctx, tx, job)
	})
	if err != nil {
		return false, wording.Errorf("record the end of job %d: %w", job.ID, describe(s.path, err))
	}
	return finished, nil
}

func isUniqueViolation(err error) bool {
	return isCode(err, sqliteConstraint)
}

// SkipIDs makes the next id larger than used, if it is not already.
func (s *Store) SkipIDs(ctx context.Context, used int64) error {
	err := s.durably(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'job'", used)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n > 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO sqlite_sequence (name, seq) VALUES ('job', ?)", used)
		return err
	})
	if err != nil {
		return wording.Errorf("skip used job ids: %w", describe(s.path, err))
	}
	return nil
}
