package cli

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
)

// TestLastSuccessReachesAsFarAsWasRead: a snapshot whose file came an hour after its
// newest change is exported and then replaced by a newer state, with a change from
// within that hour. What goes on from the last export has that change: the time of a
// file tells when it was copied, not how far its content goes.
func TestLastSuccessReachesAsFarAsWasRead(t *testing.T) {
	isolate(t)
	for _, from := range []string{"", "-7d", "everything", "far"} {
		t.Run("after "+from, func(t *testing.T) {
			path, _ := demoSnapshot(t, demo.Options{Pages: 40, Seed: 1})
			found, err := snapshot.Inspect(t.Context(), path, snapshot.InspectOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if from == "far" { // no row is newer
				from = found.Newest.Add(time.Minute).Format("2006-01-02T15:04Z07:00")
			}
			touched(t, path, found.Newest.Add(time.Hour))
			home := filepath.Join(t.TempDir(), "home")
			export := func(from string) (int, string) {
				t.Helper()
				args := []string{"export", "--json", "--snapshot", path, "--home", home, "--min-free-space", "-1"}
				if from != "" {
					args = append(args, "--from-date", from)
				}
				code, _, errs := runProgram(t, args...)
				return code, errs
			}
			if code, errs := export(from); code != exitDone {
				t.Fatalf("exit code %d, %s", code, errs)
			}
			change(t, path, "UPDATE content SET title = 'changed in between', lastmoddate = ? WHERE contentid = (SELECT max(contentid) FROM content WHERE contenttype = 'PAGE' AND prevver IS NULL AND content_status = 'current' AND spaceid IS NOT NULL)",
				inZone(t, found, found.Newest.Add(30*time.Minute)))
			change(t, path, "UPDATE content SET title = 'changed last', lastmoddate = ? WHERE contentid = (SELECT min(contentid) FROM content WHERE contenttype = 'PAGE' AND prevver IS NULL AND content_status = 'current' AND spaceid IS NOT NULL)",
				inZone(t, found, found.Newest.Add(24*time.Hour)))
			touched(t, path, found.Newest.Add(25*time.Hour))
			code, errs := export("last-success")
			pages := contentOf(t, filepath.Join(home, "data-pipeline", "export", "2", "pages_*.csv"))
			if code != exitDone || !strings.Contains(pages, "changed in between") || !strings.Contains(pages, "changed last") {
				t.Errorf("exit code %d, %s: a change is missing in\n%s", code, errs, pages)
			}
		})
	}
}

// inZone is a moment as the tables of a snapshot have it.
func inZone(t *testing.T, of snapshot.Inspection, at time.Time) string {
	t.Helper()
	zone, err := time.LoadLocation(of.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	return at.In(zone).Format("2006-01-02 15:04:05.000")
}

// touched gives a file a time of change.
func touched(t *testing.T, path string, at time.Time) {
	t.Helper()
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// change changes rows of a snapshot.
func change(t *testing.T, path, statement string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if r, err := db.Exec(statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	} else if n, err := r.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("%s: %d rows, %v", statement, n, err)
	}
}

// contentOf is what stands in the only file that matches.
func contentOf(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Errorf("%s: %v, %v", pattern, found, err)
		return ""
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestLastSuccessOfAServedSnapshot: a server of our own exports a snapshot, which may be
// days old when a job starts. What goes on from there begins where that has read to.
func TestLastSuccessOfAServedSnapshot(t *testing.T) {
	s := newRemote(t)
	code, _, errs := s.run(t, "start", "--from-date", "everything", "--wait")
	if code != exitDone {
		t.Fatalf("exit code %d, %s", code, errs)
	}
	code, out, errs := s.run(t, "start", "--from-date", "last-success", "--wait", "--json")
	if code != exitDone || !strings.Contains(errs, "up to then job 1 of the server has everything: it has exported a snapshot") {
		t.Fatalf("exit code %d, %s", code, errs)
	}
	var job struct {
		Config struct{ ExportFrom time.Time }
	}
	if err := json.Unmarshal([]byte(out), &job); err != nil {
		t.Fatal(err)
	}
	if age := time.Since(job.Config.ExportFrom); age < 24*time.Hour {
		t.Errorf("the second job goes on from %v, when the first was started", job.Config.ExportFrom)
	}
}
