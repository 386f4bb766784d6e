//go:build unix

package fetch

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/deliver/target"
	"sluice/localexport"
	"sluice/localexport/jobfiles"
	"sluice/takes/sshtest"
)

// TestSFTP is against a server of OpenSSH.
func TestSFTP(t *testing.T) {
	t.Setenv("SSH_AUTH_SOCK", "")
	t.Setenv("HOME", t.TempDir())
	s := sshtest.Start(t, "Subsystem sftp internal-sftp\n")
	root := home(t, map[string]string{"users": users, "pages": "a,b\r\n" + strings.Repeat("1,2\r\n", 1<<20)})
	if err := os.Symlink("/etc/passwd", filepath.Join(root, "data-pipeline/export/12/x_job12_y.csv")); err != nil {
		t.Fatal(err)
	}
	a, err := target.ParsePlace(fmt.Sprintf("sftp://%s@127.0.0.1:%d%s", s.User, s.Port, root))
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.OpenPlace(t.Context(), *s.Options(t))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	r, err := Job(t.Context(), p, jobOf(12), optionsFor(t))
	if err != nil {
		t.Fatal(err)
	}
	holds(t, r, "pages", "users")
	if r.Rows != 2+1<<20 || !strings.HasPrefix(r.From, "sftp://127.0.0.1:") || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "x_job12_y.csv") {
		t.Errorf("%+v", r)
	}
	o := *s.Options(t)
	o.KnownHosts = filepath.Join(t.TempDir(), "none")
	write(t, o.KnownHosts, "")
	if _, err := a.OpenPlace(t.Context(), o); err == nil || !strings.Contains(err.Error(), "key") {
		t.Errorf("a host whose key is not known: %v", err)
	}
}

// TestOwnManifest: what a server of Sluice's own says of its files must be so, and its
// options go on.
func TestOwnManifest(t *testing.T) {
	root, o := home(t, map[string]string{"pages": other}), optionsFor(t)
	first, err := Job(t.Context(), place(t, root), jobOf(12), o)
	if err != nil {
		t.Fatal(err)
	}
	m, err := os.ReadFile(filepath.Join(first.Folder, jobfiles.ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(root, "data-pipeline/export/12", jobfiles.ManifestName)
	write(t, at, strings.Replace(string(m), `"lineBreakEscape": "`, `"x": "`, 1))
	next := optionsFor(t)
	r, err := Job(t.Context(), place(t, root), jobOf(12), next)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, r, "pages")
	if got, err := jobfiles.ReadManifest(r.Folder); err != nil || !got.OptionsKnown() || !got.Fetched.Told {
		t.Errorf("%+v, %v", got.Fetched, err)
	}
	write(t, at, strings.Replace(string(m), r.Files[0].SHA256[:8], "00000000", 1))
	next = optionsFor(t)
	if _, err := Job(t.Context(), place(t, root), jobOf(12), next); err == nil || !strings.Contains(err.Error(), "is not what the manifest.json there says of it") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(localexport.JobFolder(next.Home, 12)); err == nil {
		t.Error("it has its name")
	}
	write(t, at, "{}")
	if r, err := Job(t.Context(), place(t, root), jobOf(12), next); err != nil {
		t.Error(err)
	} else if got, _ := jobfiles.ReadManifest(r.Folder); got.OptionsKnown() {
		t.Error("a manifest of another program counts")
	}
}
