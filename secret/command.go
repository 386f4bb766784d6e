package secret

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// commandTimeout bounds a command that prints a secret: it may ask a person to unlock
// something first.
const commandTimeout = time.Minute

// longestReason is how many bytes of what a command says against it are told.
const longestReason = 200

// FromCommand is the secret that a command of the system's shell prints, in one line,
// such as "pass show wiki". It gets env beside its usual environment. What it prints
// stands in no error; the last line of its standard error does.
func FromCommand(ctx context.Context, command string, env ...string) (Secret, error) {
	ctx, cancel := context.WithTimeout(ctx, commandTimeout)
	defer cancel()
	shell := []string{"sh", "-c"}
	if runtime.GOOS == "windows" {
		shell = []string{"cmd", "/C"}
	}
	cmd := exec.CommandContext(ctx, shell[0], shell[1], command)
	cmd.Env = append(os.Environ(), env...)
	cmd.WaitDelay = time.Second // what it has started may hold its output open
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return Secret{}, fmt.Errorf("the command %q did not end within %s", command, commandTimeout)
	case ctx.Err() != nil:
		return Secret{}, ctx.Err()
	case err != nil:
		return Secret{}, fmt.Errorf("the command %q failed: %w%s", command, err, lastLine(said.String()))
	case len(out) > LongestFile:
		return Secret{}, fmt.Errorf("the command %q prints far more than a secret", command)
	}
	text := strings.TrimSpace(string(out))
	switch {
	case text == "":
		return Secret{}, fmt.Errorf("the command %q prints nothing", command)
	case strings.ContainsAny(text, "\r\n\x00"):
		return Secret{}, fmt.Errorf("the command %q prints several lines, and must print the secret alone", command)
	}
	return Of(text), nil
}

// lastLine is what a command says at last, behind what went wrong.
func lastLine(said string) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	if last == "" {
		return ""
	}
	return ": " + Unquoted(last[:min(len(last), longestReason)])
}
