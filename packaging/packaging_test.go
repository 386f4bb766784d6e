package main

import (
	"debug/buildinfo"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/packaging/archive"
)

// TestVersionOf: a release has the version of its tag; what lies behind it is sorted behind
// it by every kind of package, and says of which commit it is.
func TestVersionOf(t *testing.T) {
	const commit = "29498483aaaa"
	for _, c := range []struct{ description, commit, want string }{
		{"v0.2.0-0-g2949848", commit, "0.2.0"},
		{"v0.2.0-3-g2949848", commit, "0.2.0+3.g2949848"},
		{"v0.2.0-rc.1-0-g2949848", commit, "0.2.0-rc.1"},
		{"", commit, "0.1.0+g2949848"},
		{"", "", "0.1.0"},
	} {
		if got := versionOf(c.description, "0.1.0", c.commit); got != c.want {
			t.Errorf("%q: %q, want %q", c.description, got, c.want)
		}
	}
	for version, want := range map[string]string{"0.2.0": "0.2.0.0", "0.2.0+3.g29": "0.2.0.0", "0.2.0-rc.1": "0.2.0.0"} {
		if got := (stamp{version: version}).fourNumbers(); got != want {
			t.Errorf("%s: %s", version, got)
		}
	}
}

// TestOwnVersion: FyneApp.toml and the program itself say the same.
func TestOwnVersion(t *testing.T) {
	toml := read(t, "FyneApp.toml")
	own, err := ownVersion(toml)
	if err != nil || !strings.Contains(read(t, "main.go"), `version = "`+own+`"`) {
		t.Errorf("FyneApp.toml says %q, %v", own, err)
	}
	if _, err := ownVersion("nothing"); err == nil {
		t.Error("a file without a version has one")
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestDesktopEntry: the menu of a package says what that of make install does.
func TestDesktopEntry(t *testing.T) {
	entry := desktopEntry(read(t, "FyneApp.toml"), "sluice")
	for _, want := range []string{"[Desktop Entry]\n", "Name=Sluice\n", "Exec=sluice %f\n", "Icon=app.sluice.console\n", "Categories=Utility;Development;\n", "Keywords=confluence;jira;bitbucket;export;csv;\n"} {
		if !strings.Contains(entry, want) {
			t.Errorf("the entry lacks %q:\n%s", want, entry)
		}
	}
}

// TestControl: the two programs exclude each other, and only the window needs libraries.
func TestControl(t *testing.T) {
	m := &maker{stamp: stamp{version: "0.2.0+3.g29", at: time.Unix(1_796_000_000, 0)}}
	window, headless := m.control("sluice", "amd64"), m.control("sluice-headless", "arm64")
	if !slices.Contains(window.Conflicts, headless.Name) || !slices.Contains(headless.Conflicts, window.Name) {
		t.Error("both can be installed, and have the same files")
	}
	if len(window.Overrides["deb"].Depends) == 0 || len(headless.Overrides) != 0 || headless.Arch != "arm64" {
		t.Errorf("%+v, %+v", window, headless)
	}
	if installed(archive.Entry{Name: "share/man/man1/sluice.1"}) != "/usr/share/man/man1/sluice.1" {
		t.Error("the man page lies elsewhere")
	}
}

// TestContainerfile: the image is of nothing but what lies beside, and no root is in it.
func TestContainerfile(t *testing.T) {
	text := read(t, "packaging/Containerfile")
	for _, line := range []string{`^FROM scratch$`, `^USER 65532:65532$`, `^ENTRYPOINT \["/usr/bin/sluice"\]$`, `^CMD \["run"`, `^STOPSIGNAL SIGTERM$`} {
		if !regexp.MustCompile(`(?m)` + line).MatchString(text) {
			t.Errorf("no line is %s", line)
		}
	}
	if regexp.MustCompile(`(?mi)^(RUN|ADD) |token=|password`).MatchString(text) {
		t.Error("something is fetched, run or kept while the image is built")
	}
}

// TestToolsAreApart: what makes packages is pinned, and linked with no program of ours.
func TestToolsAreApart(t *testing.T) {
	for _, tool := range []string{nfpm, winres} {
		if !regexp.MustCompile(`@v\d+\.\d+\.\d+$`).MatchString(tool) {
			t.Errorf("%s is not pinned", tool)
		}
		module, _, _ := strings.Cut(tool, "@")
		if strings.Contains(read(t, "go.mod"), strings.Split(module, "/cmd/")[0]) {
			t.Errorf("%s is a dependency of the program", module)
		}
	}
}

// TestPapers: a program takes the licences of all that it is linked with along. The program is
// the one of this test.
func TestPapers(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("..")
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go")
	}
	m, err := newMaker(t.Context(), filepath.Join(t.TempDir(), "dist"))
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(m.work)
	if m.commit != "" && m.src == "." {
		t.Error("packages are made of the folder that somebody works in")
	}
	papers, err := m.papers(self, "test")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(papers, func(e archive.Entry) bool { return e.Name == "THIRD-PARTY-LICENSES.txt" })
	info, err := buildinfo.ReadFile(self)
	if err != nil || at < 0 {
		t.Fatal(papers, err)
	}
	bom, err := os.ReadFile(filepath.Join(m.out, "test.cdx.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, dep := range info.Deps {
		if !strings.Contains(papers[at].Text, dep.Path+" "+dep.Version) || !strings.Contains(string(bom), `"`+dep.Path+`"`) {
			t.Errorf("%s is not in the papers", dep.Path)
		}
	}
}
