package tunnel

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"sluice/secret"
	"sluice/takes/feed"
	"sluice/takes/login"
)

// home is an empty folder of a person, with a file of known hosts.
func home(t *testing.T, known string) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("SSH_AUTH_SOCK", "")
	write(t, filepath.Join(dir, ".ssh", "known_hosts"), known)
	return dir
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// through sends a word through a tunnel.
func through(t *testing.T, tunnel *Tunnel, address string) {
	t.Helper()
	c, err := tunnel.Dialer()(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "hello"); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 5)
	if _, err := io.ReadFull(c, b); err != nil || string(b) != "hello" {
		t.Errorf("%q, %v", b, err)
	}
}

// TestKeys logs in with keys from each place where they can be.
func TestKeys(t *testing.T) {
	signer, private := newKey(t)
	s := serve(t, "admin", signer.PublicKey(), 0, false)
	far := echo(t)
	for name, c := range map[string]struct {
		file, passphrase, config string
		o                        Options
		agent                    bool
	}{
		"a file":              {file: "key", o: Options{KeyFile: "key"}},
		"a usual file":        {file: ".ssh/id_ed25519"},
		"an encrypted file":   {file: "key", passphrase: " pass phrase ", o: Options{KeyFile: "key", Passphrase: secret.Of(" pass phrase ")}},
		"a passphrase asked":  {file: "key", passphrase: "geheim", o: Options{KeyFile: "key", Ask: func(_ context.Context, q login.Question) (secret.Secret, error) { return secret.Of("geheim"), nil }}},
		"the agent":           {agent: true},
		"the configuration's": {file: "other", config: "Host bastion\n  HostName 127.0.0.1\n  Port PORT\n  User admin\n  IdentityFile ~/other\n", o: Options{Target: "bastion"}},
	} {
		dir := home(t, line(s.address, s.host.PublicKey()))
		_, port, _ := net.SplitHostPort(s.address)
		if c.file != "" {
			writeKey(t, filepath.Join(dir, c.file), private, c.passphrase)
		}
		if c.config != "" {
			write(t, filepath.Join(dir, ".ssh", "config"), strings.ReplaceAll(c.config, "PORT", port))
		}
		if c.agent {
			t.Setenv("SSH_AUTH_SOCK", startAgent(t, private))
		}
		if c.o.Target == "" {
			c.o.Target = "admin@" + s.address
		}
		if c.o.KeyFile != "" {
			c.o.KeyFile = filepath.Join(dir, c.o.KeyFile)
		}
		tunnel, err := Open(t.Context(), c.o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		through(t, tunnel, far)
		if err := tunnel.Close(); err != nil || tunnel.String() != s.address {
			t.Errorf("%s: close %s: %v", name, tunnel, err)
		}
	}
}

// startAgent is an agent with a key.
func startAgent(t *testing.T, private any) (socket string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "sluice") // paths of sockets are limited
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket = filepath.Join(dir, "agent")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { l.Close() })
	keys := agent.NewKeyring()
	if err := keys.Add(agent.AddedKey{PrivateKey: private}); err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _ = agent.ServeAgent(keys, c); c.Close() }()
		}
	}()
	return socket
}

// TestJump goes through one server to another, as ~/.ssh/config says.
func TestJump(t *testing.T) {
	signer, private := newKey(t)
	outer, inner := serve(t, "jumper", signer.PublicKey(), 0, false), serve(t, "admin", signer.PublicKey(), 0, false)
	dir := home(t, line(outer.address, outer.host.PublicKey())+line(inner.address, inner.host.PublicKey()))
	writeKey(t, filepath.Join(dir, ".ssh", "id_ed25519"), private, "")
	write(t, filepath.Join(dir, ".ssh", "config"), "Host 127.*\n  User admin\nHost far\n  HostName 127.0.0.1\n  Port "+inner.address[strings.LastIndex(inner.address, ":")+1:]+"\n  User admin\n  ProxyJump jumper@"+outer.address+"\n")
	tunnel, err := Open(t.Context(), Options{Target: "far"})
	if err != nil {
		t.Fatal(err)
	}
	defer tunnel.Close()
	through(t, tunnel, echo(t))
	if len(outer.conns) != 1 || len(inner.conns) != 1 || tunnel.String() != inner.address {
		t.Errorf("%d and %d connections, to %s", len(outer.conns), len(inner.conns), tunnel)
	}
	write(t, filepath.Join(dir, ".ssh", "config"), "Host a\n  ProxyJump b\nHost b\n  ProxyJump a\nHost c\n  ProxyCommand nc %h %p\n")
	for target, want := range map[string]string{"a": "more than 5 servers", "c": "ProxyCommand"} {
		if _, err := Open(t.Context(), Options{Target: target}); !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", target, err)
		}
	}
}

