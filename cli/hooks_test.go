package cli

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHooks(t *testing.T) {
	isolate(t)
	if code, out, _ := runProgram(t, "hooks"); code != exitDone || !strings.Contains(out, "There is no hook.") {
		t.Errorf("exit %d, %s", code, out)
	}
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; r.Header.Get("Sluice-Signature") == "" || !strings.HasPrefix(r.UserAgent(), "sluice/") {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer server.Close()
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte("a-key-for-signatures\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := runProgram(t, "hooks", "add", "ops", "--url", server.URL+"/s3cret", "--secret-file", key, "--on", "end", "--on", "missed"); code != exitDone ||
		!strings.Contains(out, "the end of every run and runs that were missed") || strings.Contains(out, "s3cret") {
		t.Fatalf("exit %d, %s%s", code, out, errs)
	}
	if code, out, errs := runProgram(t, "hooks", "add", "ops", "--url", server.URL+"/s3cret", "--secret-file", key, "--on", "end", "--on", "missed", "--json"); code != exitDone || strings.Contains(out+errs, "s3cret") || !strings.Contains(out, server.URL) {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	if code, out, errs := runProgram(t, "hooks", "test", "ops"); code != exitDone || asked != 1 || !strings.Contains(out, "has taken it") {
		t.Errorf("exit %d, asked %d times, %s%s", code, asked, out, errs)
	}
	if code, out, errs := runProgram(t, "hooks", "add", "mail", "--", "/bin/echo", "--to", "ops"); code != exitDone || !strings.Contains(out, "/bin/echo is told of runs that fail, runs that were missed and jobs that may be stuck") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	code, out, _ := runProgram(t, "hooks", "list", "--json")
	var list struct {
		Hooks []struct {
			Name, Target string
			On           []string
			Signed       bool
		}
	}
	if err := json.Unmarshal([]byte(out), &list); err != nil || code != exitDone || len(list.Hooks) != 2 || !list.Hooks[0].Signed || list.Hooks[1].Target != "/bin/echo" || strings.Contains(out, "s3cret") {
		t.Errorf("exit %d, %s, %v", code, out, err)
	}
	if code, out, _ := runProgram(t, "hooks", "remove", "ops"); code != exitDone || !strings.Contains(out, "Removed the hook ops.") {
		t.Errorf("exit %d, %s", code, out)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"remove", "ops"}, exitUsage, `there is no hook "ops"`},
		{[]string{"add"}, exitUsage, "which hook?"},
		{[]string{"add", "x"}, exitUsage, "give one of a command"},
		{[]string{"add", "x", "--on", "ended", "--url", "https://h"}, exitUsage, "is nothing to be called for"},
		{[]string{"test", "mail", "--url", "https://h"}, exitUsage, "takes no settings"},
		{[]string{"add", "x", "--url", "https://ana:s3cret@h"}, exitUsage, "must not hold a password"},
	} {
		if code, out, errs := runProgram(t, append([]string{"hooks"}, c.args...)...); code != c.code || !strings.Contains(errs, c.says) || strings.Contains(errs, "s3cret") {
			t.Errorf("%q: exit %d, %s%s", c.args, code, out, errs)
		}
	}
}
