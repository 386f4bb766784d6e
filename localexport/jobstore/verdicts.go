package jobstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"sluice/pipeline"
	"sluice/wording"
)

// Verdict is what the check of a snapshot found.
type Verdict struct {
	Snapshot   string // path of the file
	Identity   string // of the file's content at the time of the check
	Rules      string // by which it was checked; other rules need another check
	Consistent bool
	Findings   []pipeline.Diagnostic // what is inconsistent
	Warnings   []pipeline.Diagnostic // what is unusual and does no harm
	Checked    time.Time
}

// KeepVerdict records a verdict in place of earlier ones on the same file.
func (s *Store) KeepVerdict(ctx context.Context, v Verdict) error {
	findings, err := json.Marshal(v.Findings)
	if err != nil {
		return wording.Errorf("keep the verdict on %s: %w", v.Snapshot, err)
	}
	warnings, err := json.Marshal(v.Warnings)
	if err != nil {
		return wording.Errorf("keep the verdict on %s: %w", v.Snapshot, err)
	}
	_, err = s.write().ExecContext(ctx, `INSERT OR REPLACE INTO verdict
		(snapshot, identity, rules, consistent, findings, warnings, checked_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		v.Snapshot, v.Identity, v.Rules, v.Consistent, string(findings), string(warnings), v.Checked.UnixMilli())
	if err != nil {
		return wording.Errorf("keep the verdict on %s: %w", v.Snapshot, describe(s.path, err))
	}
	return nil
}

// Verdict returns the verdict on a file of this identity by these rules, and
// false if there is none that can be read: the check is made again then.
func (s *Store) Verdict(ctx context.Context, snapshot, identity, rules string) (Verdict, bool, error) {
	v := Verdict{Snapshot: snapshot, Identity: identity, Rules: rules}
	var findings, warnings string
	var checked int64
	err := s.read().QueryRowContext(ctx, `SELECT consistent, findings, warnings, checked_ms FROM verdict
		WHERE snapshot = ? AND identity = ? AND rules = ?`, snapshot, identity, rules).
		Scan(&v.Consistent, &findings, &warnings, &checked)
	if errors.Is(err, sql.ErrNoRows) {
		return Verdict{}, false, nil
	}
	if err != nil {
		return Verdict{}, false, wording.Errorf("read the verdict on %s: %w", snapshot, describe(s.path, err))
	}
	if errors.Join(json.Unmarshal([]byte(findings), &v.Findings), json.Unmarshal([]byte(warnings), &v.Warnings)) != nil {
		return Verdict{}, false, nil
	}
	v.Checked = time.UnixMilli(checked)
	return v, true, nil
}
