package manual

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFish asks fish itself.
func TestFish(t *testing.T) {
	fish, err := exec.LookPath("fish")
	if err != nil {
		t.Skip("there is no fish")
	}
	dir := t.TempDir()
	put(t, filepath.Join(dir, "tool"), "#!/bin/sh\ncase $2 in sources) printf 'wiki\\njira\\n' ;; schedules) echo nightly ;; esac\n", 0o755)
	put(t, filepath.Join(dir, "tool.fish"), small.Fish(), 0o600)
	for line, want := range map[string]string{
		"tool w":                "write\tIt's \"awkward\"",
		"tool write --form":     "--format\tThe format",
		"tool write --format ":  "csv\tThe format\nparquet\tThe format",
		"tool write --from w":   "wiki\tOf the list",
		"tool list o":           "one",
		"tool list one nigh":    "nightly",
		"tool write --rule=x -": "--dry-run",
	} {
		cmd := exec.CommandContext(t.Context(), fish, "--no-config", "-c", "source "+filepath.Join(dir, "tool.fish")+"; complete -C '"+line+"'")
		cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "HOME="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %q, want %q (%v)", line, out, want, err)
		}
	}
}

func put(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// TestZsh: what zsh is told of a flag, an argument and a name. Its completion asks a terminal, so
// that the specifications are looked at, and not what comes of them.
func TestZsh(t *testing.T) {
	script := small.Zsh()
	for _, want := range []string{
		"'*--format=[The format]:csv|parquet:(csv parquet)'", "'*--home=[Where things are kept]:dir:_files -/'", "'*--dry-run[Only tell]'", "'*--rule=[What'\\''s ruled]:text:'",
		"'1:file:_files'", "'1:action:(all one)'", "'*:name: _tool_names schedules'", "'list:List'",
	} {
		if !strings.Contains(script, want) {
			t.Errorf("the script lacks %s:\n%s", want, script)
		}
	}
}

// TestPowerShell: commands with their flags and values, in quotes of its own.
func TestPowerShell(t *testing.T) {
	script := small.PowerShell()
	for _, want := range []string{
		"'write' = @{ Help = 'It''s \"awkward\"'; Actions = @(); Flags = [ordered]@{\n", "'--format' = @{ Help = 'The format'; Values = @('csv', 'parquet') }",
		"Actions = @('all', 'one')", "-CommandName tool ", "$toolCommands[$rest[0]]",
	} {
		if !strings.Contains(script, want) {
			t.Errorf("the script lacks %s:\n%s", want, script)
		}
	}
	if open, closed := strings.Count(script, "{"), strings.Count(script, "}"); open != closed {
		t.Errorf("%d brackets are opened, and %d closed", open, closed)
	}
}
