package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// authority signs certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string
}

func newAuthority(dir, name string) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(240 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	a := &authority{key: key, file: filepath.Join(dir, name+".pem")}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	return a, writePEM(a.file, "CERTIFICATE", der)
}

// sign writes a certificate for 127.0.0.1 and its key.
func (a *authority) sign(cert, key string) error {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "server"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(240 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &k.PublicKey, a.key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		return err
	}
	if err := writePEM(cert, "CERTIFICATE", der); err != nil {
		return err
	}
	return writePEM(key, "PRIVATE KEY", private)
}

func writePEM(path, kind string, der []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}

// encrypted tries the ways of TLS with a server that lets one user in by TLS only.
func (c *cluster) encrypted(ctx context.Context) error {
	ours, err := newAuthority(c.dir, "authority")
	if err != nil {
		return err
	}
	other, err := newAuthority(c.dir, "stranger")
	if err != nil {
		return err
	}
	cert, key := filepath.Join(c.dir, "server.crt"), filepath.Join(c.dir, "server.key")
	if err := ours.sign(cert, key); err != nil {
		return err
	}
	for _, path := range []string{cert, key} {
		if err := c.w.user.own(path); err != nil {
			return err
		}
	}
	missing := c.restart(ctx, fmt.Sprintf("ssl = on\nssl_cert_file = '%s'\nssl_key_file = '%s'\n", cert, key))
	if missing != nil {
		c.w.try(c.r.String(), "TLS: a login that needs it", func() (string, error) { return "", errSkip{"this server was built without TLS"} })
		return errors.Join(c.configure("ssl = off\n"), c.begin(ctx))
	}
	for name, way := range map[string]string{"TLS: a login that needs it": "", "TLS: required": "?sslmode=require", "TLS: the authority is checked": "?sslmode=verify-ca&sslrootcert=" + ours.file,
		"TLS: authority and name are checked": "?sslmode=verify-full&sslrootcert=" + ours.file} {
		c.w.try(c.r.String(), name, func() (string, error) { return c.w.prove(ctx, c.live(c.address("safe", wiki)+way)) })
	}
	at := func(host, way string) source {
		return source{name: fmt.Sprintf("postgres://safe@%s:%d/%s%s", host, c.port, wiki, way)}
	}
	for _, t := range []trouble{
		{name: "TLS: needed, and not allowed", source: at("127.0.0.1", "?sslmode=disable"), code: 6, says: []string{"TLS", "sslmode=require"}},
		{name: "TLS: an authority that nobody knows", source: at("127.0.0.1", "?sslmode=verify-full"), code: 7, says: []string{"authority", "sslrootcert"}},
		{name: "TLS: another authority", source: at("127.0.0.1", "?sslmode=verify-ca&sslrootcert="+other.file), code: 7, says: []string{"authority"}},
		{name: "TLS: another authority, required only", source: at("127.0.0.1", "?sslmode=require&sslrootcert="+other.file), code: 7, says: []string{"authority"}},
		{name: "TLS: another name", source: at("localhost", "?sslmode=verify-full&sslrootcert="+ours.file), code: 7, says: []string{"localhost"}},
		{name: "TLS: a file of the authority that is not there", source: at("127.0.0.1", "?sslmode=verify-full&sslrootcert=/no/such.pem"), code: 1, says: []string{"/no/such.pem"}},
	} {
		c.w.expect(ctx, c.r.String(), t)
	}
	return nil
}
