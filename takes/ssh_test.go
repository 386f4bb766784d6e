//go:build unix

package takes

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/pglive"
	"sluice/takes/sshtest"
	"sluice/takes/tunnel"
)

// tunnelToPostgres reaches the server through OpenSSH.
func tunnelToPostgres(t *testing.T, p *postgres, l *liveTake, want string) {
	t.Setenv("SSH_AUTH_SOCK", "")
	s := sshtest.Start(t, "AllowTcpForwarding yes\n")
	o := s.Options(t)
	out, r, err := l.of(p.address("admin"), Options{Database: Database{SSH: o}})
	if err != nil {
		t.Fatal(err)
	}
	if contents(t, out) != want || !strings.Contains(strings.Join(r.Notes, "\n"), fmt.Sprintf("through the SSH server 127.0.0.1:%d.", s.Port)) {
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
	closed := sshtest.Start(t, "AllowTcpForwarding no\n")
	if _, _, err := l.of(p.address("admin"), Options{Database: Database{SSH: closed.Options(t)}}); !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), "AllowTcpForwarding") {
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
