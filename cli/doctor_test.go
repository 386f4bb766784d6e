package cli

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

// TestDoctor: what is found is told in words and in JSON; only what is bad is a failure.
func TestDoctor(t *testing.T) {
	keyring.MockInit()
	home := filepath.Join(t.TempDir(), "home")
	code, out, errs := runProgram(t, "doctor", "--home", home)
	if code != exitDone || !strings.Contains(out, "ok       home") || !strings.Contains(out, "0 are bad") {
		t.Errorf("exit code %d, %s%s", code, errs, out)
	}
	code, out, _ = runProgram(t, "doctor", "--home", home, "--json")
	var told examined
	if err := json.Unmarshal([]byte(out), &told); err != nil || code != exitDone || len(told.Findings) < 5 || told.Version != "test" || told.Result == "bad" {
		t.Errorf("exit code %d, %v: %s", code, err, out)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := runProgram(t, "doctor", "--home", file); code != exitFailed || !strings.Contains(out, "bad      home") {
		t.Errorf("a home that is a file: exit code %d, %s", code, out)
	}
	if code, out, _ := runProgram(t, "doctor", "--home", file, "--json"); code != exitFailed || problemIn(t, out).Kind != "failed" || !strings.Contains(out, `"result": "bad"`) {
		t.Errorf("as JSON: exit code %d, %s", code, out)
	}
}

// TestDoctorBundle plants names and a token in what the program keeps, and looks for them in
// the archive; it is for its owner alone, and replaces nothing else.
func TestDoctorBundle(t *testing.T) {
	keyring.MockInit()
	config, cache, home := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "Quimby")
	t.Setenv("XDG_CONFIG_HOME", config)
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("SLUICE_TOKEN", "s3cr3t-tok3n-Qx9")
	if code, _, errs := runProgram(t, "sources", "add", "Gehaltsliste", "--url", "https://intranet.acme-holding.test/zarah"); code != exitDone {
		t.Fatal(errs)
	}
	snapshot := filepath.Join(t.TempDir(), "zarah.db")
	for _, args := range [][]string{{"demo", snapshot, "--pages", "50"}, {"export", snapshot, "--home", home, "--min-free-space", "-1", "--base-url", "https://intranet.acme-holding.test"}} {
		if code, _, errs := runProgram(t, args...); code != exitDone {
			t.Fatal(errs)
		}
	}
	log := `time=2026-11-30T14:00:01Z level=WARN msg="the answer of intranet.acme-holding.test" token=s3cr3t-tok3n-Qx9` + "\n"
	if err := errors.Join(os.MkdirAll(filepath.Join(cache, "sluice"), 0o700), os.WriteFile(filepath.Join(cache, "sluice", logName), []byte(log), 0o600)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "support.zip")
	for range 2 { // the second replaces the first
		if code, out, errs := runProgram(t, "doctor", "--home", home, "--bundle", path); code != exitDone || !strings.Contains(out, "Written: "+path) {
			t.Fatalf("exit code %d, %s%s", code, errs, out)
		}
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	all := ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all += f.Name + "\n" + string(text)
	}
	for _, secret := range []string{"Gehaltsliste", "acme", "zarah", "Quimby", "s3cr3t-tok3n-Qx9", home, config} {
		if strings.Contains(strings.ToLower(all), strings.ToLower(secret)) {
			t.Errorf("the archive holds %q:\n%s", secret, all)
		}
	}
	for _, want := range []string{"settings/sources.json", `"status": "COMPLETED"`, `"SLUICE_TOKEN"`, "level=WARN", `"check": "home"`} {
		if !strings.Contains(all, want) {
			t.Errorf("the archive lacks %s:\n%s", want, all)
		}
	}
	if code, _, errs := runProgram(t, "doctor", "--home", home, "--bundle", snapshot); code == exitDone || !strings.Contains(errs, "support archive") {
		t.Errorf("over another file: exit code %d, %s", code, errs)
	}
}
