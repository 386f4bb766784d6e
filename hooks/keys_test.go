package hooks

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/secret"
)

// TestKeys: a key lies in a file for its owner alone, is read as it was, and goes with its
// hook; a file that somebody else has made stays.
func TestKeys(t *testing.T) {
	folder := t.TempDir()
	path, err := KeepKey(folder, "on-call", secret.Of("s3cret"))
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if key, err := secret.ReadToken(path, func(w string) { t.Error(w) }); err != nil || key.Reveal() != "s3cret" {
		t.Errorf("%v", err)
	}
	if other, err := KeepKey(folder, "others", secret.Of("x")); err != nil || other == path {
		t.Errorf("%s, %v", other, err)
	}
	own := filepath.Join(folder, "own.key")
	if err := os.WriteFile(own, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, h := range []Hook{{Name: "on-call", SecretFile: path}, {Name: "on-call", SecretFile: path}, {Name: "own", SecretFile: own}, {Name: "none"}} {
		if err := ForgetKey(folder, h); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the key is there still: %v", err)
	}
	if _, err := os.Stat(own); err != nil {
		t.Error(err)
	}
}

func TestTestEvent(t *testing.T) {
	if e := TestEvent(time.Now(), "tried"); !e.Test || e.Job == nil || e.Says != "tried" || e.At.Location() != time.UTC {
		t.Errorf("%+v", e)
	}
}
