package secret

import (
	"context"
	"errors"
	"strings"

	"github.com/zalando/go-keyring"
)

// UnavailableError says why the keyring cannot be used.
type UnavailableError struct{ Err error }

// Error is one sentence, and what to do.
func (e *UnavailableError) Error() string {
	return "the keyring cannot be used: " + e.reason()
}

func (e *UnavailableError) reason() string {
	text := strings.ToLower(e.Err.Error())
	switch {
	case errors.Is(e.Err, context.DeadlineExceeded):
		return "it did not answer in time. Unlock it and try again"
	case errors.Is(e.Err, context.Canceled):
		return "the request was given up"
	case errors.Is(e.Err, keyring.ErrSetDataTooBig):
		return "the secret is too long for it"
	case errors.Is(e.Err, keyring.ErrUnsupportedPlatform):
		return "this operating system has none that is supported"
	case strings.Contains(text, "dbus-launch"), strings.Contains(text, "dbus_session_bus_address"),
		strings.Contains(text, "connection refused"), strings.Contains(text, "no such file"):
		return "there is no desktop session (D-Bus) in which one could run"
	case strings.Contains(text, "org.freedesktop.secrets"), strings.Contains(text, "serviceunknown"):
		return "no Secret Service runs. Install and start one, such as gnome-keyring or KWallet"
	case strings.Contains(text, "unlock"), strings.Contains(text, "prompt"), strings.Contains(text, "dismissed"):
		return "it is locked. Unlock it and try again"
	}
	return e.Err.Error()
}

// Unwrap returns the cause.
func (e *UnavailableError) Unwrap() error { return e.Err }
