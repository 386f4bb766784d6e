package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSetConfig: one key changes, the others stay with their order, and a file that is not
// understood stays wholly.
func TestSetConfig(t *testing.T) {
	home := filepath.Join(t.TempDir(), "exports")
	quoted := `"` + strings.ReplaceAll(home, `\`, `\\`) + `"`
	for old, want := range map[string]string{
		`{"verbose": true, "home": "/old", "rows": 7}`: "{\n  \"verbose\": true,\n  \"home\": " + quoted + ",\n  \"rows\": 7\n}\n",
		`{}`:              "{\n  \"home\": " + quoted + "\n}\n",
		`{"zone": ["a"]}`: "{\n  \"zone\": [\n    \"a\"\n  ],\n  \"home\": " + quoted + "\n}\n",
		`{"broken"`:       `{"broken"`,
	} {
		path := configure(t, old)
		err := setConfig("home", home)
		got, readErr := os.ReadFile(path)
		if string(got) != want || readErr != nil || (err != nil) != (old == want) {
			t.Errorf("%s became %s, want %s: %v", old, got, want, err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
	}
	alone(t)
	if err := setConfig("home", home); err != nil {
		t.Error(err)
	}
	if c, err := loadConfig(); err != nil || c.values["home"] != home {
		t.Errorf("%v, %v", c.values, err)
	}
}
