//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// machine is a machine of its own for the scripts: a folder of tools that is all of
// the PATH, with stand-ins for Go, apt-get and sudo.
type machine struct {
	t          *testing.T
	dir, tools string
	calls      string // what apt-get was called with, a line each
}

// newMachine has a Go that fits, no compiler, no X11, and is root's.
func newMachine(t *testing.T) *machine {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("packages are looked for on Linux only")
	}
	dir, _ := workplace(t)
	m := &machine{t: t, dir: dir, tools: t.TempDir(), calls: filepath.Join(t.TempDir(), "calls")}
	for _, name := range []string{"bash", "sh", "sed", "awk", "sort", "head", "tail", "cat", "tee", "tr", "cut", "paste", "grep", "du", "rm", "mktemp", "uname", "dirname", "env"} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Skip(err)
		}
		if err := os.Symlink(path, filepath.Join(m.tools, name)); err != nil {
			t.Fatal(err)
		}
	}
	m.tool("id", "echo 0")
	m.goVersion("go1.26.5", "auto")
	// It installs what it is told to: the tools have the names of their packages here.
	m.tool("apt-get", `echo "$*" >>`+m.calls+`
case "$*" in *assume-no*) echo "0 upgraded, 71 newly installed, 0 to remove."; echo "Need to get 58.1 MB of archives."; echo "After this operation, 222 MB of additional disk space will be used."; exit 1;; esac
fd=$(echo "$*" | sed 's/.*Status-Fd=\([0-9]*\).*/\1/')
echo "dlstatus:1:30.0:x" >&$fd; echo "pmstatus:gcc:100.0:x" >&$fd
case $fd in 1) exec >&-;; esac # it keeps its status from the scripts of packages
printf 'Regenerating the cache' || exit 100
for package in $*; do printf '#!/bin/sh\nexit 0\n' >`+m.tools+`/$package; /bin/chmod 755 `+m.tools+`/$package; done 2>/dev/null`)
	return m
}

func (m *machine) tool(name, script string) {
	m.t.Helper()
	os.Remove(filepath.Join(m.tools, name)) // a link to the real one
	put(m.t, filepath.Join(m.tools, name), "#!/bin/sh\n"+script+"\n")
}

func (m *machine) goVersion(version, toolchain string) {
	m.t.Helper()
	m.tool("go", `case "$*" in "env GOVERSION") echo `+version+`;; "env GOTOOLCHAIN") echo `+toolchain+`;; "version") echo fetched;; esac`)
}

// setup runs the setup for a purpose, without a terminal.
func (m *machine) setup(purpose string) (out, calls string, err error) {
	m.t.Helper()
	cmd := exec.CommandContext(m.t.Context(), filepath.Join(m.tools, "bash"), "scripts/setup.sh", purpose)
	cmd.Dir = m.dir
	cmd.Env = []string{"PATH=" + m.tools, "SSL_CERT_FILE=" + filepath.Join(m.dir, "go.mod"), "HOME=" + m.t.TempDir(), "TMPDIR=" + m.t.TempDir()}
	b, err := cmd.CombinedOutput()
	told, _ := os.ReadFile(m.calls)
	return string(b), string(told), err
}

func wantAll(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in: %s", part, text)
		}
	}
}

// TestSetupByPurpose installs what the purpose takes and nothing else, tells how
// much that is, and is quiet when nothing is missing.
func TestSetupByPurpose(t *testing.T) {
	m := newMachine(t)
	if out, calls, err := m.setup("headless"); err != nil || out != "" || calls != "" {
		t.Fatalf("headless: %q, apt-get %q, %v", out, calls, err)
	}
	out, calls, err := m.setup("window")
	if err != nil {
		t.Fatalf("window: %s, %v", out, err)
	}
	wantAll(t, calls, "update", "install -y", " gcc", " libx11-dev", " libgl-dev")
	wantAll(t, out, "71 packages", "58.1 MB to download", "222 MB on disk", "100 % installed", "the packages are installed")
	if strings.Contains(calls, "xvfb") {
		t.Errorf("the window needs no virtual display: %s", calls)
	}
	if out, again, err := m.setup("window"); err != nil || out != "" || again != calls {
		t.Errorf("window again: %q, %v", out, err)
	}
	// Packages whose tools have other names are asked for, and said to be missing still.
	out, calls, err = m.setup("test")
	if err == nil {
		t.Error("the setup believes that everything is there")
	}
	wantAll(t, calls, " xvfb", " gnome-keyring")
	wantAll(t, out, "still missing", "command:Xvfb")
}

// TestSetupChecksGoFirst asks for a Go that fits before it installs anything.
func TestSetupChecksGoFirst(t *testing.T) {
	for _, c := range []struct {
		name, version, toolchain string
		fails                    bool
		says                     []string
	}{
		{"Debian 12", "go1.19.8", "", true, []string{"Go 1.26.0 or newer is needed", "1.19.8", "https://go.dev/dl"}},
		{"pinned", "go1.24.4", "local", true, []string{"1.24.4", "https://go.dev/dl", "GOTOOLCHAIN=auto"}},
		{"fetches", "go1.24.4", "auto", false, []string{"1.24.4", "fetches Go 1.26.0", "70 MB"}},
		{"candidate", "go1.27rc1", "local", false, nil},
		{"newer", "go1.30.0", "local", false, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newMachine(t)
			m.goVersion(c.version, c.toolchain)
			purpose := "window"
			if !c.fails {
				purpose = "headless"
			}
			out, calls, err := m.setup(purpose)
			if (err != nil) != c.fails || calls != "" {
				t.Errorf("%v, apt-get %q", err, calls)
			}
			wantAll(t, out, c.says...)
		})
	}
	m := newMachine(t)
	if err := os.Remove(filepath.Join(m.tools, "go")); err != nil {
		t.Fatal(err)
	}
	out, calls, err := m.setup("headless")
	if err == nil || calls != "" {
		t.Errorf("without Go: %v, apt-get %q", err, calls)
	}
	wantAll(t, out, "Go 1.26.0 or newer is needed")
}

// TestSetupSaysWhatItCannot takes away apt-get, sudo and sudo's password.
func TestSetupSaysWhatItCannot(t *testing.T) {
	m := newMachine(t)
	m.tool("id", "echo 1000")
	out, calls, err := m.setup("window")
	if err == nil || calls != "" {
		t.Errorf("without sudo: %v, apt-get %q", err, calls)
	}
	wantAll(t, out, "As root, run: apt-get install", "libx11-dev")

	m.tool("sudo", "exit 1") // it wants a password, which nobody can type here
	if out, calls, err = m.setup("window"); err == nil || calls != "" {
		t.Errorf("with a sudo that asks: %v, apt-get %q", err, calls)
	}
	wantAll(t, out, "no terminal", "As root, run: apt-get install")

	m.tool("sudo", `[ "$1" != -n ] || shift; exec "$@"`)
	m.tool("true", "exit 0")
	if out, calls, err = m.setup("window"); err != nil {
		t.Errorf("with sudo: %s, %v", out, err)
	}
	wantAll(t, calls, "install -y")

	m = newMachine(t)
	if err := os.Remove(filepath.Join(m.tools, "apt-get")); err != nil {
		t.Fatal(err)
	}
	if out, _, err = m.setup("window"); err == nil {
		t.Error("without apt-get the setup believes that everything is there")
	}
	wantAll(t, out, "sudo dnf install gcc", "libX11-devel", "sudo pacman -S --needed gcc")
}
