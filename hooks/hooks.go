// Package hooks tells others of what became of exports: a program of theirs, which gets
// it on its standard input, or a web server, by a signed request.
package hooks

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/spelling"
	"sluice/wording"
)

// On is what a hook is called for.
type On string

// What hooks are called for.
const (
	OnEnd     On = "end"     // a run has ended, however
	OnFailure On = "failure" // a run has ended otherwise than completed, or was refused
	OnMissed  On = "missed"  // a run was due and nothing looked
	OnStuck   On = "stuck"   // a job may never end; once for each
)

// All are the words that On may be.
var All = []On{OnEnd, OnFailure, OnMissed, OnStuck}

// Hook is one to be told: by a command or by a request.
type Hook struct {
	Name string `json:"name"`
	On   []On   `json:"on"`
	// Command is a program and its arguments; it is started without a shell.
	Command []string `json:"command,omitempty"`
	// URL is where a request goes; URLFile is a file that holds it, for addresses that are
	// secrets themselves.
	URL     string `json:"url,omitempty"`
	URLFile string `json:"urlFile,omitempty"`
	// SecretFile holds the key by which requests are signed; "" signs none.
	SecretFile string `json:"secretFile,omitempty"`
	Disabled   bool   `json:"disabled,omitempty"`
}

// Event is what a hook is told.
type Event struct {
	// ID names what happened: an event that is told a second time, since the process ended
	// before it was noted as told, has the same one.
	ID       string         `json:"id"`
	Event    string         `json:"event"` // the outcome: completed, failed, missed, …; or stuck
	At       time.Time      `json:"at"`
	Schedule string         `json:"schedule,omitempty"`
	Source   string         `json:"source,omitempty"`
	Says     string         `json:"says,omitempty"` // why, in a sentence
	Job      *pipeline.Kept `json:"job,omitempty"`
	Files    []EventFile    `json:"files,omitempty"`
	Due      time.Time      `json:"due,omitzero"`
	Test     bool           `json:"test,omitempty"` // somebody tries the hook
}

// EventFile is a file of the job on this computer.
type EventFile struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Rows  int64  `json:"rows"`
	Bytes int64  `json:"bytes"`
}

// Wants reports whether the hook is to be told of an event.
func (h Hook) Wants(e Event) bool {
	if h.Disabled {
		return false
	}
	on := []On{OnEnd}
	switch e.Event {
	case "missed":
		on = []On{OnMissed}
	case "stuck":
		on = []On{OnStuck}
	case "completed":
	default:
		on = append(on, OnFailure)
	}
	return slices.ContainsFunc(on, func(o On) bool { return slices.Contains(h.On, o) })
}

// Validate says what is wrong with a hook.
func (h Hook) Validate() error {
	ways := 0
	for _, given := range []bool{len(h.Command) > 0, h.URL != "", h.URLFile != ""} {
		if given {
			ways++
		}
	}
	switch {
	case strings.TrimSpace(h.Name) == "":
		return wording.New("a hook needs a name")
	case ways != 1:
		return wording.Errorf("hook %q: give one of a command, a URL and a file with a URL", h.Name)
	case len(h.On) == 0:
		return wording.Errorf("hook %q: what is it called for? Give end, failure, missed or stuck", h.Name)
	case h.SecretFile != "" && len(h.Command) > 0:
		return wording.Errorf("hook %q: a command gets no signature", h.Name)
	}
	for _, on := range h.On {
		if !slices.Contains(All, on) {
			return wording.Errorf("hook %q: %q is nothing to be called for: it is end, failure, missed or stuck%s", h.Name, on, spelling.Hint(string(on), words()))
		}
	}
	for _, path := range []string{h.URLFile, h.SecretFile} {
		if path != "" && !filepath.IsAbs(path) {
			return wording.Errorf("hook %q: the path %s is not absolute", h.Name, path)
		}
	}
	if h.URL != "" {
		if _, err := address(h.URL); err != nil {
			return wording.Errorf("hook %q: %w", h.Name, err)
		}
	}
	return nil
}

func words() []string {
	list := make([]string, len(All))
	for i, on := range All {
		list[i] = string(on)
	}
	return list
}

// address reads a URL; its error does not show it.
func address(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return nil, wording.New("the address is no URL such as https://hooks.example.com/sluice")
	case u.User != nil:
		return nil, wording.New("the address must not hold a password: requests are signed with the key of a file")
	}
	return u, nil
}

// Target is what the hook calls, for people: of an address only the host, for the rest of
// it may be a secret.
func (h Hook) Target() string {
	switch {
	case len(h.Command) > 0:
		return h.Command[0]
	case h.URLFile != "":
		return wording.Of("the address in %s", h.URLFile).String()
	}
	u, err := address(h.URL)
	if err != nil {
		return "an address"
	}
	return u.Scheme + "://" + u.Host
}
