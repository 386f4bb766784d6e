package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/deliver"
)

func TestDeliver(t *testing.T) {
	home, dir := exported(t)
	share := t.TempDir()
	code, out, errs := runProgram(t, "deliver", "1", share, "--home", home, "--pack", "zstd", "--json")
	var r deliver.Result
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != exitDone || errs != "" || r.Job != 1 || r.Already || len(r.Files) != 6 || r.Marker != "job=1/_SUCCESS" {
		t.Fatalf("exit %d, %s, %s, %v", code, out, errs, err)
	}
	one(t, filepath.Join(share, "job=1"), "pages_job1_*.csv.zst")
	one(t, filepath.Join(share, "job=1"), "_SUCCESS")
	if code, out, _ := runProgram(t, "deliver", dir, share, "--pack", "zstd"); code != exitDone || !strings.Contains(out, "is at "+share+" already, whole") {
		t.Errorf("again, by its folder: exit %d, %s", code, out)
	}
	if code, out, _ := runProgram(t, "deliver", "1", share, "--home", home, "--layout", "table"); code != exitDone || !strings.Contains(out, "file=pages/job=1/pages_job1_") {
		t.Errorf("by tables: exit %d, %s", code, out)
	}
	lake := t.TempDir()
	if code, out, errs := runProgram(t, "deliver", "1", lake, "--home", home, "--layout", "table", "--as", "parquet", "--redact", "no-people"); code != exitDone || !strings.Contains(out, ".parquet") || strings.Contains(out, ".csv\n") || !strings.Contains(out, "note: Line breaks") {
		t.Errorf("as Parquet, redacted: exit %d, %s%s", code, out, errs)
	}
	one(t, filepath.Join(lake, "file=users", "job=1"), "users_job1_*.parquet")
	if err := os.Truncate(one(t, dir, "users_*.csv"), 10); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := runProgram(t, "deliver", "1", share, "--home", home, "--again"); code != exitFailed || !strings.Contains(errs, "changed since the export") {
		t.Errorf("a file that was changed: exit %d, %s", code, errs)
	}
}

// TestDeliveriesThatAreRefused show no secret.
func TestDeliveriesThatAreRefused(t *testing.T) {
	home, _ := exported(t)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"1", "sftp://ana:s3cret@host/x"}, exitUsage, "with a password"},
		{[]string{"1", "ftp://host/x"}, exitUsage, "and not ftp://"},
		{[]string{"1", filepath.Join(home, "no share")}, exitFailed, "make it, or mount"},
		{[]string{"9", t.TempDir()}, exitFailed, "no folder of a finished job"},
		{[]string{"1", "s3://b/x", "--s3-endpoint", "http://127.0.0.1:1"}, exitNotAuthorised, "there are no keys"},
		{[]string{"1", t.TempDir(), "--as", "paquet"}, exitUsage, `"parquet"`},
		{[]string{"1", t.TempDir(), "--as", "parquet", "--files", "csv"}, exitUsage, "choose one of both"},
		{[]string{"1", t.TempDir(), "--redact", "gdbr"}, exitUsage, "--redact"},
		{[]string{"1", t.TempDir(), "--files", "parquet"}, exitFailed, "has no files of the format parquet"},
	} {
		t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, "none"))
		if code, out, errs := runProgram(t, append([]string{"deliver", "--home", home}, c.args...)...); code != c.code || !strings.Contains(errs, c.says) || strings.Contains(out+errs, "s3cret") {
			t.Errorf("%q: exit %d, %s%s", c.args, code, out, errs)
		}
	}
}
