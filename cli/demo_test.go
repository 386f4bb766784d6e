package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDemo(t *testing.T) {
	isolate(t)
	path := filepath.Join(t.TempDir(), "demo.db")
	code, out, errs := runProgram(t, "demo", path, "--pages", "40")
	if code != exitDone || !strings.Contains(out, path) || !strings.Contains(out, "comments") {
		t.Fatalf("exit code %d, %q, %s", code, out, errs)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	code, _, errs = runProgram(t, "demo", path)
	if code != exitFailed || errs != "sluice: "+path+" exists already: choose another name, or add --overwrite\n" {
		t.Errorf("over an existing file: exit code %d, %q", code, errs)
	}
	dir := t.TempDir()
	if code, _, errs = runProgram(t, "demo", dir, "--as", "xml", "--overwrite"); code != exitFailed || !strings.HasSuffix(errs, dir+" is a directory: name a file for the demo snapshot\n") {
		t.Errorf("over a folder: exit code %d, %q", code, errs)
	}
	if code, _, errs = runProgram(t, "demo", path, "--pages", "40", "--overwrite", "--inconsistent"); code != exitDone {
		t.Errorf("--overwrite: exit code %d, %q", code, errs)
	}
	if code, _, _ = runProgram(t, "demo", path+"2", "--pages", "0"); code != exitUsage {
		t.Errorf("--pages 0: exit code %d", code)
	}
	if code, _, errs = runProgram(t, "demo", filepath.Join(t.TempDir(), "gone", "demo.db")); code != exitFailed {
		t.Errorf("into a folder that does not exist: exit code %d, %q", code, errs)
	}
}
