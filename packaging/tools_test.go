package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"sluice/packaging/archive"
)

// called puts a program that notes what it is called with in the place of go; it keeps what
// it is to read.
func called(t *testing.T) (notes func() string, m *maker) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no shell")
	}
	dir := t.TempDir()
	script := "#!/bin/sh\nprintf '%s CGO=%s EPOCH=%s\\n' \"$*\" \"$CGO_ENABLED\" \"$SOURCE_DATE_EPOCH\" >>" + dir + "/notes\nfor a; do case $a in *.yaml) cp \"$a\" " + dir + "/config ;; esac; done\n"
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	notes = func() string {
		text := ""
		for _, name := range []string{"notes", "config"} {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil && name == "notes" {
				t.Fatal(err)
			}
			text += string(b)
		}
		return text
	}
	return notes, &maker{stamp: stamp{version: "0.2.0+3.g29", commit: "feed", at: time.Unix(1_796_000_000, 0).UTC()}, out: dir, work: t.TempDir()}
}

func wantEach(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
}

// TestNfpm: each file has its place, its mode and the time of the release, so that the
// packages of one commit are the same.
func TestNfpm(t *testing.T) {
	notes, m := called(t)
	files := []archive.Entry{{Name: "bin/sluice", From: "built", Run: true}, {Name: "share/man/man1/sluice.1", Text: "page"}, {Name: "share/zsh/vendor-completions/_sluice", Text: "zsh"}}
	if err := m.nfpm(t.Context(), "sluice", "amd64", files); err != nil {
		t.Fatal(err)
	}
	wantEach(t, notes(), "run "+nfpm+" package --config ", "--packager deb --target "+m.out+"/sluice-0.2.0+3.g29-linux-amd64.deb CGO=0 EPOCH=1796000000\n", "--packager rpm",
		"dst: /usr/bin/sluice\n", "dst: /usr/share/zsh/vendor-completions/_sluice\n      packager: deb\n", "dst: /usr/share/zsh/site-functions/_sluice\n      packager: rpm\n", "mode: 493\n", "mode: 420\n", "mtime: \"2026-11-30T00:53:20Z\"", "libgl1", "buildhost: sluice")
}

// TestBuild: programs are stamped, and nothing of this computer is in them.
func TestBuild(t *testing.T) {
	notes, m := called(t)
	file, err := m.headlessFor(t.Context(), "windows", "amd64", "sluice.exe")
	if err != nil || filepath.Base(file) != "sluice.exe" {
		t.Fatal(file, err)
	}
	if err := m.windowsResources(t.Context(), "sluice.exe", "cli"); err != nil {
		t.Fatal(err)
	}
	wantEach(t, notes(), "-trimpath -buildvcs=false -tags headless", "-X main.version=0.2.0+3.g29 -X main.commit=feed -X main.date=2026-11-30T00:53:20Z", "-gcflags=all=-dwarf=false",
		"simply --arch amd64 --out rsrc --icon assets/icon.png --manifest cli --product-version 0.2.0.0", "Sluice 0.2.0+3.g29")
}

// TestPack: an archive has one folder, called as the file is; what fails is told.
func TestPack(t *testing.T) {
	_, m := called(t)
	if err := m.pack("sluice-1", ".zip", []archive.Entry{{Name: "a", Text: "x"}}); err != nil {
		t.Error(err)
	}
	sums, err := archive.Sums(m.out)
	if err != nil || !strings.Contains(sums, "  sluice-1.zip\n") {
		t.Errorf("%s, %v", sums, err)
	}
	if err := run(t.Context(), filepath.Join(t.TempDir(), "dist"), "beos"); err == nil {
		t.Error("a part that is not there was made")
	}
}
