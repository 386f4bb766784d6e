package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
)

// TestPasswordInURL gives addresses with a password to every flag and argument
// that wants something else. What is wrong is said; the password shows nowhere:
// not in messages, not in results, not in the log of the window.
func TestPasswordInURL(t *testing.T) {
	alone(t)
	const password = "s3cret"
	for _, url := range []string{
		"postgres://u:" + password + "@h/db", "postgres://u:p@" + password + "@h/db", "jdbc:postgresql://u:" + password + "@h:5432/db",
		"https://u:" + password + "/x@h/db", "mysql://u:very " + password + "@h/db", "postgresql://h/db?user=u&password=" + password,
	} {
		for _, args := range [][]string{
			{"export", "--snapshot", url}, {"export", "--json", "--snapshot", url}, {"serve", "--snapshot", url}, {"-v", "inspect", url, "--json"},
			{"preview", url}, {"demo", url}, {"window", "--snapshot", url}, {"window", "--file", url}, {"--home", url}, {url},
			{"export", "--snapshot", "x.db", "--home", url}, {"export", "--snapshot", "x.db", "--from-date", url},
			{"export", "--snapshot", "x.db", "--time-zone", url}, {"export", "--snapshot", "x.db", "--min-free-space", url},
			{"export", "--snapshot", "x.db", "--workers", url}, {"status", "--url", url}, {"status", "--url", "https://h", "--timeout", url},
			{"status", "--url", "https://h", "--token-file", url}, {"status", "--url", "https://h", "--ca-file", url},
			{"serve", "--snapshot", "x.db", "--listen", url}, {"--" + url}, {"--snapshot=" + url},
		} {
			code, out, errs := runProgram(t, args...)
			if code == exitDone && args[0] != "window" || strings.Contains(out+errs, password) {
				t.Errorf("%v: exit code %d, %q, %q", args, code, out, errs)
			}
		}
	}
	for url, says := range map[string]string{
		"postgres://u:" + password + "@h/db": "and the path of a file is expected", "https://h/x.db": "path of a file", "": "is empty",
	} {
		if code, _, errs := runProgram(t, "export", "--snapshot", url); code != exitUsage || !strings.Contains(errs, "--snapshot: ") || !strings.Contains(errs, says) {
			t.Errorf("%q: exit code %d, %q", url, code, errs)
		}
	}
}

// TestPasswordInBaseURL: it would be written into every file.
func TestPasswordInBaseURL(t *testing.T) {
	alone(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 5})
	code, out, errs := runProgram(t, "export", "--snapshot", snapshot, "--home", t.TempDir(), "--min-free-space", "-1", "--base-url", "https://u:s3cret@wiki.example.com")
	if code != exitUsage || strings.Contains(out+errs, "s3cret") || !strings.Contains(errs, "--base-url: ") {
		t.Errorf("exit code %d, %q, %q", code, out, errs)
	}
}

// TestPasswordInVariable is the same for the environment.
func TestPasswordInVariable(t *testing.T) {
	alone(t)
	t.Setenv("SLUICE_SNAPSHOT", "postgres://u:very s3cret@h/db")
	code, out, errs := runProgram(t, "export")
	if code != exitUsage || strings.Contains(out+errs, "s3cret") || !strings.Contains(errs, "SLUICE_SNAPSHOT") {
		t.Errorf("exit code %d, %q, %q", code, out, errs)
	}
}

// TestEmptyVariables checks that a variable set to nothing counts as not set,
// and not as the current folder.
func TestEmptyVariables(t *testing.T) {
	alone(t)
	t.Setenv("SLUICE_HOME", "")
	var home string
	p := Program{Out: io.Discard, Err: io.Discard, Window: func(_ context.Context, o WindowOptions) error { home = o.Home; return nil }}
	if code := p.Run(t.Context(), nil); code != exitDone || home != filepath.Join(os.Getenv("XDG_DATA_HOME"), "sluice") {
		t.Errorf("exit code %d, home %q", code, home)
	}
	t.Setenv("SLUICE_SNAPSHOT", "")
	if code, _, errs := runProgram(t, "export"); code != exitUsage || !strings.Contains(errs, "--snapshot") {
		t.Errorf("exit code %d, %q", code, errs)
	}
}

// TestLogOfWindow checks that what the window logs holds no password.
func TestLogOfWindow(t *testing.T) {
	alone(t)
	p := Program{Out: io.Discard, Err: io.Discard, Window: func(_ context.Context, o WindowOptions) error {
		o.Logger.Error("open", "error", errors.New("open postgres://u:s3cret@h/db"))
		return nil
	}}
	if code := p.Run(t.Context(), nil); code != exitDone {
		t.Fatalf("exit code %d", code)
	}
	b, err := os.ReadFile(filepath.Join(os.Getenv("XDG_CACHE_HOME"), "sluice", "sluice.log"))
	if err != nil || !strings.Contains(string(b), "postgres://***@h/db") || strings.Contains(string(b), "s3cret") {
		t.Errorf("%q, %v", b, err)
	}
}

// TestErrorsBesideOutput checks that a failure of the output hides no other.
func TestErrorsBesideOutput(t *testing.T) {
	o := &output{w: failing{}}
	printErr := printJSON(o, 1)
	other := errors.New("another")
	for _, c := range []struct {
		err  error
		want string
	}{{printErr, ""}, {errors.Join(printErr, printErr), ""}, {errors.Join(other, printErr), "another"}, {other, "another"}} {
		got := ""
		if err := withoutOutput(c.err); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%v: %q", c.err, got)
		}
	}
	if _, err := o.Write(nil); err == nil {
		t.Error("a write after a failed one succeeds")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// TestExposedTokenFile warns once of a token file that others can read.
func TestExposedTokenFile(t *testing.T) {
	alone(t)
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(remoteToken), 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, want := range map[os.FileMode]int{0o640: 1, 0o600: 0} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		if _, _, errs := runRemote(t, "status", "--url", "http://127.0.0.1:1", "--token-file", file); strings.Count(errs, "others can read") != want {
			t.Errorf("mode %o: %q", mode, errs)
		}
	}
	folder := filepath.Dir(file)
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	code, _, errs := runRemote(t, "status", "--url", "http://127.0.0.1:1", "--token-file", folder)
	if code != exitUsage || strings.Contains(errs, "chmod") || !strings.Contains(errs, folder+" is a folder: name the file with a token") {
		t.Errorf("a folder: exit code %d, %q", code, errs)
	}
}
