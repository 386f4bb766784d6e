package secret

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
	"unicode"

	"sluice/wording"
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
		return Secret{}, wording.Errorf("the command %q did not end within %s", program(command), commandTimeout)
	case ctx.Err() != nil:
		return Secret{}, ctx.Err()
	case err != nil:
		return Secret{}, wording.Errorf("the command %q failed: %w%s", program(command), err, lastLine(without(said.String(), command)))
	case len(out) > LongestFile:
		return Secret{}, wording.Errorf("the command %q prints far more than a secret", program(command))
	}
	text := strings.TrimSpace(string(out))
	switch {
	case text == "":
		return Secret{}, wording.Errorf("the command %q prints nothing", program(command))
	case strings.ContainsAny(text, "\r\n\x00"):
		return Secret{}, wording.Errorf("the command %q prints several lines, and must print the secret alone", program(command))
	}
	return Of(text), nil
}

// program names a command by its program alone: a secret may be written among the rest.
func program(command string) string {
	words := strings.Fields(command)
	for i, word := range words {
		if strings.Contains(word, "=") { // a variable of the environment, and its value
			continue
		}
		if i+1 < len(words) {
			word += " …"
		}
		return word
	}
	return "…"
}

// A word of a command that is taken out of what it says has so many bytes, at least; one of
// letters alone that is shorter than longestWord is a word of the language.
const (
	leastWord   = 4
	longestWord = 16
)

// without takes out of what a command says what was written into it, but its program.
func without(said, command string) string {
	own := strings.TrimSuffix(program(command), " …")
	for _, word := range strings.FieldsFunc(command, func(r rune) bool { return strings.ContainsRune(" \t\n\"'`;|&()<>=:,", r) }) {
		plain := !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) && len(word) < longestWord
		if len(word) >= leastWord && word != own && !plain {
			said = strings.ReplaceAll(said, word, "…")
		}
	}
	return said
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
