package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sluice/localexport/demo"
	"sluice/source"
)

// named is a server with a name in the list, whose token is in a file.
func named(t *testing.T, name string, more ...string) remoteServer {
	t.Helper()
	s := newRemote(t)
	os.Unsetenv(tokenVariable)
	addNamed(t, s.URL+"/confluence/", name, more...)
	return s
}

func addNamed(t *testing.T, url, name string, more ...string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(remoteToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := runRemote(t, "sources", append([]string{"add", name, "--url", url, "--token-file", file}, more...)...)
	expect(t, "add "+name, code, exitDone, errs, "")
}

// theList is the list as it stands in the file.
func theList(t *testing.T) source.List {
	t.Helper()
	file, err := source.DefaultFile()
	if err != nil {
		t.Fatal(err)
	}
	l, err := file.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestSources adds a server, uses it by its name, changes and removes it.
func TestSources(t *testing.T) {
	s := named(t, "Wiki", "--tag", "prod", "--tag", "eu")
	code, out, errs := runRemote(t, "status", "--server", "Wiki", "--json")
	expect(t, "status", code, exitDone, errs, "")
	if strings.TrimSpace(out) != "{}" {
		t.Errorf("status: %s", out)
	}
	t.Setenv("SLUICE_URL", "https://elsewhere.example.com") // stands behind what was typed
	code, _, errs = runRemote(t, "start", "--server", "Wiki", "--wait")
	expect(t, "start", code, exitDone, errs, "")
	code, out, errs = runRemote(t, "sources", "test", "Wiki")
	expect(t, "test", code, exitDone, errs, "")
	if !strings.Contains(out, "export API  yes") || !strings.Contains(out, "Sluice") {
		t.Errorf("test: %s", out)
	}
	code, out, errs = runRemote(t, "sources")
	expect(t, "list", code, exitDone, errs, "")
	if !strings.Contains(out, "prod,eu") || !strings.Contains(out, s.URL+"/confluence") || !strings.Contains(out, "file") {
		t.Errorf("list: %s", out)
	}
	code, _, errs = runRemote(t, "sources", "edit", "Wiki", "--rename", "Wiki 2", "--unset", "tag", "--folder", t.TempDir())
	expect(t, "edit", code, exitDone, errs, "")
	code, out, errs = runRemote(t, "sources", "--json")
	expect(t, "list", code, exitDone, errs, "")
	var list struct{ Sources source.List }
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list.Sources) != 1 {
		t.Fatalf("%s (%v)", out, err)
	}
	if got := list.Sources[0]; got.Name != "Wiki 2" || got.Tags != nil || got.Server.TokenFile == "" || got.Server.Folder == "" {
		t.Errorf("edited: %+v", got)
	}
	code, _, errs = runRemote(t, "sources", "edit", "Wiki 2", "--url", "https://new.example.com", "--unset", "token-file")
	expect(t, "move", code, exitDone, errs, "")
	if l := theList(t); len(l) != 1 || l[0].Server.URL != "https://new.example.com" || l[0].Server.TokenFile != "" || l[0].Server.Folder == "" {
		t.Errorf("moved: %+v", l)
	}
	code, _, errs = runRemote(t, "sources", "remove", "Wiki 2")
	expect(t, "remove", code, exitDone, errs, "")
	if l := theList(t); len(l) != 0 {
		t.Errorf("left: %+v", l)
	}
}

// TestSourcesOfASnapshot: a snapshot has a name, too.
func TestSourcesOfASnapshot(t *testing.T) {
	alone(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	code, _, errs := runProgram(t, "sources", "add", "copy", "--snapshot", snapshot, "--tag", "test")
	expect(t, "add", code, exitDone, errs, "")
	if l := theList(t); len(l) != 1 || l[0].Snapshot != snapshot || l[0].Home == "" || l[0].Kind != source.KindSnapshot {
		t.Errorf("the list: %+v", l)
	}
	code, out, errs := runProgram(t, "sources", "test", "copy")
	expect(t, "test", code, exitDone, errs, "")
	if !strings.Contains(out, "Confluence") {
		t.Errorf("test: %s", out)
	}
	code, _, errs = runProgram(t, "status", "--server", "copy")
	expect(t, "status of a snapshot", code, exitUsage, errs, `"copy" is a snapshot, and no server`)
	code, _, errs = runProgram(t, "sources", "edit", "copy", "--ca-file", snapshot)
	expect(t, "a setting of a server", code, exitUsage, errs, "--ca-file is of a server")
}

// TestSourcesRefused: what is wrong is said in one sentence, and the list stays as it is.
func TestSourcesRefused(t *testing.T) {
	s := named(t, "Wiki")
	before := theList(t)
	missing := filepath.Join(t.TempDir(), "none")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"add"}, exitUsage, "add which source?"},
		{[]string{"add", "Other"}, exitUsage, "Give --url with its address, --snapshot with a file, or --database"},
		{[]string{"add", "Other", "--url", s.URL + "/confluence"}, exitUsage, `already, as "Wiki"`},
		{[]string{"add", "Wiki", "--url", "https://other.example.com"}, exitUsage, `there is a source "Wiki" already`},
		{[]string{"add", "Other", "--url", "https://other.example.com", "--token-file", missing}, exitFailed, "--token-file: there is no file "},
		{[]string{"add", "Other", "--url", "https://other.example.com", "--ca-file", missing}, exitFailed, "no such file"},
		{[]string{"add", "Other", "--url", "https://ana:pw@other.example.com"}, exitUsage, "--url: "},
		{[]string{"add", "Other", "--snapshot", missing}, exitFailed, "none"},
		{[]string{"add", "Other", "--url", "https://other.example.com", "--token-file", missing, "--token-command", "true"}, exitUsage, "two places of the token"},
		{[]string{"edit", "Wikki", "--user", "ana"}, exitUsage, `there is no source "Wikki"; the nearest is "Wiki"`},
		{[]string{"edit", "Wiki", "--unset", "token-fiel"}, exitUsage, `the nearest is "token-file"`},
		{[]string{"edit", "Wiki", "--snapshot", missing}, exitUsage, "another file is another source"},
		{[]string{"remove", "wiki"}, exitUsage, `the nearest is "Wiki"`},
		{[]string{"list", "Wiki"}, exitUsage, "sluice sources test Wiki"},
		{[]string{"test", "Wiki", "--rename", "x"}, exitUsage, "they are for edit"},
	} {
		code, _, errs := runRemote(t, "sources", c.args...)
		expect(t, strings.Join(c.args, " "), code, c.code, errs, c.says)
	}
	if after := theList(t); len(after) != 1 || after[0].Server != before[0].Server {
		t.Errorf("the list has become %+v", after)
	}
}

