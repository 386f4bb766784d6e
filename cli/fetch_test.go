package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// vendor is a server that tells of one job, and its shared home with the files of job 12.
type vendor struct {
	url, home string
	status    atomic.Value // the body of the answer
}

func newVendor(t *testing.T) *vendor {
	t.Helper()
	alone(t)
	os.Unsetenv(tokenVariable)
	v := &vendor{home: t.TempDir()}
	v.tells(12, "COMPLETED")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, v.status.Load())
	}))
	t.Cleanup(s.Close)
	v.url = s.URL
	v.exports(t, 12)
	return v
}

func (v *vendor) tells(job int, status string) {
	v.status.Store(fmt.Sprintf(`{"startTime":"2026-01-02T03:04:05.000Z","completedTime":"2026-01-02T04:04:05.000Z","nodeId":"node1","jobId":%d,"status":%q,"config":{"exportFrom":"2025-01-02T00:00:00Z","forcedExport":false}}`, job, status))
}

// exports writes files as the vendor does.
func (v *vendor) exports(t *testing.T, job int) (dir string) {
	t.Helper()
	dir = filepath.Join(v.home, "data-pipeline", "export", fmt.Sprint(job))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"users": "instance_url,user_id,user_name,user_fullname,user_email\r\nhttps://w,u1,ann,Ann Other,ann@example.com\r\nhttps://w,u2,bob,\"Bob \"\"B\"\" Some\",\r\n",
		"pages": "space_key,page_id,page_title\r\nDEV,1,\"a\\nb\"\r\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s_job%d_2026_01_02T03_04_05Z.csv", name, job)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestFetch fetches a job of a server by its name, and works with it as with one of this
// computer: verify, kit, redact, diff and deliver.
func TestFetch(t *testing.T) {
	v := newVendor(t)
	code, _, errs := runRemote(t, "sources", "add", "Wiki", "--url", v.url)
	expect(t, "add", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "fetch", "--server", "Wiki")
	expect(t, "no shared home", code, exitFailed, errs, "sluice sources edit NAME --shared-home PLACE")
	code, _, errs = runRemote(t, "sources", "edit", "Wiki", "--shared-home", v.home)
	expect(t, "edit", code, exitDone, errs, "")
	code, out, errs := runRemote(t, "fetch", "--server", "Wiki", "--json")
	expect(t, "fetch", code, exitDone, errs, "")
	var done fetched
	if err := json.Unmarshal([]byte(out), &done); err != nil || done.Fetched == nil || done.Fetched.Job != 12 || done.Fetched.Rows != 3 || len(done.Fetched.Files) != 2 || done.Fetched.From != v.home {
		t.Fatalf("%s (%v)", out, err)
	}
	folder := done.Fetched.Folder
	home := strings.TrimSuffix(folder, filepath.Join("data-pipeline", "export", "12"))
	code, out, errs = runRemote(t, "fetch", "--server", "Wiki")
	expect(t, "again", code, exitDone, errs, "")
	if !strings.Contains(out, "Job 12 is in "+folder+" already, whole") {
		t.Errorf("again: %s", out)
	}
	v.tells(13, "COMPLETED")
	v.exports(t, 13)
	code, _, errs = runRemote(t, "fetch", "--server", "Wiki")
	expect(t, "the next job", code, exitDone, errs, "")
	redacted, share := filepath.Join(t.TempDir(), "redacted"), t.TempDir()
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"verify", "12", "--home", home}, "All 2 files are as job 12 wrote them."},
		{[]string{"verify", folder}, "All 2 files"},
		{[]string{"kit", "postgresql", "--job", "12", "--home", home}, "user_fullname"},
		{[]string{"redact", "12", redacted, "--home", home, "--redact", "no-people"}, "redacted"},
		{[]string{"diff", "12", "13", "--home", home, "--out", t.TempDir()}, "users"},
		{[]string{"deliver", "12", share, "--home", home}, "Delivered job 12"},
	} {
		code, out, errs := runProgram(t, c.args...)
		if code != exitDone || !strings.Contains(out, c.says) {
			t.Errorf("%q: exit %d, %s%s, want %q", c.args, code, out, errs, c.says)
		}
	}
}

