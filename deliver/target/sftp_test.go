//go:build unix

package target

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/takes/feed"
	"sluice/takes/sshtest"
)

// TestSFTP is against a server of OpenSSH.
func TestSFTP(t *testing.T) {
	t.Setenv("SSH_AUTH_SOCK", "")
	t.Setenv("HOME", t.TempDir())
	s := sshtest.Start(t, "Subsystem sftp internal-sftp\n")
	dir := t.TempDir()
	u := &url.URL{Scheme: "sftp", User: url.User(s.User), Host: fmt.Sprintf("127.0.0.1:%d", s.Port), Path: dir}
	o := *s.Options(t)
	p, err := SFTP(t.Context(), u, o)
	if err != nil {
		t.Fatal(err)
	}
	keeps(t, p)
	if err := os.WriteFile(filepath.Join(dir, "job=1", "x.csv.12.partial"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	put(t, p, "job=1/x.csv", "again")
	if got := names(t, dir); !slices.Equal(got, []string{"job=1/x.csv"}) {
		t.Errorf("files: %q", got)
	}
	for path, want := range map[string]os.FileMode{"job=1": 0o700, "job=1/x.csv": 0o600} {
		if info, err := os.Stat(filepath.Join(dir, path)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if !strings.HasPrefix(p.String(), "sftp://127.0.0.1:") || len(p.Notes()) > 0 {
		t.Errorf("%s, %q", p, p.Notes())
	}
	u.Path = filepath.Join(dir, "none")
	if _, err := SFTP(t.Context(), u, o); err == nil || !strings.Contains(err.Error(), "make it first") {
		t.Errorf("no such folder: %v", err)
	}
	without := sshtest.Start(t, "")
	u.Host = fmt.Sprintf("127.0.0.1:%d", without.Port)
	if _, err := SFTP(t.Context(), u, *without.Options(t)); !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), "offers no SFTP") {
		t.Errorf("a server without SFTP: %v", err)
	}
}

func TestFolderOf(t *testing.T) {
	for path, want := range map[string]string{"": ".", "/~": ".", "/~/": ".", "/~/in/x/": "in/x", "/srv/in/": "/srv/in", "/": "/"} {
		if got := folderOf(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}
