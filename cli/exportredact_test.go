package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sluice/intake/parquettext"
	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
)

// rulesFile is a file with rules of each kind.
func rulesFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRedactedEitherWay: an export that is redacted has, to the byte, the CSV files that
// redaction makes of the export of the same data: the same rows, pseudonyms and spellings.
func TestRedactedEitherWay(t *testing.T) {
	isolate(t)
	snapshot, _ := planted(t)
	own := rulesFile(t, "profile: no-people\nholds: {bodies: cut 40, titles: pseudonymise}\ncolumns: {labels: mask, page_id: pseudonymise, created_date: cut 7}\nspaces: {exclude: [\"E*\"], personal: drop}")
	home := filepath.Join(t.TempDir(), "home")
	folder := func(job string) string { return filepath.Join(home, "data-pipeline", "export", job) }
	job := 0
	export := func(args ...string) string {
		t.Helper()
		args = append([]string{"export", snapshot, "--home", home, "--min-free-space", "-1", "--from-date", "everything"}, args...)
		if code, _, errs := runProgram(t, args...); code != exitDone {
			t.Fatal(args, errs)
		}
		job++
		return folder(strconv.Itoa(job))
	}
	for _, options := range [][]string{nil, {"--preserve-line-breaks", "--full-content", "--labels=commas", "--format", "both", "--milliseconds"}, {"--format", "parquet"}} {
		plain := export(options...)
		for _, rules := range []string{"gdpr", "no-people", own} {
			direct := export(append(options, "--redact", rules)...)
			out := filepath.Join(t.TempDir(), "out")
			if code, _, errs := runProgram(t, "redact", plain, out, "--home", home, "--redact", rules); code != exitDone {
				t.Fatal(errs)
			}
			sameFiles(t, rules, direct, out)
		}
	}
}

