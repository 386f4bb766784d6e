package backend

import (
	"context"
	"errors"
	"fmt"

	"sluice/secret"
	"sluice/source"
)

// Secret reads the secret of a server. Where there is no keyring, the window
// asks in each session.
func (b *Backend) Secret(ctx context.Context, account string) (string, error) {
	s, err := b.secrets.Get(ctx, account)
	var unavailable *secret.UnavailableError
	switch {
	case errors.Is(err, secret.ErrNotFound):
		return "", source.ErrNoSecret
	case errors.As(err, &unavailable):
		return "", fmt.Errorf("%w (%w)", source.ErrNoSecret, err)
	}
	return s, err
}

// KeepSecret keeps the secret of a server.
func (b *Backend) KeepSecret(ctx context.Context, account, s string) (kept bool, err error) {
	place, err := b.secrets.Set(ctx, account, s)
	var unavailable *secret.UnavailableError
	if errors.As(err, &unavailable) {
		b.logger.Debug("keyring", "error", err)
		err = nil
	}
	return place == secret.Keyring, err
}

// ForgetSecret removes the secret of a server.
func (b *Backend) ForgetSecret(ctx context.Context, account string) error {
	return b.secrets.Delete(ctx, account)
}

// KeyringWorks tells whether the keyring can be used.
func (b *Backend) KeyringWorks(ctx context.Context) bool { return b.secrets.Available(ctx) == nil }
