package backend

import (
	"context"
	"errors"

	"sluice/secret"
	"sluice/source"
	"sluice/wording"
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
		return "", wording.Errorf("%w (%w)", source.ErrNoSecret, err)
	}
	return s, err
}

// ServerSecret is the token or password of a server, from where its settings say that it
// is: a file, a command that prints it, else the keyring. The error wraps
// source.ErrNoSecret only where a person may enter one, and is a source.SecretError where the
// file or the command does not give it.
func (b *Backend) ServerSecret(ctx context.Context, s source.Server) (string, error) {
	var found secret.Secret
	var err error
	switch {
	case s.TokenFile != "":
		found, err = secret.ReadToken(s.TokenFile, b.warn)
	case s.TokenCommand != "":
		found, err = secret.FromCommand(ctx, s.TokenCommand, "SLUICE_URL="+s.URL)
	default:
		return b.Secret(ctx, s.URL)
	}
	switch {
	case err == nil:
		return found.Reveal(), nil
	case ctx.Err() != nil:
		return "", err
	}
	return "", source.SecretAway(wording.Errorf("the token of %s: %w", s.URL, err))
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
