package ui

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/hooks"
)

// ringer is a backend that calls hooks.
type ringer struct {
	*fakeBackend
	called []hooks.Event
	err    error
}

func (r *ringer) CallHook(_ context.Context, _ hooks.Hook, e hooks.Event) error {
	r.called = append(r.called, e)
	return r.err
}

// TestHooksPage: a web server is added with a key that lies in a file for its owner alone, is
// tried, changed to a program, switched off and removed with its key.
func TestHooksPage(t *testing.T) {
	s := newStage(t, wiki())
	ring := &ringer{fakeBackend: s.backend}
	s.w.o.Backend, s.w.o.Settings = ring, s.dir
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.showSettings()
	s.press("Hooks")
	s.until("nobody is told", s.sees("Nobody is told"))
	s.w.leave()
	if !s.offers("Hooks")() {
		t.Fatal("Escape does not lead back to the settings")
	}
	s.press("Hooks")
	s.until("nobody is told", s.sees("Nobody is told"))
	s.press("Add a hook")
	s.press("Save")
	if !s.sees("Give it a name.")() || !s.sees("Name a program by its whole path.")() {
		t.Errorf("it does not say what is missing: %s", s.says())
	}
	s.field("on-call").SetText("duty")
	s.press("Web server")
	s.field("https://hooks.example.com/sluice").SetText("https://hooks.example.com/very/s3cret")
	s.field("").SetText("k3y")
	s.press("The end of every run")
	s.press("Save")
	s.until("it is in the list", s.sees("https://hooks.example.com is told of the end of every run, runs that fail, runs that were missed, jobs that may be stuck · signed"))
	if s.sees("s3cret")() {
		t.Error("the list shows the whole address")
	}
	list := func() []hooks.Hook {
		l, err := hooks.NewFile(s.dir).Load()
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	key := list()[0].SecretFile
	if b, err := os.ReadFile(key); err != nil || string(b) != "k3y\n" {
		t.Errorf("%q, %v", b, err)
	}
	s.press("Try it")
	s.until("the answer is told", s.sees("has taken it"))
	if !ring.called[0].Test {
		t.Errorf("%+v", ring.called)
	}
	ring.err = errors.New("hook duty: https://hooks.example.com answers with HTTP 500")
	s.press("Try it")
	s.until("the answer is told", s.sees("answers with HTTP 500"))
	s.press("Enabled")
	s.until("it is switched off", func() bool { return list()[0].Disabled })
	s.patient(time.Millisecond) // until it is shown
	s.press("Edit")
	if s.sees("k3y")() || !s.sees("A key is kept")() {
		t.Errorf("the key is shown: %s", s.says())
	}
	s.press("Program")
	s.field("/usr/local/bin/alert --team data").SetText(`/bin/tell "on duty" x`)
	s.press("Save")
	s.until("it is changed", s.sees("/bin/tell is told of"))
	if h := list()[0]; len(h.Command) != 3 || h.Command[1] != "on duty" || h.SecretFile != "" {
		t.Errorf("%+v", h)
	}
	if _, err := os.Stat(key); !os.IsNotExist(err) {
		t.Errorf("the key is there still: %v", err)
	}
	s.press("Edit")
	s.press("Remove")
	s.press("Remove")
	s.until("it is gone", func() bool { return len(list()) == 0 })
	s.patient(time.Millisecond)
	s.press("Back")
	if s.w.chosen != nil {
		t.Error("the way back leaves the settings out")
	}
	s.press("Back")
	if s.w.chosen == nil || !strings.Contains(s.says(), "wiki.db") {
		t.Error("the way back leads nowhere")
	}
}
