package mylive

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"os"
	"strings"

	"sluice/takes/feed"
)

// defaultPort is that of the protocol.
const defaultPort = "3306"

// place is what an address says.
type place struct {
	user, network, address, database string
	// tls is nil for a connection without it; optional says that the server
	// may do without.
	tls      *tls.Config
	optional bool
}

// tlsMode is how safe a connection has to be.
type tlsMode uint8

const (
	tlsPreferred tlsMode = iota // if the server can
	tlsOff
	tlsRequired
	tlsCA       // and the certificate is of a known authority
	tlsIdentity // and for this host
)

// tlsModes are the names for the modes: those of Go's driver, of MySQL's and
// MariaDB's own clients and of their JDBC drivers.
var tlsModes = map[string]tlsMode{
	"preferred": tlsPreferred, "prefer": tlsPreferred,
	"false": tlsOff, "disabled": tlsOff, "disable": tlsOff,
	"skipverify": tlsRequired, "required": tlsRequired, "require": tlsRequired, "trust": tlsRequired,
	"verifyca": tlsCA,
	"true":     tlsIdentity, "verifyidentity": tlsIdentity, "verifyfull": tlsIdentity,
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

// HasPassword reports whether an address holds a password.
func HasPassword(address string) bool {
	rest, _ := cut(address)
	if strings.Contains(strings.ToLower(rest), "password=") { // also where no URL has it: Connector/J takes lists of settings for a host
		return true
	}
	u, err := url.Parse("mysql:" + rest)
	if err == nil {
		for name := range u.Query() {
			if strings.Contains(strings.ToLower(name), "password") {
				return true
			}
		}
		rest, _, _ = strings.Cut(rest, "?")
	}
	before, _, at := strings.Cut(rest, "@") // a password that a URL would have to escape counts as well
	return at && strings.Contains(before, ":")
}

// Check says what is wrong with an address, without asking the database.
func Check(address string) error {
	_, err := parse(address)
	return err
}

// parse reads an address. Its parts are in no error, for one may be a password
// at the wrong place. An example with user@host would come out without the user,
// as every address that is printed.
func parse(address string) (place, error) {
	rest, _ := cut(address)
	u, err := url.Parse("mysql:" + rest)
	if err != nil || u.Opaque != "" || strings.ContainsAny(u.Host, ",()=") || strings.Contains(strings.TrimPrefix(u.Path, "/"), "/") {
		return place{}, feed.Damaged("the address of the database is not understood: write it as mysql://host:3306/name?user=NAME, with one host")
	}
	p := place{user: u.User.Username(), network: "tcp", database: strings.TrimPrefix(u.Path, "/")}
	settings := map[string]string{}
	for name, values := range u.Query() {
		settings[plain(name)] = values[0]
	}
	if p.user == "" {
		p.user = settings["user"]
	}
	if p.user == "" {
		return place{}, feed.Damaged("the address of the database names no user: write it as mysql://host:3306/name?user=NAME")
	}
	host, port := u.Hostname(), u.Port()
	if host == "" {
		host = "localhost"
	}
	if port == "" {
		port = defaultPort
	}
	p.address = net.JoinHostPort(host, port)
	if socket := settings["socket"]; socket != "" {
		p.network, p.address = "unix", socket
		return p, nil // nothing leaves the computer
	}
	return p, p.secure(host, settings)
}

// plain is the name of a setting without what its spellings differ in: sslMode,
// ssl-mode, ssl_mode.
func plain(name string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(name))
}

// secure chooses how the connection is protected.
func (p *place) secure(host string, settings map[string]string) error {
	mode, authority := tlsPreferred, ""
	for _, name := range []string{"usessl", "ssl", "sslmode", "tls"} { // later ones count more
		value, given := settings[name]
		if !given {
			continue
		}
		m, known := tlsModes[plain(value)]
		if !known {
			return feed.Damaged("the address asks for TLS in a way that is not known: write ?tls=false, preferred, skip-verify, verify-ca or true")
		}
		mode = m
	}
	for _, name := range []string{"sslca", "sslrootcert", "serversslcert"} {
		if settings[name] != "" {
			authority = settings[name]
		}
	}
	if mode == tlsOff {
		return nil
	}
	p.optional = mode == tlsPreferred
	p.tls = &tls.Config{ServerName: host, InsecureSkipVerify: mode != tlsIdentity}
	if authority != "" {
		pem, err := os.ReadFile(authority)
		if err != nil {
			return feed.Damaged("the certificate of the authority that the address names cannot be read: %w", err)
		}
		p.tls.RootCAs = x509.NewCertPool()
		if !p.tls.RootCAs.AppendCertsFromPEM(pem) {
			return feed.Damaged("%s holds no certificate in PEM", authority)
		}
	}
	if mode == tlsCA {
		p.tls.VerifyConnection = verifyAuthority(p.tls.RootCAs)
	}
	return nil
}

// verifyAuthority checks the certificates of a server without its name.
func verifyAuthority(roots *x509.CertPool) func(tls.ConnectionState) error {
	return func(s tls.ConnectionState) error {
		if len(s.PeerCertificates) == 0 {
			return errors.New("tls: the server has no certificate")
		}
		others := x509.NewCertPool()
		for _, c := range s.PeerCertificates[1:] {
			others.AddCert(c)
		}
		_, err := s.PeerCertificates[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: others})
		return err
	}
}
