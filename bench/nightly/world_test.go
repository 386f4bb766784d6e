//go:build unix

package nightly

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sluice/deliver/target/s3test"
	"sluice/source"
	"sluice/takes/sshtest"
)

// The nights. Clocks in Berlin are set back on October 25: 02:30 comes twice, at 00:30 UTC
// and an hour later.
const (
	evening = "2026-10-23T00:25:00Z" // before the first of two quiet nights
	quiet   = "2026-10-24T01:00:00Z" // after them
	change  = "2026-10-25T00:25:00Z" // before the night in which the clocks are set back
	resumed = "2026-10-25T00:31:00Z" // when a process that was killed is started again
	morning = "2026-10-25T02:00:00Z" // after it

	dayAfter     = "2026-10-26T01:25:00Z" // before the first night of the winter
	dayAfterThat = "2026-10-26T01:35:00Z"
)

// world is everything around the program: its folders, the servers it talks to, and who is
// told.
type world struct {
	t   *testing.T
	dir string // of the program, and what is delivered
	db  database

	key, known string // to log in by SFTP

	postgres, sftp, storage *gate

	mu     sync.Mutex
	told   []told
	onTold func() // called when the hook is, before it answers; may be nil
}

// told is what the hook was told.
type told struct {
	Event, Schedule string
	ID              string
	Job             struct {
		JobID     int64  `json:"jobId"`
		Status    string `json:"status"`
		StartedBy string `json:"startedBy"`
	}
}

// newWorld starts the servers, and sets up a schedule with all that follows it.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, dir: filepath.Join(t.TempDir(), "world"), db: startDatabase(t)}
	for _, name := range []string{"tmp", "sftp", "storage"} {
		if err := os.MkdirAll(filepath.Join(w.dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	ssh := sshtest.Start(t, "Subsystem sftp internal-sftp\n")
	w.postgres = openGate(t, fmt.Sprintf("127.0.0.1:%d", w.db.port))
	w.sftp = openGate(t, fmt.Sprintf("127.0.0.1:%d", ssh.Port))
	w.key, w.known = w.login(ssh)
	storage, err := url.Parse(w.startStorage())
	if err != nil {
		t.Fatal(err)
	}
	w.storage = openGate(t, storage.Host)
	hook := httptest.NewServer(http.HandlerFunc(w.tell))
	t.Cleanup(hook.Close)
	w.addSource()
	w.sluice("schedule", "add", "nightly", "--source", "wiki", "--every", "daily 02:30", "--zone", "Europe/Berlin", "--format", "csv", "--keep", "2")
	w.deliverBySFTP("--redact", "gdpr")
	w.sluice("deliveries", "add", "storage", "s3://"+s3test.Bucket+"/wiki", "--source", "wiki", "--as", "parquet", "--layout", "table",
		"--s3-endpoint", fmt.Sprintf("http://127.0.0.1:%d", w.storage.port), "--s3-region", "us-east-1")
	w.sluice("hooks", "add", "ops", "--on", "end", "--url", hook.URL)
	return w
}

// deliverBySFTP sets up the delivery of packed CSV.
func (w *world) deliverBySFTP(more ...string) {
	w.t.Helper()
	me, err := user.Current()
	if err != nil {
		w.t.Fatal(err)
	}
	place := fmt.Sprintf("sftp://%s@127.0.0.1:%d%s", me.Username, w.sftp.port, filepath.Join(w.dir, "sftp"))
	w.sluice(append([]string{"deliveries", "add", "sftp", place, "--source", "wiki", "--ssh-key", w.key, "--ssh-known-hosts", w.known, "--files", "csv", "--pack", "zstd"}, more...)...)
}

// login makes a key without a passphrase, which nobody could enter, and a list of known hosts
// with the port of the gate.
func (w *world) login(ssh *sshtest.Server) (key, known string) {
	w.t.Helper()
	dir := w.t.TempDir()
	key, known = filepath.Join(dir, "key"), filepath.Join(dir, "known")
	b, err := os.ReadFile(ssh.Key)
	if err == nil {
		err = os.WriteFile(key, b, 0o600)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	if out, err := exec.Command("ssh-keygen", "-q", "-p", "-P", "pass phrase", "-N", "", "-f", key).CombinedOutput(); err != nil {
		w.t.Fatalf("%v: %s", err, out)
	}
	if b, err = os.ReadFile(ssh.Options(w.t).KnownHosts); err == nil {
		b = bytes.ReplaceAll(b, fmt.Appendf(nil, "]:%d ", ssh.Port), fmt.Appendf(nil, "]:%d ", w.sftp.port))
		err = os.WriteFile(known, b, 0o600)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return key, known
}

// addSource adds the database, whose snapshot is taken again by each run.
func (w *world) addSource() {
	w.t.Helper()
	from := fmt.Sprintf("postgres://admin@127.0.0.1:%d/postgres?sslmode=disable", w.postgres.port)
	s := source.NewTaken("wiki", filepath.Join(w.dir, "snapshots", "wiki.db"), filepath.Join(w.dir, "homes"), source.Taken{From: from})
	s.Local.MinFreeSpace = "-1"
	err := source.NewFileIn(filepath.Join(w.dir, "config", "sluice")).Update(func(source.List) (source.List, error) { return source.List{s}, nil })
	if err != nil {
		w.t.Fatal(err)
	}
}

// env is the environment of the program.
func (w *world) env(from, until string) []string {
	return []string{"AWS_ACCESS_KEY_ID=" + s3test.Key, "AWS_SECRET_ACCESS_KEY=" + s3test.Secret, "HOME=" + w.dir, "XDG_CONFIG_HOME=" + filepath.Join(w.dir, "config"), "XDG_DATA_HOME=" + filepath.Join(w.dir, "data"), "TMPDIR=" + filepath.Join(w.dir, "tmp"),
		"PATH=" + os.Getenv("PATH"), "TZ=UTC", fromVariable + "=" + from, untilVariable + "=" + until}
}

// sluice runs a command, and returns what it prints.
func (w *world) sluice(args ...string) []byte {
	w.t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = w.env(evening, "")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		w.t.Fatalf("sluice %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out
}

// within is the world for a part of the test.
func (w *world) within(t *testing.T) *world {
	w.t = t
	return w
}

// tell is the hook.
func (w *world) tell(_ http.ResponseWriter, r *http.Request) {
	b, err := io.ReadAll(r.Body)
	var news told
	if err == nil {
		err = json.Unmarshal(b, &news)
	}
	if err != nil {
		w.t.Errorf("the hook is told %q: %v", b, err)
	}
	w.mu.Lock()
	w.told = append(w.told, news)
	f := w.onTold
	w.onTold = nil
	w.mu.Unlock()
	if f != nil {
		f()
	}
}

// heard is what the hook was told since it was asked last.
func (w *world) heard() []told {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.told
	w.told = nil
	return all
}
