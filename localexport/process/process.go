// Package process tells whether a process still runs that has written down who it
// is. A process id alone does not tell: ids are given anew.
package process

import (
	"os"
	"strings"
)

// Standing is what is known of a process.
type Standing int

const (
	// Unknown is the standing of a process that cannot be looked at from here: on
	// another computer, in another container, from before a restart.
	Unknown Standing = iota
	Gone
	Alive
)

// Self identifies this process: its Mark.
func Self() string {
	mark, _ := markOf(os.Getpid())
	return mark
}

// scope is where a mark means something: one run of one computer, and there one
// space of process ids.
func scope(mark string) string {
	scope, _, _ := cut(mark)
	return scope
}

// cut divides a mark in its scope and the start of the process.
func cut(mark string) (scope, start string, ok bool) {
	i := strings.LastIndexByte(mark, '/')
	if i < 0 {
		return "", "", false
	}
	return mark[:i], mark[i+1:], true
}

// Of tells how the process with an id and a mark stands that were written down on a
// computer of the same name.
func Of(pid int, mark string) Standing {
	self := Self()
	if mark == "" || self == "" || scope(mark) != scope(self) {
		return Unknown
	}
	now, ok := markOf(pid)
	if !ok || now != mark {
		return Gone
	}
	return Alive
}

// Restarted reports whether this computer was started anew since a mark was made.
func Restarted(mark string) bool {
	boot, _, _ := strings.Cut(mark, "/")
	now, _, _ := strings.Cut(Self(), "/")
	return mark != "" && now != "" && boot != now
}
