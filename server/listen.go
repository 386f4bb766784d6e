package server

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// check refuses what would be unsafe, and loads the certificate; nil if the
// server is to speak plain HTTP.
func (o ServeOptions) check() (*tls.Config, error) {
	if o.Exporter == nil {
		return nil, fmt.Errorf("%w: no exporter", ErrOptions)
	}
	host, port, err := net.SplitHostPort(o.Listen)
	if err != nil || port == "" {
		return nil, fmt.Errorf("%w at %q: the address must have the form host:port, such as %s", ErrOptions, o.Listen, DefaultListen)
	}
	if p := o.contextPath(); strings.ContainsAny(p, "?#% \t") {
		return nil, fmt.Errorf("%w under the context path %q: it must look like /confluence", ErrOptions, o.ContextPath)
	}
	if (o.CertFile == "") != (o.KeyFile == "") {
		return nil, fmt.Errorf("%w with half a certificate: name both the certificate file and the key file", ErrOptions)
	}
	if !isLoopback(host) {
		if !o.AllowRemote {
			return nil, fmt.Errorf("%w at %s: other computers could reach it. Listen at 127.0.0.1, or permit remote access explicitly and name a certificate and a key", ErrOptions, o.Listen)
		}
		if o.CertFile == "" {
			return nil, fmt.Errorf("%w at %s without encryption: the token would travel readable. Name a certificate file and a key file", ErrOptions, o.Listen)
		}
	}
	if o.CertFile == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(o.CertFile, o.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("%w with the certificate %s and the key %s: %w", ErrOptions, o.CertFile, o.KeyFile, err)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"}}, nil
}

// contextPath is "" or begins with a slash and ends without one.
func (o ServeOptions) contextPath() string {
	return strings.TrimSuffix("/"+strings.Trim(o.ContextPath, "/"), "/")
}

// isLoopback reports whether only this computer can reach the host. An empty
// host means all interfaces.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// certificateNames are the host names that the certificate vouches for.
func certificateNames(c *tls.Config) []string {
	if c == nil {
		return nil
	}
	var names []string
	for _, pair := range c.Certificates {
		if leaf := pair.Leaf; leaf != nil {
			names = append(names, plainNames(leaf)...)
		}
	}
	return names
}

// plainNames leaves out wildcards: they would permit names that nobody chose.
func plainNames(c *x509.Certificate) []string {
	var names []string
	for _, n := range c.DNSNames {
		if !strings.HasPrefix(n, "*") {
			names = append(names, n)
		}
	}
	return names
}
