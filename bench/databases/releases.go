package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"sluice/takes/servers"
)

// release is a release of PostgreSQL that can be started.
type release struct {
	major, minor int
	bin          string // folder with its server
	// tools is the folder with psql and pg_dump, and tool the release of these.
	// Where a server comes without, those of a newer one are taken.
	tools string
	tool  string
	newer bool // the tools are of another release
}

func (r release) String() string { return fmt.Sprintf("PostgreSQL %d.%d", r.major, r.minor) }

// releases finds servers: those that are installed, and in the folders below a
// given one. Of each major release one is taken, those with tools first, then the
// oldest.
func releases(ctx context.Context, folder string) ([]release, error) {
	bins, err := servers.Postgres()
	if err != nil {
		return nil, err
	}
	if folder != "" {
		more, err := below(folder)
		if err != nil {
			return nil, err
		}
		bins = append(bins, more...)
	}
	byMajor := map[int]release{}
	for _, bin := range bins {
		r, err := look(ctx, bin)
		if err != nil {
			return nil, err
		}
		if old, ok := byMajor[r.major]; !ok || old.tools == "" && r.tools != "" || (old.tools == "") == (r.tools == "") && r.minor < old.minor {
			byMajor[r.major] = r
		}
	}
	var list []release
	for _, r := range byMajor {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b release) int { return cmp.Compare(a.major, b.major) })
	return withTools(list), nil
}

// withTools gives servers that come without tools those of the next newer release.
func withTools(list []release) []release {
	var usable []release
	for i, r := range list {
		for _, other := range list[i:] {
			if r.tools == "" && other.tools != "" {
				r.tools, r.tool, r.newer = other.tools, other.tool, true
			}
		}
		if r.tools != "" {
			usable = append(usable, r)
		}
	}
	return usable
}

// below lists the folders with a server somewhere in a folder.
func below(folder string) ([]string, error) {
	var bins []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() == "initdb" && filepath.Base(filepath.Dir(path)) == "bin" {
			bins = append(bins, filepath.Dir(path))
		}
		return err
	})
	return bins, err
}

var versionText = regexp.MustCompile(`(\d+)\.(\d+)`)

// look asks a server for its version.
func look(ctx context.Context, bin string) (release, error) {
	r := release{bin: bin}
	text, err := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version").Output()
	m := versionText.FindStringSubmatch(string(text))
	if err != nil || m == nil {
		return r, errors.Join(fmt.Errorf("ask %s for its version", bin), err)
	}
	r.major, _ = strconv.Atoi(m[1]) // digits, as the pattern asks
	r.minor, _ = strconv.Atoi(m[2])
	if _, err := os.Stat(filepath.Join(bin, "pg_dump")); err == nil {
		r.tools, r.tool = bin, m[0]
	}
	return r, nil
}

// toolMajor is the major release of the tools.
func (r release) toolMajor() int {
	n, _ := strconv.Atoi(versionText.FindStringSubmatch(r.tool)[1])
	return n
}
