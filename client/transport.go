package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"sluice/wording"
)

// newTransport builds the connection layer: the proxy of the options or the environment,
// TLS 1.2 and above, a CA file beside the system's authorities. Every phase is
// bounded, so that a dead connection is noticed without the caller's help.
func newTransport(o Options, own *clientCertificate, toProxy http.Header) (*http.Transport, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: o.Insecure, GetClientCertificate: own.answer}
	if o.CAFile != "" {
		pool, err := loadAuthorities(o.CAFile)
		if err != nil {
			return nil, err
		}
		config.RootCAs = pool
	}
	dial, proxy := o.Dial, (func(*http.Request) (*url.URL, error))(nil)
	if dial == nil {
		dial = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext
		var err error
		if proxy, err = proxyOf(o); err != nil {
			return nil, err
		}
	}
	return &http.Transport{
		Proxy:                  proxy,
		ProxyConnectHeader:     toProxy,
		OnProxyConnectResponse: checkProxy,
		DialContext:            dial,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    10 * time.Second,
		ForceAttemptHTTP2:      true,
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second},
		MaxIdleConns:           2,
		MaxConnsPerHost:        4,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
	}, nil
}

// proxyError says that a proxy did not open a tunnel to the server.
type proxyError struct{ status int }

func (e *proxyError) Error() string {
	return fmt.Sprintf("the proxy answers %d %s", e.status, http.StatusText(e.status))
}

func checkProxy(_ context.Context, _ *url.URL, _ *http.Request, r *http.Response) error {
	if r.StatusCode != http.StatusOK {
		return &proxyError{r.StatusCode}
	}
	return nil
}

// loadAuthorities adds the certificates of a PEM file to the system's.
func loadAuthorities(name string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(name)
	if err != nil {
		return nil, wording.Errorf("read the CA file: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, wording.Errorf("the CA file %s holds no certificate in PEM form (-----BEGIN CERTIFICATE-----): export the authority's certificate as Base64 or PEM", name)
	}
	return pool, nil
}
