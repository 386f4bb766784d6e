package tunnel

import (
	"cmp"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/kevinburke/ssh_config"

	"sluice/takes/feed"
	"sluice/takes/login"
)

// hop is a server on the way.
type hop struct {
	user, address string // the latter with its port
	keys          []string
}

// String names the hop for people.
func (h hop) String() string { return h.address }

// longestWay is how many servers may stand one behind the other.
const longestWay = 5

// hops are the servers on the way, the target last.
func (o Options) hops() (way []hop, notes []string, err error) {
	config, note := readConfig()
	if note != "" {
		notes = append(notes, note)
	}
	next := o.Target
	for next != "" {
		if len(way) >= longestWay {
			return nil, nil, feed.Damaged("~/.ssh/config leads to %s through more than %d servers (ProxyJump)", o.Target, longestWay)
		}
		h, jump, err := config.hop(next)
		if err != nil {
			return nil, nil, err
		}
		way = append([]hop{h}, way...)
		// Of several jumps the last is the one before the target.
		last := strings.LastIndexByte(jump, ',')
		for ; last >= 0; last = strings.LastIndexByte(jump, ',') {
			h, _, err := config.hop(jump[last+1:])
			if err != nil {
				return nil, nil, err
			}
			way, jump = append([]hop{h}, way...), jump[:last]
		}
		next = jump
	}
	if len(way) == 0 {
		return nil, nil, badTarget()
	}
	return way, notes, nil
}

func badTarget() error {
	return feed.Misused("the SSH server is not understood: write it as user@host or user@host:port, without a password")
}

// sshConfig is what ~/.ssh/config says.
type sshConfig struct{ file *ssh_config.Config }

// readConfig reads ~/.ssh/config; a note says why it is not used.
func readConfig() (c sshConfig, note string) {
	file := login.InHome(".ssh", "config")
	f, err := os.Open(file)
	if err != nil {
		if exists(file) {
			note = fmt.Sprintf("%s was not read.", file)
		}
		return c, note
	}
	defer f.Close()
	if c.file, err = ssh_config.Decode(f); err != nil {
		return sshConfig{}, fmt.Sprintf("%s was not understood, and is not used.", file)
	}
	return c, ""
}

func (c sshConfig) get(alias, key string) string {
	if c.file == nil {
		return ""
	}
	value, err := c.file.Get(alias, key)
	if err != nil {
		return ""
	}
	return value
}

// hop reads [user@]host[:port], and what the configuration says of that host.
func (c sshConfig) hop(target string) (h hop, jump string, err error) {
	target = strings.TrimPrefix(strings.TrimSpace(target), "ssh://")
	user, place, named := cutLast(target, "@")
	if !named {
		user, place = "", target
	}
	alias, port := place, ""
	if host, p, err := net.SplitHostPort(place); err == nil {
		alias, port = host, p
	}
	alias = strings.Trim(alias, "[]")
	if alias == "" || strings.ContainsAny(alias, "/@ \t") || strings.HasPrefix(alias, "-") || strings.ContainsAny(user, ": \t") {
		return hop{}, "", badTarget()
	}
	name := strings.ReplaceAll(cmp.Or(c.get(alias, "HostName"), alias), "%h", alias)
	h = hop{user: cmp.Or(user, c.get(alias, "User"), userName()), address: net.JoinHostPort(name, cmp.Or(port, c.get(alias, "Port"), "22"))}
	if c.file != nil {
		files, err := c.file.GetAll(alias, "IdentityFile")
		if err == nil {
			for _, f := range files {
				h.keys = append(h.keys, expand(f))
			}
		}
	}
	if jump = c.get(alias, "ProxyJump"); strings.EqualFold(jump, "none") {
		jump = ""
	}
	if command := c.get(alias, "ProxyCommand"); command != "" && !strings.EqualFold(command, "none") && jump == "" {
		return hop{}, "", feed.Damaged("~/.ssh/config reaches %s through a ProxyCommand, which Sluice does not run: use ProxyJump there, or name another server with --ssh", alias)
	}
	return h, jump, nil
}

// cutLast cuts around the last separator.
func cutLast(s, separator string) (before, after string, found bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

// expand makes a path of what stands for the person's own folder.
func expand(file string) string {
	file = strings.Trim(file, `"`)
	if rest, ok := strings.CutPrefix(file, "~/"); ok {
		return login.InHome(rest)
	}
	if rest, ok := strings.CutPrefix(file, "%d/"); ok {
		return login.InHome(rest)
	}
	return file
}

// HasPassword reports whether a target holds a password, which must not stand on a
// command line.
func HasPassword(target string) bool {
	user, _, named := cutLast(strings.TrimPrefix(target, "ssh://"), "@")
	return named && strings.Contains(user, ":")
}

// Check says what is wrong with a target, without a look at the network. The error
// repeats nothing of it.
func Check(target string) error {
	if HasPassword(target) {
		return feed.Damaged("no password is used for SSH: log in with a key, and write the server as user@host")
	}
	_, _, err := (&sshConfig{}).hop(target)
	return err
}
