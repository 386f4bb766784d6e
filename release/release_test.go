package release

import (
	"runtime/debug"
	"testing"
)

func TestOf(t *testing.T) {
	noted := &debug.BuildInfo{GoVersion: "go1.26.8", Settings: []debug.BuildSetting{
		{Key: "GOOS", Value: "linux"}, {Key: "GOARCH", Value: "amd64"}, {Key: "vcs.revision", Value: "2949848aaaabbbbccccddddeeeeffff000011112"},
		{Key: "vcs.time", Value: "2026-11-30T14:44:00Z"}, {Key: "vcs.modified", Value: "true"}}}
	for _, c := range []struct {
		name, commit, date string
		info               *debug.BuildInfo
		want               string
	}{
		{"nothing is known", "", "", nil, "0.1.0"},
		{"what Go has noted", "", "", noted, "0.1.0 (commit 2949848aaaab, 2026-11-30, with changes, go1.26.8, linux/amd64)"},
		{"a package names its own", "feed", "2026-12-01T00:30:00+01:00", noted, "0.1.0 (commit feed, 2026-11-30, go1.26.8, linux/amd64)"},
		{"built outside of a repository", "", "", &debug.BuildInfo{GoVersion: "go1.26.8"}, "0.1.0 (go1.26.8)"},
		{"a date that is none", "feed", "yesterday", nil, "0.1.0 (commit feed)"},
	} {
		if got := Of("0.1.0", c.commit, c.date, c.info).String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if r := Running("0.1.0", "", ""); r.Go == "" || r.Version != "0.1.0" {
		t.Errorf("the one that runs: %+v", r)
	}
}
