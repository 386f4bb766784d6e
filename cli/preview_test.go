package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// runProgram runs the command line with args, and returns its exit code and
// what it wrote.
func runProgram(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e strings.Builder
	p := Program{Version: "test", Out: &o, Err: &e, Window: func(context.Context, WindowOptions) error { return nil }}
	code = p.Run(t.Context(), args)
	return code, o.String(), e.String()
}

// isolate keeps the caches and settings of the person who runs the tests out.
func isolate(t *testing.T) {
	t.Helper()
	for _, name := range []string{"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	for _, name := range []string{"SLUICE_HOME", "SLUICE_SNAPSHOT", "SLUICE_TOKEN", "SLUICE_URL", "SLUICE_SERVER"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
}

func csvOf(t *testing.T, rows int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("id,name,note\r\n")
	for i := range rows {
		fmt.Fprintf(&b, "%d,n%d,\"a, \"\"b\"\"\r\n%d\"\r\n", i, i, i%10)
	}
	path := filepath.Join(t.TempDir(), "rows.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPreviewJSON(t *testing.T) {
	isolate(t)
	path := csvOf(t, 50_000)
	type page struct {
		Header []string
		Rows   [][]string
		At     int64
		Total  *int64
	}
	row := func(i int) []string {
		return []string{fmt.Sprint(i), fmt.Sprintf("n%d", i), fmt.Sprintf("a, \"b\"\r\n%d", i%10)}
	}
	for _, c := range []struct {
		name string
		args []string
		at   int64
		rows [][]string
	}{
		{"start", []string{"--rows", "2"}, 0, [][]string{row(0), row(1)}},
		{"far away", []string{"--at", "49998"}, 49_998, [][]string{row(49_998), row(49_999)}},
		{"from the end", []string{"--at", "-1"}, 49_999, [][]string{row(49_999)}},
		{"found", []string{"--find", "n4321", "--rows", "1"}, 4321, [][]string{row(4321)}},
		{"found behind", []string{"--find", "n4321", "--at", "4322", "--rows", "1"}, 43_210, [][]string{row(43_210)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := runProgram(t, append([]string{"preview", path, "--json"}, c.args...)...)
			if code != exitDone {
				t.Fatalf("exit code %d: %s", code, errs)
			}
			var got page
			if err := json.Unmarshal([]byte(out), &got); err != nil {
				t.Fatal(err)
			}
			if got.Total != nil && *got.Total != 50_000 {
				t.Errorf("total %d", *got.Total)
			}
			got.Total = nil
			if diff := cmp.Diff(page{Header: []string{"id", "name", "note"}, At: c.at, Rows: c.rows}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPreviewCount(t *testing.T) {
	isolate(t)
	path := csvOf(t, 5000)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--count"}, "5000\n"},
		{[]string{"--count", "--json"}, "{\n  \"total\": 5000,\n  \"complete\": true\n}\n"},
		{[]string{"--count", "--find", "n499"}, "11\n"},
		{[]string{"--count", "--find", "n499", "--at", "4995"}, "5\n"},
	} {
		code, out, errs := runProgram(t, append([]string{"preview", path}, c.args...)...)
		if code != exitDone || out != c.want {
			t.Errorf("%v: exit code %d, %q, want %q; %s", c.args, code, out, c.want, errs)
		}
	}
}

func TestPreviewErrors(t *testing.T) {
	isolate(t)
	path := csvOf(t, 10)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"preview", path, "--at", "10"}, exitFailed, "has 10 rows"},
		{[]string{"preview", path, "--find", "nowhere"}, exitFailed, `contains "nowhere"`},
		{[]string{"preview", csvOf(t, 1), "--at", "1"}, exitFailed, "has one row\n"},
		{[]string{"preview", path, "--rows", "-1"}, exitUsage, "negative"},
		{[]string{"preview", path + ".gone"}, exitFailed, "rows.csv.gone"},
		{[]string{"preview", filepath.Dir(path)}, exitFailed, filepath.Dir(path)},
		{[]string{"preview"}, exitUsage, "file"},
		{[]string{"prewiev"}, exitUsage, "prewiev"},
	} {
		code, out, errs := runProgram(t, c.args...)
		if code != c.code || out != "" || !strings.Contains(errs, c.says) {
			t.Errorf("%v: exit code %d (want %d), out %q, message %q (want %q in it)", c.args, code, c.code, out, errs, c.says)
		}
	}
}

func TestHelpAndVersion(t *testing.T) {
	isolate(t)
	if code, out, _ := runProgram(t, "--version"); code != exitDone || out != "test\n" {
		t.Errorf("--version: exit code %d, %q", code, out)
	}
	code, out, _ := runProgram(t, "--help")
	if code != exitDone {
		t.Errorf("--help: exit code %d", code)
	}
	for _, command := range []string{"demo", "inspect", "export", "serve", "start", "status", "cancel", "preview"} {
		if !strings.Contains(out, command) {
			t.Errorf("--help does not name %q", command)
		}
	}
}

// windowThat is a window that keeps its options and closes at once.
func windowThat(keeps *WindowOptions) func(context.Context, WindowOptions) error {
	return func(_ context.Context, o WindowOptions) error {
		*keeps = o
		return nil
	}
}
