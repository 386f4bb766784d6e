// Package tunnel makes connections through a server of SSH, within the process: no
// port is opened on this computer. It logs in by keys, of an agent or in files, and
// talks only to hosts whose keys are known.
package tunnel

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
	"time"

	"golang.org/x/crypto/ssh"

	"sluice/secret"
	"sluice/takes/feed"
	"sluice/takes/login"
	"sluice/wording"
)

// Options say through which server connections are made.
type Options struct {
	// Target is the server: [user@]host[:port], where the host may be a name of
	// ~/.ssh/config.
	Target string
	// KeyFile is a file with a private key; "" means those that ~/.ssh/config
	// names, the agent's and the usual ones.
	KeyFile string
	// Passphrase is that of the key; if it is empty, Ask is asked for the one of a
	// key that the server would take.
	Passphrase secret.Secret
	Ask        login.Ask // nil: nobody
	// KnownHosts is a file with the keys of hosts; "" means the usual ones.
	KnownHosts string

	keepalive time.Duration // 0: keepaliveInterval
}

const (
	// connectTimeout bounds the login at one server. A person may be asked
	// within it.
	connectTimeout = 15 * time.Second
	// keepaliveInterval is how often the server is asked whether it is still
	// there; after so many answers that did not come the tunnel is closed.
	keepaliveInterval = 15 * time.Second
	keepaliveMisses   = 3
)

// Tunnel makes connections through a server. A nil Tunnel has none.
type Tunnel struct {
	clients []*ssh.Client // the last one is the target
	place   string
	notes   []string
	ended   chan struct{}
	end     sync.Once
}

// Open logs in at the server, by way of others where ~/.ssh/config says so.
func Open(ctx context.Context, o Options) (*Tunnel, error) {
	known, err := o.knownHosts()
	if err != nil {
		return nil, err
	}
	hops, notes, err := o.hops()
	if err != nil {
		return nil, err
	}
	t := &Tunnel{notes: notes, ended: make(chan struct{}), place: hops[len(hops)-1].String()}
	for _, h := range hops {
		client, err := t.login(ctx, o, h, known)
		if err != nil {
			return nil, errors.Join(err, t.Close())
		}
		t.clients = append(t.clients, client)
	}
	interval := o.keepalive
	if interval == 0 {
		interval = keepaliveInterval
	}
	client := t.clients[len(t.clients)-1]
	go t.watch(interval, func() error {
		_, _, err := client.SendRequest("keepalive@openssh.com", true, nil)
		return err
	})
	return t, nil
}

// login connects to a hop through those before it.
func (t *Tunnel) login(ctx context.Context, o Options, h hop, known knownHosts) (*ssh.Client, error) {
	within, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	var raw net.Conn
	var err error
	if n := len(t.clients); n > 0 {
		raw, err = t.clients[n-1].DialContext(within, "tcp", h.address)
	} else {
		raw, err = (&net.Dialer{}).DialContext(within, "tcp", h.address)
	}
	if err != nil {
		return nil, unreachable(ctx, h, err)
	}
	keys := &keyring{o: o, hop: h, ctx: ctx}
	defer keys.close()
	config := &ssh.ClientConfig{User: h.user, HostKeyAlgorithms: known.algorithms(h.address), HostKeyCallback: known.check(h),
		Auth: []ssh.AuthMethod{ssh.PublicKeysCallback(keys.signers)}, Timeout: connectTimeout}
	// Somebody may be asked for a passphrase meanwhile: who does not answer is
	// given up, who is asked is not.
	keys.asked = context.AfterFunc(within, func() { raw.Close() })
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	defer func() { keys.asked() }()
	c, channels, requests, err := ssh.NewClientConn(raw, h.address, config)
	if err != nil {
		raw.Close()
		return nil, keys.explain(within, err)
	}
	return ssh.NewClient(c, channels, requests), nil
}

// unreachable says why a connection to a hop could not be made.
func unreachable(ctx context.Context, h hop, err error) error {
	var dns *net.DNSError
	var refused *ssh.OpenChannelError
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &refused):
		return feed.Unreachable("the SSH server before %s does not get there: %s", h, refused.Message)
	case errors.As(err, &dns):
		return feed.Unreachable("the host of the SSH server %s is not known: check its name", h)
	case errors.Is(err, syscall.ECONNREFUSED):
		return feed.Unreachable("nothing answers at the SSH server %s: check host and port", h)
	case errors.Is(err, context.DeadlineExceeded):
		return feed.Unreachable("the SSH server %s did not answer in time: check host, port and firewall", h)
	}
	return feed.Unreachable("the SSH server %s cannot be reached: %s", h, feed.LastPart(err.Error()))
}

// String names the server for people.
func (t *Tunnel) String() string {
	if t == nil {
		return ""
	}
	return t.place
}

// Notes are sentences about what people should know.
func (t *Tunnel) Notes() []string {
	if t == nil {
		return nil
	}
	return t.notes
}

// Client is the connection to the server itself, for what it does besides tunnels. It
// ends with the Tunnel.
func (t *Tunnel) Client() *ssh.Client { return t.clients[len(t.clients)-1] }

// Dialer makes connections through the tunnel; nil for a nil Tunnel.
func (t *Tunnel) Dialer() func(ctx context.Context, network, address string) (net.Conn, error) {
	if t == nil {
		return nil
	}
	return t.dial
}

func (t *Tunnel) dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := t.clients[len(t.clients)-1].DialContext(ctx, network, address)
	var refused *ssh.OpenChannelError
	switch {
	case err == nil:
		return &conn{Conn: c}, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &refused) && refused.Reason == ssh.Prohibited:
		return nil, feed.Denied("the SSH server %s does not let %s pass through it to %s: its administrator can allow that (AllowTcpForwarding, PermitOpen)", t.place, t.clients[len(t.clients)-1].User(), address)
	case errors.As(err, &refused):
		return nil, feed.Unreachable("the SSH server %s does not reach %s: %s; check host and port of the database as that server sees them", t.place, address, refused.Message)
	}
	return nil, feed.Unreachable("the SSH tunnel through %s broke: %s", t.place, feed.LastPart(err.Error()))
}

// watch asks the server from time to time whether it is still there, so that a
// connection that nobody cut does not hang for ever. ask returns when it has answered,
// whatever it says.
func (t *Tunnel) watch(interval time.Duration, ask func() error) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	missed := 0
	answered := make(chan error, keepaliveMisses)
	for waiting := false; ; {
		select {
		case <-t.ended:
			return
		case err := <-answered:
			waiting, missed = false, 0
			if err != nil { // it is closed
				return
			}
		case <-tick.C:
			if waiting {
				if missed++; missed >= keepaliveMisses {
					_ = t.Close() // who reads hears of it
					return
				}
				continue
			}
			waiting = true
			go func() { answered <- ask() }()
		}
	}
}

// Close ends the tunnel and every connection through it.
func (t *Tunnel) Close() error {
	if t == nil {
		return nil
	}
	var err error
	t.end.Do(func() {
		close(t.ended)
		for i := len(t.clients) - 1; i >= 0; i-- {
			if e := t.clients[i].Close(); e != nil && !errors.Is(e, net.ErrClosed) && !errors.Is(e, io.EOF) && i == 0 {
				err = wording.Errorf("close the SSH tunnel: %w", e)
			}
		}
	})
	return err
}
