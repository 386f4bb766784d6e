package target

import (
	"errors"
	"path/filepath"
	"testing"
)

func TestParsePlace(t *testing.T) {
	for text, want := range map[string]string{"/srv/home": "/srv/home", "sftp://me@host/x": "", "file:///srv/home": "/srv/home"} {
		if a, err := ParsePlace(text); err != nil || a.Folder() != want {
			t.Errorf("%q: %v, %v", text, a, err)
		}
	}
	for _, text := range []string{"", "s3://bucket/x", "https://host/x", "sftp://me:word@host/x", "sftp://host/x?y", "sftp:///x"} {
		if _, err := ParsePlace(text); !errors.Is(err, ErrPlace) {
			t.Errorf("%q: %v", text, err)
		}
	}
	a, err := ParsePlace(filepath.Join(t.TempDir(), "none"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.OpenPlace(t.Context(), Access{}.SSH); err == nil {
		t.Error("there is no such folder")
	}
}
