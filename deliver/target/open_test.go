package target

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"/mnt/share":                   "/mnt/share",
		"file:///mnt/share":            "/mnt/share",
		"sftp://ana@host:2222/~/in":    "sftp://ana@host:2222/~/in",
		"s3://exports/from/confluence": "s3://exports/from/confluence",
		"/mnt//share/":                 "/mnt/share",
		"file:///mnt/share/":           "/mnt/share",
		"sftp://host/in//new/":         "sftp://host/in/new",
		"s3://exports":                 "s3://exports/",
	} {
		a, err := Parse(text)
		got := filepath.ToSlash(a.String())
		if err != nil || got != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for text, says := range map[string]string{
		"":                         "it is empty",
		"sftp://ana:secret@host/x": "with a password",
		"s3://key:secret@b/x":      "with a password",
		"s3://key@b/x":             "s3://bucket/prefix",
		"s3://b:99/x":              "s3://bucket/prefix",
		"sftp:///x":                "no host or bucket",
		"sftp://host/x?y=1":        "behind its path",
		"ftp://host/x":             "and not ftp://",
		"file://host/x":            "three slashes",
		"sftp://ho%zzst:secret/x":  "cannot be read",
	} {
		if _, err := Parse(text); !errors.Is(err, ErrAddress) || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestOpenFolder: a relative path is one of the working folder.
func TestOpenFolder(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	a, err := Parse(".")
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.Open(t.Context(), Access{})
	if err != nil {
		t.Fatal(err)
	}
	if real, _ := filepath.EvalSymlinks(dir); p.String() != dir && p.String() != real {
		t.Errorf("%s, want %s", p, dir)
	}
}
