package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"sluice/packaging/archive"
)

// control is what a package says of itself, in the form of nfpm.
type control struct {
	Name        string              `yaml:"name"`
	Arch        string              `yaml:"arch"`
	Version     string              `yaml:"version"`
	Schema      string              `yaml:"version_schema"`
	Section     string              `yaml:"section"`
	Priority    string              `yaml:"priority"`
	Maintainer  string              `yaml:"maintainer"`
	Description string              `yaml:"description"`
	License     string              `yaml:"license"`
	Mtime       string              `yaml:"mtime"`
	Conflicts   []string            `yaml:"conflicts"`
	Provides    []string            `yaml:"provides,omitempty"`
	Contents    []content           `yaml:"contents"`
	Overrides   map[string]override `yaml:"overrides,omitempty"`
	RPM         map[string]string   `yaml:"rpm"`
}

type content struct {
	Src      string `yaml:"src"`
	Dst      string `yaml:"dst"`
	Packager string `yaml:"packager,omitempty"` // the kind of package that it is in; "" for all
	Info     struct {
		Mode  int    `yaml:"mode"`
		Mtime string `yaml:"mtime"`
	} `yaml:"file_info"`
}

// override is what differs between the kinds of Linux: the names of what is needed.
type override struct {
	Depends    []string `yaml:"depends,omitempty"`
	Recommends []string `yaml:"recommends,omitempty"`
}

// needed are the libraries that the window opens; the program without it needs none.
var needed = map[string]override{
	"deb": {Depends: []string{"libc6 (>= 2.34)", "libgl1", "libgles2", "libegl1", "libx11-6", "libxcursor1", "libxi6", "libxinerama1", "libxrandr2", "libxxf86vm1"}, Recommends: []string{"gnome-keyring | kwalletmanager"}},
	"rpm": {Depends: []string{"glibc >= 2.34", "libglvnd-glx", "libglvnd-gles", "libglvnd-egl", "libX11", "libXcursor", "libXi", "libXinerama", "libXrandr", "libXxf86vm"}},
}

// nfpm makes .deb and .rpm of files.
func (m *maker) nfpm(ctx context.Context, name, processor string, files []archive.Entry) error {
	c := m.control(name, processor)
	for i, e := range files {
		part := content{Src: e.From, Dst: installed(e)}
		if e.From == "" {
			part.Src = filepath.Join(m.work, fmt.Sprintf("%s-%s-%d", name, processor, i))
			if err := os.WriteFile(part.Src, []byte(e.Text), 0o644); err != nil {
				return err
			}
		}
		part.Info.Mode, part.Info.Mtime = 0o644, c.Mtime
		if e.Run {
			part.Info.Mode = 0o755
		}
		c.Contents = append(c.Contents, placed(part)...)
	}
	b, err := yaml.Marshal(c)
	if err != nil {
		return err
	}
	config := filepath.Join(m.work, name+"-"+processor+".yaml")
	if err := os.WriteFile(config, b, 0o644); err != nil {
		return err
	}
	for _, kind := range []string{"deb", "rpm"} {
		called := fmt.Sprintf("%s-%s-linux-%s.%s", name, m.version, processor, kind)
		fmt.Println("  " + called)
		if _, err := m.said(ctx, []string{"GOFLAGS=-trimpath", "CGO_ENABLED=0"}, "go", "run", nfpm, "package", "--config", config, "--packager", kind, "--target", filepath.Join(m.out, called)); err != nil {
			return err
		}
	}
	return nil
}

// placed is a file where each kind of Linux looks for it: they differ about zsh.
func placed(part content) []content {
	const debian, others = "/zsh/vendor-completions/", "/zsh/site-functions/"
	if !strings.Contains(part.Dst, debian) {
		return []content{part}
	}
	other := part
	part.Packager, other.Packager, other.Dst = "deb", "rpm", strings.Replace(part.Dst, debian, others, 1)
	return []content{part, other}
}

// control is all but the files.
func (m *maker) control(name, processor string) control {
	c := control{Name: name, Arch: processor, Version: m.version, Schema: "semver", Section: "utils", Priority: "optional", Maintainer: "The Sluice maintainers",
		Description: "Data pipeline exports of Confluence, Jira and Bitbucket Data Center\nStarts, watches and reads exports on servers, and exports snapshots of databases.",
		License:     "Apache-2.0", Mtime: m.at.Format("2006-01-02T15:04:05Z07:00"), RPM: map[string]string{"buildhost": "sluice"}}
	if name == "sluice" {
		c.Conflicts, c.Overrides = []string{"sluice-headless"}, needed
		return c
	}
	c.Description += "\nThis is the program without its window."
	c.Conflicts, c.Provides = []string{"sluice"}, []string{"sluice"}
	return c
}
