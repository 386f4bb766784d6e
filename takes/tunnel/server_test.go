package tunnel

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// server is a server of SSH within the test.
type server struct {
	address string
	host    ssh.Signer
	conns   chan net.Conn // those that were accepted
}

// newKey makes a key.
func newKey(t *testing.T) (ssh.Signer, ed25519.PrivateKey) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer, private
}

// writeKey writes a private key, encrypted if there is a passphrase.
func writeKey(t *testing.T, file string, private ed25519.PrivateKey, passphrase string) {
	t.Helper()
	block, err := ssh.MarshalPrivateKey(private, "")
	if passphrase != "" {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(private, "", []byte(passphrase))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
}

// serve starts a server that lets user in with a key. forbid is what it says to who
// wants to pass through it; mute makes it answer no question about being there.
func serve(t *testing.T, user string, key ssh.PublicKey, forbid ssh.RejectionReason, mute bool) *server {
	t.Helper()
	s := &server{conns: make(chan net.Conn, 16)}
	s.host, _ = newKey(t)
	config := &ssh.ServerConfig{PublicKeyCallback: func(c ssh.ConnMetadata, k ssh.PublicKey) (*ssh.Permissions, error) {
		if c.User() != user || string(k.Marshal()) != string(key.Marshal()) {
			return nil, fmt.Errorf("not this one")
		}
		return nil, nil
	}}
	config.AddHostKey(s.host)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	s.address = l.Addr().String()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.conns <- c
			go pass(c, config, forbid, mute)
		}
	}()
	return s
}

func pass(c net.Conn, config *ssh.ServerConfig, forbid ssh.RejectionReason, mute bool) {
	_, channels, requests, err := ssh.NewServerConn(c, config)
	if err != nil {
		c.Close()
		return
	}
	go func() {
		for r := range requests {
			if r.WantReply && !mute {
				_ = r.Reply(false, nil)
			}
		}
	}()
	for want := range channels {
		if forbid != 0 {
			_ = want.Reject(forbid, "nobody home")
			continue
		}
		var to struct {
			Host     string
			Port     uint32
			From     string
			FromPort uint32
		}
		if err := ssh.Unmarshal(want.ExtraData(), &to); err != nil {
			return
		}
		out, err := net.Dial("tcp", net.JoinHostPort(to.Host, fmt.Sprint(to.Port)))
		if err != nil {
			_ = want.Reject(ssh.ConnectionFailed, err.Error())
			continue
		}
		channel, more, err := want.Accept()
		if err != nil {
			return
		}
		go ssh.DiscardRequests(more)
		go func() { _, _ = io.Copy(channel, out); channel.Close() }()
		go func() { _, _ = io.Copy(out, channel); out.Close() }()
	}
}

// line is that of a file of known hosts.
func line(address string, key ssh.PublicKey) string {
	return knownhosts.Line([]string{address}, key) + "\n"
}

// echo answers with what it is sent.
func echo(t *testing.T) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(c, c); c.Close() }()
		}
	}()
	return l.Addr().String()
}
