// Package secret keeps tokens and passwords in the operating system's keyring.
//
// Where there is no keyring (no desktop session, a locked or missing Secret
// Service) a secret is kept in memory for this session only, and the caller is
// told so: the person is asked again next time. Nothing is ever written to a
// file.
package secret

import (
	"context"
	"errors"
	"time"
)

// ErrNotFound is the error for a secret that is neither in the keyring nor in
// this session.
var ErrNotFound = errors.New("no secret is stored")

// Place is where a secret is kept.
type Place string

// The places.
const (
	Keyring Place = "keyring" // stays until it is deleted
	Session Place = "session" // forgotten when the program ends
)

// Store keeps the secrets of one service, by account.
type Store struct{ service string }

// New returns a store for the service, a name that people see in their
// keyring's window, such as "Sluice".
func New(service string, timeout time.Duration) *Store { return &Store{service: service} }

// Set keeps the secret under the account and tells where. If the keyring
// cannot be used, the place is Session, and the error tells why while the
// secret is kept nevertheless: *UnavailableError.
func (s *Store) Set(ctx context.Context, account, secret string) (Place, error) {
	return Session, errors.New("not built yet")
}

// Get returns the secret of the account; ErrNotFound if there is none.
func (s *Store) Get(ctx context.Context, account string) (string, error) {
	return "", ErrNotFound
}

// Delete removes the secret of the account from the keyring and from this
// session. Nothing to delete is no error.
func (s *Store) Delete(ctx context.Context, account string) error { return nil }

// Available tells whether the keyring can be used now; the error is an
// *UnavailableError.
func (s *Store) Available(ctx context.Context) error { return &UnavailableError{} }

// UnavailableError says why the keyring cannot be used.
type UnavailableError struct{ Err error }

func (e *UnavailableError) Error() string { return "the keyring cannot be used" }

// Unwrap returns the cause.
func (e *UnavailableError) Unwrap() error { return e.Err }
