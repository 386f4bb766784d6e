// Package calls runs a program and decides about its system calls on files: let
// it through, kill the program in its place, let it fail, or let it do less than
// was asked for.
//
// It counts over all threads of the program, as they come: a Go program makes
// each call on whichever thread happens to be free, so tools that count for each
// thread meet another call in every run.
package calls

import (
	"errors"
	"os"
	"syscall"
)

// ErrUnsupported says that this system, or what is allowed on it, does not let
// one program stop another at its system calls.
var ErrUnsupported = errors.New("system calls cannot be stopped here")

// Call is a system call that is about to be made.
type Call struct {
	Name string // "write", "fsync", "rename", …
	Path string // the file that it is about: by its name, or what its descriptor stands for
	Size int    // bytes to read or write
}

// Action is what happens to a call. The zero value lets it through.
type Action struct {
	Kill  bool          // the program gets SIGKILL, and the call is not made
	Errno syscall.Errno // the call fails with it
	After bool          // the call is made all the same, only its result is replaced
	Short bool          // half of the bytes, at least one, are read or written
}

// Program says what to run.
type Program struct {
	Path        string
	Args        []string // without the program's name
	Env         []string // nil: that of this process
	Out, Errors *os.File
}

// End is how a program has ended.
type End struct {
	Code   int // exit code; -1 if a signal ended it
	Signal syscall.Signal
}

func (p Program) env() []string {
	if p.Env == nil {
		return os.Environ()
	}
	return p.Env
}
