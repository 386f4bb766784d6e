package localexport

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sluice/pipeline"
)

// TestLinksBelowTheHomeAreRefused puts a link in the place of each thing that a home
// has, dangling or to something with permissions of its own, which stay.
func TestLinksBelowTheHomeAreRefused(t *testing.T) {
	for _, name := range []string{"", "export", "jobs.db", "jobs.db-wal", "jobs.db-shm", "export.lock"} {
		for _, target := range []string{"folder", "file", "missing"} {
			t.Run(name+" to "+target, func(t *testing.T) {
				o := testOptions(t)
				outside := t.TempDir()
				makeTargets(t, outside)
				link := filepath.Join(o.Home, "data-pipeline", name)
				if err := os.MkdirAll(filepath.Dir(link), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.Symlink(filepath.Join(outside, target), link); err != nil {
					t.Skipf("no links here: %v", err)
				}
				o.Product = newFake()
				_, err := open(t.Context(), o, plenty)
				if err == nil || !strings.Contains(err.Error(), link) || !strings.Contains(err.Error(), "link") {
					t.Errorf("open: %v, want an error that names the link", err)
				}
				checkTargets(t, outside)
			})
		}
	}
}

func makeTargets(t *testing.T, dir string) {
	t.Helper()
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "folder"), 0o755), os.WriteFile(filepath.Join(dir, "file"), []byte("mine"), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// checkTargets finds what makeTargets has made, unchanged.
func checkTargets(t *testing.T, dir string) {
	t.Helper()
	for name, want := range map[string]fs.FileMode{"folder": 0o755, "file": 0o644} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v, want mode %v", name, info.Mode(), err, want)
		}
	}
	if b, err := os.ReadFile(filepath.Join(dir, "file")); err != nil || string(b) != "mine" {
		t.Errorf("the file holds %q, %v", b, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("outside are %v, %v", entries, err)
	}
	if entries, err := os.ReadDir(filepath.Join(dir, "folder")); err != nil || len(entries) != 0 {
		t.Errorf("in the folder are %v, %v", entries, err)
	}
}

// TestHomeThatIsALink is the choice of whoever names it.
func TestHomeThatIsALink(t *testing.T) {
	o := testOptions(t)
	real := t.TempDir()
	if err := os.Symlink(real, o.Home); err != nil {
		t.Skipf("no links here: %v", err)
	}
	if job := runToEnd(t, openFake(t, newFake(), o), pipeline.Request{}); job.Status != pipeline.Completed {
		t.Errorf("job = %+v", job)
	}
}

func TestHomeThatOthersCanWrite(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are not looked at on Windows")
	}
	for mode, says := range map[fs.FileMode]string{
		0o700: "", 0o755: "", 0o777: "everybody", 0o702: "everybody", 0o777 | fs.ModeSticky: "",
	} {
		o := testOptions(t)
		if err := errors.Join(os.Mkdir(o.Home, 0o700), os.Chmod(o.Home, mode)); err != nil {
			t.Fatal(err)
		}
		e := openFake(t, newFake(), o)
		job := runToEnd(t, e, pipeline.Request{})
		if said := len(job.Notes) == 1 && strings.Contains(job.Notes[0].Message, says); said != (says != "") {
			t.Errorf("mode %v: notes %+v, want one that says %q", mode, job.Notes, says)
		}
		if (len(e.Warnings()) > 0) != (says != "") {
			t.Errorf("mode %v: the home warns of %+v", mode, e.Warnings())
		}
	}
}
