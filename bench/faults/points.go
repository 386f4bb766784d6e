package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"sluice/bench/faults/calls"
)

// point is a system call in the life of a process: the nth of its name on a
// file of a home. Which call is the nth of all differs from run to run, because
// several goroutines make them; this differs rarely.
type point struct {
	name, file string
	n          int // from 1
}

func (p point) String() string { return fmt.Sprintf("%s %s (%d)", p.name, p.file, p.n) }

// idle reports whether the call is one by which the runtime asks how a file was
// opened.
func (p point) idle() bool { return p.name == "fcntl" && !strings.Contains(p.file, "jobs.db") }

// varying is what differs in the names of files between two runs.
var varying = regexp.MustCompile(`_job\d+_[0-9TZ_]+|etilqs_\w+|\d{6,}`)

// counter numbers the calls on the files below some folders.
type counter struct {
	roots []string
	seen  map[string]int
}

func newCounter(roots ...string) *counter { return &counter{roots: roots, seen: map[string]int{}} }

// count is the point of a call, and false if it is about no file of a home.
func (c *counter) count(k calls.Call) (point, bool) {
	for _, root := range c.roots {
		rest, ok := strings.CutPrefix(k.Path, root)
		if !ok || rest != "" && rest[0] != filepath.Separator && !strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, ".") {
			continue
		}
		p := point{name: k.Name, file: filepath.Base(root) + varying.ReplaceAllString(rest, "*")}
		c.seen[p.name+" "+p.file]++
		p.n = c.seen[p.name+" "+p.file]
		return p, true
	}
	return point{}, false
}

// recorder collects the points of an undisturbed run.
type recorder struct {
	*counter
	wanted func(point) bool
	points []point
}

func (r *recorder) decide(k calls.Call) calls.Action {
	if p, ok := r.count(k); ok && r.wanted(p) {
		r.points = append(r.points, p)
	}
	return calls.Action{}
}

// striker acts at a point, and from then on if it goes on.
type striker struct {
	*counter
	at     point
	action calls.Action
	goesOn bool // for every later call of the same name on the same file
	struck bool
}

func (s *striker) decide(k calls.Call) calls.Action {
	p, ok := s.count(k)
	if !ok || p.name != s.at.name || p.file != s.at.file || p.n < s.at.n || p.n > s.at.n && !s.goesOn {
		return calls.Action{}
	}
	s.struck = true
	return s.action
}