// sameFiles holds the CSV files of two folders and what is told of them against each other.
func sameFiles(t *testing.T, rules, a, b string) {
	t.Helper()
	x, err := jobfiles.ReadManifest(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := jobfiles.ReadManifest(b)
	if err != nil || len(x.Files) != len(y.Files) || x.Redaction == nil || x.Redaction.Key != y.Redaction.Key || x.Redaction.Profile != y.Redaction.Profile {
		t.Fatalf("%v: %+v, %+v", err, x.Redaction, y.Redaction)
	}
	told := map[string]string{}
	for _, f := range y.Redaction.Files {
		told[f.Name] = textOf(t, f)
	}
	for i, f := range x.Files {
		one, err := os.ReadFile(filepath.Join(a, f.File))
		if err != nil {
			t.Fatal(err)
		}
		other, err := os.ReadFile(filepath.Join(b, y.Files[i].File))
		if strings.HasSuffix(f.Name, ".parquet") {
			one, other = cellsOfParquet(t, one), cellsOfParquet(t, other)
		}
		if err != nil || !bytes.Equal(one, other) || f.Rows == 0 {
			t.Errorf("%s, %s with %d rows: %v\n%.600s\n%.600s", rules, f.Name, f.Rows, err, one, other)
		}
		if got, want := textOf(t, f.Columns), textOf(t, y.Files[i].Columns); got != want {
			t.Errorf("%s, %s: its columns are told as\n%s, or\n%s", rules, f.Name, got, want)
		}
	}
	for _, f := range x.Redaction.Files {
		if got, want := textOf(t, f), told[f.Name]; got != want {
			t.Errorf("%s, %s: its redaction is told as\n%s, or\n%s", rules, f.Name, got, want)
		}
	}
	if a, b := textOf(t, x.Options.Format), textOf(t, y.Options.Format); a != b || len(x.Redaction.Files) != 5 || len(y.Redaction.Files) != 5 {
		t.Errorf("%s: %s, %s", rules, a, b)
	}
}

// cellsOfParquet is a Parquet file as CSV.
func cellsOfParquet(t *testing.T, file []byte) []byte {
	t.Helper()
	f, err := parquettext.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	text := f.Text(nil)
	cells, err := io.ReadAll(text)
	if err := errors.Join(err, text.Close()); err != nil {
		t.Fatal(err)
	}
	return cells
}

func textOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestExportRedactRefuses: rules that cannot be are told before anything is done.
func TestExportRedactRefuses(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	for word, says := range map[string]string{"gpdr": "did you mean gdpr", "none.yaml": "no file with rules", rulesFile(t, "holds: {bodys: drop}"): "did you mean bodies"} {
		for _, command := range []string{"export", "serve"} {
			code, _, errs := runProgram(t, command, snapshot, "--home", home, "--redact", word)
			expect(t, word, code, exitUsage, errs, "--redact: ")
			expect(t, word, code, exitUsage, errs, says)
		}
	}
	code, out, errs := runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--redact", rulesFile(t, "restricted: drop"))
	if code == exitDone || !strings.Contains(out, "content_perm_set") {
		t.Error(code, out, errs)
	}
	if _, err := os.Stat(filepath.Join(home, "redaction.key")); err == nil {
		t.Error("a key is made that nothing needs")
	}
	code, out, errs = runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--redact", "gdpr", "--dry-run")
	if code != exitDone || !strings.Contains(out, "together") {
		t.Error(code, out, errs)
	}
	if _, err := os.Stat(filepath.Join(home, "redaction.key")); err == nil {
		t.Error("a dry run makes a key")
	}
	code, out, errs = runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--redact", "gdpr")
	if code != exitDone || !strings.Contains(out, "redacted: gdpr") || !strings.Contains(out, "The key for pseudonyms was made") {
		t.Error(code, out, errs)
	}
	if _, out, _ = runProgram(t, "jobs", "--home", home); !strings.Contains(out, "redacted: gdpr") {
		t.Error(out)
	}
}

// TestRedactedJobsAreUsed: jobs that are redacted alike are verified, loaded and compared,
// though their keys are pseudonyms in no order; others are not compared.
func TestRedactedJobsAreUsed(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 40, Seed: 2})
	home := filepath.Join(t.TempDir(), "home")
	for _, rules := range []string{"gdpr", "gdpr", "no-people", "", rulesFile(t, "profile: gdpr\nspaces: {exclude: [ENG]}"), rulesFile(t, "profile: gdpr\nspaces: {exclude: [HR]}")} {
		args := []string{"export", snapshot, "--home", home, "--min-free-space", "-1", "--from-date", "everything", "--format", "both"}
		if rules != "" {
			args = append(args, "--redact", rules)
		}
		if code, _, errs := runProgram(t, args...); code != exitDone {
			t.Fatal(rules, errs)
		}
	}
	if code, _, errs := runProgram(t, "verify", "1", "--home", home); code != exitDone {
		t.Error(errs)
	}
	code, out, errs := runProgram(t, "kit", "duckdb", "--home", home, "--job", "1")
	if code != exitDone || !strings.Contains(out, "'user_id': 'VARCHAR'\n") || strings.Contains(out, "page_title") {
		t.Error(code, out, errs)
	}
	code, out, errs = runProgram(t, "diff", "1", "2", "--home", home, "--out", t.TempDir(), "--json")
	if code != exitDone || strings.Contains(out, `"removed": 1`) || !strings.Contains(out, `"unchanged": 40`) {
		t.Error(code, out, errs)
	}
	for _, c := range []struct{ a, b, says string }{{"1", "4", "only one of them is redacted"}, {"1", "3", "different rules"}, {"5", "6", "different rules"}} {
		code, _, errs := runProgram(t, "diff", c.a, c.b, "--home", home, "--out", t.TempDir())
		expect(t, c.a+" "+c.b, code, exitFailed, errs, c.says)
	}
	if err := os.Remove(filepath.Join(home, "redaction.key")); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--redact", "gdpr"); code != exitDone {
		t.Fatal(errs)
	}
	code, _, errs = runProgram(t, "diff", "1", "7", "--home", home, "--out", t.TempDir())
	expect(t, "another key", code, exitFailed, errs, "different keys")
}

// TestARuleForNoSpaceIsTold: a key that is misspelled leaves out nothing, and that is said,
// without the key.
func TestARuleForNoSpaceIsTold(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	home, out := filepath.Join(t.TempDir(), "home"), filepath.Join(t.TempDir(), "out")
	rules := rulesFile(t, "spaces: {exclude: [eng, nosuchspace]}")
	const says = "match no space of"
	code, told, errs := runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--redact", rules)
	if all := told + errs; code != exitDone || !strings.Contains(all, says) || !strings.Contains(all, "number 2 of them") || strings.Contains(all, "nosuchspace") {
		t.Errorf("exit %d, %s", code, all)
	}
	if code, _, errs := runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1"); code != exitDone {
		t.Fatal(errs)
	}
	code, told, errs = runProgram(t, "redact", "2", out, "--home", home, "--redact", rules)
	if all := told + errs; code != exitDone || !strings.Contains(all, says) || !strings.Contains(all, "number 2 of them") || strings.Contains(all, "nosuchspace") {
		t.Errorf("exit %d, %s", code, all)
	}
	if code, told, errs := runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--redact", rulesFile(t, "spaces: {exclude: [ENG]}")); code != exitDone || strings.Contains(told+errs, says) {
		t.Errorf("a rule that is of use: exit %d, %s%s", code, told, errs)
	}
}
