package server

import (
	"crypto/x509"
	"path/filepath"
	"testing"

	"sluice/secret/certtest"
)

// certificateFiles writes a self-signed certificate for sluice.test and a
// wildcard, and its key.
func certificateFiles(t *testing.T) (cert, key string) {
	t.Helper()
	pair, err := certtest.Make(x509.Certificate{DNSNames: []string{"sluice.test", "*.wild.test"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	if err := pair.Write(cert, key); err != nil {
		t.Fatal(err)
	}
	return cert, key
}
