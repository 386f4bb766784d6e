// Package certtest makes keys and certificates for tests and proofs.
package certtest

import (
	"cmp"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"time"
)

// lifetime is how long a certificate is valid, beginning a moment ago.
const lifetime = 240 * time.Hour

// Pair is a certificate with its key.
type Pair struct {
	Certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// Make makes a key, and a certificate for it after the template, which lacks what all
// have in common: number and, unless it is there, the time of its validity. by signs it;
// nil means that it signs itself.
func Make(template x509.Certificate, by *Pair) (*Pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	if template.NotAfter.IsZero() {
		template.NotAfter = time.Now().Add(lifetime)
	}
	if template.NotBefore.IsZero() {
		template.NotBefore = time.Now().Add(-time.Hour)
	}
	by = cmp.Or(by, &Pair{&template, key})
	der, err := x509.CreateCertificate(rand.Reader, &template, by.Certificate, &key.PublicKey, by.key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &Pair{cert, key}, err
}

// TLS is the pair as a server or client takes it.
func (p *Pair) TLS() tls.Certificate {
	return tls.Certificate{Certificate: [][]byte{p.Certificate.Raw}, PrivateKey: p.key}
}

// PEM is the certificate as text.
func (p *Pair) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate.Raw})
}

// KeyPEM is the key as text.
func (p *Pair) KeyPEM() ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(p.key)
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), err
}

// Write writes certificate and key into two files.
func (p *Pair) Write(cert, key string) error {
	text, err := p.KeyPEM()
	if err != nil {
		return err
	}
	if err := os.WriteFile(key, text, 0o600); err != nil {
		return err
	}
	return os.WriteFile(cert, p.PEM(), 0o600)
}
