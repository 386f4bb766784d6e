package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"

	"github.com/go-resty/resty/v2"
)

// Windows has its own numbers for the same conditions, and Go does not map
// them; elsewhere these numbers are not in use.
const (
	winConnReset   = syscall.Errno(10054)
	winConnRefused = syscall.Errno(10061)
	winNetDown     = syscall.Errno(10051)
	winHostDown    = syscall.Errno(10065)
)

// kindOf tells which failure the error of a request without a usable answer
// is. The caller's own end of the context is checked before.
func kindOf(err error) Kind {
	if k, ok := certificateKind(err); ok {
		return k
	}
	var redirect *redirectError
	var dns *net.DNSError
	var op *net.OpError
	var proxy *proxyError
	switch {
	case errors.As(err, &redirect):
		return redirect.kind()
	case errors.Is(err, resty.ErrResponseBodyTooLarge):
		return KindTooLarge
	case errors.As(err, &op) && op.Op == "proxyconnect", errors.As(err, &proxy):
		return KindProxy
	case errors.As(err, &dns):
		return KindNameNotResolved
	case isTimeout(err):
		return KindTimeout
	case isAny(err, syscall.ECONNREFUSED, winConnRefused):
		return KindRefused
	case isAny(err, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.ENETDOWN, winNetDown, winHostDown):
		return KindNoRoute
	case isAny(err, io.EOF, io.ErrUnexpectedEOF, io.ErrClosedPipe, syscall.ECONNRESET, syscall.EPIPE, winConnReset, net.ErrClosed):
		return KindConnectionLost
	case isBrokenAnswer(err):
		return KindConnectionLost
	}
	return KindNetwork
}

// certificateKind tells the failures of the TLS handshake apart.
func certificateKind(err error) (Kind, bool) {
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var demand *certificateDemand
	switch {
	case errors.As(err, &demand):
		return KindClientCert, true
	case errors.As(err, &authority):
		return KindTLSAuthority, true
	case errors.As(err, &name):
		return KindTLSName, true
	case errors.As(err, &invalid), errors.As(err, &verify), errors.As(err, &alert):
		return KindTLSCertificate, true
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return KindNotTLS, true
	}
	return "", false
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

func isAny(err error, targets ...error) bool {
	for _, t := range targets {
		if errors.Is(err, t) {
			return true
		}
	}
	return false
}

// isBrokenAnswer reports failures of the HTTP and HTTP/2 framing and of the
// compression, for which the standard library has no exported errors.
func isBrokenAnswer(err error) bool {
	s := err.Error()
	for _, part := range []string{"malformed HTTP", "transport connection broken", "server closed idle connection",
		"http2:", "stream error", "gzip:", "invalid header", "flate:", "malformed chunked encoding", "invalid byte in chunk length"} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// kindOfStatus tells which failure an HTTP status is that the operation does
// not expect.
func kindOfStatus(code int) Kind {
	switch code {
	case http.StatusBadRequest:
		return KindBadRequest
	case http.StatusUnauthorized:
		return KindUnauthorized
	case http.StatusForbidden:
		return KindForbidden
	case http.StatusNotFound, http.StatusGone:
		return KindNotFound
	case http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return KindNotSupported
	case http.StatusProxyAuthRequired:
		return KindProxy
	case http.StatusTooManyRequests:
		return KindRateLimited
	case http.StatusServiceUnavailable:
		return KindUnavailable
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		return KindGateway
	case statusCertificateError, statusCertificateRequired:
		return KindClientCert
	}
	if code >= 500 && code <= 599 {
		return KindServer
	}
	return KindUnexpected
}
