package secret

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestReadToken: what a file with a token may hold, and what the errors say.
func TestReadToken(t *testing.T) {
	for content, want := range map[string]struct{ token, password, says string }{
		"tok\n":                            {token: "tok", password: "tok"},
		"\ufeff tok \r\n":                  {token: "tok", password: " tok "},
		" \n":                              {password: " ", says: "is empty"},
		"":                                 {says: "is empty"},
		"one\ntwo\n":                       {says: "several lines"},
		strings.Repeat("x", LongestFile+1): {says: "far too long"},
	} {
		path := filepath.Join(t.TempDir(), "token")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		check := func(what string, got Secret, err error, want, says string) {
			t.Helper()
			if got.Reveal() != want || (err == nil) != (want != "") {
				t.Errorf("%s of %.20q is %q (%v), want %q", what, content, got.Reveal(), err, want)
			}
			if wrong := (*FileError)(nil); err != nil && (!errors.As(err, &wrong) || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), path)) {
				t.Errorf("%s of %.20q: the error is %v, want %q", what, content, err, says)
			}
		}
		token, err := ReadToken(path, func(w string) { t.Error(w) })
		check("token", token, err, want.token, want.says)
		password, err := ReadPassword(path, func(w string) { t.Error(w) })
		check("password", password, err, want.password, want.says)
	}
}

// TestReadTokenWarns of a file that others can read, and fails at what is no file.
func TestReadTokenWarns(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the mode of a file tells nothing there")
	}
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte("tok"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	warned := ""
	if _, err := ReadToken(path, func(w string) { warned = w }); err != nil || !strings.Contains(warned, "chmod 600") {
		t.Errorf("warned %q (%v)", warned, err)
	}
	if _, err := ReadToken(path+"x", func(string) {}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := ReadToken(filepath.Dir(path), func(string) {}); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: %v", err)
	}
}

// TestFromCommand: what a command prints is the secret, and stands in no error.
func TestFromCommand(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a POSIX shell")
	}
	for command, want := range map[string]struct{ secret, says string }{
		"echo ' s3cret '":                     {secret: "s3cret"},
		`printf %s "tok-of-$SLUICE_SERVER"`:   {secret: "tok-of-wiki"},
		"true":                                {says: "prints nothing"},
		"echo s3cret; echo s3cret":            {says: "prints several lines"},
		"echo s3cret; exit 3":                 {says: "exit status 3"},
		"echo locked >&2; echo s3cret; false": {says: "exit status 1: locked"},
		"yes s3cret | head -c 100000":         {says: "far more than a secret"},
	} {
		got, err := FromCommand(t.Context(), command, "SLUICE_SERVER=wiki")
		if got.Reveal() != want.secret {
			t.Errorf("%s: %q (%v), want %q", command, got.Reveal(), err, want.secret)
		}
		if want.says != "" && (err == nil || !strings.Contains(err.Error(), want.says)) {
			t.Errorf("%s: the error is %v, want %q", command, err, want.says)
		}
		if err != nil && strings.Count(err.Error(), "s3cret") > strings.Count(command, "s3cret") {
			t.Errorf("%s: the secret shows: %v", command, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := FromCommand(ctx, "echo s3cret"); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}

// TestCommandsAreNotQuoted: what is written into a command may be a secret itself.
func TestCommandsAreNotQuoted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a POSIX shell")
	}
	for command, says := range map[string]string{
		"false hunter22":                            `the command "false …" failed`,
		"KEY=hunter22 false x":                      `the command "false …" failed`,
		"sh -c 'echo no hunter22 here >&2; exit 4'": "exit status 4",
		"nosuchprogram --pass=hunter22":             `the command "nosuchprogram …" failed`,
		"true hunter22":                             `the command "true …" prints nothing`,
		"KEY=hunter22":                              `the command "…" prints nothing`,
		"ls /hunter22":                              `the command "ls …" failed`,
	} {
		_, err := FromCommand(t.Context(), command)
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "hunter22") {
			t.Errorf("%s: %v, want %s", command, err, says)
		}
	}
}
