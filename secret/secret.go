package secret

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"sluice/wording"
)

// ErrNotFound is the error for a secret that is neither in the keyring nor in
// this session.
var ErrNotFound = wording.New("no secret is stored")

// Place is where a secret is kept.
type Place string

// The places.
const (
	Keyring Place = "keyring" // stays until it is deleted
	Session Place = "session" // forgotten when the program ends
)

// DefaultTimeout bounds one use of the keyring. It is long because a locked
// keyring may ask the person for its password first.
const DefaultTimeout = time.Minute

// Store keeps the secrets of one service, by account. It is safe for use by
// several goroutines.
type Store struct {
	service string
	timeout time.Duration

	mu      sync.Mutex
	session map[string]string // by account
}

// New returns a store for the service, a name that people see in their
// keyring's window, such as "Sluice". The timeout bounds one use of the
// keyring; 0 is DefaultTimeout.
func New(service string, timeout time.Duration) *Store {
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	return &Store{service: service, timeout: timeout, session: map[string]string{}}
}

// Format keeps the secrets of the session out of every print.
func (s *Store) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "secrets of %s", s.service) }

// Set keeps the secret under the account and tells where. If the keyring
// cannot be used, the place is Session, and the error tells why while the
// secret is kept nevertheless: *UnavailableError.
func (s *Store) Set(ctx context.Context, account, secret string) (Place, error) {
	if account == "" || secret == "" {
		return "", wording.New("a secret needs an account and must not be empty")
	}
	err := s.ask(ctx, func() error { return keyring.Set(s.service, account, secret) })
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.session[account] = secret
		return Session, err
	}
	delete(s.session, account)
	return Keyring, nil
}

// Keep keeps the secret under the account for this session only.
func (s *Store) Keep(account, secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.session[account] = secret
}

// InSession reports whether the secret of the account is kept for this session only.
func (s *Store) InSession(account string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.session[account]
	return ok
}

// Get returns the secret of the account; ErrNotFound if there is none. If the
// keyring cannot be used and this session has no secret either, the error is an
// *UnavailableError.
func (s *Store) Get(ctx context.Context, account string) (string, error) {
	s.mu.Lock()
	secret, ok := s.session[account]
	s.mu.Unlock()
	if ok {
		return secret, nil
	}
	// The answer travels by channel, so that one that comes after the timeout
	// disturbs nobody.
	found := make(chan string, 1)
	err := s.ask(ctx, func() error {
		secret, err := keyring.Get(s.service, account)
		found <- secret
		return err
	})
	if err != nil {
		return "", err
	}
	return <-found, nil
}

// Delete removes the secret of the account from the keyring and from this
// session. Nothing to delete is no error, and neither is a computer without a
// keyring. If there is one that cannot be used now, the secret may stay in it:
// the error is then an *UnavailableError.
func (s *Store) Delete(ctx context.Context, account string) error {
	s.mu.Lock()
	delete(s.session, account)
	s.mu.Unlock()
	err := s.ask(ctx, func() error { return keyring.Delete(s.service, account) })
	var unavailable *UnavailableError
	if errors.Is(err, ErrNotFound) || errors.As(err, &unavailable) && unavailable.Missing() {
		return nil
	}
	return err
}

// Available tells whether the keyring can be used now; the error is an
// *UnavailableError. It asks for an account that does not exist, which unlocks
// the keyring if it is locked.
func (s *Store) Available(ctx context.Context) error {
	err := s.ask(ctx, func() error {
		_, err := keyring.Get(s.service, "availability check")
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// ask runs one use of the keyring, which knows no context, and gives it up when
// the context or the timeout ends.
func (s *Store) ask(ctx context.Context, use func() error) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return &UnavailableError{err}
	}
	done := make(chan error, 1)
	go func() { done <- use() }()
	select {
	case err := <-done:
		return translate(err)
	case <-ctx.Done():
		return &UnavailableError{ctx.Err()}
	}
}

// translate maps the errors of the keyring to those of this package.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	}
	return &UnavailableError{err}
}