// TestFetchRefuses: the files of a job that is not complete stay where they are.
func TestFetchRefuses(t *testing.T) {
	v := newVendor(t)
	to := t.TempDir()
	run := func(more ...string) (int, string, string) {
		return runRemote(t, "fetch", append([]string{"--url", v.url, "--shared-home", v.home, "--to", to}, more...)...)
	}
	for _, c := range []struct {
		status string
		code   int
		says   string
	}{
		{"STARTED", exitRunning, "job 12 still runs (Started), and its files grow"},
		{"CANCELLATION_REQUESTED", exitRunning, "still runs"},
		{"CANCELLED", exitElsewhere, "job 12 ended as Cancelled, and its files may be partial"},
		{"FAILED", exitJobFailed, "job 12 ended as Failed"},
	} {
		v.tells(12, c.status)
		code, _, errs := run()
		expect(t, c.status, code, c.code, errs, c.says)
	}
	v.tells(14, "COMPLETED")
	code, _, errs := run("--job", "12")
	if code != exitElsewhere { // it was seen failing at last, by the journal
		t.Logf("by the journal: exit %d, %s", code, errs)
	}
	v.exports(t, 11)
	code, _, errs = run("--job", "11")
	expect(t, "an end that nobody saw", code, exitFailed, errs, "how job 11 ended was not seen here: its files may be partial. --unseen fetches it all the same")
	code, out, errs := run("--job", "11", "--unseen")
	expect(t, "unseen", code, exitDone, errs, "")
	if !strings.Contains(out, "Fetched job 11 from "+v.home) {
		t.Errorf("%s", out)
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--job", "-1"}, "jobs have numbers from 1"},
		{[]string{"--unseen"}, "name it with --job"},
		{[]string{"--shared-home", "s3://bucket/x"}, "that is no folder to read from"},
		{[]string{"--shared-home", "sftp://me:word@h/x"}, "with a password"},
	} {
		code, _, errs := run(c.args...)
		expect(t, fmt.Sprint(c.args), code, exitUsage, errs, c.says)
	}
}

// TestFetchSeveral: one that cannot be had does not keep the others back, and the worst
// counts.
func TestFetchSeveral(t *testing.T) {
	v := newVendor(t)
	code, _, errs := runRemote(t, "sources", "add", "Wiki", "--url", v.url, "--shared-home", v.home, "--tag", "prod")
	expect(t, "add", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "sources", "add", "Gone", "--url", "http://127.0.0.1:1", "--shared-home", v.home, "--tag", "prod")
	expect(t, "add", code, exitDone, errs, "")
	code, out, errs := runRemote(t, "fetch", "--all", "--tag", "prod", "--json")
	expect(t, "all", code, exitUnreachable, errs, "")
	var doc struct{ Servers []fetched }
	if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Servers) != 2 || doc.Servers[0].Fetched == nil || doc.Servers[1].Error == nil {
		t.Errorf("%s (%v)", out, err)
	}
	code, _, errs = runRemote(t, "fetch", "--all", "--to", t.TempDir())
	expect(t, "one home for two", code, exitUsage, errs, "are of one server")
}

// TestFetchAtTheSameTime: no server waits for another one; each of these answers when both were
// asked.
func TestFetchAtTheSameTime(t *testing.T) {
	v := newVendor(t)
	var asked sync.WaitGroup
	asked.Add(2)
	for _, name := range []string{"Wiki", "Other"} {
		var once sync.Once
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			once.Do(asked.Done)
			both := make(chan struct{})
			go func() { asked.Wait(); close(both) }()
			select {
			case <-both:
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprint(w, v.status.Load())
			case <-r.Context().Done():
			case <-time.After(20 * time.Second):
				http.Error(w, "the other one is not asked", http.StatusServiceUnavailable)
			}
		}))
		t.Cleanup(s.Close)
		code, _, errs := runRemote(t, "sources", "add", name, "--url", s.URL, "--shared-home", v.home)
		expect(t, "add", code, exitDone, errs, "")
	}
	code, out, errs := runRemote(t, "fetch", "--all")
	if expect(t, "all", code, exitDone, errs, ""); strings.Count(out, "Fetched job 12 from ") != 2 {
		t.Error(out)
	}
}

// TestFetchDelivers: the deliveries of a server's source follow a fetch, and the runs of a
// schedule, which fetches first.
func TestFetchDelivers(t *testing.T) {
	v := newVendor(t)
	share := t.TempDir()
	code, _, errs := runRemote(t, "sources", "add", "Wiki", "--url", v.url)
	expect(t, "add", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "deliveries", "add", "share", share, "--source", "Wiki")
	expect(t, "no shared home", code, exitUsage, errs, "say where its shared home is")
	code, _, errs = runRemote(t, "sources", "edit", "Wiki", "--shared-home", v.home)
	expect(t, "edit", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "deliveries", "add", "share", share, "--source", "Wiki")
	expect(t, "add", code, exitDone, errs, "")
	code, out, errs := runRemote(t, "fetch", "--server", "Wiki", "--deliver", "--json")
	if code != exitDone {
		t.Fatalf("exit %d, %s", code, errs)
	}
	var done fetched
	if err := json.Unmarshal([]byte(out), &done); err != nil || len(done.Delivered) != 1 || done.Delivered[0].Job != 12 {
		t.Errorf("%s (%v)", out, err)
	}
	one(t, filepath.Join(share, "job=12"), "_SUCCESS")
	v.tells(13, "COMPLETED")
	v.exports(t, 13)
	code, _, errs = runRemote(t, "schedule", "add", "nightly", "--source", "Wiki", "--every", "daily 02:00")
	expect(t, "schedule", code, exitDone, errs, "")
	if code, out, errs := runProgram(t, "schedule", "run", "nightly"); code != exitDone {
		t.Fatalf("exit %d, %s%s", code, out, errs)
	}
	one(t, filepath.Join(share, "job=13"), "_SUCCESS")
}
