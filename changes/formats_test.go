package changes

import (
	"os"
	"path/filepath"
	"testing"
)

// TestJobsWithParquet: of a job that wrote both formats the CSV files are compared, of one
// with Parquet files alone those.
func TestJobsWithParquet(t *testing.T) {
	const csv, parquet = `{"name": "users", "file": "users_job1.csv"}`, `{"name": "users.parquet", "file": "users_job1.parquet"}`
	for name, c := range map[string]struct{ files, want string }{
		"both":          {csv + "," + parquet, "users_job1.csv"},
		"Parquet first": {parquet + "," + csv, "users_job1.csv"},
		"Parquet alone": {parquet, "users_job1.parquet"},
	} {
		dir := t.TempDir()
		manifest := `{"format": "sluice-export-manifest", "version": 1, "files": [` + c.files + `]}`
		if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(manifest), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := openFolder(dir)
		if err != nil || len(s.Files) != 1 || s.Files[0].Name != "users" || filepath.Base(s.Files[0].Path) != c.want {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}
