package mylive

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"strings"

	"sluice/secret"
	"sluice/takes/dburl"
	"sluice/takes/feed"
	"sluice/takes/login"
)

// defaultPort is that of the protocol.
const defaultPort = "3306"

// place is what an address says.
type place struct {
	user, database string
	password       secret.Secret
	hosts          []host // tried in this order
	// tls is nil for a connection without it; its ServerName is that of the host
	// that is tried. optional says that the server may do without.
	tls      *tls.Config
	optional bool
	checked  feed.Checked
	unused   []string // names of settings that nobody takes
}

// host is where a server listens.
type host struct{ network, name, address string }

// String names the servers for people.
func (p place) String() string {
	var places []string
	for _, h := range p.hosts {
		places = append(places, h.address)
	}
	return fmt.Sprintf("%s (database %s)", strings.Join(places, " or "), p.database)
}

// cut takes the prefixes of JDBC and of the kind of database off an address.
func cut(address string) (rest string, ok bool) {
	lower := strings.ToLower(address)
	for _, prefix := range []string{"mysql:", "mariadb:", "jdbc:mysql:", "jdbc:mariadb:"} {
		if strings.HasPrefix(lower, prefix) {
			rest = address[len(prefix):]
			return rest, strings.HasPrefix(prefix, "jdbc:") || strings.HasPrefix(rest, "//")
		}
	}
	return "", false
}

// IsAddress reports whether a source is the address of a MySQL or MariaDB
// database: a URL, also in the form of the JDBC drivers.
func IsAddress(s string) bool {
	_, ok := cut(s)
	return ok
}

// notUnderstood says no part of the address: one may be a password at the wrong
// place. An example with user@host would come out without the user, as every
// address that is printed.
func notUnderstood() error {
	return feed.Misused("the address of the database is not understood: write it as mysql://host:3306/name?user=NAME")
}

// parse reads the address of o, and what comes before it. client is what the file
// of MySQL's own clients says; it counts where the address says nothing.
func (o Options) parse(client login.Client) (place, error) {
	rest, _ := cut(o.Address)
	if !strings.HasPrefix(rest, "//") {
		return place{}, feed.Misused("the address asks for a way of several servers (such as replication: or loadbalance:) that Sluice does not know: write it as jdbc:mysql://host:3306/name, with the hosts to try in their order")
	}
	u, err := dburl.Parse(rest)
	if err != nil {
		return place{}, notUnderstood()
	}
	p := place{database: cmp.Or(o.Name, u.Name), password: u.Password}
	if v, has := u.Take(spelt("password")); has {
		p.password = secret.Of(v)
	}
	user, _ := u.Take(spelt("user"))
	user = cmp.Or(u.User, user)
	if o.User != "" && o.User != user {
		p.password = secret.Secret{} // it is another user's
	}
	p.user = cmp.Or(o.User, user, client.User)
	if p.user == "" {
		return p, feed.Misused("the address of the database names no user: write it as mysql://host:3306/name?user=NAME")
	}
	socket, _ := u.Take(func(n string) bool { return plain(n) == "socket" || plain(n) == "localsocket" })
	p.locate(o, u.Hosts, socket, client)
	err = p.secure(&u)
	p.unused = u.Unused()
	return p, err
}

// spelt compares the name of a setting without what its spellings differ in.
func spelt(name string) func(string) bool {
	return func(n string) bool { return plain(n) == name }
}

// locate finds the hosts, or the socket.
func (p *place) locate(o Options, hosts []dburl.Host, socket string, client login.Client) {
	if o.Host != "" {
		socket, hosts = "", []dburl.Host{{Name: strings.Trim(o.Host, "[]")}}
		if strings.HasPrefix(o.Host, "/") {
			socket = o.Host
		}
	} else if len(hosts) == 0 && socket == "" {
		hosts = []dburl.Host{{Name: client.Host, Port: client.Port}}
		if client.Host == "" || client.Host == "localhost" { // as mysql does
			socket = client.Socket
		}
	}
	if socket != "" {
		p.hosts = []host{{"unix", "localhost", socket}}
		return
	}
	for _, h := range hosts {
		h.Name, h.Port = cmp.Or(h.Name, "localhost"), cmp.Or(o.Port, h.Port)
		p.hosts = append(p.hosts, host{"tcp", h.Name, h.String(defaultPort)})
	}
}

// plain is the name of a setting without what its spellings differ in: sslMode,
// ssl-mode, ssl_mode.
func plain(name string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(name))
}
