//go:build unix

package takes

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/secret"
	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/pglive"
	"sluice/takes/tunnel"
)

// sshd is a server of OpenSSH of the test's own.
type sshd struct {
	port            int
	user, key, host string // who may log in, with which key; the server's public key
	dir             string
}

// startSSHD starts a server on 127.0.0.1 that lets the user of the test in, or skips
// the test where none is installed.
func startSSHD(t *testing.T, settings string) *sshd {
	t.Helper()
	program := "/usr/sbin/sshd"
	if _, err := os.Stat(program); err != nil {
		t.Skip("no SSH server is installed (openssh-server)")
	}
	keygen, err := exec.LookPath("ssh-keygen")
	if err != nil {
		t.Skip("ssh-keygen is not installed")
	}
	me, err := user.Current()
	if err != nil {
		t.Skip(err)
	}
	if me.Uid == "0" { // it leaves its rights behind in a folder that must be there
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			t.Skip(err)
		}
	}
	s := &sshd{port: freePort(t), user: me.Username, dir: t.TempDir()}
	s.key = filepath.Join(s.dir, "key")
	host := filepath.Join(s.dir, "host")
	for _, args := range [][]string{{"-t", "ed25519", "-f", s.key, "-N", "pass phrase"}, {"-t", "ed25519", "-f", host, "-N", ""}, {"-t", "rsa", "-f", host + "rsa", "-N", ""}} {
		if out, err := exec.Command(keygen, append([]string{"-q"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("ssh-keygen: %v: %s", err, out)
		}
	}
	public, err := os.ReadFile(host + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	s.host = fmt.Sprintf("[127.0.0.1]:%d %s", s.port, public)
	config := fmt.Sprintf("Port %d\nListenAddress 127.0.0.1\nHostKey %s\nHostKey %srsa\nAuthorizedKeysFile %s.pub\nStrictModes no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nUsePAM no\nPidFile none\n%s",
		s.port, host, host, s.key, settings)
	if err := os.WriteFile(filepath.Join(s.dir, "config"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-D", "-e", "-f", filepath.Join(s.dir, "config"))
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	said, listening := make(chan string, 1), make(chan struct{})
	go func() {
		var all strings.Builder
		b := make([]byte, 4096)
		for told := false; ; {
			n, err := errs.Read(b)
			all.Write(b[:n])
			if !told && strings.Contains(all.String(), "Server listening") {
				told = true
				close(listening)
			}
			if err != nil {
				said <- all.String()
				return
			}
		}
	}()
	select {
	case <-listening:
	case text := <-said:
		t.Skipf("the SSH server does not start: %s", text)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		log := <-said
		_ = cmd.Wait() // it was killed
		if t.Failed() {
			t.Log(log)
		}
	})
	return s
}

// options are those to log in.
func (s *sshd) options(t *testing.T) *tunnel.Options {
	t.Helper()
	known := filepath.Join(t.TempDir(), "known_hosts")
	if err := os.WriteFile(known, []byte(s.host), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tunnel.Options{Target: fmt.Sprintf("%s@127.0.0.1:%d", s.user, s.port), KeyFile: s.key, KnownHosts: known, Passphrase: secret.Of("pass phrase")}
}

// tunnelToPostgres reaches the server through OpenSSH.
func tunnelToPostgres(t *testing.T, p *postgres, l *liveTake, want string) {
	t.Setenv("SSH_AUTH_SOCK", "")
	s := startSSHD(t, "AllowTcpForwarding yes\n")
	o := s.options(t)
	out, r, err := l.of(p.address("admin"), Options{Database: Database{SSH: o}})
	if err != nil {
		t.Fatal(err)
	}
	if contents(t, out) != want || !strings.Contains(strings.Join(r.Notes, "\n"), fmt.Sprintf("through the SSH server 127.0.0.1:%d.", s.port)) {
		t.Errorf("through the tunnel: %q", r.Notes)
	}
	if survey, err := Plan(t.Context(), p.address("admin"), Options{Database: Database{SSH: o}}); err != nil || !survey.Ready {
		t.Errorf("a look through the tunnel: %+v, %v", survey, err)
	}
	unknown := *o
	unknown.KnownHosts = filepath.Join(t.TempDir(), "none")
	if err := os.WriteFile(unknown.KnownHosts, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := l.of(p.address("admin"), Options{Database: Database{SSH: &unknown}}); !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), "ssh-keyscan -p") {
		t.Errorf("a host that is not known: %v", err)
	}
	if _, _, err := l.of("postgres://admin@127.0.0.1:1/postgres", Options{Database: Database{SSH: o}}); !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), "does not reach 127.0.0.1:1") {
		t.Errorf("a database that is not there: %v", err)
	}
	closed := startSSHD(t, "AllowTcpForwarding no\n")
	if _, _, err := l.of(p.address("admin"), Options{Database: Database{SSH: closed.options(t)}}); !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), "AllowTcpForwarding") {
		t.Errorf("a server that lets nobody through: %v", err)
	}
	cutTunnel(t, p, o, l)
}

// cutTunnel cuts the tunnel while rows come through it.
func cutTunnel(t *testing.T, p *postgres, o *tunnel.Options, l *liveTake) {
	between, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer between.Close()
	cut := make(chan struct{})
	go relay(between, o.Target[strings.IndexByte(o.Target, '@')+1:], cut)
	known, err := os.ReadFile(o.KnownHosts)
	if err != nil {
		t.Fatal(err)
	}
	_, key, _ := strings.Cut(string(known), " ")
	through := *o
	through.Target = o.Target[:strings.IndexByte(o.Target, '@')+1] + between.Addr().String()
	through.KnownHosts = filepath.Join(t.TempDir(), "known_hosts")
	_, port, _ := net.SplitHostPort(between.Addr().String())
	if err := os.WriteFile(through.KnownHosts, []byte("[127.0.0.1]:"+port+" "+key), 0o600); err != nil {
		t.Fatal(err)
	}
	tunnel, err := tunnel.Open(t.Context(), through)
	if err != nil {
		t.Fatal(err)
	}
	defer tunnel.Close()
	l.n++
	out := filepath.Join(l.dir, fmt.Sprintf("%d.db", l.n))
	err = cutWhileReading(t, p.address("admin"), out, tunnel.Dialer(), func() { close(cut) })
	if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), "was cut while it was read") {
		t.Errorf("a tunnel that is cut: %v", err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("half a snapshot is left")
	}
}

// relay passes one connection on until cut is closed.
func relay(l net.Listener, to string, cut <-chan struct{}) {
	in, err := l.Accept()
	if err != nil {
		return
	}
	out, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", to)
	if err != nil {
		in.Close()
		return
	}
	go func() { _, _ = io.Copy(in, out) }()
	go func() { _, _ = io.Copy(out, in) }()
	<-cut
	in.Close()
	out.Close()
}

// cutWhileReading takes a snapshot, and acts once its transaction is open.
func cutWhileReading(t *testing.T, address, out string, dial func(context.Context, string, string) (net.Conn, error), act func()) error {
	_, err := takeRunning(t.Context(), out, Options{Now: time.Now}, func(_ *input, _ string, begin func() (feed.Sink, error)) (dbfile.Origin, []string, error) {
		_, err := pglive.Read(t.Context(), pglive.Options{Address: address, Dial: dial}, wanted{}, marks, func(pglive.Info) (feed.Sink, error) {
			act()
			return begin()
		})
		return dbfile.Origin{}, nil, err
	})
	return err
}
