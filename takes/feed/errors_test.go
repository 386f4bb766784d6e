package feed

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
)

// TestKindsAreWrappedAndNotSaid: who reads an error sees the sentence alone, who asks
// for the kind or the cause finds both.
func TestKindsAreWrappedAndNotSaid(t *testing.T) {
	cause := errors.New("cause")
	for kind, make := range map[error]func(string, ...any) error{ErrDamaged: Damaged, ErrDenied: Denied, ErrUnreachable: Unreachable} {
		err := fmt.Errorf("read x: %w", make("row %d: %w", 7, cause))
		if err.Error() != "read x: row 7: cause" || !errors.Is(err, kind) || !errors.Is(err, cause) {
			t.Errorf("%v is said as %q", kind, err)
		}
		for _, other := range []error{ErrDamaged, ErrDenied, ErrUnreachable} {
			if other != kind && errors.Is(err, other) {
				t.Errorf("an error of the kind %q is of the kind %q as well", kind, other)
			}
		}
	}
	further := With(Denied("no"), cause)
	if further.Error() != "no" || !errors.Is(further, ErrDenied) || !errors.Is(further, cause) {
		t.Errorf("with a further kind: %v", further)
	}
}

// TestTold finds the sentence of a tunnel within what a driver makes of it.
func TestTold(t *testing.T) {
	sentence := Unreachable("the SSH server does not answer")
	if got := Told(fmt.Errorf("failed to connect to `user=u`: dial: %w", sentence)); got == nil || got.Error() != sentence.Error() {
		t.Errorf("told: %v", got)
	}
	if got := Told(errors.New("dial: refused")); got != nil {
		t.Errorf("of an error without a sentence: %v", got)
	}
}

// TestAt: the place that was said first is the nearest one, and stays alone.
func TestAt(t *testing.T) {
	if err := At(nil, "table x"); err != nil {
		t.Errorf("of no error: %v", err)
	}
	inner := At(Damaged("it is cut"), "table %s, row %d", "content", 3)
	outer := At(fmt.Errorf("copy: %w", inner), "table %s", "content")
	if inner.Error() != "table content, row 3: it is cut" || outer.Error() != "copy: table content, row 3: it is cut" || !errors.Is(outer, ErrDamaged) {
		t.Errorf("%q, then %q", inner, outer)
	}
}

// TestNetwork: what to do depends on what broke, and all of it may be tried again.
func TestNetwork(t *testing.T) {
	const address = "db:5432 (database wiki)"
	for want, err := range map[string]error{
		"is not known: check its name":   &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "db"}},
		"nothing answers at " + address:  &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
		"nothing answers at  " + address: fmt.Errorf("dial unix /run/x: %w", syscall.ENOENT),
		"did not answer in time":         fmt.Errorf("dial: %w", context.DeadlineExceeded),
		"did not answer in time: ":       errors.New("read tcp: i/o timeout"),
		"broke: detail":                  syscall.ECONNRESET,
	} {
		got := Network(err, address, "detail")
		want := strings.TrimSuffix(strings.ReplaceAll(want, "  ", " "), " ")
		if !errors.Is(got, ErrUnreachable) || !strings.Contains(got.Error(), want) || !strings.Contains(got.Error(), address) {
			t.Errorf("%v: %v, want %q", err, got, want)
		}
	}
	if err := Cut(address, "EOF"); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "nothing was kept") || !strings.Contains(err.Error(), "(EOF)") {
		t.Errorf("a connection that was cut: %v", err)
	}
}

// TestCertificate: each fault of a certificate names the setting that helps.
func TestCertificate(t *testing.T) {
	for want, err := range map[string]error{
		"name the certificate of its authority with ca=FILE": x509.UnknownAuthorityError{},
		"or choose unnamed":                     x509.HostnameError{Certificate: &x509.Certificate{DNSNames: []string{"other"}}, Host: "db"},
		"is not valid: certificate has expired": x509.CertificateInvalidError{Reason: x509.Expired},
	} {
		got := Certificate(fmt.Errorf("tls: %w", err), "db:1", "ca=FILE", "unnamed")
		if !errors.Is(got, ErrUnreachable) || !strings.Contains(got.Error(), want) || strings.Contains(got.Error(), "x509") {
			t.Errorf("%v: %v, want %q", err, got, want)
		}
	}
	if got := Certificate(errors.New("EOF"), "db:1", "a", "b"); got != nil {
		t.Errorf("of no certificate: %v", got)
	}
}

func TestLastPart(t *testing.T) {
	for text, want := range map[string]string{
		"failed to connect to `user=me database=x`: dial tcp: refused\n": "refused", "EOF": "EOF", "": "",
	} {
		if got := LastPart(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
