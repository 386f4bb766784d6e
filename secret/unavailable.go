package secret

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/zalando/go-keyring"

	"sluice/wording"
)

// UnavailableError says why the keyring cannot be used.
type UnavailableError struct{ Err error }

// Error is one sentence, and what to do.
func (e *UnavailableError) Error() string {
	return wording.Of("the keyring cannot be used: %s", e.reason()).String()
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
	case saysAny(text, withoutBus):
		return "there is no desktop session (D-Bus) in which one could run"
	case saysAny(text, withoutService):
		return "no Secret Service runs. Install and start one, such as gnome-keyring or KWallet"
	case saysAny(text, whenLocked):
		return "it is locked. Unlock it and try again"
	}
	return e.Err.Error()
}

// Missing reports whether there is no keyring here at all, rather than one that
// is locked or slow.
func (e *UnavailableError) Missing() bool {
	text := strings.ToLower(e.Err.Error())
	return errors.Is(e.Err, keyring.ErrUnsupportedPlatform) || saysAny(text, withoutBus) || saysAny(text, withoutService)
}

// The bus and the keyring have no errors of a type, only words.
var (
	withoutBus     = []string{"dbus-launch", "dbus_session_bus_address", "connection refused", "no such file"}
	withoutService = []string{"org.freedesktop.secrets", "serviceunknown"}
	whenLocked     = []string{"unlock", "prompt", "dismissed"}
)

func saysAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// Unwrap returns the cause.
func (e *UnavailableError) Unwrap() error { return e.Err }
