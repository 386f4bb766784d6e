package changes

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJobsWithParquet: of a job that wrote both formats the CSV files are compared; one
// with Parquet files alone is refused by what it has.
func TestJobsWithParquet(t *testing.T) {
	const csv, parquet = `{"name": "users", "file": "users_job1.csv"}`, `{"name": "users", "file": "users_job1.parquet"}`
	for name, c := range map[string]struct{ files, want string }{
		"both":          {csv + "," + parquet, ""},
		"Parquet first": {parquet + "," + csv, ""},
		"Parquet alone": {parquet, "Parquet files alone"},
	} {
		dir := t.TempDir()
		manifest := `{"format": "sluice-export-manifest", "version": 1, "files": [` + c.files + `]}`
		if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(manifest), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := openFolder(dir)
		switch {
		case c.want != "":
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: error %v", name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case len(s.Files) != 1 || filepath.Base(s.Files[0].Path) != "users_job1.csv":
			t.Errorf("%s: %+v", name, s.Files)
		}
	}
}
