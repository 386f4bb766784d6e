package hooks

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"strings"
	"time"

	"sluice/secret"
	"sluice/wording"
)

// Caller calls hooks.
type Caller struct {
	// Warn is told of files with secrets that others can read; nil: nobody is.
	Warn func(string)
	// UserAgent names the program in requests.
	UserAgent string
	// FirstWait is the wait before a request is made again, which grows; 0 is a second.
	FirstWait time.Duration
	// Now is the clock of signatures; nil is the real one.
	Now func() time.Time
}

const (
	// commandTimeout is how long a command may run.
	commandTimeout = 5 * time.Minute
	// killWait is how long one that was told to end may take, and its children hold its
	// output.
	killWait = 5 * time.Second
	// saidLength is how much of what a command says is told when it fails.
	saidLength = 500
)

// Call calls a hook with an event, and returns when it has answered.
func (c Caller) Call(ctx context.Context, h Hook, e Event) error {
	body, err := json.Marshal(e)
	if err != nil {
		return wording.Errorf("hook %s: %w", h.Name, err)
	}
	if len(h.Command) > 0 {
		err = c.command(ctx, h, e, append(body, '\n'))
	} else {
		err = c.request(ctx, h, e, body)
	}
	if err != nil {
		return wording.Errorf("hook %s: %w", h.Name, err)
	}
	return nil
}

// command starts the program of a hook, with the event on its standard input.
func (c Caller) command(ctx context.Context, h Hook, e Event, body []byte) error {
	within, cancel := context.WithTimeout(ctx, commandTimeout)
	defer cancel()
	cmd := exec.CommandContext(within, h.Command[0], h.Command[1:]...)
	cmd.WaitDelay = killWait
	cmd.Stdin = bytes.NewReader(body)
	cmd.Env = append(cmd.Environ(), "SLUICE_EVENT="+e.Event, "SLUICE_EVENT_ID="+e.ID, "SLUICE_SCHEDULE="+e.Schedule, "SLUICE_SOURCE="+e.Source)
	said := &tail{}
	cmd.Stdout, cmd.Stderr = said, said
	err := cmd.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case within.Err() != nil:
		return wording.Errorf("%s did not end within %s", h.Command[0], commandTimeout)
	case errors.Is(err, exec.ErrNotFound):
		return wording.Errorf("there is no program %s: name it by its whole path", h.Command[0])
	}
	if text := strings.TrimSpace(said.String()); text != "" {
		return wording.Errorf("%s failed (%w): %s", h.Command[0], err, secret.Redact(text))
	}
	return wording.Errorf("%s failed: %w", h.Command[0], err)
}

// tail keeps the end of what is written.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	if over := len(t.b) - saidLength; over > 0 {
		t.b = append(t.b[:0], t.b[over:]...)
	}
	return len(p), nil
}

func (t *tail) String() string { return strings.ToValidUTF8(string(t.b), "") }
