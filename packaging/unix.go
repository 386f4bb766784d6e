package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"sluice/packaging/archive"
)

// windowTags draw by OpenGL ES on X11, as the Makefile does.
const windowTags = "x11,gles,migrated_fynedo"

// appID names the program to the desktop.
const appID = "app.sluice.console"

// makeLinux makes the packages with the window: an archive, .deb and .rpm.
func makeLinux(ctx context.Context, m *maker) error {
	program, err := m.build(ctx, build{system: "linux", processor: "amd64", tags: windowTags, env: []string{"CGO_ENABLED=1"}}, "sluice")
	if err != nil {
		return err
	}
	toml, err := os.ReadFile(m.file("FyneApp.toml"))
	if err != nil {
		return err
	}
	desktop := []archive.Entry{{Name: "share/applications/" + appID + ".desktop", Text: desktopEntry(string(toml), "sluice")},
		{Name: "share/icons/hicolor/scalable/apps/" + appID + ".svg", From: m.file("assets/icon.svg")}, {Name: "share/icons/hicolor/512x512/apps/" + appID + ".png", From: m.file("assets/icon.png")}}
	return m.unixPackages(ctx, program, "sluice", "amd64", desktop)
}

// makeHeadless makes the packages without the window: static programs that need nothing,
// and what a container is made of.
func makeHeadless(ctx context.Context, m *maker) error {
	for _, processor := range []string{"amd64", "arm64"} {
		program, err := m.headlessFor(ctx, "linux", processor, "sluice")
		if err != nil {
			return err
		}
		if err := m.unixPackages(ctx, program, "sluice-headless", processor, nil); err != nil {
			return err
		}
		if err := m.container(program, processor); err != nil {
			return err
		}
	}
	return nil
}

// makeMac makes the programs for macOS, which have no window: Fyne's takes a Mac to build.
func makeMac(ctx context.Context, m *maker) error {
	for _, processor := range []string{"amd64", "arm64"} {
		program, err := m.headlessFor(ctx, "darwin", processor, "sluice")
		if err != nil {
			return err
		}
		called := fmt.Sprintf("sluice-headless-%s-macos-%s", m.version, processor)
		papers, err := m.papers(program, called)
		if err != nil {
			return err
		}
		pages, err := m.generated(ctx)
		if err != nil {
			return err
		}
		if err := m.pack(called, ".tar.gz", papers, pages, []archive.Entry{{Name: "bin/sluice", From: program, Run: true}}); err != nil {
			return err
		}
	}
	return nil
}

// unixPackages makes the archive of a program, and the packages of the two kinds of Linux.
func (m *maker) unixPackages(ctx context.Context, program, name, processor string, more []archive.Entry) error {
	called := fmt.Sprintf("%s-%s-linux-%s", name, m.version, processor)
	papers, err := m.papers(program, called)
	if err != nil {
		return err
	}
	pages, err := m.generated(ctx)
	if err != nil {
		return err
	}
	files := append(append([]archive.Entry{{Name: "bin/sluice", From: program, Run: true}}, pages...), more...)
	if err := m.pack(called, ".tar.gz", papers, files); err != nil {
		return err
	}
	for _, p := range papers {
		if p.Name == "THIRD-PARTY-LICENSES.txt" {
			p.Name = "share/doc/" + name + "/" + p.Name
			files = append(files, p)
		}
	}
	files = append(files, archive.Entry{Name: "share/doc/" + name + "/copyright", From: m.file("LICENSE")})
	return m.nfpm(ctx, name, processor, files)
}

// desktopEntry is that of the desktop's menu, of what FyneApp.toml says.
func desktopEntry(toml, program string) string {
	value := func(key string) string {
		if m := regexp.MustCompile(`(?m)^\s*` + key + ` = (.*)$`).FindStringSubmatch(toml); m != nil {
			return m[1]
		}
		return ""
	}
	text := func(key string) string { return strings.Trim(value(key), `"`) }
	list := func(key string) string {
		return strings.NewReplacer(`", "`, ";", `"`, "").Replace(strings.Trim(value(key), "[]")) + ";"
	}
	return strings.Join([]string{"[Desktop Entry]", "Type=Application", "Name=" + text("Name"), "GenericName=" + text("GenericName"), "Comment=" + text("Comment"),
		"Exec=" + program + " %f", "Icon=" + appID, "Terminal=false", "StartupWMClass=" + text("Name"), "Categories=" + list("Categories"), "Keywords=" + list("Keywords"),
		"MimeType=text/csv;application/vnd.sqlite3;application/vnd.apache.parquet;"}, "\n") + "\n"
}

// container writes what an image is built of, without any network: the program, the
// certificates of this system, and the description.
func (m *maker) container(program, processor string) error {
	description, err := os.ReadFile(m.file("packaging/Containerfile"))
	if err != nil {
		return err
	}
	const certificates = "/etc/ssl/certs/ca-certificates.crt"
	if _, err := os.Stat(certificates); err != nil {
		return fmt.Errorf("an image needs certificates to trust (the package ca-certificates): %w", err)
	}
	called := fmt.Sprintf("sluice-container-%s-%s", m.version, processor)
	return m.pack(called, ".tar.gz", []archive.Entry{{Name: "Containerfile", Text: string(description)}, {Name: "sluice", From: program, Run: true},
		{Name: "ca-certificates.crt", From: certificates}, {Name: "passwd", Text: "sluice:x:65532:65532::/data:/nonexistent\n"}, {Name: "data/.keep", Text: ""}})
}

// installed is where the files of a package lie.
func installed(e archive.Entry) string { return "/" + filepath.ToSlash(filepath.Join("usr", e.Name)) }
