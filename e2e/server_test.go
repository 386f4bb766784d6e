//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluice/takes/servers"
)

const token = "only-for-this-test"

// service is "sluice serve" over a snapshot.
type service struct {
	t               *testing.T
	address, db     string
	home, tokenFile string
	flags           []string
	cmd             *exec.Cmd
	errs            bytes.Buffer
}

// serve starts a server over a snapshot, on an address that is free.
func serve(t *testing.T, db string, flags ...string) *service {
	t.Helper()
	port, err := servers.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	s := &service{t: t, address: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), db: db, flags: flags, home: t.TempDir(), tokenFile: filepath.Join(t.TempDir(), "token")}
	if err := os.WriteFile(s.tokenFile, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	s.start()
	return s
}

// start starts it, and waits until it answers.
func (s *service) start() {
	s.t.Helper()
	args := []string{"serve", "--snapshot", s.db, "--home", s.home, "--listen", s.address, "--token-file", s.tokenFile}
	s.cmd = exec.Command(binary(s.t), append(args, s.flags...)...)
	s.cmd.Stderr = &s.errs
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	for ctx.Err() == nil {
		r, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address+"/rest/datapipeline/latest/export", nil)
		if answer, err := http.DefaultClient.Do(r); err == nil {
			answer.Body.Close()
			return
		}
		<-time.After(50 * time.Millisecond) // another process tells nobody when it is ready
	}
	s.t.Fatalf("the server does not answer: %s", s.errs.String())
}

func (s *service) stop() {
	if s.cmd == nil {
		return
	}
	s.cmd.Process.Signal(syscall.SIGTERM)
	s.cmd.Wait()
	s.cmd = nil
}

// swap puts another snapshot into the place of the one that is served, and other flags.
func (s *service) swap(db string, flags ...string) {
	s.t.Helper()
	s.stop()
	s.db, s.flags = db, flags
	s.start()
}

// remote runs a headless command against the server and returns its exit code.
func (s *service) remote(args ...string) int {
	s.t.Helper()
	c := exec.Command(binary(s.t), append(args, "--url", "http://"+s.address, "--token-file", s.tokenFile)...)
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatal(err)
	}
	return c.ProcessState.ExitCode()
}

// addServer fills in the form for a server, and tests the connection first.
func (p *program) addServer(name string, s *service) {
	p.t.Helper()
	p.click("Connect to a server")
	p.fillField("field Wiki production", name)
	p.fillField("field https://wiki.example.com", "http://"+s.address)
	p.fillField("field secret", token)
	p.click("Test connection")
	p.click("Add server")
}

func (p *program) fillField(name, text string) {
	p.t.Helper()
	t := p.await(name)
	p.fill(t.x, t.y, text)
}

// TestServerThroughItsLife adds a server, starts an export on it, sees one that
// somebody else has started, is refused one and forces it, loses the server and
// finds it again.
func TestServerThroughItsLife(t *testing.T) {
	beside(t)
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.db"), filepath.Join(dir, "bad.db")
	sluice(t, "demo", good, "--pages", "20000")
	sluice(t, "demo", bad, "--pages", "400", "--inconsistent")
	s := serve(t, good, "--cpu-share", "2")
	p := newDesk(t).open(t.TempDir())
	p.addServer("Wiki", s)
	p.says("Wiki: Not started – Sluice")

	p.click("Everything")
	p.click("Start export")
	p.says("Wiki: Started – Sluice")
	if code := s.remote("start"); code != 3 {
		t.Errorf("a start while one runs ends with %d, want 3", code)
	}
	p.key("ctrl+period")
	p.says("Wiki: Cancelled – Sluice")

	s.swap(good)
	if code := s.remote("start", "--from-date", "1990-01-01T00:00Z"); code != 0 {
		t.Fatalf("the start of somebody else ends with %d", code)
	}
	p.click("Start export") // the window may not know yet that one runs, and is told so
	p.says("Wiki: Completed – Sluice")

	s.swap(bad)
	p.click("Check now")
	p.click("Start export")
	p.says("Wiki: Failed – Sluice")
	p.click("Force export: may be incomplete")
	p.says("Wiki: Completed, forced – Sluice")

	s.stop()
	p.click("Check now")
	p.says("Wiki: Unreachable – Sluice")
	s.start()
	p.click("Try again")
	p.says("Wiki: Completed, forced – Sluice")
	if strings.Contains(strings.Join(p.log, "\n"), token) {
		t.Error("the token is in the log")
	}
}

// TestSecondWindowIsRefused starts an export in one window; another one, which
// does not know of it yet, is refused and shows the job that runs, and may
// cancel it.
func TestSecondWindowIsRefused(t *testing.T) {
	beside(t)
	db := filepath.Join(t.TempDir(), "slow.db")
	sluice(t, "demo", db, "--pages", "20000")
	s := serve(t, db, "--cpu-share", "2")
	desk := newDesk(t)
	second := newDesk(t).open(t.TempDir(), "--poll", "1h") // it learns of nothing by itself
	second.addServer("Wiki", s)
	second.says("Wiki: Not started – Sluice")
	first := desk.open(t.TempDir())
	first.addServer("Wiki", s)
	first.says("Wiki: Not started – Sluice")
	first.click("Everything")
	first.click("Start export")
	first.says("Wiki: Started – Sluice")
	second.click("Start export")
	second.says("Wiki: Started – Sluice")
	second.desk.keepPicture("refused")
	second.key("ctrl+period")
	second.says("Wiki: Cancelled – Sluice")
	first.says("Wiki: Cancelled – Sluice")
}

// TestHistoryOfAServer closes the window, and opens it again after somebody else
// has exported: the server tells that job only, the window remembers its own.
func TestHistoryOfAServer(t *testing.T) {
	beside(t)
	db, home := filepath.Join(t.TempDir(), "small.db"), t.TempDir()
	sluice(t, "demo", db, "--pages", "400")
	s := serve(t, db)
	desk := newDesk(t)
	p := desk.open(home)
	p.addServer("Wiki", s)
	p.says("Wiki: Not started – Sluice")
	p.click("Start export")
	p.says("Wiki: Completed – Sluice")
	if err := p.interrupt(); err != nil {
		t.Errorf("the program ended with %v", err)
	}
	if code := s.remote("start", "--wait"); code != 0 {
		t.Fatalf("the start of somebody else ends with %d", code)
	}
	p = desk.open(home)
	p.addServer("Wiki", s)
	p.says("Wiki: Completed – Sluice")
	p.click("History")
	p.until("two jobs", func() bool {
		jobs := 0
		for _, t := range p.targets {
			if t.text == "Details" {
				jobs++
			}
		}
		return jobs == 2
	})
	desk.keepPicture("history")
}
