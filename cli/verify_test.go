package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// exported is a home with one complete job, and the folder of its files.
func exported(t *testing.T) (home, dir string) {
	t.Helper()
	home = exportedOften(t, 1)
	return home, filepath.Join(home, "data-pipeline", "export", "1")
}

func one(t *testing.T, dir, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v, %v", pattern, found, err)
	}
	return found[0]
}

// TestVerify spoils the files of a job, each in another way: the exit code tells.
func TestVerify(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, dir string) error
		code  int
		says  string
	}{
		"as written": {nil, exitDone, "All 5 files are as job 1 wrote them."},
		"missing":    {func(t *testing.T, dir string) error { return os.Remove(one(t, dir, "users_*")) }, exitFailed, "missing"},
		"cut":        {func(t *testing.T, dir string) error { return os.Truncate(one(t, dir, "pages_*"), 7) }, exitFailed, "it has 7 bytes, and the job wrote"},
		"another content": {func(t *testing.T, dir string) error {
			path := one(t, dir, "comments_*")
			b, err := os.ReadFile(path)
			if err == nil {
				b[len(b)/2] ^= 1
				err = os.WriteFile(path, b, 0o600)
			}
			return err
		}, exitFailed, "another content"},
		"a file too many": {func(_ *testing.T, dir string) error {
			return os.WriteFile(filepath.Join(dir, "pages_job1_2026.csv"), nil, 0o600)
		}, exitFailed, "pages_job1_2026.csv is no file of the job, and its name is that of one"},
		"notes beside it": {func(_ *testing.T, dir string) error {
			return os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o600)
		}, exitDone, "notes.txt is no file of the job"},
		"no manifest": {func(_ *testing.T, dir string) error { return os.Remove(filepath.Join(dir, "manifest.json")) }, exitFailed, "there is no manifest.json in"},
		"bad manifest": {func(_ *testing.T, dir string) error {
			return os.WriteFile(filepath.Join(dir, "manifest.json"), []byte("{"), 0o600)
		}, exitFailed, "read manifest"},
	} {
		t.Run(name, func(t *testing.T) {
			home, dir := exported(t)
			if c.spoil != nil {
				if err := c.spoil(t, dir); err != nil {
					t.Fatal(err)
				}
			}
			for _, args := range [][]string{{"verify", "1", "--home", home}, {"verify", dir}} {
				code, out, errs := runProgram(t, args...)
				if code != c.code || !strings.Contains(out+errs, c.says) {
					t.Errorf("%v: exit %d, %q %q, want %d and %q", args, code, out, errs, c.code, c.says)
				}
			}
			code, out, _ := runProgram(t, "verify", "--json", dir)
			var v verification
			if strings.HasSuffix(name, "manifest") {
				if p := problemIn(t, out); p.Kind != "failed" || !strings.Contains(p.Message, c.says) {
					t.Errorf("--json: %s", out)
				}
				return
			}
			if err := json.Unmarshal([]byte(out), &v); err != nil || code != c.code || v.Same != (code == exitDone) || v.JobID != 1 || len(v.Files) != 5 {
				t.Errorf("--json: exit %d, %+v, %v", code, v, err)
			}
		})
	}
}

// TestVerifyMakesNothing: a home that does not exist does not exist afterwards.
func TestVerifyMakesNothing(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	if code, _, errs := runProgram(t, "verify", "7", "--home", home); code != exitFailed || !strings.Contains(errs, "there is no manifest.json in") {
		t.Errorf("exit %d, %q", code, errs)
	}
	if _, err := os.Stat(home); !os.IsNotExist(err) {
		t.Errorf("the home: %v", err)
	}
}
