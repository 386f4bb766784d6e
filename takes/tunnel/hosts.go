package tunnel

import (
	"crypto/ed25519"
	"errors"
	"net"
	"os"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"sluice/takes/feed"
	"sluice/takes/login"
)

// knownHosts knows the keys of hosts.
type knownHosts struct {
	file     string // where a new one belongs, for people
	callback ssh.HostKeyCallback
}

// hostError is about the key of a host.
type hostError struct{ error }

func (e *hostError) Unwrap() error { return e.error }

// knownHosts reads the files with the keys of hosts.
func (o Options) knownHosts() (knownHosts, error) {
	k := knownHosts{file: o.KnownHosts}
	files := []string{o.KnownHosts}
	if o.KnownHosts == "" {
		k.file = login.InHome(".ssh", "known_hosts")
		files = slices.DeleteFunc([]string{k.file, "/etc/ssh/ssh_known_hosts"}, func(f string) bool { return !exists(f) })
	}
	var err error
	if k.callback, err = knownhosts.New(files...); err != nil {
		return k, feed.Damaged("the keys of known hosts cannot be read: %w", err)
	}
	return k, nil
}

// check refuses a host whose key is not known or has changed.
func (k knownHosts) check(h hop) ssh.HostKeyCallback {
	return func(address string, remote net.Addr, key ssh.PublicKey) error {
		err := k.callback(address, remote, key)
		var unknown *knownhosts.KeyError
		var revoked *knownhosts.RevokedError
		print := strings.TrimPrefix(key.Type(), "ssh-") + " " + ssh.FingerprintSHA256(key)
		host, port, _ := net.SplitHostPort(h.address)
		switch {
		case err == nil:
			return nil
		case errors.As(err, &revoked):
			return &hostError{feed.Denied("the key of the SSH server %s (%s) is revoked in %s: do not use this server before its administrator has explained it", h, print, revoked.Revoked.Filename)}
		case errors.As(err, &unknown) && len(unknown.Want) > 0:
			return &hostError{feed.Denied("WARNING: the key of the SSH server %s is another one (%s) than %s has in line %d. Somebody may stand between: ask its administrator. "+
				"Only if the server has a new key: ssh-keygen -R %s -f %s, then log in with ssh once", h, print, unknown.Want[0].Filename, unknown.Want[0].Line, knownhosts.Normalize(h.address), unknown.Want[0].Filename)}
		}
		return &hostError{feed.Denied("the key of the SSH server %s is not known here (%s). Compare that with what its administrator says, then log in once with\n  ssh -p %s %s@%s\nor add it with\n  ssh-keyscan -p %s %s >> %s",
			h, print, port, h.user, host, port, host, k.file)}
	}
}

// algorithms are those of the keys that are known of a host, so that the server
// shows one of these and not another that nobody can compare; nil if none is known.
func (k knownHosts) algorithms(address string) []string {
	private := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)) // a key that is nobody's
	public, err := ssh.NewPublicKey(private.Public())
	if err != nil {
		return nil
	}
	var unknown *knownhosts.KeyError
	if !errors.As(k.callback(address, &net.TCPAddr{IP: net.IPv4zero}, public), &unknown) {
		return nil
	}
	var names []string
	for _, known := range unknown.Want {
		kind := known.Key.Type()
		if kind == ssh.KeyAlgoRSA {
			names = append(names, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
			continue
		}
		names = append(names, kind)
	}
	return names
}

// userName is the name of the person who runs the program, as far as it is told.
func userName() string {
	for _, name := range []string{"USER", "LOGNAME", "USERNAME"} {
		if user := os.Getenv(name); user != "" {
			return user
		}
	}
	return "root"
}
