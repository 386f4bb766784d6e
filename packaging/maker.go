package main

import (
	"context"
	"debug/buildinfo"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"sluice/packaging/archive"
	"sluice/packaging/licences"
	"sluice/packaging/sbom"
)

// The programs of others that packages are made with.
const (
	nfpm   = "github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2"
	winres = "github.com/tc-hib/go-winres@v0.3.3"
)

// pgtypeFlags keep the compiler from inlining what is used for one constant, as the
// Makefile does.
const pgtypeFlags = "-gcflags=github.com/jackc/pgx/v5/pgtype=-dwarf=false -l"

// maker makes the packages of one release.
type maker struct {
	stamp
	out, work string
	src       string            // the files that are committed, in a folder where nobody works
	modules   []licences.Module // all that may be linked
	pages     []archive.Entry   // man page and completions, once they are made
}

func newMaker(ctx context.Context, out string) (*maker, error) {
	s, err := stampNow(ctx)
	if err != nil {
		return nil, err
	}
	if out, err = filepath.Abs(out); err != nil {
		return nil, err
	}
	m := &maker{stamp: s, out: out, src: "."}
	if err := errors.Join(os.RemoveAll(out), os.MkdirAll(out, 0o755)); err != nil {
		return nil, err
	}
	if m.work, err = os.MkdirTemp("", "sluice-packaging-"); err != nil {
		return nil, err
	}
	fmt.Printf("Sluice %s, commit %.12s of %s\n", m.version, m.commit, m.at.Format("2006-01-02 15:04"))
	if err := m.takeCommitted(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(m.work))
	}
	lines, err := m.said(ctx, nil, "go", "list", "-m", "-f", "{{.Path}}\t{{.Version}}\t{{.Dir}}", "all")
	for line := range strings.Lines(lines) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			m.modules = append(m.modules, licences.Module{Path: f[0], Version: f[1], Dir: f[2]})
		}
	}
	return m, err
}

// takeCommitted lays the files of the commit into a folder of their own, so that nothing
// that somebody changes meanwhile comes into a package. Without git they are those that are here.
func (m *maker) takeCommitted(ctx context.Context) error {
	if m.commit == "" {
		return nil
	}
	packed := filepath.Join(m.work, "src.tar")
	if _, err := m.said(ctx, nil, "git", "archive", "--format=tar", "-o", packed, m.commit); err != nil {
		return err
	}
	src := filepath.Join(m.work, "src")
	if err := os.Mkdir(src, 0o755); err != nil {
		return err
	}
	if _, err := m.said(ctx, nil, "tar", "-xf", packed, "-C", src); err != nil {
		return err
	}
	m.src = src
	return nil
}

// file is one of the files that packages are made of.
func (m *maker) file(name string) string { return filepath.Join(m.src, name) }

// said runs a program and returns what it prints.
func (m *maker) said(ctx context.Context, env []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), append([]string{fmt.Sprintf("SOURCE_DATE_EPOCH=%d", m.at.Unix()), "TZ=UTC"}, env...)...)
	cmd.Dir, cmd.Stderr = m.src, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return string(out), nil
}

// build is how a program is built.
type build struct {
	system, processor string
	tags              string
	env               []string
	ldflags           string
	headless          bool
}

// build builds a program, and returns its file.
func (m *maker) build(ctx context.Context, b build, name string) (string, error) {
	fmt.Printf("  building %s for %s/%s\n", name, b.system, b.processor)
	file := filepath.Join(m.work, b.system+"-"+b.processor+"-"+b.tags, name)
	args := []string{"build", "-trimpath", "-buildvcs=false", "-tags", b.tags, "-ldflags", strings.TrimSpace(m.ldflags() + " " + b.ldflags), "-o", file}
	if b.headless {
		args = append(args, "-gcflags=all=-dwarf=false", pgtypeFlags)
	}
	_, err := m.said(ctx, append([]string{"GOOS=" + b.system, "GOARCH=" + b.processor}, b.env...), "go", append(args, ".")...)
	return file, err
}

// headlessFor builds the program without its window, in pure Go.
func (m *maker) headlessFor(ctx context.Context, system, processor, name string) (string, error) {
	return m.build(ctx, build{system: system, processor: processor, tags: "headless", env: []string{"CGO_ENABLED=0"}, headless: true}, name)
}

// papers are the files that come with every program: what it may be used for, and what it
// is made of. The list of the latter lies beside the packages, too.
func (m *maker) papers(program, called string) ([]archive.Entry, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, err
	}
	var linked []licences.Module
	for _, dep := range info.Deps {
		at := slices.IndexFunc(m.modules, func(l licences.Module) bool { return l.Path == dep.Path })
		if at < 0 || m.modules[at].Dir == "" {
			return nil, fmt.Errorf("the files of %s are not here: run go mod download", dep.Path)
		}
		linked = append(linked, m.modules[at])
	}
	notices, err := licences.Notices(linked)
	if err != nil {
		return nil, err
	}
	bom, err := sbom.Of(program, m.version, m.at, func(path, _ string) string {
		return licences.Identifier(linked[slices.IndexFunc(linked, func(l licences.Module) bool { return l.Path == path })])
	})
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(m.out, called+".cdx.json"), bom, 0o644); err != nil {
		return nil, err
	}
	return []archive.Entry{{Name: "LICENSE", From: m.file("LICENSE")}, {Name: "THIRD-PARTY-LICENSES.txt", Text: notices}, {Name: "README.md", From: m.file("README.md")}, {Name: "CHANGELOG.md", From: m.file("CHANGELOG.md")}}, nil
}

// generated are the man page and the completions, which the program prints itself. It has
// to be one that runs here.
func (m *maker) generated(ctx context.Context) ([]archive.Entry, error) {
	if m.pages != nil {
		return m.pages, nil
	}
	program, err := m.headlessFor(ctx, "linux", "amd64", "sluice")
	if err != nil {
		return nil, err
	}
	for _, page := range []struct{ shell, file string }{
		{"man", "share/man/man1/sluice.1"}, {"bash", "share/bash-completion/completions/sluice"}, {"zsh", "share/zsh/vendor-completions/_sluice"},
		{"fish", "share/fish/vendor_completions.d/sluice.fish"}, {"powershell", "share/powershell/sluice.ps1"}} {
		text, err := m.said(ctx, nil, program, "completion", page.shell)
		if err != nil {
			return nil, err
		}
		m.pages = append(m.pages, archive.Entry{Name: page.file, Text: text})
	}
	return m.pages, nil
}

// pack writes one archive.
func (m *maker) pack(called, ending string, entries ...[]archive.Entry) error {
	fmt.Printf("  %s%s\n", called, ending)
	return archive.Write(filepath.Join(m.out, called+ending), called, slices.Concat(entries...), m.at)
}
