package sbom

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"runtime/debug"
	"testing"
	"time"
)

var at = time.Date(2026, 11, 30, 14, 0, 0, 0, time.UTC)

// TestWrite: every module is listed, with what replaces it, its sum and its licence.
func TestWrite(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Deps: []*debug.Module{
		{Path: "github.com/a/b", Version: "v1.2.3+incompatible", Sum: "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
		{Path: "old", Version: "v1.0.0", Replace: &debug.Module{Path: "new", Version: "v2.0.0"}},
	}}
	licence := func(module, _ string) string { return map[string]string{"github.com/a/b": "MIT"}[module] }
	b, err := write(info, "0.1.0", at, licence)
	if err != nil {
		t.Fatal(err)
	}
	again, err := write(info, "0.1.0", at, licence)
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("the same program has another document: %v", err)
	}
	var d document
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Components) != 3 || d.Components[0].Name != "std" || d.Components[0].Version != "1.26.8" || d.Components[2].Name != "new" || d.Components[2].Hashes != nil || d.Components[2].Licenses != nil {
		t.Errorf("%s", b)
	}
	if c := d.Components[1]; c.Purl != "pkg:golang/github.com/a/b@v1.2.3+incompatible" || c.Hashes[0].Content != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" || c.Licenses[0].License.ID != "MIT" {
		t.Errorf("%+v", c)
	}
	if !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(d.Serial) || d.Metadata.Time != "2026-11-30T14:00:00Z" {
		t.Errorf("%s, %s", d.Serial, d.Metadata.Time)
	}
	other, err := write(info, "0.1.1", at, licence)
	if err != nil || bytes.Contains(other, []byte(d.Serial)) {
		t.Error("another version has the same number")
	}
}

// TestOf reads a program that is there: the one of this test.
func TestOf(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if b, err := Of(self, "0.1.0", at, func(string, string) string { return "" }); err != nil || !bytes.Contains(b, []byte(`"pkg:golang/std@1.`)) {
		t.Errorf("%s, %v", b, err)
	}
	if _, err := Of("/nowhere", "0.1.0", at, nil); err == nil {
		t.Error("what is not there is made of something")
	}
}
