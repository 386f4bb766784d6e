package redact

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestKey: the key is made once, even by several at once, is its owner's alone, and no
// print shows it.
func TestKey(t *testing.T) {
	path := KeyFile(filepath.Join(t.TempDir(), "home"))
	var wg sync.WaitGroup
	keys := make([]*Key, 8)
	for i := range keys {
		wg.Go(func() {
			k, _, err := LoadKey(path, func(w string) { t.Error(w) })
			if err != nil {
				t.Error(err)
			}
			keys[i] = k
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k == nil || *k != *keys[0] || k.ID() != keys[0].ID() {
			t.Fatal("there are several keys")
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Error(left)
	}
	b, err := json.Marshal(struct{ K *Key }{keys[0]})
	text := string(b) + fmt.Sprintf("%v %+v %#v %s %x", keys[0], *keys[0], keys[0], keys[0], *keys[0])
	if err != nil || strings.Contains(text, hex.EncodeToString(keys[0].bytes[:4])) || strings.Contains(text, fmt.Sprint(keys[0].bytes[0], keys[0].bytes[1])) {
		t.Errorf("%s, %v", text, err)
	}
	if _, made, err := LoadKey(path, func(string) {}); made || err != nil {
		t.Error(made, err)
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := LoadKey(path, func(string) {}); err == nil || !strings.Contains(err.Error(), "is no key") || strings.Contains(err.Error(), "short") {
		t.Error(err)
	}
}
