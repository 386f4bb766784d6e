package hooks

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"sluice/pipeline"
	"sluice/secret"
	"sluice/wholefile"
	"sluice/wording"
)

// keyFile is where the key of a hook is kept in a folder for settings.
func keyFile(folder, name string) string {
	sum := sha256.Sum256([]byte(name))
	return filepath.Join(folder, "hook-keys", fmt.Sprintf("%x.key", sum[:8]))
}

// KeepKey keeps a key that signs the requests of a hook in a file that its owner alone can
// read, and returns its path.
func KeepKey(folder, name string, key secret.Secret) (string, error) {
	path := keyFile(folder, name)
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = wholefile.Write(path, []byte(key.Reveal()+"\n"))
	}
	if err != nil {
		return "", wording.Errorf("keep the key of the hook %s: %w", name, err)
	}
	return path, nil
}

// ForgetKey removes the key of a hook, if it is one that KeepKey has kept.
func ForgetKey(folder string, h Hook) error {
	if h.SecretFile == "" || filepath.Dir(h.SecretFile) != filepath.Dir(keyFile(folder, "")) {
		return nil
	}
	if err := os.Remove(h.SecretFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return wording.Errorf("remove the key of the hook %s: %w", h.Name, err)
	}
	return nil
}

// TestEvent is an event that says that it is none: somebody tries a hook.
func TestEvent(at time.Time, says string) Event {
	job := pipeline.Kept{ID: 1, Status: pipeline.Completed, Config: pipeline.Config{}}
	return Event{ID: "test", Event: "completed", At: at.UTC().Truncate(time.Second), Says: says, Job: &job, Test: true}
}
