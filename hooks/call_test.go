package hooks

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
)

// TestMain lets this program be the command of a hook.
func TestMain(m *testing.M) {
	if to := os.Getenv("HOOK_TEST"); to != "" {
		b, _ := io.ReadAll(os.Stdin)
		_ = os.WriteFile(to, append(b, os.Getenv("SLUICE_EVENT")...), 0o600)
		if strings.Contains(string(b), `"failed"`) {
			fmt.Println("https://ana:s3cret@host said no")
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func event(outcome string) Event {
	job := pipeline.Kept{ID: 12, Status: pipeline.Completed}
	return Event{Event: outcome, At: time.Unix(1_700_000_000, 0).UTC(), Schedule: "nightly", Source: "wiki", Job: &job, Files: []EventFile{{"pages", "/x/pages.csv", 3, 40}}}
}

func TestCommand(t *testing.T) {
	to := filepath.Join(t.TempDir(), "got")
	t.Setenv("HOOK_TEST", to)
	h := Hook{Name: "a", Command: []string{os.Args[0]}}
	if err := (Caller{}).Call(t.Context(), h, event("completed")); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(to)
	var got Event
	line, name, _ := strings.Cut(string(b), "\n")
	if err != nil || name != "completed" || json.Unmarshal([]byte(line), &got) != nil || got.Job.ID != 12 || got.Files[0].Rows != 3 || got.Schedule != "nightly" {
		t.Errorf("it got %s, %v", b, err)
	}
	err = (Caller{}).Call(t.Context(), h, event("failed"))
	if err == nil || !strings.Contains(err.Error(), "said no") || !strings.Contains(err.Error(), "exit status 3") || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("one that fails: %v", err)
	}
	if err := (Caller{}).Call(t.Context(), Hook{Name: "a", Command: []string{"no-such-program-here"}}, event("completed")); err == nil || !strings.Contains(err.Error(), "there is no program") {
		t.Errorf("no program: %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := (Caller{}).Call(stopped, h, event("completed")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// receiver is a web server that answers with the statuses, one after another, and keeps
// the last request.
type receiver struct {
	statuses []int
	asked    int
	header   http.Header
	body     []byte
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.header = req.Header
	r.body, _ = io.ReadAll(req.Body)
	status := r.statuses[min(r.asked, len(r.statuses)-1)]
	r.asked++
	if status == http.StatusFound {
		w.Header().Set("Location", "/elsewhere")
	}
	w.WriteHeader(status)
}

func TestRequest(t *testing.T) {
	const key = "a-key-for-signatures"
	secretFile := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(secretFile, []byte(key+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := Caller{FirstWait: time.Nanosecond, Now: func() time.Time { return time.Unix(1_700_000_000, 0) }, UserAgent: "sluice/test"}
	for name, test := range map[string]struct {
		statuses []int
		asked    int
		says     string
	}{
		"taken":            {[]int{204}, 1, ""},
		"busy, then taken": {[]int{503, 429, 200}, 3, ""},
		"never":            {[]int{500}, requestRetries + 1, "answers with HTTP 500"},
		"refused":          {[]int{403}, 1, "answers with HTTP 403"},
		"sent elsewhere":   {[]int{302}, 1, "answers with HTTP 302"},
	} {
		r := &receiver{statuses: test.statuses}
		server := httptest.NewServer(r)
		h := Hook{Name: "a", URL: server.URL + "/services/s3cret", SecretFile: secretFile}
		err := c.Call(t.Context(), h, event("completed"))
		server.Close()
		if r.asked != test.asked || (err == nil) != (test.says == "") || err != nil && !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: asked %d times, %v", name, r.asked, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the address is shown: %v", name, err)
		}
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write([]byte("1700000000." + string(r.body)))
		if want := "t=1700000000,v1=" + hex.EncodeToString(mac.Sum(nil)); r.header.Get(SignatureHeader) != want || r.header.Get(EventHeader) != "completed" || r.header.Get("User-Agent") != "sluice/test" {
			t.Errorf("%s: %v", name, r.header)
		}
	}
}

// TestAddressOfAFile is one that is secret itself.
func TestAddressOfAFile(t *testing.T) {
	r := &receiver{statuses: []int{200}}
	server := httptest.NewServer(r)
	file := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(file, []byte(server.URL+"/s3cret\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	warned := ""
	c := Caller{FirstWait: time.Nanosecond, Warn: func(w string) { warned = w }}
	h := Hook{Name: "a", URLFile: file}
	if err := c.Call(t.Context(), h, event("completed")); err != nil || r.asked != 1 || warned == "" || r.header.Get(SignatureHeader) != "" {
		t.Errorf("%v, asked %d times, warned %q", err, r.asked, warned)
	}
	server.Close()
	if err := c.Call(t.Context(), h, event("completed")); err == nil || !strings.Contains(err.Error(), "cannot be reached") || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("nothing there: %v", err)
	}
}
