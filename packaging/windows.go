package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"sluice/packaging/archive"
)

// resources is the file that Go links into programs for Windows; it lies beside main.go
// while they are built.
const resources = "rsrc_windows_amd64.syso"

// mingw compiles C for Windows.
const mingw = "x86_64-w64-mingw32-gcc"

// makeWindows makes the zip for Windows: sluice.exe for the console, and sluice-window.exe, which
// opens no console. Where there is no C compiler for Windows the latter is left out, and said.
func makeWindows(ctx context.Context, m *maker) (err error) {
	defer func() { // a part that was built is no part of the next one
		if removeErr := os.Remove(m.file(resources)); !errors.Is(removeErr, os.ErrNotExist) {
			err = errors.Join(err, removeErr)
		}
	}()
	if err := m.windowsResources(ctx, "sluice.exe", "cli"); err != nil {
		return err
	}
	console, err := m.headlessFor(ctx, "windows", "amd64", "sluice.exe")
	if err != nil {
		return err
	}
	files := []archive.Entry{{Name: "sluice.exe", From: console, Run: true}}
	called := fmt.Sprintf("sluice-%s-windows-amd64", m.version)
	of := console
	if _, lookErr := exec.LookPath(mingw); lookErr != nil {
		fmt.Printf("  without the window: %s is not here (the package gcc-mingw-w64-x86-64)\n", mingw)
		called = fmt.Sprintf("sluice-headless-%s-windows-amd64", m.version)
	} else {
		if err := m.windowsResources(ctx, "sluice-window.exe", "gui"); err != nil {
			return err
		}
		window, err := m.build(ctx, build{system: "windows", processor: "amd64", tags: "migrated_fynedo", ldflags: "-H=windowsgui", env: []string{"CGO_ENABLED=1", "CC=" + mingw}}, "sluice-window.exe")
		if err != nil {
			return err
		}
		files = append(files, archive.Entry{Name: "sluice-window.exe", From: window, Run: true})
		of = window
	}
	papers, err := m.papers(of, called)
	if err != nil {
		return err
	}
	pages, err := m.generated(ctx)
	if err != nil {
		return err
	}
	for _, p := range pages {
		if p.Name == "share/powershell/sluice.ps1" {
			files = append(files, archive.Entry{Name: "sluice-completion.ps1", Text: p.Text})
		}
	}
	return m.pack(called, ".zip", papers, files)
}

// windowsResources writes icon, version and manifest of one program.
func (m *maker) windowsResources(ctx context.Context, file, manifest string) error {
	_, err := m.said(ctx, []string{"GOFLAGS=", "CGO_ENABLED=0"}, "go", "run", winres, "simply", "--arch", "amd64", "--out", "rsrc", "--icon", "assets/icon.png", "--manifest", manifest,
		"--product-version", m.fourNumbers(), "--file-version", m.fourNumbers(), "--product-name", "Sluice", "--original-filename", file,
		"--file-description", "Sluice "+m.version, "--copyright", "Apache License 2.0")
	return err
}
