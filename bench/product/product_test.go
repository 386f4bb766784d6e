package product

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDepend: Go learns of the sources of the program from the test itself, also of those that no
// test imports.
func TestDepend(t *testing.T) {
	if os.Getenv("SLUICE_TEST_DEPEND") != "" {
		if err := depend(t.Context()); err != nil {
			t.Fatal(err)
		}
		return
	}
	seen := filepath.Join(t.TempDir(), "seen")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestDepend$", "-test.testlogfile="+seen)
	cmd.Env = append(os.Environ(), "SLUICE_TEST_DEPEND=1")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	b, err := os.ReadFile(seen)
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"stat " + filepath.Join(root, "main.go"), "stat " + filepath.Join(root, "go.mod"), "stat " + filepath.Join(root, "csvfile", "open.go"),
		"open " + filepath.Join(root, "csvfile"), "stat " + filepath.Join(root, "docs", "guides", "exporting.md")} {
		if !strings.Contains("\n"+string(b), "\n"+line+"\n") {
			t.Errorf("Go does not learn of %q", line)
		}
	}
	if strings.Contains(string(b), filepath.Join(root, "ui")+string(filepath.Separator)) {
		t.Error("the program has a window")
	}
}
