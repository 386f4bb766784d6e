//go:build unix

// Package sshtest starts servers of OpenSSH for tests.
package sshtest

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"sluice/secret"
	"sluice/takes/servers"
	"sluice/takes/tunnel"
)

// Server is a server of OpenSSH of the test's own.
type Server struct {
	Port            int
	User, Key, host string // who may log in, with which key; the server's public key
	dir             string
}

// Start starts a server on 127.0.0.1 that lets the user of the test in, or skips
// the test where none is installed.
func Start(t *testing.T, settings string) *Server {
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
	port, err := servers.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Port: port, User: me.Username, dir: t.TempDir()}
	config := s.write(t, keygen, settings)
	cmd := exec.Command(program, "-D", "-e", "-f", config)
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	said, listening := hear(errs)
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

// write makes the keys and the file with the settings.
func (s *Server) write(t *testing.T, keygen, settings string) string {
	t.Helper()
	s.Key = filepath.Join(s.dir, "key")
	host := filepath.Join(s.dir, "host")
	for _, args := range [][]string{{"-t", "ed25519", "-f", s.Key, "-N", "pass phrase"}, {"-t", "ed25519", "-f", host, "-N", ""}, {"-t", "rsa", "-f", host + "rsa", "-N", ""}} {
		if out, err := exec.Command(keygen, append([]string{"-q"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("ssh-keygen: %v: %s", err, out)
		}
	}
	public, err := os.ReadFile(host + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	s.host = fmt.Sprintf("[127.0.0.1]:%d %s", s.Port, public)
	config := fmt.Sprintf("Port %d\nListenAddress 127.0.0.1\nHostKey %s\nHostKey %srsa\nAuthorizedKeysFile %s.pub\nStrictModes no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nUsePAM no\nPidFile none\n%s",
		s.Port, host, host, s.Key, settings)
	file := filepath.Join(s.dir, "config")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// hear says when the server listens, and what it has said when it ends.
func hear(errs io.Reader) (said chan string, listening chan struct{}) {
	said, listening = make(chan string, 1), make(chan struct{})
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
	return said, listening
}

// Options are those to log in.
func (s *Server) Options(t *testing.T) *tunnel.Options {
	t.Helper()
	known := filepath.Join(t.TempDir(), "known_hosts")
	if err := os.WriteFile(known, []byte(s.host), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tunnel.Options{Target: fmt.Sprintf("%s@127.0.0.1:%d", s.User, s.Port), KeyFile: s.Key, KnownHosts: known, Passphrase: secret.Of("pass phrase")}
}