// TestSourcesBrokenList: what cannot be understood is wrong use, and stays as it is.
func TestSourcesBrokenList(t *testing.T) {
	alone(t)
	file, err := source.DefaultFile()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file.Path()), 0o700); err != nil {
		t.Fatal(err)
	}
	const text = `{"version": 1, "sources": [{"id": "1", "kind": "server", "name": "Wiki", "server": {"url": "https://w", "tokenFiel": "/t"}}]}`
	if err := os.WriteFile(file.Path(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"sources"}, {"sources", "remove", "Wiki"}, {"status", "--server", "Wiki"}, {"status", "--all"}} {
		code, _, errs := runProgram(t, args...)
		expect(t, strings.Join(args, " "), code, exitUsage, errs, `the nearest is "tokenFile"`)
	}
	if b, _ := os.ReadFile(file.Path()); string(b) != text {
		t.Errorf("it has become %s", b)
	}
}

// TestTokenCommand: the token is what a command prints, which is told where it fails.
func TestTokenCommand(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a POSIX shell")
	}
	s := named(t, "Wiki")
	file := theList(t)[0].Server.TokenFile
	code, _, errs := runRemote(t, "sources", "edit", "Wiki", "--token-command", "cat '"+file+"'")
	expect(t, "edit", code, exitDone, errs, "")
	if l := theList(t); l[0].Server.TokenFile != "" {
		t.Errorf("two places of one token: %+v", l[0].Server)
	}
	code, _, errs = runRemote(t, "status", "--server", "Wiki")
	expect(t, "status", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "sources", "edit", "Wiki", "--token-command", `echo "locked: $SLUICE_URL" >&2; false`)
	expect(t, "edit", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "schedule", "add", "nightly", "--source", "Wiki", "--every", "daily 02:00", "--retries", "0")
	expect(t, "schedule", code, exitDone, errs, "")
	for _, args := range [][]string{{"status", "--server", "Wiki"}, {"start", "--server", "Wiki"}, {"status", "--all"}, {"schedule", "run", "nightly"}} {
		code, _, errs = runRemote(t, args[0], args[1:]...)
		if code != exitNotAuthorised || !strings.Contains(errs, "locked: "+s.URL) {
			t.Errorf("%q, a command that fails: exit %d, %s", args, code, errs)
		}
	}
}

// TestSourcesByTheirKind: a database says that it is one in JSON, too; what takes a server says
// what it was given, shells offer servers where one is wanted, and a source that was written
// as a file is told by its flag.
func TestSourcesByTheirKind(t *testing.T) {
	isolate(t)
	t.Chdir(t.TempDir())
	for _, args := range [][]string{
		{"add", "prod", "--url", "https://wiki.example.com"}, {"add", "db", "--database", "postgres://u@127.0.0.1:1/x"},
	} {
		if code, out, errs := runProgram(t, append([]string{"sources"}, args...)...); code != exitDone {
			t.Fatalf("%q: exit %d, %s%s", args, code, out, errs)
		}
	}
	_, out, _ := runProgram(t, "sources", "--json")
	var list struct {
		Sources []struct{ Name, Kind string }
	}
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list.Sources) != 2 || list.Sources[0].Kind != "server" || list.Sources[1].Kind != "database" {
		t.Errorf("%s, %v", out, err)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"fetch", "--server", "db"}, exitUsage, `"db" is a database, and no server`},
		{[]string{"export", "db"}, exitUsage, "the source of this name is meant by --source db"},
		{[]string{"snapshot", "db", "out.db"}, exitUsage, "the source of this name is meant by --source db"},
		{[]string{"export", "prod"}, exitFailed, "does not exist"},
		{[]string{"sources", "edit", "db", "--password-file", "none"}, exitFailed, "name the one with a password"},
		{[]string{"sources", "edit", "prod", "--proxy", "foo"}, exitUsage, "has the form http://proxy.example.com:3128"},
	} {
		if code, out, errs := runProgram(t, c.args...); code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%q: exit %d, %s%s", c.args, code, out, errs)
		}
	}
	for what, want := range map[string]string{"sources": "prod\ndb\n", "servers": "prod\n", "snapshots": "db\n"} {
		if _, out, _ := runProgram(t, "completion", what); out != want {
			t.Errorf("%s are completed by %q", what, out)
		}
	}
	if _, out, _ := runProgram(t, "completion", "bash"); !strings.Contains(out, "completion servers") || !strings.Contains(out, "completion snapshots") {
		t.Error("bash asks for sources of no kind")
	}
}
