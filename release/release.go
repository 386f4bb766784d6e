// Package release says which Sluice this is: its version, the commit that it was made
// of and when that was, and the Go that compiled it.
package release

import (
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// shownCommit is how many characters of a commit are shown: as many as name one in a
// large project.
const shownCommit = 12

// Release is one build of the program.
type Release struct {
	Version  string // such as "0.1.0", or "0.1.0+3.g2949848" three commits behind it
	Commit   string // in full; "" if that is not known
	Date     string // of the commit, in UTC and RFC 3339; "" if that is not known
	Changed  bool   // the files differed from those of the commit
	Go       string // such as "go1.26.8"
	Platform string // such as "linux/amd64"
}

// Of is the release with a version. Who builds a package names commit and date; where
// they are "", it is what Go itself has noted of the repository, if it was built in one.
// info may be nil.
func Of(version, commit, date string, info *debug.BuildInfo) Release {
	r := Release{Version: version, Commit: commit, Date: date}
	if info == nil {
		return r
	}
	r.Go = info.GoVersion
	noted := map[string]string{}
	for _, s := range info.Settings {
		noted[s.Key] = s.Value
	}
	r.Platform = strings.Trim(noted["GOOS"]+"/"+noted["GOARCH"], "/")
	if commit == "" {
		r.Commit, r.Date, r.Changed = noted["vcs.revision"], noted["vcs.time"], noted["vcs.modified"] == "true"
	}
	return r
}

// Running is the release that runs.
func Running(version, commit, date string) Release {
	info, _ := debug.ReadBuildInfo() // a program without it is one without these figures
	return Of(version, commit, date, info)
}

// Details are what is known besides the version, in a few words; "" if that is nothing.
func (r Release) Details() string {
	var parts []string
	if r.Commit != "" {
		parts = append(parts, "commit "+r.Commit[:min(len(r.Commit), shownCommit)])
	}
	if day, err := time.Parse(time.RFC3339, r.Date); err == nil {
		parts = append(parts, day.UTC().Format(time.DateOnly))
	}
	if r.Changed {
		parts = append(parts, "with changes")
	}
	for _, part := range []string{r.Go, r.Platform} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// String is the version with what else is known, as --version prints it.
func (r Release) String() string {
	if details := r.Details(); details != "" {
		return fmt.Sprintf("%s (%s)", r.Version, details)
	}
	return r.Version
}
