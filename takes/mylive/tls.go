package mylive

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"os"
	"strings"

	"sluice/takes/dburl"
	"sluice/takes/feed"
)

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

// secure chooses how the connection is protected.
func (p *place) secure(u *dburl.URL) error {
	mode := tlsPreferred
	for _, name := range []string{"usessl", "ssl", "sslmode", "tls"} { // later ones count more
		value, given := u.Take(spelt(name))
		if !given {
			continue
		}
		m, known := tlsModes[plain(value)]
		if !known {
			return feed.Misused("the address asks for TLS in a way that is not known: write ?tls=false, preferred, skip-verify, verify-ca or true")
		}
		mode = m
	}
	if value, given := u.Take(spelt("trustservercertificate")); given && strings.EqualFold(value, "true") && mode > tlsRequired {
		mode = tlsRequired
	}
	authority, cert, key := "", "", ""
	for setting, name := range map[string]*string{"sslca": &authority, "sslrootcert": &authority, "serversslcert": &authority, "sslcert": &cert, "sslkey": &key} {
		if value, given := u.Take(spelt(setting)); given {
			*name = value
		}
	}
	if mode == tlsOff || p.hosts[0].network == "unix" { // from where nothing leaves the computer
		return nil
	}
	p.optional = mode == tlsPreferred
	p.tls = &tls.Config{InsecureSkipVerify: mode != tlsIdentity}
	if err := p.certificates(authority, cert, key); err != nil {
		return err
	}
	switch mode {
	case tlsCA:
		p.tls.VerifyConnection, p.checked = verifyAuthority(p.tls.RootCAs), feed.CheckedAuthority
	case tlsIdentity:
		p.checked = feed.CheckedName
	}
	return nil
}

// certificates reads that of the authority, and that of the client with its key.
func (p *place) certificates(authority, cert, key string) error {
	if authority != "" {
		pem, err := os.ReadFile(strings.TrimPrefix(authority, "file:"))
		if err != nil {
			return feed.Damaged("the certificate of the authority that the address names cannot be read: %w", err)
		}
		p.tls.RootCAs = x509.NewCertPool()
		if !p.tls.RootCAs.AppendCertsFromPEM(pem) {
			return feed.Damaged("%s holds no certificate in PEM", authority)
		}
	}
	if (cert == "") != (key == "") {
		return feed.Damaged("a certificate of the client takes both ssl-cert and ssl-key")
	}
	if cert != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return feed.Damaged("the certificate and key of ssl-cert and ssl-key cannot be used: %w", err)
		}
		p.tls.Certificates = []tls.Certificate{pair}
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