// TestRefusals: each way in which a login can fail is said in one sentence that says
// what to do.
func TestRefusals(t *testing.T) {
	signer, private := newKey(t)
	otherSigner, other := newKey(t)
	s := serve(t, "admin", signer.PublicKey(), 0, false)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	go func() {
		for c, err := silent.Accept(); err == nil; c, err = silent.Accept() {
			fmt.Fprint(c, "220 mail\r\n")
			c.Close()
		}
	}()
	known := line(s.address, s.host.PublicKey())
	_, port, _ := net.SplitHostPort(s.address)
	for name, c := range map[string]struct {
		known, target, key, passphrase string
		mode                           os.FileMode
		o                              Options
		kind                           error
		want                           string
	}{
		"an unknown host":         {known: "\n", kind: feed.ErrDenied, want: ssh.FingerprintSHA256(s.host.PublicKey()) + "). Compare that with what its administrator says, then log in once with\n  ssh -p " + port + " admin@127.0.0.1\nor add it with\n  ssh-keyscan -p " + port + " 127.0.0.1 >> "},
		"a changed host":          {known: line(s.address, otherSigner.PublicKey()), kind: feed.ErrDenied, want: "WARNING: the key of the SSH server " + s.address + " is another one"},
		"a revoked host":          {known: "@revoked " + line(s.address, s.host.PublicKey()), kind: feed.ErrDenied, want: "is revoked"},
		"damaged known hosts":     {known: "x y z\n", kind: feed.ErrDamaged, want: "known hosts cannot be read"},
		"another key":             {key: "other", kind: feed.ErrDenied, want: "takes none of the keys for admin: tried were "},
		"no key":                  {key: "none", kind: feed.ErrDenied, want: "none was found: start an agent"},
		"another user":            {target: "nobody@" + s.address, kind: feed.ErrDenied, want: "takes none of the keys for nobody"},
		"a key that is not there": {o: Options{KeyFile: "/nix"}, kind: feed.ErrDenied, want: "/nix: no such file"},
		"a key for all":           {mode: 0o644, kind: feed.ErrDenied, want: "chmod 600"},
		"a public key":            {key: "public", kind: feed.ErrDenied, want: "name the file without .pub"},
		"no passphrase":           {passphrase: "geheim", kind: feed.ErrDenied, want: "is encrypted: name a file with its passphrase with --ssh-passphrase-file"},
		"no answer":               {passphrase: "geheim", o: Options{Ask: func(context.Context, login.Question) (secret.Secret, error) { return secret.Secret{}, nil }}, kind: feed.ErrDenied, want: "or at the prompt of a terminal"},
		"a wrong passphrase":      {passphrase: "geheim", o: Options{Passphrase: secret.Of("falsch")}, kind: feed.ErrDenied, want: "passphrase of the key of SSH in "},
		"no server":               {target: "admin@127.0.0.1:1", kind: feed.ErrUnreachable, want: "nothing answers at the SSH server 127.0.0.1:1"},
		"no SSH":                  {target: "admin@" + silent.Addr().String(), kind: feed.ErrUnreachable, want: "is no SSH server"},
		"no such host":            {target: "admin@sluice.invalid", kind: feed.ErrUnreachable, want: "sluice.invalid:22"},
		"no target":               {target: "admin@", kind: feed.ErrDamaged, want: "write it as user@host"},
		"a password":              {target: "admin:geheim@h", kind: feed.ErrDamaged, want: "without a password"},
	} {
		dir := home(t, cmp.Or(c.known, known))
		file := filepath.Join(dir, "key")
		switch c.key {
		case "other":
			writeKey(t, file, other, "")
		case "public":
			write(t, file, string(ssh.MarshalAuthorizedKey(signer.PublicKey())))
		default:
			writeKey(t, file, private, c.passphrase)
		}
		if c.mode != 0 {
			if err := os.Chmod(file, c.mode); err != nil {
				t.Fatal(err)
			}
		}
		c.o.Target = cmp.Or(c.target, "admin@"+s.address)
		if c.key != "none" {
			c.o.KeyFile = cmp.Or(c.o.KeyFile, file)
		}
		_, err := Open(t.Context(), c.o)
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), "falsch") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// opened is a tunnel through a server.
func opened(t *testing.T, forbid ssh.RejectionReason, mute bool, o Options) (*Tunnel, *server) {
	t.Helper()
	signer, private := newKey(t)
	s := serve(t, "admin", signer.PublicKey(), forbid, mute)
	dir := home(t, line(s.address, s.host.PublicKey()))
	writeKey(t, filepath.Join(dir, "key"), private, "")
	o.Target, o.KeyFile = "admin@"+s.address, filepath.Join(dir, "key")
	tunnel, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tunnel.Close() })
	return tunnel, s
}

