package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// stamp is what a release is called, and when it was made.
type stamp struct {
	version string // of semantic versioning: "0.1.0", "0.1.0+3.g2949848"
	commit  string
	at      time.Time // that of the commit, or SOURCE_DATE_EPOCH
}

// described is what git says of a commit: the last tag, how many commits lie behind it, and
// which one it is.
var described = regexp.MustCompile(`^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?)-(\d+)-(g[0-9a-f]+)$`)

// versionOf is the version of what git describes. Commits behind a tag are said behind a
// plus, where every kind of package sorts them after the release. Without a tag the version of
// the program's own files is the last.
func versionOf(description, own, commit string) string {
	version, behind := own, []string{"g" + commit[:min(len(commit), 7)]}
	if m := described.FindStringSubmatch(description); m != nil {
		version, behind = m[1], []string{m[2], m[3]}
		if m[2] == "0" {
			behind = nil
		}
	}
	if commit == "" {
		behind = nil
	}
	if len(behind) == 0 {
		return version
	}
	return version + "+" + strings.Join(behind, ".")
}

// ownVersion is that of FyneApp.toml.
func ownVersion(toml string) (string, error) {
	m := regexp.MustCompile(`(?m)^\s*Version = "([^"]+)"`).FindStringSubmatch(toml)
	if m == nil {
		return "", fmt.Errorf("FyneApp.toml names no version")
	}
	return m[1], nil
}

// stampNow asks git. A folder without git has a version all the same.
func stampNow(ctx context.Context) (s stamp, err error) {
	toml, err := os.ReadFile("FyneApp.toml")
	if err != nil {
		return s, err
	}
	own, err := ownVersion(string(toml))
	if err != nil {
		return s, err
	}
	git := func(args ...string) string {
		out, err := exec.CommandContext(ctx, "git", args...).Output()
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(out))
	}
	s.commit = git("rev-parse", "HEAD")
	s.version = versionOf(git("describe", "--tags", "--long", "--match", "v[0-9]*"), own, s.commit)
	if s.commit != "" && git("status", "--porcelain", "--untracked-files=no") != "" {
		fmt.Println("What is not committed is in no package.")
	}
	seconds, err := strconv.ParseInt(cmp.Or(os.Getenv("SOURCE_DATE_EPOCH"), git("show", "-s", "--format=%ct", "HEAD"), "0"), 10, 64)
	if err != nil {
		return s, fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
	}
	s.at = time.Unix(seconds, 0).UTC()
	return s, nil
}

// ldflags stamp a program.
func (s stamp) ldflags() string {
	return fmt.Sprintf("-s -w -buildid= -X main.version=%s -X main.commit=%s -X main.date=%s", s.version, s.commit, s.at.Format(time.RFC3339))
}

// fourNumbers is the version as Windows counts it.
func (s stamp) fourNumbers() string {
	plain, _, _ := strings.Cut(s.version, "+")
	plain, _, _ = strings.Cut(plain, "-")
	return plain + ".0"
}
