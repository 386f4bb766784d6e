package tunnel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"runtime"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"sluice/secret"
	"sluice/takes/feed"
	"sluice/takes/login"
	"sluice/wording"
)

// usualKeys are the files that count where none is named, as those of OpenSSH.
var usualKeys = []string{"id_ed25519", "id_ecdsa", "id_rsa"}

// keyring finds the keys for a hop.
type keyring struct {
	o     Options
	hop   hop
	ctx   context.Context
	agent net.Conn
	asked func() bool // ends the time that the server has
	tried []string    // where keys were found, for people
	err   error       // why a key could not be used
}

func (k *keyring) close() {
	if k.agent != nil {
		k.agent.Close()
	}
}

// signers are the keys in the order in which the server is asked about them.
func (k *keyring) signers() ([]ssh.Signer, error) {
	var all []ssh.Signer
	files, named := k.hop.keys, k.o.KeyFile != ""
	if named {
		files = []string{k.o.KeyFile}
	}
	for _, file := range files {
		s, err := k.fromFile(file)
		if err != nil && named {
			k.err = err
			return nil, err
		}
		if s != nil {
			all = append(all, s)
		}
	}
	all = append(all, k.fromAgent()...)
	if len(files) == 0 {
		for _, name := range usualKeys {
			if s, err := k.fromFile(login.InHome(".ssh", name)); err == nil && s != nil {
				all = append(all, s)
			}
		}
	}
	return all, nil
}

// fromAgent are the keys of the agent; they are asked for through a connection that
// is open until the login is done.
func (k *keyring) fromAgent() []ssh.Signer {
	socket := os.Getenv("SSH_AUTH_SOCK")
	if socket == "" {
		return nil
	}
	c, err := net.Dial("unix", socket)
	if err != nil {
		return nil
	}
	k.agent = c
	signers, err := agent.NewClient(c).Signers()
	if err != nil || len(signers) == 0 {
		return nil
	}
	k.tried = append(k.tried, fmt.Sprintf("%d of the agent", len(signers)))
	return signers
}

// longestKey bounds what is read of a file with a key, in bytes.
const longestKey = 1 << 20

// fromFile is the key in a file. Of an encrypted one the passphrase is wanted only
// when the server would take it.
func (k *keyring) fromFile(file string) (ssh.Signer, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, feed.Denied("the key of SSH cannot be read: %w", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, feed.Denied("the key of SSH in %s is not taken, as ssh does: others can use it (mode %04o); chmod 600 takes that away", file, info.Mode().Perm())
	}
	text, err := io.ReadAll(io.LimitReader(f, longestKey))
	if err != nil {
		return nil, feed.Denied("the key of SSH cannot be read: %w", err)
	}
	signer, err := ssh.ParsePrivateKey(text)
	var encrypted *ssh.PassphraseMissingError
	if errors.As(err, &encrypted) {
		l := &lazy{k: k, file: file, text: text, public: encrypted.PublicKey}
		if l.public == nil { // the old forms do not tell
			l.public = publicKey(file)
		}
		k.tried = append(k.tried, file)
		if l.public == nil {
			return l.open()
		}
		return l, nil
	}
	if err != nil {
		return nil, feed.Denied("%s holds no private key that Sluice can use: name the file without .pub, in OpenSSH's form or in PEM", file)
	}
	k.tried = append(k.tried, file)
	return signer, nil
}

// publicKey reads the public key beside a private one; nil if there is none.
func publicKey(file string) ssh.PublicKey {
	text, err := os.ReadFile(file + ".pub")
	if err != nil {
		return nil
	}
	key, _, _, _, err := ssh.ParseAuthorizedKey(text)
	if err != nil {
		return nil
	}
	return key
}

// lazy is an encrypted key, which is decrypted when it has to sign.
type lazy struct {
	k      *keyring
	file   string
	text   []byte
	public ssh.PublicKey
}