func TestRefusedPassage(t *testing.T) {
	forbidden, _ := opened(t, ssh.Prohibited, false, Options{})
	if _, err := forbidden.Dialer()(t.Context(), "tcp", "db:5432"); !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), "does not let admin pass through it to db:5432") || !strings.Contains(err.Error(), "AllowTcpForwarding") {
		t.Errorf("forbidden: %v", err)
	}
	open, s := opened(t, 0, false, Options{})
	if _, err := open.Dialer()(t.Context(), "tcp", "127.0.0.1:1"); !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), s.address+" does not reach 127.0.0.1:1") {
		t.Errorf("nothing there: %v", err)
	}
	(<-s.conns).Close()
	_ = open.clients[0].Wait()
	if _, err := open.Dialer()(t.Context(), "tcp", "127.0.0.1:1"); !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), "broke") {
		t.Errorf("cut: %v", err)
	}
}

// TestKeepalive: a server that is silent is given up, one that answers is not.
func TestKeepalive(t *testing.T) {
	mute, _ := opened(t, 0, true, Options{keepalive: time.Millisecond})
	<-mute.ended
	synctest.Test(t, func(t *testing.T) {
		watched := func(ask func() error) *Tunnel {
			tunnel := &Tunnel{ended: make(chan struct{})}
			go tunnel.watch(time.Second, ask)
			return tunnel
		}
		asked := 0
		alive := watched(func() error { asked++; time.Sleep(2500 * time.Millisecond); return nil }) // late, and not too late
		time.Sleep(time.Hour)
		select {
		case <-alive.ended:
			t.Error("a server that answers is given up")
		default:
		}
		alive.Close()
		if synctest.Wait(); asked < 100 {
			t.Errorf("it was asked %d times in an hour", asked)
		}
		began, never := time.Now(), make(chan struct{})
		silent := watched(func() error { <-never; return nil })
		<-silent.ended
		if took := time.Since(began); took != (1+keepaliveMisses)*time.Second {
			t.Errorf("a silent server is given up after %s", took)
		}
		close(never)
	})
}

// TestDeadline: SSH has none, and a driver ends by it what was cancelled.
func TestDeadline(t *testing.T) {
	tunnel, _ := opened(t, 0, false, Options{})
	c, err := tunnel.Dialer()(t.Context(), "tcp", echo(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.SetDeadline(time.Now().Add(time.Hour)), c.SetDeadline(time.Time{}), c.SetReadDeadline(time.Unix(1, 0))); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Read(make([]byte, 1)); err == nil {
		t.Error("a deadline that has passed ends nothing")
	}
	var none *Tunnel
	if none.Dialer() != nil || none.Close() != nil || none.String() != "" || none.Notes() != nil {
		t.Error("no tunnel is one")
	}
}

func TestCancelled(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	home(t, "\n")
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		if _, err := l.Accept(); err == nil { // and says nothing
			cancel()
		}
	}()
	if _, err := Open(ctx, Options{Target: "admin@" + l.Addr().String()}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func FuzzTarget(f *testing.F) {
	f.Add("u@[::1]:22")
	f.Fuzz(func(t *testing.T, target string) {
		h, _, err := sshConfig{}.hop(target)
		if err == nil && (strings.Contains(h.user, ":") || h.address == "") {
			t.Errorf("%q: %+v", target, h)
		}
	})
}

// TestCheck says what is wrong with a target before anything is tried.
func TestCheck(t *testing.T) {
	for target, want := range map[string]string{"ana@bastion": "", "ana@bastion:2222": "", "bastion": "", "ssh://ana@[::1]:22": "",
		"ana:geheim@bastion": "no password", "": "not understood", "a b": "not understood", "-oProxyCommand=x": "not understood", "ana@": "not understood"} {
		err := Check(target)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "geheim")) {
			t.Errorf("%q: %v", target, err)
		}
	}
}
