package localexport

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/pipeline"
)

// TestNothingGoesOnInANewerHome: not a dry run of what would be refused, and not what
// looks at the files of a job alone.
func TestNothingGoesOnInANewerHome(t *testing.T) {
	for name, newer := range map[string]func(t *testing.T, root string){
		"home": func(t *testing.T, root string) {
			if err := os.WriteFile(filepath.Join(root, formatFile), []byte(`{"version": 99}`), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"jobs": func(t *testing.T, root string) {
			db, err := sql.Open("sqlite", filepath.Join(root, "jobs.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.ExecContext(t.Context(), "PRAGMA user_version = 99"); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			o := Options{Product: confluence.Product{}, Home: filepath.Join(dir, "home"), Snapshot: filepath.Join(dir, "demo.db"), MinFreeSpace: -1}
			if _, err := demo.Write(t.Context(), o.Snapshot, demo.Options{Pages: 5, Seed: 1}); err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(JobFolder(o.Home, 1), 0o700); err != nil {
				t.Fatal(err)
			}
			if _, err := FindJobFolder(t.Context(), o.Home, 1); err != nil {
				t.Fatal(err)
			}
			newer(t, filepath.Join(o.Home, "data-pipeline"))
			_, tryErr := Try(t.Context(), o, pipeline.Request{}, time.Minute)
			_, findErr := FindJobFolder(t.Context(), o.Home, 1)
			for what, err := range map[string]error{"a dry run": tryErr, "the folder of a job": findErr} {
				if err == nil || !strings.Contains(err.Error(), "newer Sluice") {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
}
