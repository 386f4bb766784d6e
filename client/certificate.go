package client

import (
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"sync/atomic"

	"sluice/wording"
)

// certificateDemand says that a server has broken the connection off because it wants
// a certificate of the client.
type certificateDemand struct{ err error }

func (e *certificateDemand) Error() string {
	return "the server wants a client certificate: " + e.err.Error()
}

func (e *certificateDemand) Unwrap() error { return e.err }

// clientCertificate answers servers that ask for a certificate, and remembers that one
// did: what follows is then told for what it is.
type clientCertificate struct {
	pair  *tls.Certificate // nil: there is none
	asked atomic.Bool
}

// newClientCertificate reads the files of the options; keyFile may be empty if the
// key stands in certFile, too.
func newClientCertificate(certFile, keyFile string) (*clientCertificate, error) {
	c := &clientCertificate{}
	switch {
	case certFile == "" && keyFile == "":
		return c, nil
	case certFile == "":
		return nil, wording.New("there is the key of a client certificate but no certificate: name both files")
	case keyFile == "":
		keyFile = certFile
	}
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, wording.Errorf("read the client certificate %s with the key %s: %w: needed are PEM files, of which the key has no password", certFile, keyFile, err)
	}
	c.pair = &pair
	return c, nil
}

// answer implements tls.Config.GetClientCertificate.
func (c *clientCertificate) answer(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	c.asked.Store(true)
	if c.pair == nil {
		return &tls.Certificate{}, nil // none: the server decides
	}
	return c.pair, nil
}

// explain marks the failure of a connection that ended over a certificate. The alert
// alone tells it in TLS 1.3; before, servers send one that can mean anything, so it
// counts only after they have asked for a certificate.
func (c *clientCertificate) explain(err error) error {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "remote error" {
		return err
	}
	required := strings.Contains(op.Error(), "certificate required")
	if required || c.asked.Load() {
		return &certificateDemand{err}
	}
	return err
}
