package sites

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sluice/secret/certtest"
)

// demands are sites that want something of every caller: a header, a cookie, a
// certificate. Each is met once without and once with it.
func demands() []Site {
	header := http.Header{"Cf-Access-Client-Id": {"sluice.access"}, "Cf-Access-Client-Secret": {"s3cr3t-of-access"}}
	proxy := always(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("CF-Access-Client-Id") != "sluice.access" {
			To(302, "https://corp.cloudflareaccess.com/cdn-cgi/access/login/wiki.example.com?kid=1")(w, r)
			return
		}
		JSON(200, started)(w, r)
	})
	sticky := always(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("gate"); err != nil || c.Value != "open-sesame" {
			Page(403, "<html><head><title>Access denied by the gateway</title></head></html>")(w, r)
			return
		}
		JSON(200, started)(w, r)
	})
	mutual := func(version uint16) *tls.Config {
		return &tls.Config{MinVersion: version, MaxVersion: version, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: authority().pool}
	}
	wants := func(name string, s Site) []Site {
		s.Row, s.Asks = RowDemands, Status
		without, with := s, s
		without.Name, with.Name = name+", and has none", name
		with.Kind, with.Exit, with.Says, with.Job = "", Done, nil, lastKnownJob
		without.Header, without.Certificate = nil, false
		return []Site{without, with}
	}
	certificate := Site{Handler: always(JSON(200, started)), Certificate: true, Kind: "client-certificate", Exit: NotAuthorised,
		Says: []string{"client certificate"}, Never: []string{"expired", "try again"}}
	tls12, tls13, nginx := certificate, certificate, certificate
	tls12.TLS, tls13.TLS = mutual(tls.VersionTLS12), mutual(tls.VersionTLS13)
	nginx.TLS = &tls.Config{ClientAuth: tls.VerifyClientCertIfGiven, ClientCAs: authority().pool}
	nginx.Handler = always(func(w http.ResponseWriter, r *http.Request) {
		if len(r.TLS.PeerCertificates) == 0 {
			Page(400, nginx400)(w, r)
			return
		}
		JSON(200, started)(w, r)
	})
	list := wants("headers of an access proxy", Site{Handler: proxy, Header: header, Kind: "login-page", Exit: NotAuthorised, Says: []string{"cloudflareaccess.com"}})
	list = append(list, wants("a fixed cookie", Site{Handler: sticky, Header: http.Header{"Cookie": {"gate=open-sesame"}}, Kind: "forbidden", Exit: NotAuthorised,
		Says: []string{"Access denied by the gateway"}})...)
	list = append(list, wants("a certificate, TLS 1.2", tls12)...)
	list = append(list, wants("a certificate, TLS 1.3", tls13)...)
	return append(list, wants("a certificate, told in a page", nginx)...)
}

// issuer signs the certificates of clients.
type issuer struct {
	pool *x509.CertPool
	pem  []byte // its certificate and its key
	err  error
}

// authority makes one issuer for all sites of the process.
var authority = sync.OnceValue(func() issuer {
	own, err := certtest.Make(x509.Certificate{Subject: pkix.Name{CommonName: "client of sites"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}, nil)
	if err != nil {
		return issuer{err: err}
	}
	key, err := own.KeyPEM()
	pool := x509.NewCertPool()
	pool.AddCert(own.Certificate)
	return issuer{pool, append(own.PEM(), key...), err}
})

// CertificateFile writes the certificate of a client that the sites accept, with its
// key, and returns the file.
func CertificateFile(t testing.TB) string {
	t.Helper()
	if authority().err != nil {
		t.Fatal(authority().err)
	}
	file := filepath.Join(t.TempDir(), "client.pem")
	if err := os.WriteFile(file, authority().pem, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
