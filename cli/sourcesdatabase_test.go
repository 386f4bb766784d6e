package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
	"sluice/source"
)

// dumped is a demo in the form of a dump of PostgreSQL.
func dumped(t *testing.T, pages string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "wiki.sql")
	if code, _, errs := runProgram(t, "demo", file, "--pages", pages, "--as", "pgsql"); code != exitDone {
		t.Fatal(errs)
	}
	return file
}

// TestTakenSources: what a snapshot is taken of has a name, and is tried, taken, taken again
// and exported by it.
func TestTakenSources(t *testing.T) {
	alone(t)
	dump, home := dumped(t, "20"), filepath.Join(t.TempDir(), "own home")
	code, out, errs := runRemote(t, "sources", "add", "Wiki", "--database", dump, "--home", home, "--tag", "prod", "--load", "50")
	expect(t, "add", code, exitDone, errs, "")
	if !strings.Contains(out, "sluice snapshot --source") {
		t.Errorf("add: %s", out)
	}
	s := theList(t)[0]
	if s.Taken.From != dump || s.Taken.Load != "50" || s.Home != home || !s.Tagged([]string{"prod"}) || !s.CanTake() {
		t.Errorf("%+v", s)
	}
	code, out, errs = runRemote(t, "sources")
	expect(t, "list", code, exitDone, errs, "")
	if !strings.Contains(out, "taken snapshot") || !strings.Contains(out, dump) {
		t.Errorf("list: %s", out)
	}
	code, out, _ = runProgram(t, "sources", "test", "Wiki")
	if code != exitDone || !strings.Contains(out, "PostgreSQL") {
		t.Errorf("test: exit %d, %s", code, out)
	}
	if exists(s.Snapshot) {
		t.Error("the test has taken it")
	}
	code, out, errs = runProgram(t, "export", "--source", "Wiki", "--json")
	if code != exitDone || !exists(s.Snapshot) || !strings.Contains(out, home) {
		t.Fatalf("export: exit %d, %s%s", code, out, errs)
	}
	before, _ := os.Stat(s.Snapshot)
	if code, out, errs = runProgram(t, "snapshot", "--source", "Wiki", "--json"); code != exitDone || !strings.Contains(out, s.Snapshot) {
		t.Fatalf("take again: exit %d, %s%s", code, out, errs)
	}
	if after, _ := os.Stat(s.Snapshot); os.SameFile(before, after) {
		t.Error("it was not taken again")
	}
	if code, _, errs = runProgram(t, "export", "--source", "Wiki", "--take"); code != exitDone || !strings.Contains(errs, s.Snapshot) {
		t.Errorf("export --take: exit %d, %s", code, errs)
	}
	code, _, errs = runRemote(t, "sources", "edit", "Wiki", "--max-rate", "20MB/s", "--unset", "load", "--unset", "tag")
	expect(t, "edit", code, exitDone, errs, "")
	if s = theList(t)[0]; s.Taken.MaxRate != "20MB/s" || s.Taken.Load != "" || s.Tags != nil || s.Taken.From != dump {
		t.Errorf("edited: %+v", s)
	}
}

// TestDatabaseSources: the address of a database is kept without a password, which stands
// in a file or is printed by a command.
func TestDatabaseSources(t *testing.T) {
	alone(t)
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("s3cr3t-of-a-test\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const address = "postgres://reader@127.0.0.1:1/confluence"
	code, _, errs := runRemote(t, "sources", "add", "DB", "--database", address, "--password-file", file, "--schema", "public")
	expect(t, "add", code, exitDone, errs, "")
	code, out, errs := runRemote(t, "sources", "--json")
	expect(t, "list", code, exitDone, errs, "")
	var list struct{ Sources source.List }
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list.Sources) != 1 || list.Sources[0].Taken.PasswordFile != file || strings.Contains(out, "s3cr3t") {
		t.Fatalf("%s (%v)", out, err)
	}
	code, _, errs = runRemote(t, "snapshot", "--source", "DB")
	expect(t, "take", code, exitUnreachable, errs, "127.0.0.1")
	code, _, errs = runRemote(t, "sources", "edit", "DB", "--password-command", "echo s3cr3t; false")
	expect(t, "edit", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "snapshot", "--source", "DB")
	expect(t, "a command that fails", code, exitFailed, errs, "the password of confluence on 127.0.0.1")
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"add", "x", "--database", "postgres://reader:s3cr3t@h/x"}, "a password in the address would show"},
		{[]string{"add", "x", "--database", address}, `it is in the list already, as "DB"`},
		{[]string{"add", "x", "--database", address, "--url", "https://x.test"}, "give one of them"},
		{[]string{"add", "x", "--database", "postgres://me@h/x", "--max-rate", "fast"}, "--max-rate"},
		{[]string{"add", "x", "--database", "postgres://me@h/x", "--load", "200"}, "--load"},
		{[]string{"add", "x", "--database", "postgres://me@h/x", "--proxy", "http://p:1"}, "--proxy is of a server"},
		{[]string{"add", "x", "--url", "https://x.test", "--schema", "public"}, `--schema is of a database, and "x" is a server`},
		{[]string{"edit", "DB", "--token-file", file}, `--token-file is of a server, and "DB" is none`},
		{[]string{"edit", "DB", "--ssh-key", file}, "give --ssh user@host"},
		{[]string{"edit", "DB", "--unset", "lod"}, `the nearest is "load"`},
	} {
		code, _, errs := runRemote(t, "sources", c.args...)
		expect(t, strings.Join(c.args, " "), code, exitUsage, errs, c.says)
	}
	code, _, errs = runRemote(t, "snapshot", "--source", "DB", "--schema", "x")
	expect(t, "a setting beside it", code, exitUsage, errs, "--schema stands beside --source")
	code, _, errs = runRemote(t, "export", "--take")
	expect(t, "take what?", code, exitUsage, errs, "name it with --source")
}

// TestExportOfASource: the settings of a source hold, and what is typed goes before them.
func TestExportOfASource(t *testing.T) {
	alone(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	code, _, errs := runRemote(t, "sources", "add", "Wiki", "--snapshot", snapshot, "--home", t.TempDir())
	expect(t, "add", code, exitDone, errs, "")
	err := updateSources(func(l source.List) (source.List, error) {
		l[0].Local.Format, l[0].Local.Redact = "parquet", "no-people"
		l[0].Local.Rules = map[string]string{"labels": "commas"}
		return l, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := runProgram(t, "export", "--source", "Wiki", "--json")
	if code != exitDone || !strings.Contains(out, ".parquet") || strings.Contains(out, ".csv") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	m, err := os.ReadFile(one(t, filepath.Join(theList(t)[0].Home, "data-pipeline", "export", "1"), "manifest.json"))
	if err != nil || !strings.Contains(string(m), `"Labels"`) || !strings.Contains(string(m), "no-people") {
		t.Errorf("%s, %v", m, err)
	}
	code, out, errs = runProgram(t, "export", "--source", "Wiki", "--format", "csv", "--json")
	if code != exitDone || strings.Contains(out, ".parquet") {
		t.Errorf("what is typed: exit %d, %s%s", code, out, errs)
	}
	code, _, errs = runRemote(t, "export", snapshot, "--source", "Wiki")
	expect(t, "two", code, exitUsage, errs, "names a snapshot already")
	code, _, errs = runRemote(t, "export", "--source", "Wikki")
	expect(t, "no such", code, exitUsage, errs, `"Wikki"`)
}