var _ ssh.AlgorithmSigner = (*lazy)(nil)

// PublicKey implements ssh.Signer.
func (l *lazy) PublicKey() ssh.PublicKey { return l.public }

// Sign implements ssh.Signer.
func (l *lazy) Sign(rand io.Reader, data []byte) (*ssh.Signature, error) {
	return l.SignWithAlgorithm(rand, data, "")
}

// SignWithAlgorithm implements ssh.AlgorithmSigner.
func (l *lazy) SignWithAlgorithm(rand io.Reader, data []byte, algorithm string) (*ssh.Signature, error) {
	signer, err := l.open()
	if err != nil {
		return nil, err
	}
	if s, ok := signer.(ssh.AlgorithmSigner); ok && algorithm != "" {
		return s.SignWithAlgorithm(rand, data, algorithm)
	}
	return signer.Sign(rand, data)
}

// open decrypts the key.
func (l *lazy) open() (ssh.Signer, error) {
	passphrase := l.k.o.Passphrase
	if passphrase.Empty() && l.k.o.Ask != nil {
		l.k.asked() // a person takes the time that they need
		var err error
		if passphrase, err = l.k.o.Ask(l.k.ctx, login.Question{Kind: login.PassphraseOfKey, Of: l.file}); err != nil {
			l.k.err = wording.Errorf("ask for the passphrase: %w", err)
			return nil, l.k.err
		}
	}
	switch {
	case !passphrase.Empty():
	case l.k.o.Ask == nil: // nobody is there
		l.k.err = feed.Denied("the key of SSH in %s is encrypted: name a file with its passphrase with --ssh-passphrase-file, or add it to the agent with ssh-add", l.file)
		return nil, l.k.err
	default:
		l.k.err = feed.Denied("the key of SSH in %s is encrypted: give its passphrase with --ssh-passphrase-file or at the prompt of a terminal, or add it to the agent with ssh-add", l.file)
		return nil, l.k.err
	}
	signer, err := ssh.ParsePrivateKeyWithPassphrase(l.text, []byte(passphrase.Reveal()))
	if err != nil {
		l.k.err = feed.Denied("the passphrase of the key of SSH in %s is wrong", l.file)
		return nil, l.k.err
	}
	return signer, nil
}

// explain says why a login failed.
func (k *keyring) explain(within context.Context, err error) error {
	var host *hostError
	var algorithms *ssh.AlgorithmNegotiationError
	text := err.Error()
	switch {
	case k.ctx.Err() != nil:
		return context.Cause(k.ctx)
	case k.err != nil:
		return k.err
	case errors.As(err, &host):
		return host.error
	case within.Err() != nil:
		return unreachable(k.ctx, k.hop, within.Err())
	case errors.As(err, &algorithms):
		return feed.Damaged("the SSH server %s knows no way of encryption that Sluice takes: it is too old (%s)", k.hop, feed.LastPart(err.Error()))
	case strings.Contains(text, "unable to authenticate"):
		tried := "none was found: start an agent and ssh-add a key, or name one with --ssh-key"
		if len(k.tried) > 0 {
			tried = wording.Of("tried were %s; name another with --ssh-key", strings.Join(k.tried, ", ")).String()
		}
		return feed.Denied("the SSH server %s takes none of the keys for %s: %s", k.hop, k.hop.user, tried)
	case errors.Is(err, io.EOF), strings.Contains(text, "version string"), strings.Contains(text, "reset by peer"):
		return feed.Unreachable("what answers at %s is no SSH server, or ends the connection at once: check host and port", k.hop)
	}
	return feed.Unreachable("the login at the SSH server %s failed: %s", k.hop, secret.Unquoted(feed.LastPart(err.Error())))
}

// exists reports whether there is a file.
func exists(file string) bool {
	_, err := os.Stat(file)
	return file != "" && !errors.Is(err, fs.ErrNotExist)
}
