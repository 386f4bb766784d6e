package bundle

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// planted are names, hosts, tokens and data, each of which must not be in a bundle.
var planted = []string{"Zarah", "Quimby", "zquimby", "wiki-prod", "kontoauszug", "intranet.acme-holding.test", "acme-holding", "10.20.30.41", "fe80::1ff", "s3cr3t-tok3n-Qx9", "NjY2OTk0OlF4OQ==",
	"/home/zquimby", `C:\Users\Zarah`, "Gehaltsliste", "zarah@acme", "4111111111111111", "page", "Sales"}

// plant writes settings and a log full of them.
func plant(t *testing.T) Contents {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"sources.json": `{"version": 1, "sources": [{"id": "a1b2c3", "kind": "server", "name": "wiki-prod", "url": "https://zquimby:s3cr3t-tok3n-Qx9@intranet.acme-holding.test:8443/kontoauszug", "timeoutSeconds": 30},
			{"id": "4711", "kind": "snapshot", "name": "Sales", "snapshot": "/home/zquimby/Gehaltsliste.db", "rules": {"labels": "commas"}, "tags": ["page"]}]}`,
		"schedules.json":      `{"version": 1, "schedules": [{"name": "Zarah Quimby", "every": "weekdays 02:00", "account": 4111111111111111, "window": "Gehaltsliste"}]}`,
		"Gehaltsliste-1.json": `{"Zarah": {"Sales": true}}`,
		"broken.json":         `{"token": "s3cr3t-tok3n-Qx9"`,
	} {
		put(t, filepath.Join(dir, name), text)
	}
	log := filepath.Join(dir, "sluice.log")
	put(t, log, `time=2026-11-30T14:00:01.5+01:00 level=INFO msg="export started" job=12 home=/home/zquimby/exports
time=2026-11-30T14:00:02+01:00 level=WARN msg="the server \"wiki-prod\" refuses the connection" error="dial tcp 10.20.30.41:8443: connect: connection refused" url=https://intranet.acme-holding.test/x?token=s3cr3t-tok3n-Qx9
time=2026-11-30T14:00:03+01:00 level=INFO msg="a page of Sales was read for Zarah Quimby" Authorization="Basic NjY2OTk0OlF4OQ==" took=1.5s rows=1204551 card=4111111111111111
time=2026-11-30T14:00:04+01:00 level=INFO msg=panic stack="goroutine 1 [running]:\nsluice/ui/window.go:123\n\tC:\\Users\\Zarah\\x.go:1" peer=[fe80::1ff]:80
Zarah wrote to zarah@acme.test about the Gehaltsliste
`)
	return Contents{Version: map[string]any{"version": "0.1.0"}, Config: dir, Log: log, Names: []string{"zquimby"}, At: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC),
		Findings: []map[string]string{{"check": "home", "result": "bad", "says": "Nothing can be written in the home of exports, /home/zquimby/exports: permission denied."}},
		Jobs:     []any{map[string]any{"jobId": 12, "status": "FAILED", "startTime": "2026-11-30T14:00:01Z", "startedBy": "schedule Zarah", "errors": []any{map[string]any{"key": "disk.full", "message": `the title "Gehaltsliste" in space Sales cannot be read`}}}}}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// unpacked are the files of an archive.
func unpacked(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

// TestNothingLeaks plants names, hosts, tokens and data everywhere: none is in the archive,
// and what a report is made for is.
func TestNothingLeaks(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, plant(t)); err != nil {
		t.Fatal(err)
	}
	if !Begins(b.Bytes()) || Begins([]byte("PK\x03\x04 another archive, also of some length")) || Begins(nil) {
		t.Error("an archive is not told from others by its begin")
	}
	files := unpacked(t, b.Bytes())
	for name, text := range files {
		if name == "about.txt" {
			continue
		}
		for _, secret := range planted {
			if strings.Contains(strings.ToLower(name+"\n"+text), strings.ToLower(secret)) {
				t.Errorf("%s holds %q:\n%s", name, secret, text)
			}
		}
	}
	for name, wants := range map[string][]string{
		"log.txt":               {"time=2026-11-30T14:00:01.5+01:00 level=INFO msg=\"export started\" job=12 home=‹path-", "refuses the connection", "connection refused", "took=1.5s rows=1204551", "sluice/ui/window.go:123"},
		"settings/sources.json": {`"kind": "server"`, `"timeoutSeconds": 30`, `"version": 1`, `"url": "‹address-`}, "settings/schedules.json": {`"every": "weekdays 02:00"`},
		"jobs.json": {`"status": "FAILED"`, `"jobId": 12`, `cannot be read`}, "checks.json": {"Nothing can be written in the home of exports, ‹path-", "permission denied."},
		"version.json": {`"version": "0.1.0"`}, "about.txt": {"doctor --bundle"}, "settings/broken.json": {"no JSON"},
	} {
		for _, want := range wants {
			if !strings.Contains(files[name], want) {
				t.Errorf("%s lacks %q:\n%s", name, want, files[name])
			}
		}
	}
}

// TestSameThingSameName: what a log tells of a server can be followed to its settings.
func TestSameThingSameName(t *testing.T) {
	m := NewMask()
	one, two := m.Text("the host a.example.com, again A.example.com"), m.Text("b.example.com")
	if one != "the host ‹host-1›, again ‹host-1›" || two != "‹host-2›" {
		t.Errorf("%q, %q", one, two)
	}
	if got := NewMask("Big Co").Text("export of big co started"); got != `export of "‹name-1›" started` {
		t.Errorf("a name of two words: %q", got)
	}
}

// TestEmpty: before the first start there are no settings and no log.
func TestEmpty(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, Contents{Config: filepath.Join(t.TempDir(), "none"), Log: filepath.Join(t.TempDir(), "none.log")}); err != nil {
		t.Fatal(err)
	}
	if files := unpacked(t, b.Bytes()); len(files) != 5 || files["log.txt"] != "" {
		t.Errorf("%v", files)
	}
}

// TestEndOfLog: a long log is cut at the begin of a line.
func TestEndOfLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	put(t, path, strings.Repeat(strings.Repeat("a", 99)+"\n", 2*longestLog/100))
	b, err := endOf(path)
	if err != nil || len(b) > longestLog || len(b) < longestLog-200 || bytes.IndexByte(b, '\n') != 99 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}

// FuzzText: no text is let through that holds a name, whatever stands around it.
func FuzzText(f *testing.F) {
	f.Add("the export of ", " failed")
	f.Add(`"`, `'`)
	f.Add("‹name-", "›")
	f.Fuzz(func(t *testing.T, before, behind string) {
		const name = "Xaver7Quux"
		if got := NewMask().Text(before + name + behind); strings.Contains(got, name) {
			t.Errorf("%q", got)
		}
	})
}
