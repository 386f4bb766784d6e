package verify

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sluice/pipeline"
)

func TestExtras(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"manifest.json", "users_job1_2020.csv", "pages_job2_2020.csv", "pages_job1_2020.csv.partial", ".DS_Store", "notes.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Extras(dir, []pipeline.File{{Path: filepath.Join(dir, "users_job1_2020.csv")}, {Path: filepath.Join(dir, "spaces_job1_2020.csv")}})
	want := []Extra{{".DS_Store", false}, {"notes.csv", false}, {"pages_job1_2020.csv.partial", true}, {"pages_job2_2020.csv", true}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	if got, err := Extras(filepath.Join(dir, "gone"), nil); err != nil || got != nil {
		t.Errorf("in a folder that is not there: %v, %v", got, err)
	}
}
