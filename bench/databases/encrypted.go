package main

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"sluice/secret/certtest"
)

// newAuthority makes an authority, whose certificate is in a file.
func newAuthority(dir, name string) (a *certtest.Pair, file string, err error) {
	a, err = certtest.Make(x509.Certificate{Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}, nil)
	if err != nil {
		return nil, "", err
	}
	file = filepath.Join(dir, name+".pem")
	return a, file, os.WriteFile(file, a.PEM(), 0o600)
}

// encrypted tries the ways of TLS with a server that lets one user in by TLS only.
func (c *cluster) encrypted(ctx context.Context) error {
	authority, ours, err := newAuthority(c.dir, "authority")
	if err != nil {
		return err
	}
	_, other, err := newAuthority(c.dir, "stranger")
	if err != nil {
		return err
	}
	cert, key := filepath.Join(c.dir, "server.crt"), filepath.Join(c.dir, "server.key")
	pair, err := certtest.Make(x509.Certificate{Subject: pkix.Name{CommonName: "server"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}, authority)
	if err != nil {
		return err
	}
	if err := pair.Write(cert, key); err != nil {
		return err
	}
	for _, path := range []string{cert, key} {
		if err := c.w.user.Own(path); err != nil {
			return err
		}
	}
	missing := c.restart(ctx, fmt.Sprintf("ssl = on\nssl_cert_file = '%s'\nssl_key_file = '%s'\n", cert, key))
	if missing != nil {
		c.w.try(c.r.String(), "TLS: a login that needs it", func() (string, error) { return "", errSkip{"this server was built without TLS"} })
		return errors.Join(c.configure("ssl = off\n"), c.begin(ctx))
	}
	for name, way := range map[string]string{"TLS: a login that needs it": "", "TLS: required": "?sslmode=require", "TLS: the authority is checked": "?sslmode=verify-ca&sslrootcert=" + ours,
		"TLS: authority and name are checked": "?sslmode=verify-full&sslrootcert=" + ours} {
		c.w.try(c.r.String(), name, func() (string, error) { return c.w.prove(ctx, c.live(c.address("safe", wiki)+way)) })
	}
	at := func(host, way string) source {
		return source{name: fmt.Sprintf("postgres://safe@%s:%d/%s%s", host, c.port, wiki, way)}
	}
	for _, t := range []trouble{
		{name: "TLS: needed, and not allowed", source: at("127.0.0.1", "?sslmode=disable"), code: 6, says: []string{"TLS", "sslmode=require"}},
		{name: "TLS: an authority that nobody knows", source: at("127.0.0.1", "?sslmode=verify-full"), code: 7, says: []string{"authority", "sslrootcert"}},
		{name: "TLS: another authority", source: at("127.0.0.1", "?sslmode=verify-ca&sslrootcert="+other), code: 7, says: []string{"authority"}},
		{name: "TLS: another authority, required only", source: at("127.0.0.1", "?sslmode=require&sslrootcert="+other), code: 7, says: []string{"authority"}},
		{name: "TLS: another name", source: at("localhost", "?sslmode=verify-full&sslrootcert="+ours), code: 7, says: []string{"localhost"}},
		{name: "TLS: a file of the authority that is not there", source: at("127.0.0.1", "?sslmode=verify-full&sslrootcert=/no/such.pem"), code: 1, says: []string{"/no/such.pem"}},
	} {
		c.w.expect(ctx, c.r.String(), t)
	}
	return nil
}
