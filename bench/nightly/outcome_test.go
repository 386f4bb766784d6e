//go:build unix

package nightly

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// jobInFile is where a Parquet file tells which job wrote it.
var jobInFile = regexp.MustCompile(`sluice\.job\x18.\d`)

// files are the files below a folder of the world, by their paths, with their checksums: if
// varies is set, without the number of the job.
func (w *world) files(t *testing.T, below string, varies bool) map[string]string {
	t.Helper()
	all := map[string]string{}
	root := filepath.Join(w.dir, below)
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if varies {
			b = jobInFile.ReplaceAll(b, nil)
		}
		sum := sha256.Sum256(b)
		rel, _ := filepath.Rel(root, path)
		all[filepath.ToSlash(rel)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// checkMarkers: a place that has a marker has all files that the marker names, whole.
func (w *world) checkMarkers(t *testing.T) {
	t.Helper()
	for place, prefix := range places {
		all := w.files(t, filepath.Join(place, prefix), false)
		for name := range all {
			b, err := os.ReadFile(filepath.Join(w.dir, place, prefix, name))
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Base(name) != "_SUCCESS" || len(b) == 0 { // those of a table say nothing
				continue
			}
			var m struct {
				Files []struct{ Name, SHA256 string }
			}
			if err := json.Unmarshal(b, &m); err != nil || len(m.Files) < 5 {
				t.Errorf("%s: %s: %q, %v", place, name, b, err)
			}
			for _, f := range m.Files {
				if all[f.Name] != f.SHA256 {
					t.Errorf("%s: %s is marked as delivered, and is %q", place, f.Name, all[f.Name])
				}
			}
		}
	}
}

// places are where files are delivered, and what the names begin with.
var places = map[string]string{"sftp": "", "storage": "exports/wiki"}

// varying is what differs between two runs that come to the same: the number of the job of
// the night, and when it began.
var varying = regexp.MustCompile(`\d{4}_\d\d_\d\dT\d\d_\d\d_\d\dZ`)

// result is all that is to be the same however often the process was killed: the files of
// the world, with the number of the last job left out. What holds times, or is a database, is
// there by its name alone.
func (w *world) result(t *testing.T, job int64) map[string]string {
	t.Helper()
	number := strings.NewReplacer(fmt.Sprintf("job=%d/", job), "job=N/", fmt.Sprintf("_job%d_", job), "_jobN_", fmt.Sprintf("export/%d/", job), "export/N/")
	all := map[string]string{}
	for name, sum := range w.files(t, ".", true) {
		switch base := filepath.Base(name); {
		case strings.HasPrefix(name, "storage/."): // the storage's own
			continue
		case strings.HasSuffix(base, ".json"), base == "_SUCCESS", strings.Contains(base, ".db"), base == "sluice.prom", strings.HasPrefix(base, "schedules-running"), strings.HasPrefix(base, "end"):
			sum = ""
		}
		all[varying.ReplaceAllString(number.Replace(name), "*")] = sum
	}
	return all
}

// differences are lines about what one result has and another has not.
func differences(got, want map[string]string) []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if sum, ok := want[name]; !ok {
			lines = append(lines, "left: "+name)
		} else if sum != got[name] {
			lines = append(lines, "another content: "+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, ok := got[name]; !ok {
			lines = append(lines, "missing: "+name)
		}
	}
	return lines
}

// rests are what a process that was killed may leave for a while: partial files of its job,
// which go after a day, and the file that has its name in the folder of the system for a moment.
var rests = regexp.MustCompile(`^homes/[^/]*/data-pipeline/export/\d+/.*\.partial$|^tmp/sluice-\d+\.zst$`)

// checkRests takes what may be left for a while out of a result, and reports whether there
// are partial files of a job.
func (w *world) checkRests(t *testing.T, got map[string]string) (partial bool) {
	t.Helper()
	for name := range got {
		if rests.MatchString(name) {
			partial = partial || strings.HasPrefix(name, "homes/")
			delete(got, name)
		}
	}
	return partial
}
